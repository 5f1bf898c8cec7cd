"""Groups of criteria by what they ask. Those that ask one plain thing are judged once for every answer that matters.

A number, a yes or no, or the sex: the outcome changes at a few thresholds alone. So for each state that an answer can
be in, the studies that it keeps out, and those that it does not let in, are known before anybody answers.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from trials.criteria.attributes import NUMBERS, TREATMENTS, YES_NO
from trials.criteria.model import Rule
from trials.criteria.treatments import classes_with
from trials.matching.answers import Answers, Fact
from trials.matching.facts import MONTHS
from trials.matching.outcomes import Outcome, outcome_of
from trials.matching.tree import Node

Group = tuple[Node, ...]
Alike = dict[tuple[Rule, ...], tuple[Rule, ...]]
NOBODY = Answers()
SEXES = ("female", "male")
_PLAIN = frozenset(NUMBERS) | YES_NO | {"sex"}


@dataclass(frozen=True, slots=True)
class Cells:
    """What each state of an answer makes of the studies that ask the attribute alone in a group.

    A number is in a state below, at, between or above the `bounds`. A yes or no is "no", "yes" at a time not known, or
    "yes" so many months ago, again by the bounds; and the yeses once more for what may be over. `out` and `pending`
    hold for each state the studies that are kept out, and those not let in; the last one of each is for no answer.
    `may_keep_out` are those that some answer keeps out, `may_let_in` those of which some answer meets all that they
    ask of the attribute alone.
    """

    attribute: str
    bounds: tuple[float, ...]
    out: tuple[int, ...]
    pending: tuple[int, ...]
    may_keep_out: int
    may_let_in: int

    def state(self, answers: Answers) -> int:
        """-1 where there is no answer."""
        return _state(self.attribute, self.bounds, answers)


@dataclass(frozen=True, slots=True)
class Direct:
    """A group that asks several things, or diagnoses or treatments. `uses` are its rules on treatments, `treatments`
    all of which it matters to these whether they were taken.

    Rules that are alike are one object in all of them. `unasked` is the outcome for somebody who has answered nothing.
    """

    group: Group
    studies: int
    attributes: frozenset[str]
    uses: tuple[Rule, ...]
    treatments: frozenset[str]
    unasked: Outcome


def union(sets: Iterable[int]) -> int:
    found = 0
    for one in sets:
        found |= one
    return found


def indexed(asked: Mapping[Group, int]) -> tuple[tuple[Cells, ...], tuple[Direct, ...]]:
    """The groups with the studies that ask each; those that nothing can be asked of, let everybody in, are left out."""
    plain: dict[str, list[tuple[Group, int]]] = {}
    direct = []
    alike: Alike = {}
    for group, studies in asked.items():
        rules = list(rules_of(group))
        attributes = frozenset(one.attribute for one in rules)
        if len(attributes) == 1 and attributes <= _PLAIN:
            plain.setdefault(rules[0].attribute, []).append((group, studies))
        elif attributes:
            same = tuple(_shared(node, alike) for node in group)
            uses = tuple(dict.fromkeys(one for one in rules if one.attribute == "treatment"))
            direct.append(Direct(same, studies, attributes, uses, _touching(uses), outcome_of(same, NOBODY)))
    # Who has another disease is out of most studies, and what they ask beside it need not be judged then.
    direct.sort(key=lambda one: (one.attributes != {"diagnosis"}, "diagnosis" not in one.attributes))
    return tuple(_cells(attribute, groups) for attribute, groups in sorted(plain.items())), tuple(direct)


def _shared(node: Node, alike: Alike) -> Node:
    """The same criterion, its rules the very objects that all others with such rules have."""
    rules = tuple(alike.setdefault(group, group) for group in node.rules)
    children = tuple(tuple(_shared(child, alike) for child in group) for group in node.children)
    return replace(node, rules=rules, children=children)


def rules_of(group: Sequence[Node]) -> Iterator[Rule]:
    """All rules in it; for one that is for some diseases alone, also what that asks."""
    for node in group:
        for rule in (rule for alternatives in node.rules for rule in alternatives):
            yield rule
            if rule.applies_to:
                yield Rule("diagnosis", "in", rule.applies_to)
        for children in node.children:
            yield from rules_of(children)


def _touching(rules: Iterable[Rule]) -> frozenset[str]:
    """The treatments that the rules name, their kinds, and the classes that they belong to."""
    named = {slug for rule in rules for slug in choices(rule)}
    kinds = {one for one in TREATMENTS if not named.isdisjoint(classes_with(one))}
    return frozenset(named.union(kinds, *map(classes_with, named)))


def choices(rule: Rule) -> tuple[str, ...]:
    return rule.value if isinstance(rule.value, tuple) else (str(rule.value),)


def _cells(attribute: str, groups: Sequence[tuple[Group, int]]) -> Cells:
    own = [_bounds(attribute, rules_of(group)) for group, _studies in groups]
    bounds = tuple(sorted(set().union(*own)))
    states = _states(attribute, bounds)
    out: list[tuple[int, int, int]] = []
    pending: list[tuple[int, int, int]] = []
    for (group, studies), its_bounds in zip(groups, own, strict=True):
        for first, end, answers in _stretches(attribute, its_bounds, bounds):
            outcome = outcome_of(group, answers)
            if outcome.keeps_out:
                out.append((first, end, studies))
            elif not outcome.lets_in:
                pending.append((first, end, studies))
    kept_out, not_let_in = spread(states + 1, out), spread(states + 1, pending)
    asked = union(studies for _group, studies in groups)
    let_in = union(asked & ~kept & ~left for kept, left in zip(kept_out[:-1], not_let_in[:-1], strict=True))
    return Cells(attribute, bounds, tuple(kept_out), tuple(not_let_in), union(kept_out), let_in)


def _bounds(attribute: str, rules: Iterable[Rule]) -> tuple[float, ...]:
    """Where the outcome of the rules may change."""
    found: set[float] = set()
    for rule in rules:
        if attribute in NUMBERS and not isinstance(rule.value, tuple):
            found.add(float(rule.value))
            if attribute == "age":
                found.add(float(rule.value) + 1)  # people are 75 until their 76th birthday
        elif rule.within and attribute != "sex":
            found.add(rule.within.amount * MONTHS.get(rule.within.unit, 0))
    return tuple(sorted(found))


def _stretches(attribute: str, own: tuple[float, ...], bounds: tuple[float, ...]) -> Iterator[tuple[int, int, Answers]]:
    """For each state by a group's own bounds: the states by all bounds that it is made of, and an answer in it."""
    if attribute == "sex":
        yield from ((state, state + 1, Answers(sex=sex)) for state, sex in enumerate(SEXES))
    elif attribute in NUMBERS:
        for first, end, number in _measured(own, bounds, 0):
            yield first, end, Answers(numbers={attribute: number})
    else:
        yield 0, 1, _said(attribute, Fact(False))
        for over in (False, True):
            start = _yes(bounds, over=over)
            yield start, start + 1, _said(attribute, Fact(True, over=over))
            for first, end, number in _measured(own, bounds, start + 1):
                yield first, end, _said(attribute, Fact(True, number, over))
    yield _states(attribute, bounds), _states(attribute, bounds) + 1, NOBODY


