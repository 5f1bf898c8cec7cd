"""What was typed into the form, and what is wrong with it. Nothing here is stored or logged."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from uuid import UUID, uuid4, uuid5

from django.conf import settings
from django.core import signing
from django.http import QueryDict
from django.utils.translation import gettext as _

from trials.recipients import LONGEST_ADDRESS, Recipient, one_address

LONGEST = {"name": 80, "email": LONGEST_ADDRESS, "phone": 40, "text": 3_000}  # characters
SHORTEST_TEXT = 10  # characters; less says nothing to anybody
LEAST_SECONDS = 4  # between the form and its sending: no person is so quick
OLDEST_SECONDS = 24 * 60 * 60
# What no line of text needs: it could end a header, hide words or turn their order about.
_UNSEEN = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff\ud800-\udfff]"
)
_PHONE = re.compile(r"[0-9+().,/ #x-]*\d[0-9+().,/ #x-]*", re.IGNORECASE)
_signer = signing.TimestampSigner(salt="finder.messages.began")


@dataclass(frozen=True, slots=True)
class Draft:
    """`problems` by field, each a sentence; `to` is None where the chosen recipient is not one of the study's."""

    to: Recipient | None = None
    name: str = ""
    email: str = ""
    phone: str = ""
    wanted: str = ""  # the code of the language in which somebody wants to be answered
    text: str = ""
    consents: bool = False
    problems: Mapping[str, str] = field(default_factory=dict)

    def without_problems(self) -> "Draft":
        return replace(self, problems={})


def read_draft(form: QueryDict, recipients: Iterable[Recipient], language: str) -> Draft:
    found = {one.key: one for one in recipients}
    to = found.get(form.get("to", "")) or (next(iter(found.values())) if len(found) == 1 else None)
    codes = dict(settings.LANGUAGES)
    draft = Draft(
        to=to,
        name=_line(form.get("name", "")),
        email=_line(form.get("email", "")),
        phone=_line(form.get("phone", "")),
        wanted=form.get("wanted", "") if form.get("wanted", "") in codes else language,
        text=_lines(form.get("text", "")),
        consents=form.get("consent") == "yes",
    )
    return replace(draft, problems=dict(_problems(draft)))


def _line(text: str) -> str:
    return " ".join(_UNSEEN.sub("", text.replace("\r", " ").replace("\n", " ")).split())


def _lines(text: str) -> str:
    """Lines end as in a mail's text, none of them with blanks; no more than one empty line after another."""
    rows = (row.rstrip() for row in _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(rows)).strip()


def _problems(draft: Draft) -> Iterable[tuple[str, str]]:
    if draft.to is None:
        yield "to", _("Please choose who gets your message.")
    if not draft.name:
        yield "name", _("Please write your name, so that the team knows whom to answer.")
    if not draft.email:
        yield "email", _("Please write your e-mail address. The answer goes there.")
    elif not one_address(draft.email):
        yield "email", _("This is not one whole e-mail address. It looks like name@example.org.")
    if draft.phone and not _PHONE.fullmatch(draft.phone):
        yield "phone", _("Please write the phone number in digits, or leave it empty.")
    if len(draft.text) < SHORTEST_TEXT:
        yield "text", _("Please write a few words to the team.")
    if not draft.consents:
        yield "consent", _("Please tick the box if you agree. Without it we send nothing.")
    for name, most in LONGEST.items():
        if len(getattr(draft, name)) > most:
            yield name, _("This is too long: at most %(count)s characters.") % {"count": most}


def began() -> str:
    """Goes into the form, so that it tells when it was first shown, and is known when it is sent again."""
    return _signer.sign(uuid4().hex)


def message_id(form: QueryDict, draft: Draft) -> UUID:
    """The same for the same words in the same form: a button may be pressed twice. Of a form that is ours."""
    shown = _signer.unsign(form.get("began", ""))
    return uuid5(UUID(shown), repr(draft)) if shown else uuid4()


def still_began(form: QueryDict) -> str:
    """The same as it came back; empty where it is not ours, or too old."""
    since = form.get("began", "")
    return since if _is_signed(since, OLDEST_SECONDS) else ""


def is_too_quick(form: QueryDict) -> bool:
    """Also true of a form that does not tell when it was shown: it is shown anew, and may come back."""
    since = still_began(form)
    return not since or _is_signed(since, LEAST_SECONDS)


def _is_signed(since: str, seconds: int) -> bool:
    """Within so many seconds from now."""
    try:
        _signer.unsign(since, max_age=seconds)
    except signing.BadSignature:
        return False
    return True
