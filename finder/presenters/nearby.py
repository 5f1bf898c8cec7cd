"""The site of a study that is nearest to a place, for its card."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import ngettext

from finder.presenters import words
from finder.presenters.distance import distance_words
from finder.presenters.status import StatusView, status_view, study_status
from finder.presenters.towns import Town, towns_in_own_words
from trials.find import NearestSite, Search, nearest_sites
from trials.models import Trial


@dataclass(frozen=True, slots=True)
class NearestView:
    """ "Leeds" and "United Kingdom", "12 km", its status where that is not the study's own, "3 more open sites".

    `in_english`: the town is called as in the registry. `town` and `country` are empty where it does not name them.
    """

    town: str
    in_english: bool
    country: str
    distance: str
    status: StatusView | None
    more: str


def nearest_views(search: Search, trials: Iterable[Trial], *, miles: bool) -> dict[int, NearestView]:
    """For each trial with a site that the search may mean; one query for all of them, in Chinese one more."""
    by_key = {trial.pk: trial for trial in trials}
    found = nearest_sites(search, by_key)
    towns = towns_in_own_words((site.city, site.country_code) for site in found.values() if site.city)
    return {key: _view(by_key[key], site, towns, miles=miles) for key, site in found.items()}


def _view(trial: Trial, site: NearestSite, towns: Mapping[Town, str], *, miles: bool) -> NearestView:
    own_words = towns.get((site.city, site.country_code), "")
    is_open = site.is_open and not trial.gone_since
    own = study_status(trial) if trial.gone_since or not site.status else status_view(site.status)
    return NearestView(
        town=own_words or site.city,
        in_english=not own_words,
        country=words.country_name(site.country_code) if site.country_code else "",
        distance=distance_words(site.km, miles=miles) if site.km is not None else "",
        status=None if is_open else own,
        more=_more(site, is_open=is_open),
    )


def _more(site: NearestSite, *, is_open: bool) -> str:
    """How many more sites there are: open ones where this one is."""
    if is_open:
        rest = site.open_sites - 1
        values = {"count": words.number(rest)}
        return ngettext("%(count)s more open site", "%(count)s more open sites", rest) % values if rest else ""
    rest = site.sites - 1
    values = {"count": words.number(rest)}
    return ngettext("%(count)s more site", "%(count)s more sites", rest) % values if rest else ""