def _measured(own: Sequence[float], bounds: Sequence[float], start: int) -> Iterator[tuple[int, int, float]]:
    """The stretches of a number whose lowest state is `start`, and a number in each."""
    first = start
    for number, bound in enumerate(own):
        place = start + 2 * bisect_left(bounds, bound) + 1
        yield first, place, _between(own, number)
        yield place, place + 1, bound
        first = place + 1
    yield first, start + 2 * len(bounds) + 1, _between(own, len(own))


def _said(attribute: str, fact: Fact) -> Answers:
    return Answers(facts={attribute: fact})


def _yes(bounds: Sequence[float], *, over: bool) -> int:
    """The state of a "yes" without a time; those with one follow."""
    return 1 + over * (2 * len(bounds) + 2)


def _states(attribute: str, bounds: Sequence[float]) -> int:
    if attribute == "sex":
        return len(SEXES)
    return 2 * len(bounds) + 1 if attribute in NUMBERS else 1 + 2 * (2 * len(bounds) + 2)


def _between(bounds: Sequence[float], place: int) -> float:
    """A number below the bound at this place, and above the one before."""
    if not bounds:
        return 1.0
    if place == 0:
        return bounds[0] - 1
    return bounds[-1] + 1 if place == len(bounds) else (bounds[place - 1] + bounds[place]) / 2


def _state(attribute: str, bounds: Sequence[float], answers: Answers) -> int:
    if attribute == "sex":
        return SEXES.index(answers.sex) if answers.sex else -1
    if attribute in NUMBERS:
        number = answers.numbers.get(attribute)
        return -1 if number is None else _place(number, bounds)
    fact = answers.facts.get(attribute)
    if fact is None:
        return -1
    if not fact.value:
        return 0
    start = _yes(bounds, over=fact.over)
    return start if fact.months_ago is None else start + 1 + _place(fact.months_ago, bounds)


def _place(number: float, bounds: Sequence[float]) -> int:
    place = bisect_left(bounds, number)
    return 2 * place + (place < len(bounds) and bounds[place] == number)


def spread(places: int, stretches: Iterable[tuple[int, int, int]]) -> list[int]:
    """For each place the union of the sets whose stretch, from its first place up to its end, covers it."""
    tree = [0] * (2 * places)
    for first, end, studies in stretches:
        low, high = first + places, end + places
        while low < high:
            if low & 1:
                tree[low] |= studies
                low += 1
            if high & 1:
                high -= 1
                tree[high] |= studies
            low, high = low >> 1, high >> 1
    for node in range(2, 2 * places):
        tree[node] |= tree[node >> 1]
    return tree[places:]
