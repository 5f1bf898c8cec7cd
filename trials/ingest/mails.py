"""Queues mails and hands them to the mail server: none twice, none lost, and each one's fate told to who waits for it.

Any number of workers may deliver at once: who delivers a mail holds a lock on it, which goes with its connection. The
state `handing_over` is committed before the text goes out; found without its lock, it tells of a worker that died.
"""

import json
import logging
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from trials.mail.sealing import SealError, seal, unseal
from trials.mail.server import Answer, Reply, this_threads_server
from trials.mail.text import MailText
from trials.models import Mail

logger = logging.getLogger(__name__)

FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=4)
WAIT_FOR_KEY = timedelta(minutes=15)
GIVEN_UP_AFTER = timedelta(days=3)
LONGEST_LINE = 998  # octets, by RFC 5322
KEPT = timedelta(days=30)  # that a row tells what became of its mail, and that one without its key waits for it
KEPT_WAITING = KEPT + timedelta(days=2)  # in which a worker would have settled it

QUEUE, TASK = "mail", "deliver_mail"  # by these the queue knows trials.tasks.deliver_mail

_STATE = Mail.State
# A job that a worker has taken counts for nothing: its worker may be dead. Two jobs for one mail do no harm.
_WITHOUT_JOB = """
    SELECT mail.id FROM trials_mail AS mail
    WHERE settled_at IS NULL AND retry_at <= %s AND NOT EXISTS (
        SELECT FROM procrastinate_jobs AS job
        WHERE job.status = 'todo' AND job.queue_name = 'mail' AND job.args ->> 'mail_id' = mail.id::text
    )
"""


class Fate(StrEnum):
    """What became of a mail for good."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    GIVEN_UP = "given_up"  # the server was away, or put it off, for three days
    IN_DOUBT = "in_doubt"


_FATES = {
    Reply.ACCEPTED: Fate.ACCEPTED,
    Reply.REFUSED: Fate.REFUSED,
    Reply.DEFERRED: Fate.GIVEN_UP,
    Reply.SILENT: Fate.IN_DOUBT,
}
Told = Callable[[UUID, Fate, datetime], None]
_waiting: dict[str, Told] = {}


def tell_fate_of(purpose: str) -> Callable[[Told], Told]:
    """The function is called with `about`, in the transaction that settles a mail of this purpose."""

    def register(told: Told) -> Told:
        _waiting[purpose] = told
        return told

    return register


def queue_mail(what: MailText, *, purpose: str, to: str, reply_to: str = "", about: str = "") -> Mail:
    """Seal a mail and let it be sent soon. In the caller's transaction: both are stored, or neither."""
    held = {"to": to, "reply_to": reply_to, **asdict(what)}
    now = timezone.now()
    sealed = seal(json.dumps(held, ensure_ascii=False).encode())
    mail = Mail.objects.create(purpose=purpose, about=about, sealed=sealed, queued_at=now, retry_at=now)
    _put_into_queue(mail.pk)
    return mail


def deliver(pk: UUID) -> bool:
    """Hand a mail over, put it off, or settle it; false where it is not due, or in other hands, or done."""
    with _held(pk) as has_it:
        mail = Mail.objects.filter(pk=pk, settled_at=None, retry_at__lte=timezone.now()).first() if has_it else None
        if mail is None:
            return False
        was_at_it = mail.state == _STATE.HANDING_OVER  # somebody who is no more: the server may have it
        try:
            answer = Answer(Reply.SILENT) if was_at_it else _handed_over(mail)
        except SealError:
            _wait_for_key(mail)
            return True
        with transaction.atomic():
            _settle(mail, answer)
        return True


