"""Where trials run: their countries, and how they stand in one."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Func, Min, Q, QuerySet

from trials import vocab as v
from trials.conditions import conditions
from trials.find.terms import condition_term
from trials.models import Site, TrialIndex


@dataclass(frozen=True, slots=True)
class PlaceCount:
    """How many sites a trial has in a country, and its city there when all are in one."""

    country_code: str
    sites: int
    city: str


def open_countries() -> list[str]:
    """ISO codes of the countries with an open site of an open trial."""
    each = _open_rows().annotate(code=Func("open_countries", function="unnest"))
    return sorted(set(each.values_list("code", flat=True)))


def open_count() -> int:
    return _open_rows().count()


def open_counts_by_condition() -> dict[str, int]:
    """Open trials per condition of our list, each as many as a search for it finds open."""
    each = _open_rows().annotate(term=Func("terms", function="unnest"))
    counts = dict(each.values_list("term").annotate(number=Count("pk")))
    by_slug = {condition.slug: counts.get(condition_term(condition.slug), 0) for condition in conditions()}
    return {slug: count for slug, count in by_slug.items() if count}


def _open_rows() -> QuerySet[TrialIndex]:
    return TrialIndex.objects.filter(hidden=False, in_scope=True, recruiting=True).order_by()


@dataclass(frozen=True, slots=True)
class OpennessThere:
    """How many of a trial's sites in one country are open, and whether others there are still to open."""

    open_sites: int
    upcoming: bool


def openness_in(country_code: str, trial_ids: Iterable[int]) -> dict[int, OpennessThere]:
    """For each trial with a site in the country how it stands there; one query for all of them."""
    there = Site.objects.filter(trial_id__in=list(trial_ids), country_code=country_code).order_by()
    counted = there.values("trial_id").annotate(
        open_sites=Count("pk", filter=Q(recruiting=True)),
        upcoming=Count("pk", filter=Q(status=v.RecruitmentStatus.NOT_YET_RECRUITING)),
    )
    return {row["trial_id"]: OpennessThere(row["open_sites"], bool(row["upcoming"])) for row in counted}


def places_of(trial_ids: Iterable[int]) -> dict[int, list[PlaceCount]]:
    """For each trial its countries, most sites first; one query for all of them."""
    counted = (
        Site.objects.filter(trial_id__in=list(trial_ids))
        .order_by()
        .values("trial_id", "country_code")
        .annotate(sites=Count("pk"), cities=Count("city", distinct=True), city=Min("city"))
    )
    places: dict[int, list[PlaceCount]] = defaultdict(list)
    for row in counted:
        city = row["city"] if row["cities"] == 1 else ""
        places[row["trial_id"]].append(PlaceCount(row["country_code"], row["sites"], city))
    for of_trial in places.values():
        of_trial.sort(key=lambda place: (-place.sites, place.country_code))
    return places
