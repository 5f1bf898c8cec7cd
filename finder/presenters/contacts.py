"""Whom to ask, with links that dial or write only where that is certain."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy

from finder.presenters import words
from trials.models import Contact

_ROLES = {
    "PRINCIPAL_INVESTIGATOR": gettext_lazy("Principal investigator"),
    "SUB_INVESTIGATOR": gettext_lazy("Second investigator"),
    "STUDY_DIRECTOR": gettext_lazy("Study director"),
    "STUDY_CHAIR": gettext_lazy("Study chair"),
}
# A link that dials must dial what is written: one number in digits, or none. Our own "ext. 12" is left out of it.
_ONE_NUMBER = re.compile(r"(\+?\d[\d .\-]*(?:\(\d{2,4}\)[\d .\-]*)?|\(\d{2,4}\)[\d .\-]+)(?: ext\. \d+)?")
_ONE_ADDRESS = re.compile(r"[\w.+\-]+@[\w\-]+(?:\.[\w\-]+)+")
_DIGITS = range(5, 16)  # of a telephone number; E.164 allows 15


@dataclass(frozen=True, slots=True)
class ContactView:
    name: str
    role: words.Text
    affiliation: str
    phone: str
    dial: str  # the number as a link needs it, without an extension
    email: str
    mail_to: str  # the address as a link needs it; empty when it is more or other than one address


def _dialled(phone: str) -> str:
    match = _ONE_NUMBER.fullmatch(phone)
    number = re.sub(r"[^\d+]", "", match[1]) if match else ""
    return number if len(number.lstrip("+")) in _DIGITS else ""


def contact_views(contacts: Iterable[Contact]) -> tuple[ContactView, ...]:
    return tuple(
        ContactView(
            name=contact.name,
            role=_ROLES.get(contact.role, ""),
            affiliation="" if contact.affiliation.casefold() in contact.name.casefold() else contact.affiliation,
            phone=contact.phone,
            dial=_dialled(contact.phone),
            email=contact.email,
            mail_to=contact.email if _ONE_ADDRESS.fullmatch(contact.email) else "",
        )
        for contact in contacts
        if contact.name or contact.phone or contact.email
    )
