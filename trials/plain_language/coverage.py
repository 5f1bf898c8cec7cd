"""Which of our diseases may join a study: read from its criteria, never from its title.

Somebody of whom only the diagnosis is known is held against every criterion, in three values: it admits the disease, it
keeps it out, or it cannot be told. What else a criterion asks stays open and decides nothing here.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from trials.criteria.diagnoses import wider_than
from trials.criteria.model import Criterion, Kind, Rule


class Coverage(StrEnum):
    IN = "in"  # a criterion names the disease, or a wider one, as one that may join
    OUT = "out"  # the criteria ask for other diseases, or keep this one out
    UNCLEAR = "unclear"


# In the order of the page: our condition → the diagnoses that somebody with it has, besides the wider ones.
DISEASES: dict[str, tuple[str, ...]] = {
    "sle": ("sle",),
    "lupus-nephritis": ("lupus-nephritis",),
    "systemic-sclerosis": ("systemic-sclerosis",),
    "ssc-ild": ("systemic-sclerosis", "ild"),
    "dermatomyositis": ("dermatomyositis",),
    "polymyositis": ("polymyositis",),
    "antisynthetase": ("antisynthetase",),
    "sjogren": ("sjogren",),
    "mctd": ("mctd",),
    "uctd": ("uctd",),
    "ra-ild": ("rheumatoid-arthritis", "ild"),
    "anca-vasculitis": ("anca-vasculitis",),
}
# Diagnoses that people have beside a connective tissue disease, or that have no name of their own in the contract.
_BESIDE = frozenset(
    {"ild", "progressive-pulmonary-fibrosis", "pulmonary-arterial-hypertension", "raynaud", "aps", "other"}
)
Value = bool | None  # met, not met, or None: not known
Children = dict[str | None, list[Criterion]]  # by the id of their parent


@dataclass(frozen=True, slots=True)
class _Person:
    """Somebody of whom only the diagnosis is known: as named, and with the wider ones that it implies."""

    names: frozenset[str]
    has: frozenset[str]


def coverage(criteria: Sequence[Criterion]) -> dict[str, Coverage]:
    """For each of `DISEASES` whether it may join; all are unclear where no criterion asks for a disease."""
    children: dict[str | None, list[Criterion]] = {}
    for criterion in criteria:
        children.setdefault(criterion.parent, []).append(criterion)
    inmost_first = _inmost_first(children)
    return {slug: _of(frozenset(names), children, inmost_first) for slug, names in DISEASES.items()}


def _inmost_first(children: Children) -> list[Criterion]:
    """All that hang together, each after what stands beneath it: a record may nest deeper than Python calls."""
    found = list(children.get(None, []))
    for criterion in found:
        found += children.get(criterion.id, [])
    return found[::-1]


def _of(names: frozenset[str], children: Children, inmost_first: Sequence[Criterion]) -> Coverage:
    person = _Person(names, names.union(*(wider_than(name) for name in names)))
    met: dict[str, Value] = {}
    named: dict[str, bool] = {}
    for criterion in inmost_first:
        beneath = children.get(criterion.id, [])
        met[criterion.id] = _met(criterion, person, beneath, met)
        named[criterion.id] = _asks_for(criterion, person) or any(named[child.id] for child in beneath)
    admitted = False
    for group in _alternatives(children.get(None, [])):
        values = [met[criterion.id] for criterion in group]
        if group[0].kind is Kind.EXCLUSION:
            if any(value is True for value in values):
                return Coverage.OUT
            continue
        value = _any(values)
        if value is False:
            return Coverage.OUT
        admitted = admitted or value is True or any(named[criterion.id] for criterion in group)
    return Coverage.IN if admitted else Coverage.UNCLEAR


def _alternatives(criteria: Iterable[Criterion]) -> list[list[Criterion]]:
    """Criteria of one level; those that are alternatives of each other together."""
    groups: dict[object, list[Criterion]] = {}
    for criterion in criteria:
        key = (criterion.kind, criterion.any_of) if criterion.any_of is not None else criterion.id
        groups.setdefault(key, []).append(criterion)
    return list(groups.values())


def _met(criterion: Criterion, person: _Person, beneath: Sequence[Criterion], met: Mapping[str, Value]) -> Value:
    own = _rules([_rule(rule, person) for rule in criterion.rules], criterion.rules)
    below = [_any([met[child.id] for child in group]) for group in _alternatives(beneath)]
    if not below:
        return own
    joined = _joined(criterion.join, below, criterion.kind)
    return joined if not criterion.rules else _all([own, joined])


def _joined(join: object, values: Sequence[Value], kind: Kind) -> Value:
    if join == "any" or (join is None and kind is Kind.EXCLUSION):
        return _any(values)
    if isinstance(join, int):
        met, possible = sum(value is True for value in values), sum(value is not False for value in values)
        return True if met >= join else False if possible < join else None
    return _all(values) if join == "all" else None


def _rules(values: Sequence[Value], rules: Sequence[Rule]) -> Value:
    if not rules:
        return None
    groups: dict[object, list[Value]] = {}
    for place, (value, rule) in enumerate(zip(values, rules, strict=True)):
        groups.setdefault(("or", rule.any_of) if rule.any_of is not None else place, []).append(value)
    return _all([_any(group) for group in groups.values()])


def _rule(rule: Rule, person: _Person) -> Value:
    """Met, not met or not known, of somebody of whom only the diagnosis is known."""
    if rule.attribute != "diagnosis" or not isinstance(rule.value, tuple):
        return None
    named = set(rule.value)
    if named & person.has:
        value: Value = True
    elif named & _BESIDE or any(person.names & wider_than(name) for name in named):
        value = None  # a narrower disease, one that comes with theirs, or one without a name here: they may have it
    else:
        value = False
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
