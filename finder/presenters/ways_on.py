"""Where to go on from a search that finds nothing: the same search with less asked, where that finds something."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from finder.forms import StudySearch, read_search
from finder.presenters import words
from finder.presenters.asking_less import asks, at_any_distance, for_condition, with_less
from finder.presenters.chips import Parameters
from finder.presenters.condition_list import name_of
from finder.presenters.filters import page_url
from trials.conditions import by_slug
from trials.find import matching, without_missing_words
from trials.search import Kind

MOST_WIDER = 3  # wider conditions that are offered


@dataclass(frozen=True, slots=True)
class WayOn:
    label: str
    url: str
    count: str


def ways_on(asked: StudySearch, path: str) -> tuple[WayOn, ...]:
    """Each asks the database for its number; only those that find something, and of the same search one."""
    every = [*_nearby(asked), *_less_asked(asked), *_wider(asked)]
    once = {kept: label for label, kept in reversed(every)}
    ways = (_way(label, path, kept) for label, kept in every if once[kept] == label)
    return tuple(way for way in ways if way)


def _way(label: str, path: str, parameters: Parameters) -> WayOn | None:
    """Counted as the page behind the link counts."""
    search = read_search(QueryDict(urlencode(parameters))).search
    found = matching(without_missing_words(search)).count()
    count = ngettext("%(count)s study", "%(count)s studies", found) % {"count": words.number(found)}
    return WayOn(label, page_url(path, parameters, 1), count) if found else None


_Way = tuple[str, Parameters]
_PLACE = (Kind.PLACE, Kind.RADIUS)
_AGES = (Kind.AGE, Kind.OVER_AGE, Kind.CHILDREN)
# All that only narrows what is looked for.
_FILTERS = (*_PLACE, *_AGES, Kind.COUNTRY, Kind.SEX, Kind.STATUS, Kind.PHASE, Kind.STUDY_TYPE, Kind.PLACEBO)
_SUBJECT = {"q", "condition", "scope"}  # what is looked for, as against the filters on it


def _nearby(asked: StudySearch) -> Iterable[_Way]:
    if asked.search.near and asked.search.near.radius_km is not None:
        yield _("The same search at any distance"), at_any_distance(asked)
        yield _("The same search without the place"), with_less(asked, {"near", "radius"}, _PLACE)


def _less_asked(asked: StudySearch) -> Iterable[_Way]:
    """A country may be typed into the field of the place, too."""
    country = {"country", "near"} if asked.near and asked.near.country_code else {"country"}
    filters = {name for name, _value in asked.parameters} - _SUBJECT - {"sort"}
    for label, names, kinds in (
        (_("The same search in all countries"), country, {Kind.COUNTRY}),
        (_("The same search for all ages"), {"age", "children"}, _AGES),
        (_("The same search, open or not"), {"status"}, {Kind.STATUS}),
        (_("The same search for any treatment"), {"intervention"}, (Kind.DRUG, Kind.DRUG_KIND)),
    ):
        if asks(asked, names, kinds):
            yield label, with_less(asked, names, kinds)
    if len(filters) + len({part.kind for part in asked.typed.certain if part.kind in _FILTERS}) > 1:
        yield _("The same search without any filter"), with_less(asked, filters, _FILTERS)


def _wider(asked: StudySearch) -> Iterable[_Way]:
    """The same search for the wider conditions of the one that is named."""
    if len(asked.named) == 1:
        for slug in by_slug(asked.named[0]).parents[:MOST_WIDER]:
            label = _("The same search for the wider condition: %(condition)s") % {"condition": name_of(slug)}
            yield label, for_condition(asked, slug)
