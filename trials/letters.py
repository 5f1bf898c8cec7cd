"""The mails around a message to a study team, as subject and plain text. What a visitor wrote stands only where it is
meant for: in the mail to the team, and in the copy to an address that its owner has confirmed.
"""

import json
from dataclasses import asdict, dataclass

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from trials.mail.text import MailText

ENGLISH = "en"  # what most teams read


@dataclass(frozen=True, slots=True)
class Letter:
    """`language` is that of the page, `wanted` that of the answer; `to` says in words who gets it. `study_url` and
    `status_url` are whole addresses; `phones` the telephone numbers that the registry names.
    """

    nct_id: str
    title: str
    study_url: str
    status_url: str
    language: str
    to: str
    address: str
    name: str
    email: str
    phone: str
    wanted: str
    text: str
    phones: tuple[str, ...] = ()
    recipient: str = ""  # its key, by which it is found again before the message goes on
    partner: str = ""  # the key of the clinic in whose frame it was written

    def as_bytes(self) -> bytes:
        return json.dumps(asdict(self), ensure_ascii=False).encode()


def letter_from(data: bytes) -> Letter:
    held = json.loads(data)
    return Letter(**{**held, "phones": tuple(held["phones"])})


def to_confirm(letter: Letter) -> MailText:
    """Says nothing that the visitor wrote: the address may be a stranger's."""
    with override(letter.language):
        parts = (
            _("Somebody, probably you, wrote a message about the study %(id)s.") % {"id": letter.nct_id},
            _("It gave this e-mail address for the answer. We send the message only after you say so here:"),
            letter.status_url,
            _("The same page later tells you what became of it."),
            _("Was it not you? Then do nothing. Within a day we delete the message unread."),
            _site(),
        )
        return MailText(_("Please confirm your message about the study %(id)s") % {"id": letter.nct_id}, _joined(parts))


def to_team(letter: Letter) -> MailText:
    """In English, and before it in the language of the page where that is another."""
    languages = dict.fromkeys((ENGLISH, letter.language))
    parts = []
    for language in languages:
        with override(language):
            parts.append(_about(letter))
    parts.append(_quoted(letter.text))
    with override(ENGLISH):
        parts += [
            _("The sender has confirmed the e-mail address. An answer to this mail goes to it, not to us."),
            _("We keep no copy of this message."),
            _site(),
        ]
        return MailText(_("A question about your study %(id)s") % {"id": letter.nct_id}, _joined(parts))


def of_arrival(letter: Letter) -> MailText:
    """The copy, once the team's mail server has taken the message."""
    with override(letter.language):
        parts = (
            _("The mail server of the study team has taken your message. That does not mean that it is read."),
            *_ways_on(letter),
            _("This is what you wrote:"),
            _quoted(letter.text),
            _("We keep no copy of this message."),
            _site(),
        )
        return MailText(_("Your message about the study %(id)s was sent") % {"id": letter.nct_id}, _joined(parts))


def of_failure(letter: Letter, *, in_doubt: bool = False) -> MailText:
    """With what was written, so that it can be sent in another way."""
    with override(letter.language):
        if in_doubt:
            said = _("We do not know if your message has reached the study team. We do not send it twice.")
            subject = _("We do not know if your message about the study %(id)s arrived") % {"id": letter.nct_id}
        else:
            said = _("The mail server of the study team did not take your message.")
            subject = _("Your message about the study %(id)s could not be sent") % {"id": letter.nct_id}
        written = (_("This is what you wrote:"), _quoted(letter.text))
        return MailText(
            subject, _joined((said, *_ways_on(letter), *written, _("We keep no copy of this message."), _site()))
        )


def _about(letter: Letter) -> str:
    wanted = dict(settings.LANGUAGES).get(letter.wanted, letter.wanted)
    lines = (
        _("Somebody who reads about your study %(id)s has written to you:") % {"id": letter.nct_id},
        letter.title,
        letter.study_url,
        "",
        _("Name: %(name)s") % {"name": letter.name},
        _("E-mail: %(email)s") % {"email": letter.email},
        *((_("Phone: %(phone)s") % {"phone": letter.phone},) if letter.phone else ()),
        _("Would like an answer in: %(language)s") % {"language": wanted},
    )
    return "\n".join(lines)


def _quoted(text: str) -> str:
    """Each line is marked, so that no line within can pass for one of ours."""
    return "\n".join(f"> {line}".rstrip() for line in text.split("\n"))


def _ways_on(letter: Letter) -> tuple[str, ...]:
    said = _("Many teams do not answer letters or e-mail. If you hear nothing for a week, try the phone.")
    if not letter.phones:
        return (said, _("The contacts stand here: %(address)s") % {"address": letter.study_url})
    return (said, "\n".join((*letter.phones, letter.study_url)))


def _site() -> str:
    return _("CTD Trial Finder. This is not medical advice.")


def _joined(parts: tuple[str, ...] | list[str]) -> str:
    return "\n\n".join(parts) + "\n"
