"""What became of a message, for who has the link to it, and the press of the button by which it is sent on."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from finder.mail_links import MESSAGES
from finder.messages.offered import still_takes
from finder.presenters.contacts import ContactView
from finder.presenters.message import phone_contacts
from finder.presenters.words import long_date
from trials.ingest.mailboxes import TooMany
from trials.ingest.messages import KEPT_DAYS, PURPOSE_MESSAGE, NotTaken, confirm_message, stored_message
from trials.mail.sealing import SealError
from trials.models import Mail, Message, Trial

_STATE = Message.State


@dataclass(frozen=True, slots=True)
class StatusOfMessage:
    """`sentences` say where it is; `asks` whether it waits for the sender's word."""

    nct_id: str
    study_is_shown: bool
    heading: str
    sentences: tuple[str, ...]
    asks: bool
    trouble: str
    contacts: tuple[ContactView, ...]


def confirm(token: str, now: datetime) -> str:
    """A sentence where the message cannot go on today; nothing where it goes, or went before."""
    pk = MESSAGES.row_of(token)
    message = stored_message(pk, now) if pk else None
    if message is None:
        return ""
    try:
        confirm_message(message.pk, now, still_takes)
    except NotTaken:
        return _("The study has changed since, and takes no messages any more. Please use the phone.")
    except SealError:  # its key is gone
        return _("Please use the phone.")
    except TooMany:
        return _("This team has had many messages today. Press the button again tomorrow, or use the phone.")
    return ""


def status_view(token: str, now: datetime, trouble: str) -> StatusOfMessage | None:
    """None for a link that is not ours, or whose message is gone."""
    pk = MESSAGES.row_of(token)
    message = stored_message(pk, now) if pk else None
    if message is None:
        return None
    trial = Trial.objects.visible().prefetch_related("contacts", "sites").filter(nct_id=message.nct_id).first()
    heading, sentences = _said(message)
    return StatusOfMessage(
        nct_id=message.nct_id,
        study_is_shown=trial is not None,
        heading=heading,
        sentences=sentences,
        asks=message.state == _STATE.UNCONFIRMED,
        trouble=trouble,
        contacts=phone_contacts(trial) if trial else (),
    )


def _said(message: Message) -> tuple[str, tuple[str, ...]]:
    gone = _("We have deleted what you wrote. This page stays for %(count)s days.") % {"count": KEPT_DAYS}
    if message.state == _STATE.UNCONFIRMED:
        return _("Shall we send your message?"), (
            _("It waits here, sealed. It goes to the study team when you press the button."),
            _("If you do nothing, we delete it unread within a day."),
        )
    if message.state == _STATE.WAITING:
        put_off = Mail.objects.filter(purpose=PURPOSE_MESSAGE, about=str(message.pk), tries__gt=0).exists()
        return _("Your message is on its way"), (
            *((_("The mail server of the team has not taken it yet. We will try again."),) if put_off else ()),
            _("We try until the mail server of the team takes it, for up to three days."),
            _("You get a mail when it is taken, or when we give up."),
        )
    day = {"date": long_date(message.settled_at.date())} if message.settled_at else {}
    if message.state == _STATE.SENT:
        return _("Your message was sent"), (
            _("The mail server of the team took it on %(date)s. That does not mean that it is read.") % day,
            gone,
        )
    if message.state == _STATE.IN_DOUBT:
        return _("We do not know if your message arrived"), (
            _("The connection ended on %(date)s before the mail server had answered. We do not send it twice.") % day,
            _("Please use the phone."),
            gone,
        )
    return _("Your message could not be sent"), (
        _("The mail server of the team did not take it on %(date)s.") % day,
        _("The address in the registry may be an old one. Please use the phone."),
        gone,
    )
