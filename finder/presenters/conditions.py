"""The condition pages: what the disease is called, what it is near to, what is open."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext

from finder.presenters import words
from finder.presenters.cards import Card, cards
from finder.presenters.condition_list import (
    NamedCondition,
    clinical_name,
    condition_name,
    named,
    on_home_page,
    ours,
)
from finder.presenters.home import ConditionLink, condition_links
from trials import conditions as vocabulary
from trials.conditions import Condition, family
from trials.find import Search, counts_of, find_trials, in_list_order, open_counts_by_condition
from trials.vocab import OPEN_STATUSES

FIRST_STUDIES = 10


@dataclass(frozen=True, slots=True)
class ConditionGroup:
    """A main condition and the narrower ones below it; without `main`, conditions that stand alone."""

    main: ConditionLink | None
    narrower: tuple[ConditionLink, ...]


@dataclass(frozen=True, slots=True)
class ConditionPage:
    slug: str
    name: str
    clinical_name: str
    short_form: str
    summary: str
    body: tuple[str, ...]
    wider: tuple[NamedCondition, ...]
    narrower: tuple[NamedCondition, ...]
    cards: list[Card]
    open_studies: int
    open_count: str


def condition_groups() -> tuple[ConditionGroup, ...]:
    """All our conditions: those of the home page with the narrower ones below, then all that stand alone."""
    links = {link.slug: link for link in condition_links(ours(), open_counts_by_condition())}
    chosen = [condition.slug for condition in on_home_page() if condition.slug in links]
    heads = [slug for slug in chosen if vocabulary.descendants(slug) and not vocabulary.ancestors(slug) & set(chosen)]
    groups = [ConditionGroup(links[head], _below(head, links)) for head in heads]
    grouped = {slug for head in heads for slug in family(head)}
    alone = tuple(link for slug, link in links.items() if slug not in grouped)
    return (*groups, ConditionGroup(None, alone))


def _below(head: str, links: dict[str, ConditionLink]) -> tuple[ConditionLink, ...]:
    return tuple(link for slug, link in links.items() if slug in vocabulary.descendants(head))


def _wider(condition: Condition) -> tuple[NamedCondition, ...]:
    parents = map(vocabulary.by_slug, condition.parents)
    return tuple(named(parent) for parent in parents if parent.core)


def _narrower(slug: str) -> tuple[NamedCondition, ...]:
    return tuple(named(condition) for condition in ours() if slug in condition.parents)


def condition_view(condition: Condition, today: date, stale_after_months: int) -> ConditionPage:
    search = Search(conditions=(frozenset({condition.slug}),), statuses=tuple(sorted(OPEN_STATUSES)))
    found = in_list_order(find_trials(search))
    count = counts_of(search).total
    first = list(found.select_related("editorial").prefetch_related("interventions")[:FIRST_STUDIES])
    name, clinical = condition_name(condition), clinical_name(condition)
    return ConditionPage(
        slug=condition.slug,
        name=name,
        clinical_name="" if clinical.casefold() == name.casefold() else clinical,
        short_form=_short_form(condition, name),
        summary=gettext(condition.summary),
        body=tuple(map(gettext, condition.body)),
        wider=_wider(condition),
        narrower=_narrower(condition.slug),
        cards=cards(first, today, stale_after_months),
        open_studies=count,
        open_count=words.number(count),
    )


def _short_form(condition: Condition, name: str) -> str:
    """The usual English abbreviation, unless the name has it. Our other terms are for searching, not for reading."""
    usual = condition.abbreviations[0] if condition.abbreviations else ""
    return "" if usual in name else usual
