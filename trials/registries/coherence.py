"""Do the parts of one record agree? Countries against states and sibling sites, sites listed twice, strange contacts.

Nothing is changed on one piece of evidence. A country is put right only when the registry found no point for the site
in it, the state belongs to another country where a sibling site has the same state, and that sibling is in the same
city or no other site lies in the stated country. What the state alone speaks against is flagged.
"""

import re
from dataclasses import replace

from trials import vocab as v
from trials.places.agencies import common_words, country_of_agency
from trials.places.countries import countries_with_state
from trials.places.names import fold
from trials.records import Contact, Site, Sponsor
from trials.registries.ledger import Ledger

Placed = tuple[int, Site]  # a site with its place in the registry's list

_PATH = "protocolSection.contactsLocationsModule"
# Names that many different places share: the registry's way of not naming a site.
_NAMELESS = re.compile(
    r"\b(investigat\w*|research|clinical|study|trial|recruit\w*)\s+(site|cent(er|re)|facility|unit|location)s?\b"
    r"|\blocal institution\b|^(site|cent(er|re)|facility|hospital|clinic)\b\W*\d*$",
    re.IGNORECASE,
)
_LISTS = {v.ContactKind.CENTRAL: "centralContacts", v.ContactKind.OFFICIAL: "overallOfficials"}
_OPENNESS = list(v.RecruitmentStatus)


def tidy_sites(sites: tuple[Placed, ...], ledger: Ledger) -> tuple[Placed, ...]:
    """Put right what is certain: a wrong country, a state that repeats the city, a site listed twice."""
    right = tuple((i, _without_repeated_state(i, site, ledger)) for i, site in _with_right_countries(sites, ledger))
    return _merged(
        right,
        {i for (i, was), (_, is_) in zip(sites, right, strict=True) if was.country_code != is_.country_code},
        ledger,
    )


def _with_right_countries(sites: tuple[Placed, ...], ledger: Ledger) -> tuple[Placed, ...]:
    return tuple((i, _with_right_country(i, site, sites, ledger)) for i, site in sites)


def _with_right_country(position: int, site: Site, sites: tuple[Placed, ...], ledger: Ledger) -> Site:
    homes = countries_with_state(site.state) if site.state and site.country_code else frozenset()
    # A point that the registry found in the stated country speaks for that country.
    if not homes or site.country_code in homes or site.latitude is not None:
        return site
    path = f"{_PATH}.locations[{position}].country"
    elsewhere = [other for _, other in sites if other.country_code in homes and fold(other.state) == fold(site.state)]
    if not elsewhere:
        return site
    same_city = next((other for other in elsewhere if site.city and fold(other.city) == fold(site.city)), None)
    alone = sum(other.country_code == site.country_code for _, other in sites) == 1
    sibling = same_city or (elsewhere[0] if alone else None)
    if sibling is None:
        ledger.add(v.Origin.FLAGGED, path, "country-against-state", f"{site.state}, {site.country_text}")
        return site
    ledger.add(v.Origin.REPAIRED, path, "country-of-siblings", site.country_text, sibling.country_text)
    return replace(
        site,
        country_code=sibling.country_code,
        country_text=sibling.country_text,
        latitude=same_city.latitude if same_city else None,
        longitude=same_city.longitude if same_city else None,
    )


def _without_repeated_state(position: int, site: Site, ledger: Ledger) -> Site:
    """ "Beijing, Beijing Municipality" names one place twice; the registry's own words stay in the ledger."""
    if not (site.city and site.state):
        return site
    city, state = fold(site.city), fold(site.state)
    if state != city and not (
        state.startswith(f"{city} ") and countries_with_state(state) == countries_with_state(city)
    ):
        return site
    if state == city and site.country_code == "US":
        return site  # New York, New York is how the place is known
    ledger.add(v.Origin.REPAIRED, f"{_PATH}.locations[{position}].state", "state-repeats-city", site.state)
    return replace(site, state="")


def _merged(sites: tuple[Placed, ...], repaired: set[int], ledger: Ledger) -> tuple[Placed, ...]:
    kept: list[Placed] = []
    places: dict[tuple[str, str, str], list[int]] = {}
    for position, site in sites:
        key = (fold(site.facility), fold(site.city), site.country_code)
        twin = next((n for n in places.get(key, ()) if _same_place(kept[n], (position, site), repaired)), None)
        if twin is None or not site.city or not site.facility or _NAMELESS.search(site.facility):
            places.setdefault(key, []).append(len(kept))
            kept.append((position, site))
            continue
        ledger.add(
            v.Origin.REPAIRED,
            f"{_PATH}.locations[{kept[twin][0]}]",
            "site-listed-twice",
            ", ".join(part for part in (site.facility, site.city, site.state, site.postal_code) if part),
            f"locations[{position}]",
        )
        kept[twin] = (kept[twin][0], _joined(kept[twin][1], site))
    return tuple(kept)


def _same_place(one: Placed, other: Placed, repaired: set[int]) -> bool:
    codes = {one[1].postal_code.strip(), other[1].postal_code.strip()} - {""}
    return len(codes) < 2 or one[0] in repaired or other[0] in repaired


def _joined(one: Site, other: Site) -> Site:
    """One site of two entries: the more open status, all contacts, whatever either alone tells."""
    statuses = [status for status in (one.status, other.status) if status]
    return replace(
        one,
        status=min(statuses, key=_OPENNESS.index, default=None),
        contacts=tuple(dict.fromkeys(one.contacts + other.contacts)),
        state=one.state or other.state,
        postal_code=one.postal_code or other.postal_code,
        latitude=other.latitude if one.latitude is None else one.latitude,
        longitude=other.longitude if one.latitude is None else one.longitude,
    )


def hide_strangers(
    contacts: tuple[Contact, ...],
    sponsors: tuple[Sponsor, ...],
    sites: tuple[Site, ...],
    affiliations: tuple[str, ...],
    ledger: Ledger,
) -> tuple[Contact, ...]:
    """Hide a contact whose affiliation names no sponsor and no site, and lies in a country without a site.

    Where the affiliation's country cannot be told, or the record lists no site, nothing is hidden.
    """
    countries = {site.country_code for site in sites if site.country_code}
    if not countries:
        return contacts
    ours = (*(s.name for s in sponsors), *affiliations, *(f"{s.facility} {s.city}" for s in sites))
    return tuple(_checked(contact, countries, ours, ledger) for contact in contacts)


def _checked(contact: Contact, countries: set[str], ours: tuple[str, ...], ledger: Ledger) -> Contact:
    affiliation = contact.affiliation or contact.name.partition(",")[2] or contact.name.partition(" at ")[2]
    home = country_of_agency(affiliation) if affiliation else ""
    if not home or home in countries:
        return contact
    words = _telling_words(affiliation)
    if any(words & _telling_words(name) for name in ours):
        return contact
    rule = "affiliation-fits-no-site"
    ledger.add(v.Origin.HIDDEN, f"{_PATH}.{_LISTS[contact.kind]}", rule, f"{contact.name}, {affiliation}")
    return replace(contact, hidden=rule)


def _telling_words(name: str) -> frozenset[str]:
    common = common_words()
    return frozenset(word for word in fold(name).split() if len(word) > 3 and word not in common)
