"""The conditions of this finder and how they are related."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from trials.conditions.data import DATA

# The registry query (`query.cond`, Essie syntax) that covers all connective tissue diseases and lupus.
SYNC_QUERY: str = " ".join(DATA["sync_query"].split())
VERSION: str = DATA["version"]


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition: what people read about it, and every way in which it is written.

    `name` is what a patient reads, `clinical_name` what a doctor writes. `parents` are the wider conditions: who has
    this one has those too. `core` marks what this finder is for, as against its neighbours; `wide` a neighbour so wide
    that a study of it may well take people with a core condition ("autoimmune diseases"). `home` is the place among
    the choices of the home page, None for those that are not shown there. `summary` and each paragraph of `body` are
    plain English of our own, without advice. `whole` are words that name it only when they are the whole term, `typed`
    words of patients that name it only in a search box.
    `mesh` holds (descriptor number, descriptor name).
    """

    slug: str
    name: str
    clinical_name: str
    parents: tuple[str, ...]
    core: bool
    wide: bool
    home: int | None
    abbreviations: tuple[str, ...]
    lay: tuple[str, ...]
    synonyms: tuple[str, ...]
    misspellings: tuple[str, ...]
    mistranslations: tuple[str, ...]
    spanish: tuple[str, ...]
    chinese: tuple[str, ...]
    whole: tuple[str, ...]
    typed: tuple[str, ...]
    mesh: tuple[tuple[str, str], ...]
    summary: str
    body: tuple[str, ...]


_LISTS = ("abbreviations", "lay", "synonyms", "misspellings", "mistranslations", "spanish", "chinese", "whole", "typed")


def _condition(row: dict[str, Any]) -> Condition:
    lists = {name: tuple(row.get(name, ())) for name in _LISTS}
    return Condition(
        slug=row["slug"],
        name=row["name"],
        clinical_name=row["clinical_name"],
        parents=tuple(row["parents"]),
        core=row["core"],
        wide=row.get("wide", False),
        home=row.get("home"),
        mesh=tuple(row.get("mesh", {}).items()),
        summary=row["summary"].strip(),
        body=tuple(paragraph.strip() for paragraph in row["body"]),
        **lists,
    )


@cache
def conditions() -> tuple[Condition, ...]:
    """All conditions, in the order of the data file, each family together."""
    return tuple(_condition(row) for row in DATA["condition"])


@cache
def _index() -> dict[str, Condition]:
    return {condition.slug: condition for condition in conditions()}


def by_slug(slug: str) -> Condition:
    """The condition of this slug. Raises KeyError when we have none."""
    return _index()[slug]


def known(slug: str) -> Condition | None:
    """The condition of a slug that came from outside, or None."""
    return _index().get(slug)


def _walk(slug: str, step: Callable[[str], tuple[str, ...]]) -> frozenset[str]:
    seen: set[str] = set()
    todo = list(step(slug))
    while todo:
        current = todo.pop()
        if current not in seen:
            seen.add(current)
            todo.extend(step(current))
    return frozenset(seen)


@cache
def ancestors(slug: str) -> frozenset[str]:
    """The wider conditions that somebody with this one has too, without the condition itself."""
    return _walk(slug, lambda current: by_slug(current).parents)


@cache
def _children() -> dict[str, tuple[str, ...]]:
    children: dict[str, list[str]] = {condition.slug: [] for condition in conditions()}
    for condition in conditions():
        for parent in condition.parents:
            children[parent].append(condition.slug)
    return {slug: tuple(below) for slug, below in children.items()}


@cache
def descendants(slug: str) -> frozenset[str]:
    """The narrower conditions, without the condition itself. Raises KeyError when we have no such condition."""
    return _walk(slug, lambda current: _children()[current])


def family(slug: str) -> frozenset[str]:
    """The condition and all narrower ones: what a search for it finds. Raises KeyError when we have none such."""
    return descendants(slug) | {slug}
