"""Which diseases the criteria of a study admit: read from the criteria alone, never from the title.

Somebody of whom only the diagnosis is known is held against every criterion, in three values: it admits the disease, it
keeps it out, or it cannot be told. What else a criterion asks stays open and decides nothing here.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from trials.conditions import ancestors, family
from trials.criteria.diagnoses import diagnoses, wider_than
from trials.criteria.model import Criterion, Kind, Rule


class Admission(StrEnum):
    IN = "in"  # a criterion names the disease, or a wider one, as one that may join
    NOT_LISTED = "not listed"  # the criteria ask for other diseases
    EXCLUDED = "excluded"  # an exclusion names it
    UNCLEAR = "unclear"


# Our conditions that are two diagnoses at once, or that have no name of their own in the criteria contract.
_TOGETHER: dict[str, tuple[str, ...]] = {
    "ssc-ild": ("systemic-sclerosis", "ild"),
    "myositis-ild": ("myositis", "ild"),
    "ra-ild": ("rheumatoid-arthritis", "ild"),
    "ctd-ild": ("ctd", "ild"),
}
# What a criterion may mean by a shorter word ("lupus" of the skin), or what somebody may have as a part of theirs.
_MAY_BE: dict[str, tuple[str, ...]] = {
    "cutaneous-lupus": ("sle",),
    "drug-induced-lupus": ("sle",),
    "neonatal-lupus": ("sle",),
    "scleroderma-localized": ("systemic-sclerosis",),
    "overlap-syndrome": tuple(family("ctd")),
    "ra-ild": ("ctd",),  # lung doctors count it among connective tissue diseases
}
# Diagnoses that people have beside a connective tissue disease, or that have no name of their own in the contract.
BESIDE = frozenset(
    {"ild", "progressive-pulmonary-fibrosis", "pulmonary-arterial-hypertension", "raynaud", "aps", "other"}
)
# Words after which the diseases are examples, or after which others follow: "autoimmune diseases such as lupus".
_GROUP = r"(?:diseases?|disorders?|conditions?|syndromes?|CTDs?|vasculitis|vasculitides|myopath\w+|rheumatism)"
_OPEN_LIST = re.compile(
    rf"\b{_GROUP}\b[^.;]{{0,40}}(?:\bsuch as\b|\be\.?\s?g\b|\bincluding\b|\bfor example\b|\blike\b)"
    rf"|\b(?:or|and|any)\s+(?:any\s+)?others?\b[^.;:]{{0,40}}\b{_GROUP}|\bnot limited to\b|\betc\b",
    re.IGNORECASE,
)
Value = bool | None  # met, not met, or None: not known
Children = dict[str | None, list[Criterion]]  # by the id of their parent


@dataclass(frozen=True, slots=True)
class _Person:
    """Somebody of whom only the diagnosis is known: as `named`, with the wider ones (`has`) and those that they
    `may` have.
    """

    named: frozenset[str]
    has: frozenset[str]
    may: frozenset[str]


@cache
def _person(slug: str) -> _Person:
    named = frozenset(_TOGETHER.get(slug, (slug,) if slug in diagnoses() else ()))
    has = named.union(*(wider_than(name) for name in named))
    narrower = {name for name in diagnoses() if named & wider_than(name)}
    near = family(slug) | ancestors(slug) | set(_MAY_BE.get(slug, ()))
    return _Person(named, has, frozenset(narrower | near | BESIDE) - has)


class Admitted:
    """What the criteria of one study say of diseases. Without criteria, and where none asks for a disease, nothing.

    `named` are the diagnoses of the contract that inclusions ask for, in reading order, each with the id of the
    criterion that names it first.
    """

    def __init__(self, criteria: Sequence[Criterion] = ()) -> None:
        self._children: Children = {}
        for criterion in criteria:
            self._children.setdefault(criterion.parent, []).append(criterion)
        self._inmost_first = _inmost_first(self._children)
        self._known: dict[str, Admission] = {}
        self.named: dict[str, str] = {}
        self._silent = True  # no criterion speaks of a diagnosis
        for criterion in self._inmost_first[::-1]:
            for rule in criterion.rules:
                if rule.attribute == "diagnosis" and isinstance(rule.value, tuple):
                    self._silent = False
                    if criterion.kind is Kind.INCLUSION and rule.op == "in":
                        for name in rule.value:
                            self.named.setdefault(name, criterion.id)

    def of(self, slug: str) -> Admission:
        """What they say of a condition of our list. Raises KeyError when we have no such condition."""
        if slug not in self._known:
            person = _person(slug)
            self._known[slug] = Admission.UNCLEAR if self._silent else self._held_against(person)
        return self._known[slug]

    def _held_against(self, person: _Person) -> Admission:
        met: dict[str, Value] = {}
        asked: dict[str, bool] = {}
        for criterion in self._inmost_first:
            beneath = self._children.get(criterion.id, [])
            met[criterion.id] = _met(criterion, person, beneath, met, self.named.keys())
            asked[criterion.id] = _asks_for(criterion, person) or any(asked[child.id] for child in beneath)
        admitted = listed = kept_out = False
        for group in _alternatives(self._children.get(None, [])):
            values = [met[criterion.id] for criterion in group]
            if group[0].kind is Kind.EXCLUSION:
                kept_out = kept_out or any(value is True for value in values)
                continue
            value = _any(values)
            refused = value is False and any(_refuses(criterion, person) for criterion in group)
            kept_out, listed = kept_out or refused, listed or value is False
            admitted = admitted or value is True or any(asked[criterion.id] for criterion in group)
        if kept_out:
            return Admission.EXCLUDED
        return Admission.NOT_LISTED if listed else Admission.IN if admitted else Admission.UNCLEAR


def _inmost_first(children: Children) -> list[Criterion]:
    """All that hang together, each after what stands beneath it: a record may nest deeper than Python calls."""
    found = list(children.get(None, []))
    for criterion in found:
        found += children.get(criterion.id, [])
    return found[::-1]


def _alternatives(criteria: Iterable[Criterion]) -> list[list[Criterion]]:
    """Criteria of one level; those that are alternatives of each other together."""
    groups: dict[object, list[Criterion]] = {}
    for criterion in criteria:
        key = (criterion.kind, criterion.any_of) if criterion.any_of is not None else criterion.id
        groups.setdefault(key, []).append(criterion)
    return list(groups.values())


def _met(
    criterion: Criterion,
    person: _Person,
    beneath: Sequence[Criterion],
    met: Mapping[str, Value],
    asked: Collection[str],
) -> Value:
    """`met` holds what is known of those beneath; `asked` are the diagnoses that inclusions ask for."""
    value = _rules([_rule(rule, person, criterion.kind, asked) for rule in criterion.rules], criterion.rules)
    below = [_any([met[child.id] for child in group]) for group in _alternatives(beneath)]
    if below:
        joined = _joined(criterion.join, below, criterion.kind)
        value = joined if not criterion.rules else _all([value, joined])
    if value is False and criterion.kind is Kind.INCLUSION and _OPEN_LIST.search(criterion.text):
        return None
    return value


def _joined(join: object, values: Sequence[Value], kind: Kind) -> Value:
    if join == "any" or (join is None and kind is Kind.EXCLUSION):
        return _any(values)
    if isinstance(join, int):
        met, possible = sum(value is True for value in values), sum(value is not False for value in values)
        return True if met >= join else False if possible < join else None
    # Where the text does not say how they combine, none of them being met is a no either way.
    return _all(values) if join == "all" or (True not in values and None not in values) else None


def _rules(values: Sequence[Value], rules: Sequence[Rule]) -> Value:
    if not rules:
        return None
    groups: dict[object, list[Value]] = {}
    for place, (value, rule) in enumerate(zip(values, rules, strict=True)):
        groups.setdefault(("or", rule.any_of) if rule.any_of is not None else place, []).append(value)
    return _all([_any(group) for group in groups.values()])


def _rule(rule: Rule, person: _Person, kind: Kind, asked: Collection[str]) -> Value:
    """Met, not met or not known, of somebody of whom only the diagnosis is known.

    What inclusions ask for and others refuse is refused of some group of people, or in some form: not known.
    """
    if rule.attribute != "diagnosis" or not isinstance(rule.value, tuple):
        return None
    theirs = person.has.intersection(rule.value)
    if theirs:
        refused = (kind is Kind.EXCLUSION) == (rule.op == "in")
        value: Value = None if refused and theirs <= set(asked) else True
    else:
        value = False if person.may.isdisjoint(rule.value) else None
    if rule.op == "not in":
        value = None if value is None else not value
    return value if not rule.partial or value is False else None


def _asks_for(criterion: Criterion, person: _Person) -> bool:
    """Whether it asks for a disease that they have, whatever else it asks."""
    return any(
        rule.attribute == "diagnosis"
        and rule.op == "in"
        and isinstance(rule.value, tuple)
        and not person.has.isdisjoint(rule.value)
        for rule in criterion.rules
    )


def _refuses(criterion: Criterion, person: _Person) -> bool:
    """Whether an inclusion is an exclusion in other words ("no lupus")."""
    return any(
        rule.attribute == "diagnosis"
        and rule.op == "not in"
        and isinstance(rule.value, tuple)
        and not person.has.isdisjoint(rule.value)
        for rule in criterion.rules
    )


def _all(values: Iterable[Value]) -> Value:
    values = list(values)
    return (
        False if any(value is False for value in values) else True if all(value is True for value in values) else None
    )


def _any(values: Iterable[Value]) -> Value:
    values = list(values)
    return (
        True if any(value is True for value in values) else False if all(value is False for value in values) else None
    )
