"""Writes wishes to be told by mail: sealed, confirmed by who owns the mailbox, and deleted when their owner says so.

What a mail tells counts as told only when a mail server has taken it: what was not, or is in doubt, is told again.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from trials.ingest.mailboxes import count_link, mailbox_of, one_at_a_time
from trials.ingest.mails import Fate, queue_mail, take_back, tell_fate_of
from trials.mail.sealing import SealError, key_of_today, known_keys, marks_of, seal, unseal
from trials.mail.text import MailText
from trials.models import Alert, Mail
from trials.news import horizon

CONFIRM_WITHIN = timedelta(days=3)
MOST_ALERTS = 20  # of one mailbox
MOST_REFUSALS = 3  # one after another: then the mailbox is no more
PURPOSE_LINK, PURPOSE_DIGEST = "alert-link", "alert"
# A little less than a day and a week, so that the hour of the mail does not wander on.
WAITS = {Alert.Rhythm.DAILY: timedelta(hours=20), Alert.Rhythm.WEEKLY: timedelta(days=6, hours=20)}
LATELY = timedelta(days=1)
SEALED_AT_ONCE = 500  # rows of one transaction


@dataclass(frozen=True, slots=True)
class Wish:
    """`search` is a query as it stands in the address of the list of studies."""

    address: str
    search: str

    def as_bytes(self) -> bytes:
        return json.dumps(asdict(self), ensure_ascii=False).encode()


@dataclass(frozen=True, slots=True)
class Digest:
    """What a round has found for an alert: all studies of its search, packed, and the mail, if there is news."""

    found: bytes
    mail: MailText | None


# What was told before is None in the first round.
Compose = Callable[[Alert, Wish, bytes | None], Digest]


class TooManyAlerts(Exception):
    """The mailbox has as many alerts as one may have."""


@transaction.atomic
def store_alert(pk: UUID, wish: Wish, rhythm: str, language: str, mail: MailText, now: datetime) -> None:
    """Keep it sealed, and send the link that confirms it. Raises TooMany where the mailbox, or the site, has had enough
    links today.
    """
    count_link(wish.address, now)
    Alert.objects.create(pk=pk, **_sealed(wish), rhythm=rhythm, language=language, created_at=now)
    queue_mail(mail, purpose=PURPOSE_LINK, to=wish.address)


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
    TooManyAlerts or SealError; one that is gone or was confirmed before stays as it is.
    """
    alert = Alert.objects.select_for_update().filter(pk=pk, confirmed_at=None).first()
    if alert is None or _is_late(alert, now):
        return
    wish = wish_of(alert)
    marks = _marks(wish.address)
    one_at_a_time(marks[-1])
    others = Alert.objects.filter(mark__in=marks, confirmed_at__isnull=False)
    same = [one.pk for one in others if _search_of(one) == wish.search]
    if others.count() - len(same) >= MOST_ALERTS:
        raise TooManyAlerts
    Alert.objects.filter(pk__in=same).delete()
    alert.confirmed_at, alert.told_until, alert.next_at = now, horizon(), now
    alert.save(update_fields=["confirmed_at", "told_until", "next_at"])


def stop_alert(pk: UUID) -> None:
    _delete(Alert.objects.filter(pk=pk))


def stop_all_alerts_like(pk: UUID) -> None:
    """All of the same mailbox, confirmed or not."""
    alert = Alert.objects.filter(pk=pk).first()
    if alert is not None:
        try:
            marks = [alert.mark, *_marks(wish_of(alert).address)]
        except SealError:  # its key is gone; those of the same key have the same mark
            marks = [alert.mark]
        _delete(Alert.objects.filter(mark__in=marks))


@transaction.atomic
def _delete(alerts: QuerySet[Alert]) -> None:
    """With the mails of theirs that wait: their addresses would lie in the database for days."""
    held = list(alerts.select_for_update())
    for alert in held:
        if alert.mail_id:
            take_back(alert.mail_id)
    Alert.objects.filter(pk__in=[alert.pk for alert in held]).delete()


def due_alerts(now: datetime) -> list[UUID]:
    due = Alert.objects.filter(next_at__lte=now, mail=None).order_by("next_at", "pk")
    return list(due.values_list("pk", flat=True))


