"""Writes wishes to be told by mail: sealed, confirmed by who owns the mailbox, and deleted when their owner says so.

What a mail tells counts as told only when a mail server has taken it: what was refused, or is in doubt, is told again.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection, transaction

from trials.ingest.mails import GIVEN_UP_AFTER, LONGEST_WAIT, Fate, queue_mail, tell_fate_of
from trials.mail.sealing import SealError, marks_of, seal, unseal
from trials.models import Alert

CONFIRM_WITHIN = timedelta(days=3)
MOST_LINKS = 3  # to one mailbox in a day: nobody floods it with them
MOST_ALERTS = 20  # of one mailbox
MOST_REFUSALS = 3  # one after another: then the mailbox is no more
PURPOSE_LINK, PURPOSE_DIGEST = "alert-link", "alert"
# A little less than a day and a week, so that the hour of the mail does not wander on.
WAITS = {Alert.Rhythm.DAILY: timedelta(hours=20), Alert.Rhythm.WEEKLY: timedelta(days=6, hours=20)}
_MAIL_TAKES = GIVEN_UP_AFTER + 2 * LONGEST_WAIT  # at most


@dataclass(frozen=True, slots=True)
class Wish:
    """`search` is a query as it stands in the address of the list of studies."""

    address: str
    search: str

    def as_bytes(self) -> bytes:
        return json.dumps(asdict(self), ensure_ascii=False).encode()


@dataclass(frozen=True, slots=True)
class Letter:
    subject: str
    text: str
    headers: dict[str, str] = field(default_factory=dict)


class TooMany(Exception):
    """The mailbox has as many alerts as one may have."""


@transaction.atomic
def store_alert(pk: UUID, wish: Wish, rhythm: str, language: str, letter: Letter, now: datetime) -> bool:
    """Keep it sealed, and send the link that confirms it; false where the mailbox has had enough links today."""
    marks = _marks(wish.address)
    _one_at_a_time(marks[-1])
    today = Alert.objects.filter(mark__in=marks, created_at__gt=now - timedelta(days=1))
    if today.count() >= MOST_LINKS:
        return False
    sealed = seal(wish.as_bytes())
    Alert.objects.create(pk=pk, sealed=sealed, mark=marks[0], rhythm=rhythm, language=language, created_at=now)
    queue_mail(purpose=PURPOSE_LINK, to=wish.address, subject=letter.subject, text=letter.text, headers=letter.headers)
    return True


def stored_alert(pk: UUID, now: datetime) -> tuple[Alert, Wish] | None:
    """None where it is gone, or has waited for its owner too long. Raises SealError."""
    alert = Alert.objects.filter(pk=pk).first()
    if alert is None or _is_late(alert, now):
        return None
    return alert, wish_of(alert)


def wish_of(alert: Alert) -> Wish:
    """Raises SealError."""
    return Wish(**json.loads(unseal(bytes(alert.sealed))))


def _search_of(alert: Alert) -> str | None:
    """None where no key of today opens it."""
    try:
        return wish_of(alert).search
    except SealError:
        return None


@transaction.atomic
def confirm_alert(pk: UUID, now: datetime) -> None:
    """From now on it is told what is new. It takes the place of others of this mailbox for the same search. Raises
    TooMany; one that is gone or was confirmed before stays as it is.
    """
    alert = Alert.objects.select_for_update().filter(pk=pk, confirmed_at=None).first()
    if alert is None or _is_late(alert, now):
        return
    wish = wish_of(alert)
    marks = _marks(wish.address)
    _one_at_a_time(marks[-1])
    others = Alert.objects.filter(mark__in=marks, confirmed_at__isnull=False)
    same = [one.pk for one in others if _search_of(one) == wish.search]
    if others.count() - len(same) >= MOST_ALERTS:
        raise TooMany
    Alert.objects.filter(pk__in=same).delete()
    alert.confirmed_at = alert.told_until = alert.next_at = now
    alert.save(update_fields=["confirmed_at", "told_until", "next_at"])


def stop_alert(pk: UUID) -> None:
    Alert.objects.filter(pk=pk).delete()


def stop_all_alerts_like(pk: UUID) -> None:
    """All of the same mailbox, confirmed or not."""
    alert = Alert.objects.filter(pk=pk).first()
    if alert is not None:
        try:
            marks = [alert.mark, *_marks(wish_of(alert).address)]
        except SealError:  # its key is gone; those of the same key have the same mark
            marks = [alert.mark]
        Alert.objects.filter(mark__in=marks).delete()


def due_alerts(now: datetime) -> list[UUID]:
    return list(Alert.objects.filter(next_at__lte=now).order_by("next_at", "pk").values_list("pk", flat=True))


@transaction.atomic
def queue_digest(pk: UUID, now: datetime, compose: Callable[[Alert, Wish], Letter | None]) -> bool:
    """Write the mail that is due, if there is something to tell. Nobody else does so for the same alert meanwhile."""
    alert = Alert.objects.select_for_update(skip_locked=True).filter(pk=pk, next_at__lte=now).first()
    if alert is None:
        return False
    try:
        wish = wish_of(alert)
    except SealError:
        return False  # the operator may have left out a key; the search is told when it is back
    letter = compose(alert, wish)
    if letter is None:
        return False
    alert.offered_until, alert.next_at = now, now + _MAIL_TAKES
    alert.save(update_fields=["offered_until", "next_at"])
    queue_mail(
        purpose=PURPOSE_DIGEST,
        to=wish.address,
        subject=letter.subject,
        text=letter.text,
        about=str(pk),
        headers=letter.headers,
    )
    return True


@tell_fate_of(PURPOSE_DIGEST)
@transaction.atomic
def settle_digest(pk: UUID, fate: Fate, now: datetime) -> None:
    alert = Alert.objects.select_for_update().filter(pk=pk, offered_until__isnull=False).first()
    if alert is None or alert.offered_until is None:
        return
    if fate is Fate.REFUSED and alert.refusals + 1 >= MOST_REFUSALS:
        alert.delete()
        return
    if fate is Fate.ACCEPTED:
        alert.told_until = alert.offered_until
    alert.refusals = alert.refusals + 1 if fate is Fate.REFUSED else 0
    alert.next_at = alert.offered_until + WAITS[Alert.Rhythm(alert.rhythm)]
    alert.offered_until = None
    alert.save(update_fields=["told_until", "refusals", "next_at", "offered_until"])


def forget_unconfirmed_alerts(now: datetime) -> int:
    return Alert.objects.filter(confirmed_at=None, created_at__lte=now - CONFIRM_WITHIN).delete()[0]


def load_alerts(wishes: Iterable[tuple[Wish, str, str]], told_until: datetime) -> None:
    """Confirmed ones in bulk, each with its rhythm and language: for measurements."""
    Alert.objects.bulk_create(
        Alert(
            sealed=seal(wish.as_bytes()),
            mark=_marks(wish.address)[0],
            rhythm=rhythm,
            language=language,
            created_at=told_until,
            confirmed_at=told_until,
            told_until=told_until,
            next_at=told_until,
        )
        for wish, rhythm, language in wishes
    )


def _is_late(alert: Alert, now: datetime) -> bool:
    return alert.confirmed_at is None and alert.created_at <= now - CONFIRM_WITHIN


def _marks(address: str) -> list[str]:
    return marks_of(f"alert {address.casefold()}")


def _one_at_a_time(mark: str) -> None:
    """Until the end of the transaction nobody else counts the alerts of this mailbox."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 2))", [mark])