@transaction.atomic
def take_back(pk: UUID) -> None:
    """Delete a mail that waits; not one that a worker is at this moment."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 1))", [str(pk)])
        [is_ours] = cursor.fetchone()
    if is_ours:
        Mail.objects.filter(pk=pk, state=_STATE.QUEUED).delete()


def due_mails(now: datetime) -> list[UUID]:
    """Those that have waited longest come first."""
    due = Mail.objects.filter(settled_at=None, retry_at__lte=now).order_by("retry_at")
    return list(due.values_list("pk", flat=True))


def take_up(now: datetime) -> int:
    """Give back their place in the queue to mails that have lost it; how many."""
    with connection.cursor() as cursor:
        cursor.execute(_WITHOUT_JOB, [now])
        lost = [pk for (pk,) in cursor.fetchall()]
    for pk in lost:
        _put_into_queue(pk)
    return len(lost)


def forget_old_mails(now: datetime) -> None:
    """Also those that wait for a worker which never comes: no mail may be set up any more."""
    Mail.objects.filter(settled_at__lte=now - KEPT).delete()
    Mail.objects.filter(settled_at=None, queued_at__lte=now - KEPT_WAITING).delete()


def _handed_over(mail: Mail) -> Answer:
    """Raises SealError."""
    held = json.loads(unseal(bytes(mail.sealed or b"")))
    try:
        message = _message(mail, held)
    except ValueError as error:  # a header that is none: nothing of it is logged
        logger.error("A mail cannot be sent: %s", type(error).__name__, extra={"event": "mail_unusable"})
        return Answer(Reply.REFUSED)
    sender = parseaddr(settings.MAIL_FROM)[1]
    return this_threads_server().hand_over(sender, held["to"], message, lambda: _begin(mail))


def _begin(mail: Mail) -> None:
    """From here on the server may have it, until its answer is written down."""
    mail.state = _STATE.HANDING_OVER
    mail.save(update_fields=["state"])


def _put_into_queue(pk: UUID, at: datetime | None = None) -> None:
    """In the caller's transaction. The queue knows a mail by its id alone."""
    app.configure_task(TASK, queue=QUEUE, schedule_at=at).defer(mail_id=str(pk))


def _message(mail: Mail, held: dict[str, Any]) -> bytes:
    """Raises ValueError on a header with a line break: none can be smuggled in."""
    message = EmailMessage(policy=SMTP.clone(cte_type="7bit"))  # not every server takes 8 bits
    message["From"] = settings.MAIL_FROM
    message["To"] = held["to"]
    if held["reply_to"]:
        message["Reply-To"] = held["reply_to"]
    message["Subject"] = held["subject"]
    message["Date"] = format_datetime(mail.queued_at)
    message["Message-ID"] = f"<{mail.pk}@{parseaddr(settings.MAIL_FROM)[1].rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(held["text"])
    return b"".join(_line(name, value) for name, value in held["headers"].items()) + message.as_bytes()


def _line(name: str, value: str) -> bytes:
    """A header that programs read, as it stands: folded, a long address would be encoded, and nobody could use it."""
    line = f"{name}: {value}"
    if not line.isascii() or not line.isprintable() or len(line) > LONGEST_LINE:
        raise ValueError("No such header can be sent.")
    return f"{line}\r\n".encode()


def _settle(mail: Mail, answer: Answer) -> None:
    now = timezone.now()
    mail.code, mail.tries, mail.tried_at = answer.code, mail.tries + 1, mail.tried_at or now
    if answer.reply is Reply.DEFERRED and now - mail.tried_at < GIVEN_UP_AFTER:
        _put_off(mail, min(FIRST_WAIT * 2 ** min(mail.tries, 12), LONGEST_WAIT), now)
        return
    _end(mail, _FATES[answer.reply], now)


@transaction.atomic
def _wait_for_key(mail: Mail) -> None:
    """The operator may have left a key out: that is no try, and nobody's refusal."""
    logger.error("A mail waits for its key in FINDER_MAIL_KEYS.", extra={"event": "mail_without_key"})
    now = timezone.now()
    if now - mail.queued_at < KEPT:
        _put_off(mail, WAIT_FOR_KEY, now)
    else:
        _end(mail, Fate.GIVEN_UP, now)


def _put_off(mail: Mail, wait: timedelta, now: datetime) -> None:
    # By chance a little earlier or later, so that not all come at once: nothing that must not be guessed.
    mail.retry_at = now + wait * random.uniform(0.8, 1.2)  # noqa: S311  # nosec B311
    mail.state = _STATE.QUEUED
    mail.save(update_fields=["state", "tries", "tried_at", "code", "retry_at"])
    _put_into_queue(mail.pk, mail.retry_at)


def _end(mail: Mail, fate: Fate, now: datetime) -> None:
    mail.state, mail.sealed, mail.settled_at = _STATE(fate), None, now
    mail.save(update_fields=["state", "tries", "tried_at", "code", "sealed", "settled_at"])
    told = _waiting.get(mail.purpose)
    if told and mail.about:
        told(UUID(mail.about), fate, now)


@contextmanager
def _held(pk: UUID) -> Iterator[bool]:
    """Whether this connection has the mail for itself, until the end of the block, or of the process."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtextextended(%s, 1))", [str(pk)])
        [has_it] = cursor.fetchone()
    try:
        yield has_it
    finally:
        if has_it:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 1))", [str(pk)])