@transaction.atomic
def queue_digest(pk: UUID, now: datetime, until: datetime, compose: Compose) -> bool:
    """Write the mail that is due, if there is something to tell that was stored before `until`. Nobody else does so for
    the same alert meanwhile, nor while that mail is under way.
    """
    due = Alert.objects.select_for_update(skip_locked=True, of=("self",))
    alert = due.filter(pk=pk, next_at__lte=now, mail=None, told_until__lt=until).first()
    if alert is None:
        return False
    try:
        wish = wish_of(alert)
        told = unseal(bytes(alert.found)) if alert.found else None
    except SealError:
        return False  # the operator may have left out a key; the search is told when it is back
    digest = compose(alert, wish, told)
    found = bytes(alert.found or b"") if digest.found == told else seal(digest.found)
    if digest.mail is None:
        alert.told_until, alert.found = until, found
        alert.save(update_fields=["told_until", "found"])
        return False
    alert.mail = queue_mail(digest.mail, purpose=PURPOSE_DIGEST, to=wish.address, about=str(pk))
    alert.offered_until, alert.offered_found = until, found
    alert.next_at = now + WAITS[Alert.Rhythm(alert.rhythm)]
    alert.save(update_fields=["mail", "offered_until", "offered_found", "next_at"])
    return True


@tell_fate_of(PURPOSE_DIGEST)
@transaction.atomic
def settle_digest(pk: UUID, fate: Fate, now: datetime) -> None:
    """Forget who refuses three mails in a row, unless the server takes nobody's: then the fault may be ours."""
    alert = Alert.objects.select_for_update().filter(pk=pk, mail__isnull=False).first()
    if alert is None:
        return
    if fate is Fate.REFUSED and alert.refusals + 1 >= MOST_REFUSALS and _takes_mails(now):
        alert.delete()
        return
    if fate is Fate.ACCEPTED:
        alert.told_until, alert.found = alert.offered_until, alert.offered_found
    if fate is not Fate.GIVEN_UP:
        alert.refusals = min(alert.refusals + 1, MOST_REFUSALS) if fate is Fate.REFUSED else 0
    alert.mail = alert.offered_until = alert.offered_found = None
    alert.save(update_fields=["told_until", "found", "refusals", "mail", "offered_until", "offered_found"])


def _takes_mails(now: datetime) -> bool:
    return Mail.objects.filter(state=Mail.State.ACCEPTED, settled_at__gt=now - LATELY).exists()


def forget_unconfirmed_alerts(now: datetime) -> int:
    return Alert.objects.filter(confirmed_at=None, created_at__lte=now - CONFIRM_WITHIN).delete()[0]


def load_alerts(wishes: Iterable[tuple[Wish, str, str]], told_until: datetime) -> None:
    """Confirmed ones in bulk, each with its rhythm and language: for measurements."""
    Alert.objects.bulk_create(
        Alert(
            **_sealed(wish),
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


def seal_alerts_anew() -> int:
    """With the key of today what an older one sealed, as long as that one is named: then it can be taken away. How
    many; some at once.
    """
    newest, *older = known_keys()
    with transaction.atomic():
        old = Alert.objects.filter(key__in=set(older) - {newest})
        held = list(old.select_for_update(skip_locked=True)[:SEALED_AT_ONCE])
        alerts = [alert for alert in held if _seal_anew(alert)]
        Alert.objects.bulk_update(alerts, ["sealed", "mark", "key", "found", "offered_found"])
    return len(alerts)


def _seal_anew(alert: Alert) -> bool:
    """False where it cannot be opened: that must not keep others from it."""
    try:
        changed = _sealed(wish_of(alert))
        for name in ("found", "offered_found"):
            if held := getattr(alert, name):
                changed[name] = seal(unseal(bytes(held)))
    except SealError:
        return False
    for name, value in changed.items():
        setattr(alert, name, value)
    return True


def _sealed(wish: Wish) -> dict[str, Any]:
    return {"sealed": seal(wish.as_bytes()), "mark": _marks(wish.address)[0], "key": key_of_today()}


def _marks(address: str) -> list[str]:
    return marks_of(f"alert {mailbox_of(address)}")
