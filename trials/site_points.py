"""Where the sites of a search are, added up in the database: ten thousand studies are as few rows as a map needs."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, F, Func, IntegerField, Max, Q, QuerySet

from trials.models import Site, TrialQuerySet

PARTS = 100  # of a degree: about a kilometre, so that the hospitals of a town are one point
_OPEN = Q(recruiting=True, trial__gone_since=None)


@dataclass(frozen=True, slots=True)
class SitePoint:
    """All sites at one place. Degrees; `trials` counts each trial once."""

    latitude: float
    longitude: float
    city: str
    country_code: str
    sites: int
    open_sites: int
    trials: int


@dataclass(frozen=True, slots=True)
class CountrySites:
    """All sites in a country, or with the code "" those whose country is not known; `located` have coordinates."""

    country_code: str
    sites: int
    open_sites: int
    located: int
    trials: int
    open_trials: int  # with an open site there


def site_points(trials: TrialQuerySet, country_code: str = "") -> list[SitePoint]:
    """The places of the trials' sites, most sites first; only those in the country, if one is given. One query."""
    rows = (
        _sites(trials, country_code)
        .filter(latitude__isnull=False)
        .annotate(south_north=_part("latitude"), west_east=_part("longitude"))
        .values("south_north", "west_east", "country_code")
        .annotate(town=Max("city"), **_COUNTED)
        .order_by("-sites", "south_north", "west_east", "country_code")
    )
    return [
        SitePoint(
            row["south_north"] / PARTS, row["west_east"] / PARTS, row["town"], row["country_code"],
            row["sites"], row["open_sites"], row["trials"],
        )
        for row in rows
    ]  # fmt: skip


def country_sites(trials: TrialQuerySet, country_code: str = "") -> list[CountrySites]:
    """How many sites there are in each country, most trials first. One query."""
    rows = (
        _sites(trials, country_code)
        .values("country_code")
        .annotate(located=Count("latitude"), open_trials=Count("trial", distinct=True, filter=_OPEN), **_COUNTED)
        .order_by("-trials", "country_code")
    )
    return [
        CountrySites(
            row["country_code"], row["sites"], row["open_sites"], row["located"], row["trials"], row["open_trials"]
        )
        for row in rows
    ]


def _part(degrees: str) -> Func:
    """As a whole number, by which the database groups soonest."""
    return Func(F(degrees) * PARTS, template="ROUND(%(expressions)s)::integer", output_field=IntegerField())


_COUNTED = {
    "sites": Count("pk"),
    "open_sites": Count("pk", filter=_OPEN),
    "trials": Count("trial", distinct=True),
}


def _sites(trials: TrialQuerySet, country_code: str) -> QuerySet[Site]:
    sites = Site.objects.filter(trial__in=trials.order_by().values("pk"))
    return (sites.filter(country_code=country_code) if country_code else sites).order_by()


def points_of(sites: Iterable[Site], *, gone: bool) -> list[SitePoint]:
    """The same for the sites of one trial that are in memory; of one that is `gone` none is open."""
    groups: dict[tuple[float, float, str], list[Site]] = {}
    for site in sites:
        if site.latitude is not None and site.longitude is not None:
            at = round(site.latitude * PARTS) / PARTS, round(site.longitude * PARTS) / PARTS, site.country_code
            groups.setdefault(at, []).append(site)
    return [
        SitePoint(*at[:2], max(one.city for one in group), at[2], len(group), _open(group, gone=gone), 1)
        for at, group in groups.items()
    ]


def _open(sites: Iterable[Site], *, gone: bool) -> int:
    return 0 if gone else sum(site.recruiting for site in sites)
