"""Changes of sites: which came, went, opened, closed, or were written anew."""

import re
from collections.abc import Iterator

from trials.changes.kinds import Change, ChangeKind
from trials.changes.pairing import Key, pair_up
from trials.changes.parts import contact_changes
from trials.places.names import fold
from trials.records import Site, StudyRecord

# Sponsors list a site without its name until it opens: "Local Institution - 0032", "Research Site 6".
_UNNAMED = re.compile(r"^local institution\b|^site\b|\b(?:research|investigat\w+|study|trial) site\b")
# Words that half of all facilities share, so that they tell nothing.
_COMMON = re.compile(
    r"hospitals?|universi\w+|clinic\w*|cent(?:er|re)|medic\w+|research|institut\w*|health|general|of|the|and|del?|la|for"
)


def site_changes(old: StudyRecord, new: StudyRecord) -> Iterator[Change]:
    pairs, gone, come = pair_up(old.sites, new.sites, exact=_EXACT, unique=_UNIQUE, alike=_same_name)
    for i, j in pairs:
        yield from _site_status(old, new, old.sites[i], new.sites[j])
        yield from _site_address_changes(old.sites[i], new.sites[j])
        yield from contact_changes(old.sites[i].contacts, new.sites[j].contacts, of=site_name(new.sites[j]))
    yield from (Change(ChangeKind.SITE_ADDED, None, new.sites[j]) for j in come)
    yield from (Change(ChangeKind.SITE_REMOVED, old.sites[i], None) for i in gone)


def site_name(site: Site) -> str:
    """What tells a site from the study's others in a sentence: facility and city."""
    return ", ".join(part for part in (site.facility, site.city) if part) or site.country_text


def _country(site: Site) -> str:
    return site.country_code or fold(site.country_text)


def _code(text: str) -> str:
    """A postal code without the blanks and dashes that countries and clerks put in."""
    return "".join(fold(text).split())


def _name(site: Site) -> tuple[str, ...]:
    return fold(site.facility), fold(site.city), _country(site)


# Several sites may share a name ("Research Site"): there the postal code, then the status, tells them apart.
_EXACT: tuple[Key[Site], ...] = (
    lambda site: (_name(site), _code(site.postal_code), site.status),
    lambda site: (_name(site), _code(site.postal_code)) if site.postal_code else None,
    _name,
)
# What a site keeps when its name, or its city, is written anew.
_UNIQUE: tuple[Key[Site], ...] = (
    lambda site: (_code(site.postal_code), fold(site.city), _country(site)) if site.postal_code else None,
    lambda site: (_code(site.postal_code), fold(site.facility), _country(site)) if site.postal_code else None,
)


def _same_name(one: Site, other: Site) -> bool:
    """Whether two names at one address can be the same site: one is a placeholder, or they share telling words."""
    names = fold(one.facility), fold(other.facility)
    if any(not name or _UNNAMED.search(name) for name in names):
        return True
    words, others = ({word for word in name.split() if not _COMMON.fullmatch(word)} for name in names)
    return 2 * len(words & others) >= min(len(words), len(others)) > 0


def _site_status(old: StudyRecord, new: StudyRecord, before: Site, after: Site) -> Iterator[Change]:
    """A site's own step. What follows from the whole study's status is not told again for each site."""
    was, now = before.status or old.overall_status, after.status or new.overall_status
    if was is None or now is None or was == now:
        return
    if now.is_open and not was.is_open:
        if after.status:
            yield Change(ChangeKind.SITE_OPENED, before, after)
    elif was.is_open and not now.is_open:
        if after.status and new.overall_status != after.status:
            yield Change(ChangeKind.SITE_CLOSED, before, after)
    elif after.status and new.overall_status != after.status:
        yield Change(ChangeKind.SITE_CHANGED, before, after, "status")


def _site_address_changes(before: Site, after: Site) -> Iterator[Change]:
    if fold(before.facility) != fold(after.facility):
        yield Change(ChangeKind.SITE_CHANGED, before, after, "facility")
    if _address(before) != _address(after):
        yield Change(ChangeKind.SITE_CHANGED, before, after, "address")


def _address(site: Site) -> tuple[str, ...]:
    return fold(site.city), fold(site.state), _code(site.postal_code)
