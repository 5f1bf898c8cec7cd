"""What somebody looks for."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from trials import vocab as v
from trials.facets import YES, Chosen
from trials.places.distance import Point


class Sort(StrEnum):
    """The orders of a list; empty in a search means the one that suits what is asked."""

    OPEN_FIRST = "open"  # what one can act on first, then what the registry changed last
    MATCH = "match"  # words in a title first, then as OPEN_FIRST
    DISTANCE = "distance"  # nearest first, those in the same country before all others
    NEAREST = "nearest"  # nearest first, whatever the country
    NEWEST = "newest"  # first posted last
    ENDING = "ending"  # what has not ended and ends soonest


@dataclass(frozen=True, slots=True)
class Near:
    """A place, its country (ISO, empty when not known), and how far from it; None means: any distance."""

    point: Point
    country_code: str = ""
    radius_km: float | None = None


@dataclass(frozen=True, slots=True)
class Search:
    """Empty means: no limit. `age_years` may have decimals.

    `terms` holds groups of index terms (`trials.find.terms`): of each group a trial must have one. `conditions` are
    such groups of slugs; with `wide` also studies that name only a wide group of diseases. `text` are words that must
    all occur, a phrase in quotes as it stands. `first` are keys of trials that come before all others.
    """

    text: str = ""
    conditions: tuple[frozenset[str], ...] = ()
    terms: tuple[frozenset[str], ...] = ()
    statuses: tuple[str, ...] = ()
    phases: tuple[str, ...] = ()
    age_years: float | None = None
    sex: str = ""
    country: str = ""
    study_type: str = ""
    interventions: tuple[str, ...] = ()
    placebo: str = ""
    sponsor_classes: tuple[str, ...] = ()
    has_contact: bool = False
    takes_children: bool = False
    posted_since: date | None = None
    changed_since: date | None = None
    near: Near | None = None
    all_diseases: bool = False
    wide: bool = False
    sort: str = ""
    first: frozenset[int] = frozenset()

    @property
    def every_disease(self) -> bool:
        """Whether studies of diseases that are not ours belong to it: who names a condition means that one."""
        return self.all_diseases or bool(self.conditions)

    @property
    def only_open(self) -> bool:
        """Whether every chosen status is one in which people can join: then only open sites count."""
        return bool(self.statuses) and v.OPEN_STATUSES.issuperset(self.statuses)

    @property
    def chosen(self) -> Chosen:
        """What is chosen of each facet."""
        values: Mapping[str, tuple[str, ...]] = {
            "status": self.statuses,
            "phase": self.phases,
            "type": (self.study_type,) if self.study_type else (),
            "intervention": self.interventions,
            "placebo": (self.placebo,) if self.placebo else (),
            "sponsor": self.sponsor_classes,
            "contact": (YES,) if self.has_contact else (),
            "children": (YES,) if self.takes_children else (),
        }
        return {name: frozenset(tokens) for name, tokens in values.items() if tokens}

    @property
    def order(self) -> Sort:
        """The order of the list: the one that was asked for, where that can be, else the one that suits."""
        wanted = Sort(self.sort) if self.sort else None
        if wanted in (Sort.DISTANCE, Sort.NEAREST) and self.near is None:
            wanted = None
        return wanted or (Sort.DISTANCE if self.near else Sort.MATCH if self.text else Sort.OPEN_FIRST)
