"""The nearest site of each trial of a search: of a search in one country, its nearest there."""

from collections.abc import Iterable
from dataclasses import replace
from math import inf, pi

from trials.find import NearestSite, Search, nearest_sites
from trials.models import Site
from trials.places.distance import EARTH_RADIUS_KM, Point, distance_km


def nearest_of(search: Search, trial_ids: Iterable[int]) -> dict[int, NearestSite]:
    """For each trial with a site that may be meant; one query for all of them. None without a place to measure from."""
    if search.near is None:
        return {}
    if not search.country:
        found = nearest_sites(trial_ids, search.near.point)
        return {key: replace(site, km=_known(site.km)) for key, site in found.items()}
    return _nearest_in(search.country, trial_ids, search.near.point)


def _known(km: float | None) -> float | None:
    """Without the distance that no site has: the database reckons it for one without coordinates."""
    return None if km is None or km >= _FARTHEST_KM else km


_FARTHEST_KM = pi * EARTH_RADIUS_KM - 0.001


def _nearest_in(country_code: str, trial_ids: Iterable[int], point: Point) -> dict[int, NearestSite]:
    """As `trials.find.nearest_sites` has it: an open site before all others, one without coordinates last."""
    there = Site.objects.filter(trial_id__in=list(trial_ids), country_code=country_code)
    by_trial: dict[int, list[tuple[bool, float, int, Site]]] = {}
    for site in there.select_related("trial__index"):
        is_open = site.recruiting and site.trial.index.recruiting
        by_trial.setdefault(site.trial_id, []).append((not is_open, _km(site, point), site.position, site))
    return {key: _nearest(sites) for key, sites in by_trial.items()}


def _nearest(sites: list[tuple[bool, float, int, Site]]) -> NearestSite:
    closed, km, _position, site = min(sites, key=lambda one: one[:3])
    return NearestSite(
        city=site.city,
        country_code=site.country_code,
        status=site.status,
        is_open=not closed,
        km=None if km == inf else km,
        open_sites=sum(not one[0] for one in sites),
        sites=len(sites),
    )


def _km(site: Site, point: Point) -> float:
    if site.latitude is None or site.longitude is None:
        return inf
    return distance_km(point, Point(site.latitude, site.longitude))
