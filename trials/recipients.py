"""Whom a visitor can write to through the site: contacts of an open study with one certain address, or a clinic itself.

Never an address that only a form names: a recipient is always found anew in what is stored.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from trials import vocab as v
from trials.models import Contact, Partner, Trial
from trials.text_blocks import clean_text

# People can still ask to join: open, or about to open.
_WRITTEN_TO = v.OPEN_STATUSES | {v.RecruitmentStatus.NOT_YET_RECRUITING}
_LOCAL = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_ONE_ADDRESS = re.compile(rf"{_LOCAL}(?:\.{_LOCAL})*@(?:{_LABEL}\.)+[A-Za-z](?:[A-Za-z0-9-]{{0,61}}[A-Za-z0-9])?")
LONGEST_ADDRESS, _LONGEST_LOCAL = 254, 64  # characters, by RFC 5321
# Names that are set aside for examples and for networks without the world: nobody reads what is sent there.
_NOBODY = re.compile(r"(^|\.)(example(\.(com|net|org))?|invalid|test|localhost|local|internal)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Recipient:
    """`key` names the same recipient when the form comes back. `site` and `country_code` are empty for who answers for
    the whole study, and for a clinic; `name` may be empty.
    """

    key: str
    address: str
    name: str
    site: str = ""
    country_code: str = ""
    is_clinic: bool = False


def one_address(text: str) -> str:
    """The text if it is one address that mail can be sent to; else nothing. Letters of ASCII alone: not every server
    takes others.
    """
    text = text.strip()
    fits = _ONE_ADDRESS.fullmatch(text) and len(text) <= LONGEST_ADDRESS
    local, _at, _domain = text.rpartition("@")
    return text if fits and len(local) <= _LONGEST_LOCAL else ""


def is_read_by_somebody(address: str) -> bool:
    """False for a placeholder."""
    return not _NOBODY.search(address.rpartition("@")[2])


def is_open_to_messages(trial: Trial) -> bool:
    """Not a sample, whose contacts are placeholders, nor a study that nobody can ask to join."""
    return not (trial.is_sample or trial.gone_since) and trial.overall_status in _WRITTEN_TO


def recipients(trial: Trial, partner: Partner | None = None, *, of_study: bool = True) -> tuple[Recipient, ...]:
    """The clinic first, then who answers for the whole study, then its open sites; each address once.

    `trial` is visible, and comes with its contacts and sites; `of_study`: whether its own contacts may be written to.
    """
    if not is_open_to_messages(trial):
        return ()
    found = [*_clinic(partner), *(_contacts(trial) if of_study else ())]
    by_address: dict[str, Recipient] = {}
    for one in found:
        by_address.setdefault(one.address.casefold(), one)
    return tuple(by_address.values())


def _clinic(partner: Partner | None) -> Iterable[Recipient]:
    if partner and partner.takes_messages and partner.message_address:
        yield Recipient(_key("clinic", partner.key), partner.message_address, partner.name, is_clinic=True)


def _contacts(trial: Trial) -> Iterable[Recipient]:
    sites = {site.pk: site for site in trial.sites.all()}
    fitting = [one for one in trial.contacts.all() if not one.hidden and _address(one)]
    yield from (_recipient(one) for one in fitting if one.kind == v.ContactKind.CENTRAL)
    for one in fitting:
        site = sites.get(one.site_id or 0)
        if one.kind == v.ContactKind.SITE and site and site.recruiting:
            where = ", ".join(part for part in (clean_text(site.facility), clean_text(site.city)) if part)
            yield _recipient(one, where, site.country_code)


def _address(contact: Contact) -> str:
    address = one_address(contact.email)
    return address if address and is_read_by_somebody(address) else ""


def _recipient(contact: Contact, where: str = "", country_code: str = "") -> Recipient:
    address = _address(contact)
    key = _key(contact.fingerprint, where, address)
    return Recipient(key, address, clean_text(contact.name), where, country_code)


def _key(*parts: str) -> str:
    """Not the address itself: it need not stand in a form."""
    return sha256("\x1f".join(parts).encode()).hexdigest()[:16]
