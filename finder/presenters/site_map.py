"""A map of sites: the drawing, and in sentences what it shows and what it cannot."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from finder.map.projection import Frame, fitted
from finder.map.view import Drawing, Wording, drawing
from finder.presenters import words
from finder.presenters.cards import town
from trials.gazetteer_points import cities
from trials.models import Place, Trial
from trials.site_points import SitePoint, points_of

SECTION_ID = "where"  # of the sites, on the page of a study
MOST_COUNTRIES = 3  # by name; of more the first two are named


@dataclass(frozen=True, slots=True)
class SiteMap:
    """`drawing` is None without a site to draw. `zooms` are names and addresses of other parts of the same map.

    `around` says which part it is, where a place was asked for; `here` is what that place, which has a mark, is called.
    """

    drawing: Drawing | None
    sentence: str
    unplaced: str
    zooms: tuple[tuple[str, str], ...] = ()
    around: str = ""
    here: str = ""


def study_map(trial: Trial) -> SiteMap | None:
    """The map of a study's sites, each marker with a link to its country in the list; None without coordinates."""
    sites = list(trial.sites.all())
    points = points_of(sites, gone=bool(trial.gone_since))
    if not points:
        return None

    def in_list(group: Sequence[SitePoint]) -> str:
        return f"#{country_id(_countries(group)[0]) or SECTION_ID}"

    unplaced = len(sites) - sum(point.sites for point in points)
    return site_map(points, _frame(points), in_list, unplaced)


def country_id(code: str) -> str:
    """What a country is called in the addresses within a study's page."""
    return f"sites-{code.lower()}" if code else ""


def site_map(
    points: Sequence[SitePoint],
    frame: Frame,
    url: Callable[[Sequence[SitePoint]], str],
    unplaced: int,
    zooms: tuple[tuple[str, str], ...] = (),
    here: Place | None = None,
) -> SiteMap:
    """Draw the points; `unplaced` is how many sites have none, `here` a place to be marked."""
    wording = Wording(title=_title, url=url, number=words.number)
    at = (here.latitude, here.longitude) if here else None
    drawn = drawing(points, cities(), frame, wording, at) if points else None
    label = here.label if here and drawn and drawn.here else ""
    return SiteMap(drawn, _sentence(points), unplaced_sites(unplaced), zooms, here=label)


def _frame(points: Sequence[SitePoint]) -> Frame:
    return fitted((point.latitude, point.longitude) for point in points)


def open_of(sites: int, open_sites: int) -> str:
    """How many sites, and how many of them are open."""
    count, values = words.sites(sites), {"count": words.number(open_sites)}
    if not open_sites:
        return _("%(sites)s, none open") % {"sites": count}
    if open_sites == sites:
        return ngettext("%(count)s open site", "%(count)s open sites", open_sites) % values
    return ngettext("%(sites)s, %(count)s of them open", "%(sites)s, %(count)s of them open", open_sites) % {
        "sites": count,
        **values,
    }


def unplaced_sites(count: int) -> str:
    if not count:
        return ""
    return ngettext(
        "%(count)s more site is not on the map: we do not know its exact place.",
        "%(count)s more sites are not on the map: we do not know their exact places.",
        count,
    ) % {"count": words.number(count)}


def _title(points: Sequence[SitePoint]) -> str:
    return _("%(place)s: %(sites)s") % {"place": _where(points), "sites": _sites(points)}


def _sites(points: Sequence[SitePoint]) -> str:
    return open_of(sum(point.sites for point in points), sum(point.open_sites for point in points))


def _sentence(points: Sequence[SitePoint]) -> str:
    if not points:
        return _("There is no site that we can show on a map.")
    codes = _countries(points)
    if len(codes) == 1 or not codes[-1]:  # how many countries there are is not known with one that is not stated
        return _("%(country)s: %(sites)s.") % {"country": _named(codes), "sites": _sites(points)}
    values = {"count": words.number(len(codes)), "sites": _sites(points)}
    return ngettext("In %(count)s country: %(sites)s.", "In %(count)s countries: %(sites)s.", len(codes)) % values


def _countries(points: Sequence[SitePoint]) -> list[str]:
    """Codes of countries, most sites first; what is not known comes last."""
    sites: Counter[str] = Counter()
    for point in points:
        sites[point.country_code] += point.sites
    return sorted(sites, key=lambda code: (not code, -sites[code], code))


def _named(codes: Sequence[str]) -> str:
    """The countries: all of a few, else the first two and how many more."""
    names = [words.country_name(code) if code else _("Country not stated in the registry") for code in codes]
    if len(names) <= MOST_COUNTRIES:
        return words.listing(names)
    more = len(names) - 2
    values = {"countries": ", ".join(names[:2]), "count": words.number(more)}
    text = ngettext("%(countries)s and %(count)s more country", "%(countries)s and %(count)s more countries", more)
    return text % values


def _where(points: Sequence[SitePoint]) -> str:
    """The towns of one country, or the countries."""
    codes = _countries(points)
    country = _named(codes)
    towns = list(dict.fromkeys(point.city for point in points if point.city))
    if len(codes) > 1 or not towns:
        return country
    if len(towns) == 1:
        return town(towns[0], country)
    more = len(towns) - 1
    values = {"town": towns[0], "count": words.number(more), "country": country}
    text = ngettext(
        "%(town)s and %(count)s more place, %(country)s", "%(town)s and %(count)s more places, %(country)s", more
    )
    return text % values
