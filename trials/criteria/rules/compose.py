"""Facts of one criterion → rules: which hold together and which are alternatives."""

import re

from trials.criteria.model import Kind, Rule
from trials.criteria.rules.antibodies import with_antibodies
from trials.criteria.rules.facts import Fact, Scene
from trials.criteria.rules.limits import is_outside, is_range
from trials.criteria.rules.sexes import FOR_ALL

# Between two alternatives: an "or" with a few words around it, and no "and" of its own.
_LINK = re.compile(
    r"(?:(?!\band\b(?!/or))[^.;]){0,60}?(?:\bor\b|\band/or\b)"
    r"(?:(?!, (?:have|has|are|is|able|must|with)\b)[^\w]*\b(?!and\b)"
    r"[\w'-]+){0,5}[^\w]*",
    re.IGNORECASE,
)
_SETS = re.compile(r"\bcriteria\b", re.IGNORECASE)


def rules_from(scene: Scene, facts: list[Fact]) -> tuple[Rule, ...]:
    facts = _once(sorted(facts, key=lambda fact: (fact.start, fact.end)))
    if len(facts) < 2:
        return tuple(_rule(fact, None) for fact in facts)
    groups = _excluding(scene, facts) if scene.kind is Kind.EXCLUSION else _including(scene, facts)
    return tuple(_rule(fact, group) for fact, group in zip(facts, groups, strict=True))


def _once(facts: list[Fact]) -> list[Fact]:
    """A fact stated twice in one criterion is one rule; of a settled and a partial one the settled stays."""
    kept: list[Fact] = []
    for fact in facts:
        same = next(
            (
                k
                for k in kept
                if (k.attribute, k.op, k.value, k.within, k.attribute == "sex" and k.sexed)
                == (fact.attribute, fact.op, fact.value, fact.within, fact.attribute == "sex" and fact.sexed)
            ),
            None,
        )
        if same is None:
            kept.append(fact)
        else:
            same.partial = same.partial and fact.partial
    return kept


def _excluding(scene: Scene, facts: list[Fact]) -> list[int | None]:
    """Anything that an exclusion lists keeps a person out, unless it names facts that hold together."""
    if any(fact.sexed == FOR_ALL for fact in facts):
        return [None if fact.sexed == FOR_ALL else 1 for fact in facts]
    if len(facts) == 2 and _hold_together(scene, *facts):
        return [None, None]
    if all(fact.glue and fact.glue == facts[0].glue for fact in facts):
        return [None] * len(facts)
    if len(facts) == 2 and is_range(*facts):
        return [None, None]
    for fact in facts:  # no group can hold the ends of a range together, and either alone would keep everybody out
        fact.partial = fact.partial or any(is_range(fact, other) for other in facts)
    return [1] * len(facts)


def _hold_together(scene: Scene, left: Fact, right: Fact) -> bool:
    """ "thrombosis and elevated antibodies", "renal disease with creatinine > 2": a state and what is measured
    beside it."""
    if (
        left.attribute == right.attribute
        or left.end > right.start
        or not (right.unit or right.attribute.endswith("_positive"))
    ):
        return False
    if left.unit or left.attribute.endswith("_positive"):
        return False
    links = re.findall(r"\b(?:and/or|and|or|with)\b|[,;]", scene.text[left.end : right.start])
    return bool(links) and links[-1] in ("and", "with")


def _including(scene: Scene, facts: list[Fact]) -> list[int | None]:
    """Requirements hold together; those that "or" stands between are alternatives."""
    groups: list[int | None] = [None] * len(facts)
    count = 0
    for name in dict.fromkeys(fact.sexed for fact in facts if fact.sexed not in ("", FOR_ALL)):
        count += 1
        groups = [count if fact.sexed == name else group for fact, group in zip(facts, groups, strict=True)]
    for place in range(1, len(facts)):
        left, right = facts[place - 1], facts[place]
        if not _alternatives(scene, left, right):
            continue
        if groups[place - 1] is None:
            count += 1
            groups[place - 1] = count
        groups[place] = groups[place - 1]
    return with_antibodies(scene, facts, groups)


def _alternatives(scene: Scene, left: Fact, right: Fact) -> bool:
    if is_outside(scene.text, left, right):
        return True
    if left.value is False or right.value is False or left.op == "not in" or right.op == "not in":
        return False
    if left.glue == right.glue == "negated" or left.sexed or right.sexed:
        return False
    if "disease_duration" in (left.attribute, right.attribute) and _SETS.search(scene.text, left.end, right.start):
        return False  # "by the 1987 ACR criteria or the 2010 criteria, for more than 6 months"
    if "diagnosis" in (left.attribute, right.attribute) and (left.unit or right.unit):
        return False  # "RA by the 1987 or 2010 criteria for 6 months": the "or" is between the criteria
    if (left.start == right.start and left.attribute == right.attribute) or is_range(left, right):
        return False  # the two ends of a range
    if scene.reading.segment(left.start) != scene.reading.segment(right.start) or left.end > right.start:
        return False
    between = scene.text[left.end : right.start]
    return between.strip() == "/" or _LINK.fullmatch(between) is not None


def _rule(fact: Fact, group: int | None) -> Rule:
    return Rule(
        fact.attribute, fact.op, fact.value, fact.unit, fact.within, fact.applies_to, group,
        fact.partial, fact.ever, fact.stable, fact.failed,
    )  # fmt: skip
