"""The map of a list of studies, and the list of countries and towns that says the same."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from finder.forms import StudySearch
from finder.presenters import words
from finder.presenters.condition_list import name_of
from finder.presenters.filters import page_url
from finder.presenters.map_part import MapPart, country_url
from finder.presenters.site_map import SiteMap, open_of
from trials.find import Near, Search, country_counts, find_trials, without_missing_words
from trials.places.distance import Point, distance_km
from trials.site_points import CountrySites, SitePoint, country_sites, site_points

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
    if search.near and search.near.radius_km is not None:
        points = _within(points, search.near, search.near.radius_km)
        countries = _countries_of(points, country_counts(search))
    else:
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
        map=MapPart(asked, path, zoom, points).map(unplaced),
        countries=tuple(_country(one, towns[one.country_code], asked, path) for one in countries),
        problems=asked.problems,
    )


def _within(points: Sequence[SitePoint], near: Near, radius_km: float) -> list[SitePoint]:
    return [
        one for one in points if distance_km(near.point, Point(one.latitude, one.longitude)) <= radius_km + _ROUNDED_KM
    ]


_ROUNDED_KM = 0.8  # from a site to the point that stands for all at its place


def _countries_of(points: Sequence[SitePoint], studies: Mapping[str, int]) -> list[CountrySites]:
    """Of the sites within a radius; `studies` are those that the list of each country has."""
    sites: Counter[str] = Counter()
    open_sites: Counter[str] = Counter()
    for one in points:
        sites[one.country_code] += one.sites
        open_sites[one.country_code] += one.open_sites
    found = [
        CountrySites(code, count, open_sites[code], count, studies.get(code, 0), studies.get(code, 0))
        for code, count in sites.items()
    ]
    return sorted(found, key=lambda one: (-one.trials, one.country_code))


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
