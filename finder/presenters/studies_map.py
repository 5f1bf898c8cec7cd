"""The map of a list of studies, and the list of countries and towns that says the same."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from math import dist
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from finder.forms import StudySearch
from finder.map.clusters import APART
from finder.map.projection import Frame, fitted, world
from finder.map.zoom import WORLD, box_around, box_of
from finder.presenters import words
from finder.presenters.condition_list import name_of
from finder.presenters.filters import page_url
from finder.presenters.site_map import SiteMap, open_of, site_map
from trials.find import Search, find_trials, without_missing_words
from trials.site_points import CountrySites, SitePoint, country_sites, site_points

LIST_ID = "places"  # of the list, on the page of the map
FEW_TOWNS = 12  # listed of each country, where the map is not of that country alone


@dataclass(frozen=True, slots=True)
class Town:
    name: str
    sites: str


@dataclass(frozen=True, slots=True)
class CountryOnMap:
    """`url` leads to the studies there; empty where the same search finds none there."""

    name: str
    url: str
    studies: str
    sites: str
    towns: tuple[Town, ...]
    more_towns: str
    map_url: str  # of the map of this country, which lists all its towns


@dataclass(frozen=True, slots=True)
class StudiesMap:
    heading: str
    studies: str
    list_url: str
    map: SiteMap
    countries: tuple[CountryOnMap, ...]
    problems: tuple[str, ...]


def studies_map(asked: StudySearch, path: str, zoom: str) -> StudiesMap:
    """`zoom` is what the address says of it: the whole world, a box, or nothing that we know."""
    search = without_missing_words(asked.search)
    trials = find_trials(search)
    points = site_points(trials, search.country)
    countries = country_sites(trials, search.country)
    towns: dict[str, Counter[str]] = defaultdict(Counter)
    for point in points:
        if point.city:
            towns[point.country_code][point.city] += point.sites
    unplaced = sum(one.sites - one.located for one in countries)
    return StudiesMap(
        heading=_heading(asked),
        studies=_studies(trials.count()),
        list_url=page_url(reverse("studies"), asked.parameters, 1),
        map=_Zoomed(asked, path, zoom, points).map(unplaced),
        countries=tuple(_country(one, towns[one.country_code], asked, path) for one in countries),
        problems=asked.problems,
    )


class _Zoomed:
    """The points of the part that is asked for, and the addresses of other parts."""

    def __init__(self, asked: StudySearch, path: str, zoom: str, points: Sequence[SitePoint]) -> None:
        self.asked, self.path, self.all = asked, path, points
        box = box_of(zoom)
        within = [one for one in points if box and box.holds(one.latitude, one.longitude)]
        self.points = within or points
        self.frame = world() if zoom == WORLD else _frame(self.points)

    def map(self, unplaced: int) -> SiteMap:
        return site_map(self.points, self.frame, self._url, unplaced, tuple(self._zooms()))

    def _zooms(self) -> list[tuple[str, str]]:
        zooms, fitting = [], _frame(self.all)
        if not self.frame.world:
            zooms.append((_("Whole world"), self._address(WORLD)))
        if fitting != self.frame and not fitting.world:
            zooms.append((_("Zoom to results"), self._address("")))
        return zooms

    def _address(self, zoom: str, fragment: str = "") -> str:
        parameters = (*self.asked.parameters, ("map", zoom)) if zoom else self.asked.parameters
        return (f"{self.path}?{urlencode(parameters, safe=',')}" if parameters else self.path) + fragment

    def _url(self, group: Sequence[SitePoint]) -> str:
        """The studies of the one country; of several a nearer map, or where that is no clearer the list."""
        codes = {point.country_code for point in group}
        if len(codes) == 1:
            return country_url(self.asked, reverse("studies"), codes.pop())
        nearer = _frame(group)
        middle, *others = [nearer.place(point.latitude, point.longitude) for point in group]
        if any(dist(middle, other) >= APART for other in others):
            return self._address(str(box_around([(point.latitude, point.longitude) for point in group])))
        return self._address("", f"#{LIST_ID}")


def _frame(points: Sequence[SitePoint]) -> Frame:
    return fitted((point.latitude, point.longitude) for point in points)


def country_url(asked: StudySearch, path: str, code: str) -> str:
    """The same search in that country."""
    kept = tuple(one for one in asked.parameters if one[0] != "country")
    return page_url(path, (*kept, ("country", code)) if code else kept, 1)


def _heading(asked: StudySearch) -> str:
    if asked.named:
        names = words.listing(name_of(slug) for slug in asked.named)
        return _("%(condition)s: where the studies are") % {"condition": names}
    return _("Where the studies are")


def _studies(count: int) -> str:
    return ngettext("%(count)s study", "%(count)s studies", count) % {"count": words.number(count)}


def _country(one: CountrySites, towns: Counter[str], asked: StudySearch, path: str) -> CountryOnMap:
    """`towns`: how many sites each has."""
    found, code = _found_there(one, asked.search), one.country_code
    shown = sorted(towns, key=lambda name: (-towns[name], name))
    if code and not asked.search.country:
        shown = shown[:FEW_TOWNS]
    return CountryOnMap(
        name=words.country_name(code) if code else _("Country not stated in the registry"),
        url=country_url(asked, reverse("studies"), code) if found and code else "",
        studies=_studies(found),
        sites=open_of(one.sites, one.open_sites),
        towns=tuple(Town(name, words.number(towns[name])) for name in shown),
        more_towns=_more(len(towns) - len(shown)),
        map_url=country_url(asked, path, code),
    )


def _more(count: int) -> str:
    if not count:
        return ""
    return ngettext("%(count)s more place", "%(count)s more places", count) % {"count": words.number(count)}


def _found_there(one: CountrySites, search: Search) -> int:
    """As many as the list of studies shows for that country: who asks for open studies wants an open site there."""
    return one.open_trials if search.only_open else one.trials
