"""The criteria of one study as a tree."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from trials.criteria.model import Criterion, Join, Kind, Rule

T = TypeVar("T")
Groups = tuple[tuple[T, ...], ...]

DEEPEST = 20  # levels; what is nested deeper is for the study team


@dataclass(frozen=True, slots=True)
class Node:
    """A criterion with what stands beneath it. Groups of more than one hold alternatives.

    Two nodes that ask the same are equal, whatever studies they are of: `id` is left out.
    """

    id: str = field(compare=False)
    kind: Kind
    rules: Groups[Rule] = ()
    children: "Groups[Node]" = ()
    join: Join = None


def tree_of(criteria: Iterable[Criterion]) -> Groups[Node]:
    """The criteria of the top level, those that are alternatives of each other together."""
    beneath: dict[str | None, list[Criterion]] = {}
    for criterion in criteria:
        beneath.setdefault(criterion.parent, []).append(criterion)
    return _level(beneath, None, 1)


def _level(beneath: dict[str | None, list[Criterion]], parent: str | None, depth: int) -> Groups[Node]:
    level = beneath.get(parent, ()) if depth <= DEEPEST else ()
    groups = _grouped(level, lambda one: None if one.any_of is None else (one.kind, one.any_of))
    return tuple(tuple(_node(one, beneath, depth) for one in group) for group in groups)


def _node(criterion: Criterion, beneath: dict[str | None, list[Criterion]], depth: int) -> Node:
    return Node(
        criterion.id,
        criterion.kind,
        _grouped(criterion.rules, lambda rule: rule.any_of),
        _level(beneath, criterion.id, depth + 1),
        criterion.join,
    )


def _grouped(items: Sequence[T], group_of: Callable[[T], object]) -> Groups[T]:
    """The items in their order, those of one group together; who has none stands alone."""
    groups: dict[object, list[T]] = {}
    for place, item in enumerate(items):
        group = group_of(item)
        groups.setdefault(("alone", place) if group is None else ("group", group), []).append(item)
    return tuple(map(tuple, groups.values()))
