"""Entries as people make them, drawn at random; numbers and times often at a threshold of the studies at hand."""

from collections import defaultdict

from trials.criteria.attributes import NUMBERS
from trials.matching import facts
from trials.matching.index import rules_of
from trials.questions.model import Kind
from trials.questions.unticked import offered


def thresholds(groups):
    found = defaultdict(set)
    for rule in (rule for group in groups for rule in rules_of(group)):
        if rule.attribute in NUMBERS:
            found[rule.attribute].add(rule.value)
        elif rule.within:
            found[rule.attribute].add(rule.within.amount * facts.MONTHS.get(rule.within.unit, 1))
    return found


def entry(question, rng, found, named=(), known=1.0):
    return {
        field.attribute: given
        for field in question.fields
        if rng.random() < known and (given := _GIVEN[field.kind](field, rng, found.get(field.attribute, ()), named))
    }


def _number(field, rng, limits, _named):
    unit = field.units[0]
    near = [limit + step for limit in limits for step in (-1, -0.1, 0, 0.1, 1)]
    number = rng.choice(near) if near and rng.random() < 0.9 else rng.uniform(field.lowest, field.highest)
    return {"n": max(field.lowest, number) / unit.factor, "u": unit.slug}


def _ago(rng, limits):
    if rng.random() < 0.1:
        return {}
    near = [max(0, limit + step) for limit in limits for step in (-0.1, 0, 0.1)]
    return {"n": rng.choice([*near, 0, 1, 12, 120]), "u": "months"}


def _yes_no(field, rng, limits, _named):
    if rng.random() < 0.5:
        return {"v": "no"}
    return {"v": "yes", **(_ago(rng, limits) if field.asks_when else {})}


def _sex(_field, rng, _limits, _named):
    return {"v": rng.choice(["female", "male"])}


def _some(slugs, rng):
    return [slug for slug in slugs if rng.random() < rng.choice([0, 0.1, 0.5])]


def _conditions(field, rng, _limits, _named):
    return {"c": rng.sample([one.slug for one in field.choices], rng.choice([1, 1, 2]))}


def _kinds(field, rng, _limits, named):
    return {"c": _some([one.slug for one in offered(field, named)], rng), "all": rng.random() < 0.8}


def _treatments(field, rng, limits, _named):
    ticked = _some([one.slug for one in field.choices], rng)
    uses = {slug: rng.choice([{"w": "now"}, {"w": "past", **_ago(rng, limits)}]) for slug in ticked}
    return {"t": uses, "all": rng.random() < 0.8}


_GIVEN = {
    Kind.NUMBER: _number,
    Kind.STEROID_DOSE: _number,
    Kind.YES_NO: _yes_no,
    Kind.SEX: _sex,
    Kind.CONDITIONS: _conditions,
    Kind.KINDS: _kinds,
    Kind.TREATMENTS: _treatments,
}
