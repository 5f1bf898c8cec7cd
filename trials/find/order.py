"""The order of a list, and the page of it that is asked for."""

import json
from datetime import date
from typing import Any

from django.db.models import BooleanField, Case, ExpressionWrapper, F, Q, QuerySet, Value, When
from django.db.models.expressions import RawSQL

from trials import vocab as v
from trials.find.matching import find_trials, matching, text_query
from trials.find.near import Ranking, nearest_first
from trials.find.search import Search, Sort
from trials.find.terms import condition_term
from trials.models import Trial, TrialIndex, TrialQuerySet, list_order

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
    return trials.order_by(*list_order("index__"))


def in_order_of(search: Search, today: date) -> TrialQuerySet:
    """The visible trials of a search in the order of its list."""
    if not _by_distance(search):
        return find_trials(search).order_by(*_order(search, today, "index__"))
    keys = keys_of_page(search, first=0, count=matching(search).count(), today=today)
    places = json.dumps({str(key): place for place, key in enumerate(keys)})
    # Looked up by key: searching a list for each of its members would take the square of its length.
    place = RawSQL("(%s::jsonb -> trials_trial.id::text)::int", [places])
    return Trial.objects.visible().filter(pk__in=keys).order_by(place)


def keys_of_page(search: Search, *, first: int, count: int, today: date) -> list[int]:
    """The keys of the trials from place `first` (0 is the top) of the list, in its order."""
    rows = matching(search)
    if search.near and _by_distance(search):
        home = search.near.country_code if search.order is Sort.DISTANCE else ""
        ranking = Ranking(search.near, first=home, only=search.country)
        return nearest_first(_groups(search, rows), ranking, first=first, count=count)
    ordered = rows.order_by(*_order(search, today))
    return list(ordered.values_list("pk", flat=True)[first : first + count])


def _groups(search: Search, rows: QuerySet[TrialIndex]) -> list[QuerySet[TrialIndex]]:
    """Of a list by distance, what comes before the rest, however far: studies that come first of all, that name what is
    looked for, then open ones, a tenth of all, with which most lists end.
    """
    parts = [rows]
    if search.first:
        parts = _split(parts, Q(pk__in=search.first))
    if search.wide:
        parts = _split(parts, _precise(search))
    openness = (True,) if search.only_open else (True, False)
    return [part.filter(recruiting=is_open) for part in parts for is_open in openness]


def _split(parts: list[QuerySet[TrialIndex]], first: Q) -> list[QuerySet[TrialIndex]]:
    return [half for part in parts for half in (part.filter(first), part.exclude(first))]


def _by_distance(search: Search) -> bool:
    return search.order in (Sort.DISTANCE, Sort.NEAREST)


def _order(search: Search, today: date, row: str = "") -> list[Any]:
    """`row` leads from what is ordered to its search row."""
    before = [_is(Q(**{f"{row}pk__in": search.first})).desc()] if search.first else []
    before += [_is(_precise(search, row)).desc()] if search.wide else []
    listed = list_order(row)
    if search.order is Sort.MATCH and search.text:
        in_title = Q(**{f"{row}titles": text_query(search.text)})
        return [*before, _is(in_title).desc(), *listed]
    if search.order is Sort.NEWEST:
        return [*before, F(f"{row}first_posted_on").desc(nulls_last=True), f"{row}nct_id"]
    if search.order is Sort.ENDING:
        over = Case(When(**{f"{row}ends_on__gte": today, "then": Value(0)}), default=Value(1))
        return [*before, F(f"{row}recruiting").desc(), over, f"{row}ends_on", *listed]
    return [*before, *listed]


def _is(condition: Q) -> ExpressionWrapper:
    return ExpressionWrapper(condition, output_field=BooleanField())


def _precise(search: Search, row: str = "") -> Q:
    """Studies that name each condition that is looked for: one that names a wide group of diseases comes last."""
    precise = Q(**{f"{row}pk__isnull": False})
    for slugs in search.conditions:
        precise &= Q(**{f"{row}terms__overlap": [condition_term(slug) for slug in sorted(slugs)]})
    return precise
