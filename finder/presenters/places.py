"""Where a study runs and whom to ask, by country."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from finder.presenters import words
from finder.presenters.notes import NoteView, site_notes
from finder.presenters.site_map import SiteMap, country_id, study_map
from finder.presenters.status import StatusView, status_view, study_status
from trials import vocab as v
from trials.models import Contact, Site, Trial

FEW_SITES = 12  # up to here all countries stand open

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


@dataclass(frozen=True, slots=True)
class SiteView:
    facility: str
    is_named: bool  # else `facility` is ours, and says that the registry names none
    place: str
    status: StatusView
    is_open: bool
    contacts: tuple[ContactView, ...]


@dataclass(frozen=True, slots=True)
class CountryView:
    id: str  # in the page; empty where the country is not known
    name: str
    count: str
    open_count: str
    sites: tuple[SiteView, ...]
    notes: tuple[NoteView, ...]
    expanded: bool


@dataclass(frozen=True, slots=True)
class PlacesView:
    """`notes` are those on sites that fit no country below; `map` is None where no site has coordinates."""

    summary: str
    map: SiteMap | None
    countries: tuple[CountryView, ...]
    central: tuple[ContactView, ...]
    notes: tuple[NoteView, ...]


def places_view(trial: Trial, summary: str) -> PlacesView:
    sites = list(trial.sites.all())
    contacts = [contact for contact in trial.contacts.all() if not contact.hidden]
    notes = site_notes(trial)
    of_site: dict[int | None, list[Contact]] = {}
    for contact in contacts:
        of_site.setdefault(contact.site_id, []).append(contact)
    countries = tuple(_country(code, group, of_site, trial, notes, len(sites)) for code, group in _by_country(sites))
    placed = {note for country in countries for note in country.notes}
    return PlacesView(
        summary=summary,
        map=study_map(trial),
        countries=tuple(sorted(countries, key=lambda c: (not c.open_count, -len(c.sites), c.name.casefold()))),
        central=contact_views(c for c in contacts if c.kind == v.ContactKind.CENTRAL),
        notes=tuple(note for note in notes if note not in placed),
    )


def _by_country(sites: Sequence[Site]) -> list[tuple[str, list[Site]]]:
    groups: dict[str, list[Site]] = {}
    for site in sites:
        groups.setdefault(site.country_code or site.country_text, []).append(site)
    return list(groups.items())


def _country(
    code: str,
    group: list[Site],
    contacts: Mapping[int | None, list[Contact]],
    trial: Trial,
    notes: Sequence[NoteView],
    total: int,
) -> CountryView:
    name = words.country_name(code) if code else _("Country not stated in the registry")
    texts = {site.country_text for site in group}
    views = [_site(site, name, contacts, trial) for site in group]
    open_sites = sum(view.is_open for view in views)
    values = {"count": words.number(open_sites)}
    return CountryView(
        id=country_id(next((site.country_code for site in group if site.country_code), "")),
        name=name,
        count=words.sites(len(views)),
        open_count=ngettext("%(count)s open", "%(count)s open", open_sites) % values if open_sites else "",
        sites=tuple(sorted(views, key=lambda view: not view.is_open)),
        notes=tuple(note for note in notes if note.country in texts),
        expanded=total <= FEW_SITES,
    )


def _site(site: Site, country: str, contacts: Mapping[int | None, list[Contact]], trial: Trial) -> SiteView:
    is_open = site.recruiting and not trial.gone_since
    return SiteView(
        facility=site.facility or _("Hospital not named in the registry"),
        is_named=bool(site.facility),
        place=_address(site, country),
        status=_site_status(site, trial, is_open=is_open),
        is_open=is_open,
        contacts=contact_views(contacts.get(site.pk, ())),
    )


def _site_status(site: Site, trial: Trial, *, is_open: bool) -> StatusView:
    """The site's own word; not when it is silent, or says open while nobody can join the study."""
    outdated = site.status in v.OPEN_STATUSES and not is_open
    return study_status(trial) if trial.gone_since or outdated or not site.status else status_view(site.status)


def _address(site: Site, country: str) -> str:
    """City, state and postal code, each once; what only repeats the country is left out."""
    said = {country.casefold(), site.country_text.casefold()}
    parts = []
    for part in (site.city, site.state, site.postal_code):
        if part and part.casefold() not in said:
            said.add(part.casefold())
            parts.append(part)
    return ", ".join(parts)


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
