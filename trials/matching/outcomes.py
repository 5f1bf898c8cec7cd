"""What a person's answers make of a criterion and of all that stands beneath it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from trials.criteria.model import Kind, Rule
from trials.matching.answers import Answers
from trials.matching.facts import concerns, finding
from trials.matching.findings import (
    LEFT,
    OPEN,
    Finding,
    agreed_found,
    all_found,
    any_found,
    as_far_as,
    at_least_found,
    found,
    settled,
)  # fmt: skip
from trials.matching.tree import Node

NOTHING: frozenset[str] = frozenset()
Joined = Callable[[Sequence[Finding]], Finding]
Still = Callable[[Rule], Finding]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is known of a criterion, or of several that are alternatives.

    `held`: whether it holds; what cannot be checked in it stays unknown. `checked`: whether what can be checked in it
    holds; None where nothing can. `open`: the attributes that it still asks for.
    """

    kind: Kind
    held: Finding
    checked: Finding | None
    open: frozenset[str] = NOTHING

    @property
    def keeps_out(self) -> bool:
        return self.held.value is (self.kind is Kind.EXCLUSION)

    @property
    def may_keep_out(self) -> bool:
        return (self.kind is Kind.EXCLUSION) in self.held.may

    @property
    def lets_in(self) -> bool:
        """Whether nothing that can be checked stands against the person."""
        return self.checked is None or self.checked.value is (self.kind is Kind.INCLUSION)

    @property
    def may_let_in(self) -> bool:
        return self.checked is None or (self.kind is Kind.INCLUSION) in self.checked.may


OfRules = Callable[[Sequence[Rule], Kind], Outcome]


def outcome_of(alternatives: Sequence[Node], answers: Answers, still: Still | None = None) -> Outcome:
    """Of the top level: one criterion, or several of which one has to do.

    `still` says of a rule that is not settled what answers that may come can make of it; by default anything.
    """
    return outcome_by(alternatives, lambda group, kind: outcome_of_rules(group, kind, answers, still))


def outcome_by(alternatives: Sequence[Node], of_rules: OfRules) -> Outcome:
    """The same, by what is known of each rule, or of several that are alternatives."""
    if len(alternatives) == 1:
        return _outcome(alternatives[0], of_rules)
    outcomes = [_outcome(node, of_rules) for node in alternatives]
    kind = alternatives[0].kind
    # The exclusions of cohorts: each person is in one of them, and we do not know in which.
    cohorts = kind is Kind.EXCLUSION and any(node.children for node in alternatives)
    return _joined(kind, outcomes, agreed_found if cohorts else any_found)


def _outcome(node: Node, of_rules: OfRules) -> Outcome:
    own = [of_rules(group, node.kind) for group in node.rules]
    if not node.children:
        return _joined(node.kind, own, all_found)
    beneath = [_joined(node.kind, [_outcome(child, of_rules) for child in group], any_found) for group in node.children]
    children = _joined(node.kind, beneath, _join_of(node))
    # "Infections, such as": whether what stands beneath is an example or one more condition, the text does not tell.
    both = all_found if node.kind is Kind.INCLUSION else agreed_found
    return _joined(node.kind, [*own, children], both) if own else children


def _join_of(node: Node) -> Joined:
    if node.join == "all":
        return all_found
    if node.join == "any":
        return any_found
    if isinstance(node.join, int) and node.join <= len(node.children):  # "five of two" can only be a misreading
        least = node.join
        return lambda several: at_least_found(least, several)
    return agreed_found


def _joined(kind: Kind, several: Sequence[Outcome], join: Joined) -> Outcome:
    if not several:
        return Outcome(kind, LEFT, None)
    if len(several) == 1:
        return several[0]
    held = join([one.held for one in several])
    checked: Finding | None = held
    if any(one.checked is not one.held for one in several):
        checkable = [one.checked for one in several if one.checked is not None]
        checked = join(checkable) if checkable else None
    return Outcome(kind, held, checked, NOTHING if held.value is not None else _all_open(several))


def _all_open(several: Sequence[Outcome]) -> frozenset[str]:
    return NOTHING.union(*[one.open for one in several])


def outcome_of_rules(group: Sequence[Rule], kind: Kind, answers: Answers, still: Still | None = None) -> Outcome:
    """One rule, or several that are alternatives."""
    if len(group) == 1 and not group[0].applies_to:
        one = finding(group[0], kind, answers)
        if still and one.value is None:
            one = as_far_as(one, still(group[0]))
        return Outcome(kind, one, one, frozenset({group[0].attribute}) if one.is_open else NOTHING)
    found_here = list(_findings(group, kind, answers, still))
    one = any_found([known for _rule, known in found_here]) if found_here else settled(kind is Kind.INCLUSION)
    if one.value is not None:
        return Outcome(kind, one, one)
    return Outcome(kind, one, one, frozenset(rule.attribute for rule, known in found_here if known.is_open))


def _findings(
    group: Sequence[Rule], kind: Kind, answers: Answers, still: Still | None = None
) -> Iterator[tuple[Rule, Finding]]:
    """What is known of each rule that concerns the person; one for a disease that they have not asks nothing."""
    for rule in group:
        concerned = concerns(rule, answers)
        if concerned is False:
            continue
        one = finding(rule, kind, answers)
        if still and one.value is None:
            one = as_far_as(one, still(rule))
        if concerned is None:
            concern = still(_disease(rule)) if still else OPEN
            one = _if_concerned(one, concern, aside=kind is Kind.INCLUSION and len(group) == 1)
        yield rule, one


def _if_concerned(one: Finding, concern: Finding, *, aside: bool) -> Finding:
    """A rule of which it is not known whether it concerns the person; if it does not, it counts as `aside`.

    Alone it would be nothing against them then; beside others it would fall away.
    """
    may = {value: value in one.may and (value is aside or True in concern.may) for value in (True, False)}
    may[aside] |= False in concern.may
    return found(one.value if one.value is aside else None, true=may[True], false=may[False])


def _disease(rule: Rule) -> Rule:
    return Rule("diagnosis", "in", rule.applies_to)


def rules_that(node: Node, hold: bool, answers: Answers) -> Iterator[tuple[Node, Rule]]:
    """The rules for which a criterion holds, or does not, each with the criterion that it stands in."""

    def of_rules(group: Sequence[Rule], kind: Kind) -> Outcome:
        return outcome_of_rules(group, kind, answers)

    for group in node.rules:
        if of_rules(group, node.kind).held.value is hold:
            yield from ((node, rule) for rule, known in _findings(group, node.kind, answers) if known.value is hold)
    for alternatives in node.children:
        for child in alternatives:
            outcome = _outcome(child, of_rules)
            if hold in (outcome.held.value, outcome.checked.value if outcome.checked else None):
                yield from rules_that(child, hold, answers)
