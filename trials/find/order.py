"""The order of a list, and the page of it that is asked for."""

from datetime import date
from typing import Any

from django.db.models import BooleanField, Case, ExpressionWrapper, F, Q, Value, When

from trials import vocab as v
from trials.find.matching import Rows, matching, text_query
from trials.find.near import nearest_first
from trials.find.search import Search, Sort
from trials.find.terms import condition_term
from trials.models import TrialQuerySet

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


def keys_of_page(search: Search, *, first: int, count: int, today: date) -> list[int]:
    """The keys of the trials from place `first` (0 is the top) of the list, in its order."""
    rows = matching(search)
    if search.near and search.order in (Sort.DISTANCE, Sort.NEAREST):
        own = search.order is Sort.DISTANCE
        return nearest_first(rows, search.near, own_country_first=own, first=first, count=count)
    ordered = _ordered(rows, search, today)
    return list(ordered.values_list("pk", flat=True)[first : first + count])


def _ordered(rows: Rows, search: Search, today: date) -> Rows:
    listed: tuple[Any, ...] = (
        *_precise_first(search),
        "list_rank",
        F("last_update_posted_on").desc(nulls_last=True),
        "nct_id",
    )
    if search.order is Sort.MATCH and search.text:
        in_title = ExpressionWrapper(Q(titles=text_query(search.text)), output_field=BooleanField())
        return rows.order_by(in_title.desc(), *listed)
    if search.order is Sort.NEWEST:
        return rows.order_by(F("first_posted_on").desc(nulls_last=True), "nct_id")
    if search.order is Sort.ENDING:
        over = Case(When(ends_on__gte=today, then=Value(0)), default=Value(1))
        return rows.order_by(F("recruiting").desc(), over, "ends_on", *listed)
    return rows.order_by(*listed)


def _precise_first(search: Search) -> list[Any]:
    """Studies that only name a wide group of diseases come after those that name the one that is looked for."""
    if not search.wide:
        return []
    named = [condition_term(slug) for slugs in search.conditions for slug in sorted(slugs)]
    return [ExpressionWrapper(Q(terms__overlap=named), output_field=BooleanField()).desc()]
