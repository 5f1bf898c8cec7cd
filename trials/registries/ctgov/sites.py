"""Sites and contacts of a ClinicalTrials.gov record (`contactsLocationsModule`)."""

from typing import Any

from trials import vocab as v
from trials.places.countries import country_code
from trials.records import Contact, Site
from trials.registries.ctgov.values import line, number, rows, sub, token
from trials.registries.ledger import Ledger

PATH = "protocolSection.contactsLocationsModule"


def read_sites(module: dict[str, Any], ledger: Ledger) -> tuple[tuple[int, Site], ...]:
    """The sites, each with its place in the registry's list."""
    return tuple((i, _site(row, f"{PATH}.locations[{i}]", ledger)) for i, row in rows(module, "locations"))


def _site(row: dict[str, Any], path: str, ledger: Ledger) -> Site:
    country = line(row, "country", path, ledger)
    code = country_code(country) if country else ""
    if country and not code:
        ledger.add(v.Origin.FLAGGED, f"{path}.country", "unknown-country", country)
    point = sub(row, "geoPoint")
    latitude, longitude = number(point.get("lat"), -90, 90), number(point.get("lon"), -180, 180)
    whole = latitude is not None and longitude is not None
    return Site(
        facility=line(row, "facility", path, ledger),
        city=line(row, "city", path, ledger),
        state=line(row, "state", path, ledger),
        postal_code=line(row, "zip", path, ledger),
        country_code=code,
        country_text=country,
        latitude=latitude if whole else None,
        longitude=longitude if whole else None,
        status=token(row, "status", v.RecruitmentStatus, path, ledger),
        contacts=tuple(
            _contact(c, v.ContactKind.SITE, f"{path}.contacts[{n}]", ledger) for n, c in rows(row, "contacts")
        ),
    )


def read_contacts(module: dict[str, Any], ledger: Ledger) -> tuple[Contact, ...]:
    """Central contacts first, then the officials who answer for the study."""
    kinds = (("centralContacts", v.ContactKind.CENTRAL), ("overallOfficials", v.ContactKind.OFFICIAL))
    return tuple(
        _contact(row, kind, f"{PATH}.{key}[{i}]", ledger) for key, kind in kinds for i, row in rows(module, key)
    )


def _contact(row: dict[str, Any], kind: v.ContactKind, path: str, ledger: Ledger) -> Contact:
    phone = line(row, "phone", path, ledger)
    extension = line(row, "phoneExt", path, ledger)
    return Contact(
        kind=kind,
        name=line(row, "name", path, ledger),
        role=line(row, "role", path, ledger)[:64],
        phone=f"{phone} ext. {extension}" if phone and extension else phone,
        email=line(row, "email", path, ledger),
        affiliation=line(row, "affiliation", path, ledger),
    )
