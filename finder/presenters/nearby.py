"""The site of a study that is nearest to a place, for its card."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from finder.presenters import words
from finder.presenters.distance import distance_words
from finder.presenters.status import StatusView, status_view, study_status
from trials.find import NearestSite, nearest_sites
from trials.models import Place, Trial


@dataclass(frozen=True, slots=True)
class NearestView:
    """ "Leeds, United Kingdom", "12 km", its status where that is not the study's own, "3 more open sites"."""

    town: str
    distance: str
    status: StatusView | None
    more: str


def nearest_views(trials: Iterable[Trial], place: Place) -> dict[int, NearestView]:
    """For each trial with a site; one query for all of them."""
    by_key = {trial.pk: trial for trial in trials}
    found = nearest_sites(by_key, place.point)
    return {key: _view(by_key[key], site, place) for key, site in found.items()}


def _view(trial: Trial, site: NearestSite, place: Place) -> NearestView:
    country = words.country_name(site.country_code) if site.country_code else ""
    town = ", ".join(part for part in (site.city, country) if part)
    is_open = site.is_open and not trial.gone_since
    own = study_status(trial) if trial.gone_since or not site.status else status_view(site.status)
    return NearestView(
        town=town or _("Place not named in the registry"),
        distance=distance_words(site.km, place.country_code) if site.km is not None else "",
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
