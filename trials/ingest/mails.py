"""Queues mails and hands them to the mail server: none twice, none lost, and each one's fate told to who waits for it.

Any number of workers may deliver at once. A row is locked while its mail is announced; the state `handing_over` is
committed before the text goes out, and the lock of its worker's connection tells whether that worker still lives.
"""

import json
import logging
import random
from collections.abc import Callable
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

from trials.mail.sealing import SealError, seal, unseal
from trials.mail.server import Answer, MailServer, Reply
from trials.models import Mail

logger = logging.getLogger(__name__)

FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=4)
GIVEN_UP_AFTER = timedelta(days=3)
KEPT = timedelta(days=30)  # that a row tells what became of its mail

_STATE = Mail.State


class Fate(StrEnum):
    """What became of a mail for good."""

    ACCEPTED = "accepted"
    REFUSED = "refused"  # or tried in vain for three days
    IN_DOUBT = "in_doubt"


Told = Callable[[UUID, Fate, datetime], None]
_waiting: dict[str, Told] = {}


def tell_fate_of(purpose: str) -> Callable[[Told], Told]:
    """The function is called with `about`, in the transaction that settles a mail of this purpose."""

    def register(told: Told) -> Told:
        _waiting[purpose] = told
        return told

    return register


def queue_mail(
    *,
    purpose: str,
    to: str,
    subject: str,
    text: str,
    reply_to: str = "",
    about: str = "",
    headers: dict[str, str] | None = None,
) -> UUID:
    """Seal a mail of plain text and let it be sent soon. In the caller's transaction: both are stored, or neither."""
    held = {"to": to, "subject": subject, "text": text, "reply_to": reply_to, "headers": headers or {}}
    now = timezone.now()
    sealed = seal(json.dumps(held, ensure_ascii=False).encode())
    mail = Mail.objects.create(purpose=purpose, about=about, sealed=sealed, queued_at=now, retry_at=now)
    return mail.pk


def deliver_due(server: MailServer) -> bool:
    """Hand over one mail whose time has come; false where there is none, or others have them in hand."""
    with transaction.atomic():
        due = Mail.objects.select_for_update(skip_locked=True).filter(state=_STATE.QUEUED, retry_at__lte=timezone.now())
        mail = due.order_by("retry_at").first()
        if mail is None:
            return False
        try:
            held = json.loads(unseal(bytes(mail.sealed or b"")))
            message = _message(mail, held)
        except (SealError, ValueError) as error:  # a header that is none: nothing of it is logged
            logger.error("A mail cannot be sent: %s", type(error).__name__, extra={"event": "mail_unusable"})
            _settle(mail, Answer(Reply.REFUSED))
            return True
        not_wanted = server.announce(parseaddr(settings.MAIL_FROM)[1], held["to"])
        mail.tries += 1
        if not_wanted:
            _settle(mail, not_wanted)
            return True
        _hold(mail.pk)
        mail.state = _STATE.HANDING_OVER
        mail.save(update_fields=["state", "tries"])
    answer = server.hand_over(message)
    with transaction.atomic():
        _settle(mail, answer)
    _let_go(mail.pk)
    return True


def settle_killed(now: datetime) -> int:
    """Mails that a worker was handing over when it died: perhaps taken, so never sent again. How many."""
    count = 0
    for pk in Mail.objects.filter(state=_STATE.HANDING_OVER).values_list("pk", flat=True):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 1))", [str(pk)])
            mail = Mail.objects.select_for_update().filter(pk=pk, state=_STATE.HANDING_OVER).first()
            if cursor.fetchone()[0] and mail is not None:
                _end(mail, Fate.IN_DOUBT, now)
                count += 1
    return count


def forget_old_mails(now: datetime) -> None:
    Mail.objects.filter(settled_at__lte=now - KEPT).delete()


def _message(mail: Mail, held: dict[str, Any]) -> bytes:
    """Raises ValueError on a header with a line break: none can be smuggled in."""
    message = EmailMessage(policy=SMTP)
    message["From"] = settings.MAIL_FROM
    message["To"] = held["to"]
    if held["reply_to"]:
        message["Reply-To"] = held["reply_to"]
    message["Subject"] = held["subject"]
    message["Date"] = format_datetime(mail.queued_at)
    message["Message-ID"] = f"<{mail.pk}@{parseaddr(settings.MAIL_FROM)[1].rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    for name, value in held["headers"].items():
        message[name] = value
    message.set_content(held["text"])
    return message.as_bytes()


def _settle(mail: Mail, answer: Answer) -> None:
    now = timezone.now()
    mail.code = answer.code
    if answer.reply is Reply.DEFERRED and now - mail.queued_at < GIVEN_UP_AFTER:
        wait = min(FIRST_WAIT * 2 ** min(mail.tries, 12), LONGEST_WAIT)
        # By chance a little earlier or later, so that not all come at once: nothing that must not be guessed.
        mail.retry_at = now + wait * random.uniform(0.8, 1.2)  # noqa: S311  # nosec B311
        mail.state = _STATE.QUEUED
        mail.save(update_fields=["state", "tries", "code", "retry_at"])
        return
    _end(mail, Fate.ACCEPTED if answer.reply is Reply.ACCEPTED else Fate.REFUSED, now)


def _end(mail: Mail, fate: Fate, now: datetime) -> None:
    mail.state, mail.sealed, mail.settled_at = _STATE(fate), None, now
    mail.save(update_fields=["state", "tries", "code", "sealed", "settled_at"])
    told = _waiting.get(mail.purpose)
    if told and mail.about:
        told(UUID(mail.about), fate, now)


def _hold(pk: UUID) -> None:
    """As long as this connection lives and has not let go, nobody takes the mail for one whose worker died."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(hashtextextended(%s, 1))", [str(pk)])


def _let_go(pk: UUID) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 1))", [str(pk)])
