"""The facets of a study as one short text, and back: one grouping in the database counts all of them at once."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from trials import vocab as v

# In the order in which they stand in the text. One study may have several values of each: it counts for each of them.
NAMES = ("status", "phase", "type", "sex", "intervention", "placebo", "sponsor", "contact", "children")
BETWEEN_FACETS = "|"
BETWEEN_VALUES = ","
YES, NO = "yes", "no"

Chosen = Mapping[str, frozenset[str]]


@lru_cache(maxsize=1 << 14)
def values_of(facets: str) -> dict[str, frozenset[str]]:
    """The values of each facet; no value where the registry does not say."""
    parts = facets.split(BETWEEN_FACETS)
    pairs = zip(NAMES, parts, strict=True)
    return {name: frozenset(part.split(BETWEEN_VALUES)) if part else frozenset() for name, part in pairs}


@dataclass(frozen=True, slots=True)
class Alike:
    """How many studies share their values of all facets, and whether they are open to join in the chosen country."""

    facets: str
    open_there: bool
    count: int
    recent: tuple[int, ...] = ()  # of these, how many are as new as each of the days that were asked about


@dataclass(frozen=True, slots=True)
class Tally:
    """How many studies a search finds, and per facet and value how many one with that value alone, in place of those
    chosen of the facet, finds."""

    total: int
    recent: tuple[int, ...]
    counts: Mapping[str, Mapping[str, int]]


def tally(groups: Iterable[Alike], chosen: Chosen) -> Tally:
    """Count the studies that have one of the chosen values of every facet, or of every facet but the one counted."""
    total = 0
    recent: list[tuple[int, ...]] = []
    numbers: dict[tuple[str, str], int] = defaultdict(int)
    for group in groups:
        missed = [name for name, wanted in chosen.items() if wanted.isdisjoint(values_of(group.facets)[name])]
        if len(missed) > 1:
            continue
        if not missed:
            total += group.count
            recent.append(group.recent)
        for pair in _pairs(group.facets):
            if not missed or pair[0] in missed:
                numbers[pair] += group.count
    counts: dict[str, Counter[str]] = {name: Counter() for name in NAMES}
    for (name, value), number in numbers.items():
        counts[name][value] = number
    return Tally(total, tuple(map(sum, zip(*recent, strict=True))), counts)


@lru_cache(maxsize=1 << 14)
def _pairs(facets: str) -> tuple[tuple[str, str], ...]:
    return tuple((name, value) for name, values in values_of(facets).items() for value in values)


@dataclass(frozen=True, slots=True)
class Facts:
    """What the facets of a study are read off. `status` is the one that is shown; ages in years.

    `gives_placebo` says that a group or a treatment is called one; the registry's types of groups may say so, too.
    """

    status: str
    phases: tuple[str, ...]
    study_type: str
    sex: str
    intervention_types: tuple[str, ...]
    arm_types: tuple[str, ...]
    gives_placebo: bool
    lead_class: str
    has_contact: bool
    minimum_age_years: float | None


def facets_of(facts: Facts) -> str:
    """The facets as text. Who states no lowest age takes children, as far as the registry says."""
    takes_children = facts.minimum_age_years is None or facts.minimum_age_years < v.ADULT_FROM_YEARS
    values: Mapping[str, Iterable[str]] = {
        "status": (facts.status,),
        "phase": facts.phases,
        "type": (facts.study_type,),
        "sex": (facts.sex,),
        "intervention": facts.intervention_types,
        "placebo": (_placebo(facts),),
        "sponsor": (facts.lead_class,),
        "contact": (YES if facts.has_contact else NO,),
        "children": (YES if takes_children else NO,),
    }
    return BETWEEN_FACETS.join(BETWEEN_VALUES.join(sorted({one for one in values[name] if one})) for name in NAMES)


def _placebo(facts: Facts) -> str:
    """Whether some people get a placebo or a sham; nothing where the registry does not say what the groups get."""
    types = set(facts.arm_types)
    if facts.gives_placebo or types & _IMITATIONS:
        return YES
    return "" if not types or types & {"", v.ArmType.OTHER} else NO


_IMITATIONS = {v.ArmType.PLACEBO_COMPARATOR, v.ArmType.SHAM_COMPARATOR}


def term(name: str, value: str) -> str:
    """A value as a term of the index: the form in which a search asks for it."""
    return f"{name}:{value}"


def terms_of(facets: str) -> list[str]:
    return [term(name, value) for name, values in values_of(facets).items() for value in sorted(values)]
