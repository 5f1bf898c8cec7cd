"""What a person's answers make of a criterion and of all that stands beneath it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from trials.criteria.model import Kind, Rule
from trials.matching.answers import Answers
from trials.matching.facts import concerns, finding
from trials.matching.findings import (
    LEFT,
    Finding,
    agreed_found,
    all_found,
    any_found,
    at_least_found,
    found,
    settled,
)  # fmt: skip
from trials.matching.tree import Node

NOTHING: frozenset[str] = frozenset()
Joined = Callable[[Sequence[Finding]], Finding]


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


def outcome_of(alternatives: Sequence[Node], answers: Answers) -> Outcome:
    """Of the top level: one criterion, or several of which one has to do."""
    outcomes = [_outcome(node, answers) for node in alternatives]
    kind = alternatives[0].kind
    # The exclusions of cohorts: each person is in one of them, and we do not know in which.
    cohorts = kind is Kind.EXCLUSION and any(node.children for node in alternatives)
    return _joined(kind, outcomes, agreed_found if cohorts else any_found)


def _outcome(node: Node, answers: Answers) -> Outcome:
    own = [_of_rules(group, node.kind, answers) for group in node.rules]
    if not node.children:
        return _joined(node.kind, own, all_found)
    beneath = [_joined(node.kind, [_outcome(child, answers) for child in group], any_found) for group in node.children]
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
    checkable = [one.checked for one in several if one.checked is not None]
    left = held.value is None
    return Outcome(
        kind,
        held,
        join(checkable) if checkable else None,
        NOTHING.union(*(one.open for one in several)) if left else NOTHING,
    )


def _of_rules(group: Sequence[Rule], kind: Kind, answers: Answers) -> Outcome:
    """One rule, or several that are alternatives."""
    found_here = list(_findings(group, kind, answers))
    one = any_found([known for _rule, known in found_here]) if found_here else settled(kind is Kind.INCLUSION)
    if one.value is not None:
        return Outcome(kind, one, one)
    return Outcome(kind, one, one, frozenset(rule.attribute for rule, known in found_here if known.is_open))


def _findings(group: Sequence[Rule], kind: Kind, answers: Answers) -> Iterator[tuple[Rule, Finding]]:
    """What is known of each rule that concerns the person; one for a disease that they have not asks nothing."""
    for rule in group:
        concerned = concerns(rule, answers)
        if concerned is False:
            continue
        one = finding(rule, kind, answers)
        if concerned is None:
            # Alone it would be nothing against them if it does not concern them; beside others it would fall away.
            aside = kind is Kind.INCLUSION and len(group) == 1
            one = found(one.value if one.value is aside else None, true=True in one.may or aside,
                        false=False in one.may or not aside)  # fmt: skip
        yield rule, one


def rules_that(node: Node, hold: bool, answers: Answers) -> Iterator[tuple[Node, Rule]]:
    """The rules for which a criterion holds, or does not, each with the criterion that it stands in."""
    for group in node.rules:
        if _of_rules(group, node.kind, answers).held.value is hold:
            yield from ((node, rule) for rule, known in _findings(group, node.kind, answers) if known.value is hold)
    for alternatives in node.children:
        for child in alternatives:
            outcome = _outcome(child, answers)
            if hold in (outcome.held.value, outcome.checked.value if outcome.checked else None):
                yield from rules_that(child, hold, answers)
