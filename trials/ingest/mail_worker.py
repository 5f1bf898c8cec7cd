"""What the worker does with the mails that are due, and what it forgets."""

from datetime import datetime

from django.utils import timezone

from trials.ingest.alerts import forget_unconfirmed_alerts, seal_alerts_anew
from trials.ingest.mailboxes import forget_uses
from trials.ingest.mails import deliver, due_mails, forget_old_mails, take_up
from trials.ingest.messages import forget_old_messages


def send_what_is_due() -> int:
    """All mails whose time has come, and those that they lead to. How many were handed over or put off."""
    tidy_up()
    count = 0
    while done := sum(map(deliver, due_mails(timezone.now()))):
        count += done
    return count


def tidy_up() -> None:
    """What a killed worker was at goes back into the queue; what is long done is forgotten."""
    now = timezone.now()
    take_up(now)  # first: nothing else may keep a mail from going out
    forget_what_is_old(now)
    seal_alerts_anew()


def forget_what_is_old(now: datetime) -> None:
    """Also where mail was turned off: what waits then is sent by nobody."""
    forget_old_messages(now)
    forget_unconfirmed_alerts(now)
    forget_old_mails(now)
    forget_uses(now)
