"""After the tree stands: how each parent's children combine, and which criteria of one level are alternatives."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Protocol

from trials.criteria.layout.joins import is_cohort, join_of
from trials.criteria.model import Join, Kind


class Grown(Protocol):
    """What is read of an item."""

    kind: Kind
    start: int
    end: int
    parent: int | None
    connector: str


def finished(text: str, items: Sequence[Grown]) -> tuple[dict[int, Join], dict[int, int]]:
    """Joins by parent, and numbers of the groups of alternatives by item."""
    children: dict[int | None, list[int]] = {}
    for number, item in enumerate(items):
        children.setdefault(item.parent, []).append(number)
    joins: dict[int, Join] = {}
    for parent, below in children.items():
        if parent is not None:
            owner = items[parent]
            connectors = [items[child].connector for child in below]
            joins[parent] = join_of(text[owner.start : owner.end], owner.kind, connectors)
    groups: dict[int, int] = {}
    for parent, below in children.items():
        if parent is None or joins[parent] not in ("any",):
            _group(text, items, below, children, groups)
    return joins, groups


def _group(
    text: str, items: Sequence[Grown], below: list[int], children: dict[int | None, list[int]], groups: dict[int, int]
) -> None:
    inclusion = [number for number in below if items[number].kind is Kind.INCLUSION]
    cohorts = [
        number
        for number in inclusion
        if number in children and is_cohort(text[items[number].start : items[number].end])
    ]
    if len(cohorts) > 1:
        _together(groups, cohorts)
    for members in _numbered(text, items, inclusion):
        _together(groups, members)
    for a, b in pairwise(inclusion):
        if items[a].connector == "or":
            _together(groups, [a, b])


# "Population 2: inflammatory myopathy": nobody is in two of them.
_NUMBERED = re.compile(
    r"\W*(?P<people>populations?|groups?|cohorts?|arms?) ?#?"
    r"(?P<number>(?:\d{1,2}|[A-H]|[IVX]{1,4})\b[^:.;,(\n]{0,30})(?:\([^()\n]{0,60}\))?\s*:",
    re.IGNORECASE,
)


def _numbered(text: str, items: Sequence[Grown], level: list[int]) -> list[list[int]]:
    """Those that are labelled as groups of one kind, each with a number of its own."""
    kinds: dict[str, dict[int, str]] = {}
    for number in level:
        label = _NUMBERED.match(text, items[number].start, items[number].end)
        if label:
            kinds.setdefault(label["people"].lower().rstrip("s"), {})[number] = label["number"].lower()
    return [list(found) for found in kinds.values() if len(found) > 1 and len(set(found.values())) == len(found)]


def _together(groups: dict[int, int], members: list[int]) -> None:
    number = next((groups[member] for member in members if member in groups), max(groups.values(), default=0) + 1)
    groups.update(dict.fromkeys(members, number))
