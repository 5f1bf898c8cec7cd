"""How the mails stand, for an operator: how many wait and how long, and what became of those of the last days."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Min, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from trials.mail.sealing import known_keys
from trials.models import Alert, Mail
from trials.site_health import Finding

WAITING_TOO_LONG = timedelta(hours=1)
LATELY = timedelta(days=1)
ALERTS_LATE = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class MailState:
    """`refused`, `given_up` and `in_doubt` are of the last day; `locked` alerts have a key that is not named any more;
    no round has looked at `late` ones for days.
    No address is in it, nor whose mails they are.
    """

    waiting: int
    oldest_minutes: int | None
    refused: int
    given_up: int
    in_doubt: int
    locked: int = 0
    late: int = 0


def mail_state() -> MailState:
    now = timezone.now()
    waits = Q(settled_at=None)
    lately = Q(settled_at__gt=now - LATELY)
    found = Mail.objects.filter(waits | lately).aggregate(
        waiting=Count("pk", filter=waits),
        oldest=Min("queued_at", filter=waits),
        refused=Count("pk", filter=lately & Q(state=Mail.State.REFUSED)),
        given_up=Count("pk", filter=lately & Q(state=Mail.State.GIVEN_UP)),
        in_doubt=Count("pk", filter=lately & Q(state=Mail.State.IN_DOUBT)),
    )
    oldest = found.pop("oldest")
    locked = Alert.objects.exclude(key__in=known_keys()).count()
    long_ago = now - ALERTS_LATE
    late = Alert.objects.filter(mail=None, next_at__lt=long_ago, told_until__lt=long_ago, key__in=known_keys()).count()
    minutes = int((now - oldest).total_seconds() // 60) if oldest else None
    return MailState(oldest_minutes=minutes, locked=locked, late=late, **found)


def mail_findings(state: MailState) -> Iterator[Finding]:
    """What somebody should look after."""
    if state.oldest_minutes is not None and state.oldest_minutes >= WAITING_TOO_LONG.total_seconds() // 60:
        sentence = _("A mail has waited for %(minutes)s minutes. Is manage.py send_mails running, and the mail server?")
        yield Finding("mail_waits", sentence % {"minutes": f"{state.oldest_minutes:,}"})
    if state.locked:
        sentence = ngettext(
            "%(count)s alert cannot be opened: FINDER_MAIL_KEYS lacks the key that sealed it.",
            "%(count)s alerts cannot be opened: FINDER_MAIL_KEYS lacks the key that sealed them.",
            state.locked,
        )
        yield Finding("mail_key_missing", sentence % {"count": f"{state.locked:,}"})
    if state.late:
        sentence = ngettext(
            "For two days no round has looked at %(count)s alert that is due. Does manage.py queue_alerts run?",
            "For two days no round has looked at %(count)s alerts that are due. Does manage.py queue_alerts run?",
            state.late,
        )
        yield Finding("alerts_late", sentence % {"count": f"{state.late:,}"})
