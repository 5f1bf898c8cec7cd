"""Requirements of one level that nobody can meet together ("children of 4 to 17", "adults"): each is a way in."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

from trials.criteria.model import Criterion, Kind, Rule

MOST = 40  # requirements of one level with limits of one measure; more are a table
Range = tuple[float, float]
_HAIR = 1e-9


def with_ways(criteria: Sequence[Criterion]) -> list[Criterion]:
    """The criteria; those of one level whose limits shut each other out are alternatives of each other."""
    numbers: dict[str, int] = {}
    last = max((one.any_of for one in criteria if one.any_of is not None), default=0)
    for level in _levels(criteria):
        for one, other in _apart(level):
            number = numbers.get(one, numbers.get(other, last + 1))
            last = max(last, number)
            merged = numbers.get(other, number)
            numbers = {name: number if value == merged else value for name, value in numbers.items()}
            numbers[one] = numbers[other] = number
    return [replace(one, any_of=numbers[one.id]) if one.id in numbers else one for one in criteria]


def _levels(criteria: Sequence[Criterion]) -> list[list[Criterion]]:
    """Those that stand side by side and hold together."""
    levels: dict[str | None, list[Criterion]] = {}
    joins = {one.id: one.join for one in criteria}
    for one in criteria:
        if one.kind is Kind.INCLUSION and one.any_of is None and joins.get(one.parent or "") in (None, "all"):
            levels.setdefault(one.parent, []).append(one)
    return list(levels.values())


def _apart(level: list[Criterion]) -> list[tuple[str, str]]:
    """The pairs of which nobody can meet both, by one measure or another."""
    ranges: dict[str, list[tuple[str, Range]]] = {}
    for one in level:
        for attribute in {rule.attribute for rule in one.rules if _is_limit(rule)}:
            ranges.setdefault(attribute, []).append((one.id, _range(one, attribute)))
    return [
        (left, right)
        for found in ranges.values()
        if len(found) <= MOST
        for (left, one), (right, other) in combinations(found, 2)
        if one[0] <= one[1] and other[0] <= other[1] and max(one[0], other[0]) > min(one[1], other[1])
    ]


def _is_limit(rule: Rule) -> bool:
    return bool(rule.unit) and rule.any_of is None and not rule.applies_to and not rule.partial and rule.within is None


def _range(criterion: Criterion, attribute: str) -> Range:
    """From the highest lower limit to the lowest upper one; a limit that leaves its own value out moves by a hair."""
    rules = [rule for rule in criterion.rules if rule.attribute == attribute and _is_limit(rule)]
    low = [float(str(rule.value)) + (_HAIR if rule.op == ">" else 0) for rule in rules if rule.op[0] == ">"]
    high = [float(str(rule.value)) - (_HAIR if rule.op == "<" else 0) for rule in rules if rule.op[0] == "<"]
    return max(low, default=float("-inf")), min(high, default=float("inf"))
