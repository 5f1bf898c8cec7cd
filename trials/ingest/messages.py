"""Writes messages to study teams: sealed, sent on once their sender has said so, and wiped when their fate is known."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection, transaction
from django.utils.crypto import salted_hmac

from trials import letters
from trials.ingest.mails import Fate, queue_mail, tell_fate_of
from trials.letters import Letter, letter_from
from trials.mail.sealing import SealError, seal, unseal
from trials.models import Message

MOST_OF_SENDER = 3  # links to one address in a day: nobody's mailbox is flooded with them
MOST_TO_RECIPIENT = 20  # messages to one team in a day
CONFIRM_WITHIN = timedelta(hours=24)
KEPT_DAYS = 30  # that the page behind the link can tell a message's fate
PURPOSE_LINK, PURPOSE_MESSAGE, PURPOSE_FATE = "message-link", "message", "message-fate"

_STATE = Message.State
_STATE_OF = {Fate.ACCEPTED: _STATE.SENT, Fate.IN_DOUBT: _STATE.IN_DOUBT, Fate.REFUSED: _STATE.REFUSED}


class TooMany(Exception):
    """The sender, or the recipient, has had as many as one may have in a day."""


@transaction.atomic
def store_message(pk: UUID, letter: Letter, now: datetime) -> None:
    """Keep it sealed, and send its sender the link that lets it go on. Raises TooMany."""
    sender = _mark(letter.email)
    _one_at_a_time(sender)
    if Message.objects.filter(sender_mark=sender, created_at__gt=now - CONFIRM_WITHIN).count() >= MOST_OF_SENDER:
        raise TooMany
    Message.objects.create(
        pk=pk,
        nct_id=letter.nct_id,
        sealed=seal(letter.as_bytes()),
        sender_mark=sender,
        recipient_mark=_mark(letter.address),
        created_at=now,
    )
    mail = letters.to_confirm(letter)
    queue_mail(purpose=PURPOSE_LINK, to=letter.email, subject=mail.subject, text=mail.text)


def stored_message(pk: UUID, now: datetime) -> Message | None:
    """None where it is gone, or has waited for its sender too long."""
    message = Message.objects.filter(pk=pk).defer("sealed").first()
    return None if message is None or _is_late(message, now) else message


@transaction.atomic
def confirm_message(pk: UUID, now: datetime) -> None:
    """Send it to the team. Raises TooMany; a message that is gone or was confirmed before stays as it is."""
    message = Message.objects.select_for_update().filter(pk=pk, state=_STATE.UNCONFIRMED).first()
    if message is None or _is_late(message, now):
        return
    _one_at_a_time(message.recipient_mark)
    same_day = Message.objects.filter(recipient_mark=message.recipient_mark, confirmed_at__gt=now - CONFIRM_WITHIN)
    if same_day.count() >= MOST_TO_RECIPIENT:
        raise TooMany
    message.state, message.confirmed_at = _STATE.WAITING, now
    message.save(update_fields=["state", "confirmed_at"])
    letter = letter_from(unseal(bytes(message.sealed or b"")))
    mail = letters.to_team(letter)
    queue_mail(
        purpose=PURPOSE_MESSAGE,
        to=letter.address,
        subject=mail.subject,
        text=mail.text,
        reply_to=letter.email,
        about=str(pk),
    )


@tell_fate_of(PURPOSE_MESSAGE)
@transaction.atomic
def settle_message(pk: UUID, fate: Fate, now: datetime) -> None:
    """The team's mail server has answered for good, or never will: tell the sender, and wipe what was written."""
    message = Message.objects.select_for_update().filter(pk=pk, state=_STATE.WAITING).first()
    if message is None:
        return
    sealed = bytes(message.sealed or b"")
    message.state, message.sealed, message.settled_at = _STATE_OF[fate], None, now
    message.save(update_fields=["state", "sealed", "settled_at"])
    try:
        letter = letter_from(unseal(sealed))
    except SealError:  # its key has been gone for days: nobody knows any more whom to tell
        return
    if fate is Fate.ACCEPTED:
        mail = letters.of_arrival(letter)
    else:
        mail = letters.of_failure(letter, in_doubt=fate is Fate.IN_DOUBT)
    queue_mail(purpose=PURPOSE_FATE, to=letter.email, subject=mail.subject, text=mail.text)


def forget_old_messages(now: datetime) -> int:
    """Delete what nobody confirmed in time, and what was settled long ago; of the others, whose they were. How many."""
    late = Message.objects.filter(state=_STATE.UNCONFIRMED, created_at__lte=now - CONFIRM_WITHIN)
    told = Message.objects.filter(settled_at__lte=now - timedelta(days=KEPT_DAYS))
    gone = late.delete()[0] + told.delete()[0]
    settled = Message.objects.filter(settled_at__lte=now - CONFIRM_WITHIN).exclude(sender_mark="", recipient_mark="")
    settled.update(sender_mark="", recipient_mark="")
    return gone


def _is_late(message: Message, now: datetime) -> bool:
    return message.state == _STATE.UNCONFIRMED and message.created_at <= now - CONFIRM_WITHIN


def _mark(address: str) -> str:
    return salted_hmac("trials.messages", address.casefold(), algorithm="sha256").hexdigest()


def _one_at_a_time(mark: str) -> None:
    """Until the end of the transaction nobody else counts the messages of this address."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"message {mark}"])
