"""Writes messages to study teams: sealed, sent on once their sender has said so, and wiped when their fate is known."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from trials import letters
from trials.ingest.mailboxes import count_link, count_use, one_at_a_time
from trials.ingest.mails import KEPT_WAITING, Fate, queue_mail, tell_fate_of
from trials.letters import Letter, letter_from
from trials.mail.sealing import SealError, seal, unseal
from trials.models import Message

MOST_TO_RECIPIENT = 20  # messages to one team in a day
CONFIRM_WITHIN = timedelta(hours=24)
KEPT_DAYS = 30  # that the page behind the link can tell a message's fate
PURPOSE_LINK, PURPOSE_MESSAGE, PURPOSE_FATE = "message-link", "message", "message-fate"
TO_TEAM = "to-team"  # as a team's mailbox is counted

_STATE = Message.State
_STATE_OF = {
    Fate.ACCEPTED: _STATE.SENT,
    Fate.IN_DOUBT: _STATE.IN_DOUBT,
    Fate.REFUSED: _STATE.REFUSED,
    Fate.GIVEN_UP: _STATE.REFUSED,
}


class NotTaken(Exception):
    """Who was written to does not take messages any more."""


@transaction.atomic
def store_message(pk: UUID, letter: Letter, now: datetime) -> None:
    """Keep it sealed, and send its sender the link that lets it go on. Raises TooMany. One that is here already
    stays as it is: its form was sent twice.
    """
    one_at_a_time(str(pk))
    if Message.objects.filter(pk=pk).exists():
        return
    count_link(letter.email, now)
    Message.objects.create(pk=pk, nct_id=letter.nct_id, sealed=seal(letter.as_bytes()), created_at=now)
    queue_mail(letters.to_confirm(letter), purpose=PURPOSE_LINK, to=letter.email)


def stored_message(pk: UUID, now: datetime) -> Message | None:
    """None where it is gone, or has waited for its sender too long."""
    message = Message.objects.filter(pk=pk).defer("sealed").first()
    return None if message is None or _is_late(message, now) else message


@transaction.atomic
def confirm_message(pk: UUID, now: datetime, is_taken: Callable[[Letter], bool]) -> None:
    """Send it to the team, if it still takes messages: else raises NotTaken. Raises TooMany or SealError, too; one that
    is gone or was confirmed before stays as it is.
    """
    message = Message.objects.select_for_update().filter(pk=pk, state=_STATE.UNCONFIRMED).first()
    if message is None or _is_late(message, now):
        return
    letter = letter_from(unseal(bytes(message.sealed or b"")))
    if not is_taken(letter):
        raise NotTaken
    count_use(TO_TEAM, letter.address, MOST_TO_RECIPIENT, now)
    message.state, message.confirmed_at = _STATE.WAITING, now
    message.save(update_fields=["state", "confirmed_at"])
    mail = letters.to_team(letter)
    queue_mail(mail, purpose=PURPOSE_MESSAGE, to=letter.address, reply_to=letter.email, about=str(pk))


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
    queue_mail(mail, purpose=PURPOSE_FATE, to=letter.email)


def forget_old_messages(now: datetime) -> int:
    """Delete what nobody confirmed in time, what was settled long ago, and what no worker has ever sent; how many."""
    late = Message.objects.filter(state=_STATE.UNCONFIRMED, created_at__lte=now - CONFIRM_WITHIN)
    told = Message.objects.filter(settled_at__lte=now - timedelta(days=KEPT_DAYS))
    stuck = Message.objects.filter(state=_STATE.WAITING, confirmed_at__lte=now - KEPT_WAITING)
    return late.delete()[0] + told.delete()[0] + stuck.delete()[0]


def _is_late(message: Message, now: datetime) -> bool:
    return message.state == _STATE.UNCONFIRMED and message.created_at <= now - CONFIRM_WITHIN
