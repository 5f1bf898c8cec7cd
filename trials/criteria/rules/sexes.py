"""Limits that differ for men and women: "below 12 g/dL (men) or 11 g/dL (women)"."""

import re

from trials.criteria.model import Kind
from trials.criteria.rules.facts import Fact, Scene

FOR_ALL = "all"  # in `Fact.sexed`: the laxer limit; the others carry the name of their group of alternatives
_SEX = re.compile(r"\b(?:(?P<female>females?|wom[ae]n)|(?P<male>males?|m[ae]n))\b", re.IGNORECASE)
_BEHIND = 25  # characters after a limit in which the sex stands


def of_two_sexes(scene: Scene, facts: list[Fact]) -> list[Fact]:
    """The laxer limit holds for all; who is not of its sex must meet the other as well. A limit of one sex alone says
    nothing of the others, or was not read whole: partial."""
    added: list[Fact] = []
    for fact in facts:
        if not fact.unit or fact.attribute == "age" or fact.sexed:
            continue
        same = [f for f in facts if f.attribute == fact.attribute and f.op[0] == fact.op[0] and f.end != fact.end]
        sexes = [_SEX.search(scene.text, f.end, f.end + _BEHIND) for f in (fact, *same)]
        if sexes[0] and not same:
            fact.partial = True
        if not same or not all(sexes):
            continue
        named = [str(sex.lastgroup) for sex in sexes if sex]
        alone = scene.kind is Kind.INCLUSION or len(facts) == 2
        if len(same) == 1 and fact.value == same[0].value:
            continue  # one limit for all
        if len(same) == 1 and set(named) == {"male", "female"} and alone:
            added.append(_exact(fact, same[0], named))
        else:
            fact.partial = fact.partial or fact.value != _deciding(scene, [fact, *same])
    return facts + added


def _exact(fact: Fact, other: Fact, named: list[str]) -> Fact:
    """Marks both limits and gives the sex that the laxer one is for: "below 9 and (male or below 8.5)"."""
    values = float(str(fact.value)), float(str(other.value))
    laxer = max(values) if fact.op[0] == "<" else min(values)
    everybody, one = (fact, other) if fact.value == laxer else (other, fact)
    everybody.sexed, one.sexed = FOR_ALL, f"{one.attribute} {one.end}"
    sex = named[0] if everybody is fact else named[1]
    return Fact("sex", "in", (sex,), one.start, one.end, sexed=one.sexed)


def _deciding(scene: Scene, facts: list[Fact]) -> float:
    """The limit that decides whatever the sex."""
    values = [float(str(f.value)) for f in facts]
    return min(values) if (facts[0].op[0] == "<") == (scene.kind is Kind.EXCLUSION) else max(values)
