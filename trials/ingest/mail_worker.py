"""One round of the mail worker."""

from django.utils import timezone

from trials.ingest.mails import deliver_due, forget_old_mails, settle_killed
from trials.ingest.messages import forget_old_messages
from trials.mail.server import MailServer

PAUSE_SECONDS = 2.0  # between two rounds


def send_what_is_due() -> int:
    """All mails whose time has come, over one connection to the mail server. How many were handed over or put off."""
    now, count = timezone.now(), 0
    settle_killed(now)
    forget_old_messages(now)
    forget_old_mails(now)
    with MailServer() as server:
        while deliver_due(server):
            count += 1
    return count
