"""The verdict on one study: what a person's answers make of all its criteria together, and why."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from trials import vocab as v
from trials.criteria.model import Criterion, Kind, Rule
from trials.matching.answers import Answers
from trials.matching.outcomes import outcome_of, rules_that
from trials.matching.tree import Groups, Node, tree_of
from trials.records import Eligibility


@dataclass(frozen=True, slots=True)
class Reason:
    """A criterion that decided, the attribute of the answer that did, and the first of its rules on that. Those of
    the record's fields bear their names: `minimumAge`, `maximumAge`, `sex`.

    `top` is the criterion of the top level in which it stands, the first of several alternatives. `alone`: the rule
    decides by itself; else it does together with others, and is no demand of its own.
    """

    criterion: str
    kind: Kind
    attribute: str
    rule: Rule = field(compare=False)
    top: str = field(compare=False, default="")
    alone: bool = field(compare=False, default=True)

    def as_json(self, verdict: v.Verdict) -> dict[str, Any]:
        met = (self.kind is Kind.INCLUSION) is (verdict is v.Verdict.MAY_FIT)
        return {"criterion": self.criterion, "verdict": "MET" if met else "NOT_MET", "attribute": self.attribute}


@dataclass(frozen=True, slots=True)
class Match:
    """`open`: the attributes whose answers could still change the verdict."""

    verdict: v.Verdict
    reasons: tuple[Reason, ...] = ()
    open: frozenset[str] = frozenset()

    def as_json(self) -> dict[str, Any]:
        reasons = [reason.as_json(self.verdict) for reason in self.reasons]
        return {"verdict": self.verdict.value, "reasons": reasons, "open": sorted(self.open)}


def compiled(criteria: Iterable[Criterion], limits: Eligibility) -> Groups[Node]:
    """All that a study asks: its fields' own limits of age and sex, and its criteria."""
    return (*((node,) for node in _limits(limits)), *tree_of(criteria))


def _limits(limits: Eligibility) -> Iterator[Node]:
    if limits.minimum_age_years is not None:
        yield _needs("minimumAge", Rule("age", ">=", limits.minimum_age_years, "years"))
    if limits.below_age_years is not None:
        yield _needs("maximumAge", Rule("age", "<", limits.below_age_years, "years"))
    if limits.sex in (v.Sex.FEMALE, v.Sex.MALE):
        yield _needs("sex", Rule("sex", "in", (limits.sex.value.lower(),)))


def _needs(name: str, rule: Rule) -> Node:
    return Node(name, Kind.INCLUSION, ((rule,),))


def match(study: Groups[Node], answers: Answers) -> Match:
    outcomes = [outcome_of(group, answers) for group in study]
    against = [place for place, one in enumerate(outcomes) if one.keeps_out]
    if against:
        return Match(v.Verdict.DOES_NOT_FIT, tuple(_reasons((study[place] for place in against), answers, fits=False)))
    if all(one.lets_in for one in outcomes):
        return Match(v.Verdict.MAY_FIT, tuple(_reasons(study, answers, fits=True)))
    may_fit = all(one.may_let_in for one in outcomes)
    still = (one.open for one in outcomes if not one.lets_in and (may_fit or one.may_keep_out))
    return Match(v.Verdict.UNKNOWN, open=frozenset().union(*still))


def _reasons(groups: Iterable[tuple[Node, ...]], answers: Answers, *, fits: bool) -> Iterator[Reason]:
    """Each criterion once with each attribute that decided, in reading order."""
    reasons = (
        Reason(carrier.id, carrier.kind, rule.attribute, rule, group[0].id, alone)
        for group in groups
        for alone in (_each_decides(group),)
        for node in group
        for carrier, rule in rules_that(node, (node.kind is Kind.INCLUSION) is fits, answers)
    )
    yield from dict.fromkeys(reasons)


def _each_decides(group: Sequence[Node]) -> bool:
    """Whether every rule in it is enough to keep somebody out by itself."""
    if group[0].kind is Kind.EXCLUSION:
        return all(_each_excludes(node) for node in group)
    return len(group) == 1 and _each_is_needed(group[0])


def _each_is_needed(node: Node) -> bool:
    children = [child for group in node.children for child in group]
    joined = node.join == "all" or len(children) < 2
    return (
        joined and all(len(one) == 1 for one in (*node.rules, *node.children)) and all(map(_each_is_needed, children))
    )


def _each_excludes(node: Node) -> bool:
    children = [child for group in node.children for child in group]
    if node.rules and children:
        return False
    if node.children and node.join != "any" and len(children) > 1:
        return False
    return len(node.rules) < 2 and all(map(_each_excludes, children))
