"""The order of a list, and the page of it that is asked for."""

from datetime import date
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import BigIntegerField, BooleanField, Case, ExpressionWrapper, F, Func, Q, Value, When

from trials import vocab as v
from trials.find.matching import find_trials, matching, text_query
from trials.find.near import nearest_first
from trials.find.search import Search, Sort
from trials.find.terms import condition_term
from trials.models import Trial, TrialQuerySet

# What a patient can act on first; everything else follows, newest first.
STATUS_ORDER = (
    v.RecruitmentStatus.RECRUITING,
    v.RecruitmentStatus.AVAILABLE,
    v.RecruitmentStatus.NOT_YET_RECRUITING,
    v.RecruitmentStatus.ENROLLING_BY_INVITATION,
    v.RecruitmentStatus.ACTIVE_NOT_RECRUITING,
)


def in_list_order(trials: TrialQuerySet) -> TrialQuerySet:
    """Open first, then as `STATUS_ORDER`; within a status the record changed last comes first.

    What the registry no longer lists stands with the closed ones.
    """
    return trials.order_by("index__list_rank", F("last_update_posted_on").desc(nulls_last=True), "nct_id")


def in_order_of(search: Search, today: date) -> TrialQuerySet:
    """The visible trials of a search in the order of its list."""
    if not _by_distance(search):
        return find_trials(search).order_by(*_order(search, today, "index__"))
    keys = keys_of_page(search, first=0, count=matching(search).count(), today=today)
    place = Func(Value(keys, output_field=ArrayField(BigIntegerField())), F("pk"), function="array_position")
    return Trial.objects.visible().filter(pk__in=keys).order_by(place)


def keys_of_page(search: Search, *, first: int, count: int, today: date) -> list[int]:
    """The keys of the trials from place `first` (0 is the top) of the list, in its order."""
    rows = matching(search)
    if search.near and _by_distance(search):
        own = search.order is Sort.DISTANCE
        return nearest_first(rows, search.near, own_country_first=own, first=first, count=count)
    ordered = rows.order_by(*_order(search, today))
    return list(ordered.values_list("pk", flat=True)[first : first + count])


def _by_distance(search: Search) -> bool:
    return search.order in (Sort.DISTANCE, Sort.NEAREST)


def _order(search: Search, today: date, row: str = "") -> list[Any]:
    """`row` leads from what is ordered to its search row."""
    changed = F(f"{row}last_update_posted_on").desc(nulls_last=True)
    listed = [*_precise_first(search, row), f"{row}list_rank", changed, f"{row}nct_id"]
    if search.order is Sort.MATCH and search.text:
        in_title = Q(**{f"{row}titles": text_query(search.text)})
        return [ExpressionWrapper(in_title, output_field=BooleanField()).desc(), *listed]
    if search.order is Sort.NEWEST:
        return [F(f"{row}first_posted_on").desc(nulls_last=True), f"{row}nct_id"]
    if search.order is Sort.ENDING:
        over = Case(When(**{f"{row}ends_on__gte": today, "then": Value(0)}), default=Value(1))
        return [F(f"{row}recruiting").desc(), over, f"{row}ends_on", *listed]
    return listed


def _precise_first(search: Search, row: str) -> list[Any]:
    """Studies that only name a wide group of diseases come after those that name the one that is looked for."""
    if not search.wide:
        return []
    named = [condition_term(slug) for slugs in search.conditions for slug in sorted(slugs)]
    precise = Q(**{f"{row}terms__overlap": named})
    return [ExpressionWrapper(precise, output_field=BooleanField()).desc()]
