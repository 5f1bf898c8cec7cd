"""A search as a query on the index: the one place where that happens."""

import re
from collections.abc import Iterable
from dataclasses import replace

from django.contrib.postgres.search import SearchQuery
from django.db.models import Q, QuerySet

from trials import vocab as v
from trials.facets import term
from trials.find.near import within
from trials.find.search import Search
from trials.find.terms import condition_term, country_term, open_country_term, wide_term
from trials.models import Trial, TrialIndex, TrialQuerySet

CONFIG = "trials_text"  # English stems, without accents (migration 0007)
_RULERS = re.compile(r"(?<!\w)-+")
_OTHER_SEX = {v.Sex.FEMALE: v.Sex.MALE, v.Sex.MALE: v.Sex.FEMALE}

Rows = QuerySet[TrialIndex]


def find_trials(search: Search) -> TrialQuerySet:
    """The visible trials of a search, without order; what a record does not say never excludes it from age and sex."""
    return Trial.objects.visible().filter(pk__in=matching(search).values("pk"))


def without_missing_words(search: Search) -> Search:
    """The search itself where it finds anything; else, where words stand beside something else, without the words."""
    beside = search.conditions or search.terms or search.near
    return search if not search.text or not beside or matching(search).exists() else replace(search, text="")


def matching(search: Search) -> Rows:
    """The search rows of the trials that a search finds, without order."""
    rows = before_facets(search)
    if search.country:
        rows = rows.filter(in_country(search.country, open_now=search.only_open))
    for name, values in search.chosen.items():
        rows = rows.filter(terms__overlap=[term(name, value) for value in sorted(values)])
    return rows


def before_facets(search: Search) -> Rows:
    """The rows that a search finds before any facet or country narrows it: over these they are counted."""
    rows = TrialIndex.objects.filter(hidden=False)
    if not search.every_disease:
        rows = rows.filter(in_scope=True)
    for slugs in search.conditions:
        rows = rows.filter(terms__overlap=condition_terms(slugs, wide=search.wide))
    for group in search.terms:
        rows = rows.filter(terms__overlap=sorted(group))
    if search.age_years is not None:
        rows = rows.exclude(_closed_to_age(search.age_years))
    if search.sex:
        rows = rows.exclude(terms__contains=[term("sex", _OTHER_SEX[v.Sex(search.sex)])])
    if search.posted_since:
        rows = rows.filter(first_posted_on__gte=search.posted_since)
    if search.changed_since:
        rows = rows.filter(last_update_posted_on__gte=search.changed_since)
    if search.text:
        rows = rows.filter(texts=text_query(search.text))
    if search.near and search.near.radius_km is not None:
        rows = within(rows, search.near, search.country)
    return rows


def condition_terms(slugs: Iterable[str], *, wide: bool) -> list[str]:
    named = [condition_term(slug) for slug in sorted(slugs)]
    return [*named, *map(wide_term, sorted(slugs))] if wide else named


def text_query(text: str) -> SearchQuery:
    """All words, in any order; a phrase in quotes as it stands."""
    return SearchQuery(plain_words(text), config=CONFIG, search_type="websearch")


def plain_words(text: str) -> str:
    """The text without hyphens before words: to Postgres each is a "not", and a ruler of them more than it can hold."""
    return _RULERS.sub(" ", text)


def in_country(code: str, *, open_now: bool) -> Q:
    """With `open_now` one can ask to join at a site in that country."""
    return Q(terms__contains=[open_country_term(code) if open_now else country_term(code)])


def _closed_to_age(age_years: float) -> Q:
    """Keeps studies that state no limit: NULL is no exclusion.

    A whole number is a year of life ("1": not yet two), so a limit within that year keeps the study.
    """
    whole = float(age_years).is_integer()
    too_young = Q(minimum_age_years__gte=age_years + 1) if whole else Q(minimum_age_years__gt=age_years)
    return too_young | Q(below_age_years__lte=age_years)


def wide_count(search: Search, *, most: int) -> int:
    """How many more trials may take people with the condition, because they name a wide group of diseases."""
    if search.wide or not search.conditions:
        return 0
    precise = matching(search).values("pk")
    return matching(replace(search, wide=True)).exclude(pk__in=precise)[:most].count()


def other_disease_count(search: Search, *, most: int) -> int:
    """How many more trials the same search finds among those of diseases that are not ours; counts no further than
    `most`, so that a whole registry costs no more than a shelf of it.
    """
    if search.every_disease:
        return 0
    return matching(replace(search, all_diseases=True)).filter(in_scope=False)[:most].count()
