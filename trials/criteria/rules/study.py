"""The rules of all criteria of one study: each is read by itself, then what only the whole study can tell is
settled."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from trials.criteria.model import Criterion, Kind, Study
from trials.criteria.rules.compose import rules_from
from trials.criteria.rules.facts import Fact
from trials.criteria.rules.hierarchy import hierarchy
from trials.criteria.rules.reader import Read, Reader
from trials.criteria.rules.studied import own_diagnoses
from trials.criteria.rules.ways import with_ways


def with_rules(criteria: Sequence[Criterion], study: Study) -> list[Criterion]:
    """Every criterion with the rules that its words state. Order and number stay the same."""
    reader = Reader(criteria, study)
    own = own_diagnoses(study, reader.context)
    first = reader.read(own)
    wider = own.with_slugs(_asked_of_all(first))
    return _settled_over(reader, first if wider == own else reader.read(wider))


def _asked_of_all(read_ones: list[Read]) -> set[str]:
    return {slug for one, _, facts in read_ones if one.kind is Kind.INCLUSION for slug in _asked(facts)}


def _settled_over(reader: Reader, read_ones: list[Read]) -> list[Criterion]:
    """Drops what another criterion of the study already says."""
    asked = _asked_of_all(read_ones)
    above = {one.id: set(_asked(facts)) for one, _, facts in read_ones}
    kept = []
    for one, scene, facts in read_ones:
        said = {slug for parent in reader.ancestors(one) for slug in above[parent.id]}
        facts = [fact for fact in facts if not (_is_said_elsewhere(fact, asked) or _is_said_above(fact, said))]
        kept.append(replace(one, rules=rules_from(scene, facts) if scene else ()))
    return with_ways(_each_for_its_own(kept))


def _each_for_its_own(criteria: list[Criterion]) -> list[Criterion]:
    """What stands under one criterion for people of one disease each holds together: everybody has to meet theirs."""
    beneath: dict[str, list[frozenset[str]]] = {}
    for one in criteria:
        if one.parent is not None:
            beneath.setdefault(one.parent, []).append(_people_of(one))
    apart = {
        parent
        for parent, groups in beneath.items()
        if len(groups) > 1 and all(groups) and len(frozenset().union(*groups)) == sum(map(len, groups))
    }
    return [replace(one, join="all") if one.id in apart and one.kind is Kind.INCLUSION else one for one in criteria]


def _people_of(criterion: Criterion) -> frozenset[str]:
    """The diseases for which alone all its rules hold."""
    if not criterion.rules or not all(rule.applies_to for rule in criterion.rules):
        return frozenset()
    return frozenset(slug for rule in criterion.rules for slug in rule.applies_to)


def _asked(facts: list[Fact]) -> Iterator[str]:
    """The diagnoses that a criterion asks for, with the wider ones that follow from them."""
    for fact in facts:
        if fact.attribute == "diagnosis" and fact.op == "in" and not fact.mere and isinstance(fact.value, tuple):
            for slug in fact.value:
                yield slug
                yield from hierarchy().get(slug, ())


def _is_said_elsewhere(fact: Fact, asked: set[str]) -> bool:
    return fact.mere and isinstance(fact.value, tuple) and asked.issuperset(fact.value)


def _is_said_above(fact: Fact, said: set[str]) -> bool:
    """A child that repeats the disease of the criterion it stands under asks for nothing more."""
    return (
        fact.attribute == "diagnosis"
        and fact.op == "in"
        and isinstance(fact.value, tuple)
        and said.issuperset(fact.value)
    )
