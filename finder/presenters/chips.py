"""What is chosen, each with the address of the same search without it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from finder.forms import StudySearch
from finder.presenters import words
from finder.presenters.condition_list import name_of
from finder.presenters.distance import measures_in_miles, within_words
from trials import labels
from trials import vocab as v
from trials.facets import YES

Parameters = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Chip:
    id: str
    label: words.Text
    url: str


@dataclass(frozen=True, slots=True)
class Address:
    path: str
    parameters: Parameters

    def toggled(self, name: str, value: str, *, several: bool) -> str:
        """The same search with the value chosen, or taken back when it is."""
        if (name, value) in self.parameters:
            return self.without(name, value)
        kept = self.parameters if several else tuple(p for p in self.parameters if p[0] != name)
        return self._url((*kept, (name, value)))

    def without(self, name: str, value: str) -> str:
        return self._url(tuple(p for p in self.parameters if p != (name, value)))

    def has(self, name: str, value: str) -> bool:
        return (name, value) in self.parameters

    def _url(self, parameters: Parameters) -> str:
        return f"{self.path}?{urlencode(parameters)}" if parameters else self.path


def chips(asked: StudySearch, address: Address) -> Iterable[Chip]:
    for place, (name, value) in enumerate(asked.parameters, start=1):
        if name in _NO_CHIP:
            continue
        yield Chip(f"chip-{place}", _CHIP_LABELS[name](value, asked), address.without(name, value))


# The words have chips of their own, and an order narrows nothing.
_NO_CHIP = frozenset({"q", "sort"})


def _near_label(asked: StudySearch) -> str:
    near = asked.near
    if near and near.country_code:
        return words.country_name(near.country_code)
    return _("Near: %(name)s") % {"name": near.place.label if near and near.place else near.text if near else ""}


def _radius_label(km: float, asked: StudySearch) -> str:
    """The unit of the country from which is measured."""
    return within_words(km, miles=measures_in_miles(asked.place.country_code if asked.place else ""))


def _day(value: str) -> str:
    return words.long_date(date.fromisoformat(value))


_CHIP_LABELS: dict[str, Callable[[str, StudySearch], words.Text]] = {
    "condition": lambda value, asked: name_of(value),
    "status": lambda value, asked: labels.label(v.RecruitmentStatus, value),
    "phase": lambda value, asked: labels.label(v.Phase, value),
    "type": lambda value, asked: labels.label(v.StudyType, value),
    "age": lambda value, asked: _("Age %(age)s") % {"age": words.number(float(value))},
    "sex": lambda value, asked: _("Open to women and girls") if value == "female" else _("Open to men and boys"),
    "country": lambda value, asked: words.country_name(value),
    "scope": lambda value, asked: _("All diseases") if value == "all" else _("Wide groups of diseases, too"),
    "near": lambda value, asked: _near_label(asked),
    "radius": lambda value, asked: _radius_label(float(value), asked),
    "intervention": lambda value, asked: labels.label(v.InterventionType, value),
    "placebo": lambda value, asked: _("Placebo or sham") if value == YES else _("No placebo is named"),
    "sponsor": lambda value, asked: labels.label(v.AgencyClass, value),
    "contact": lambda value, asked: _("Names somebody to ask"),
    "children": lambda value, asked: _("Takes children"),
    "since": lambda value, asked: _("Posted since %(date)s") % {"date": _day(value)},
    "changed": lambda value, asked: _("Changed since %(date)s") % {"date": _day(value)},
}
