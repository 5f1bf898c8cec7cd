"""Two limits of one measure: a range, what lies outside one, or the limits of several groups of people."""

import re

from trials.criteria.rules.facts import Fact, Scene

_OR_BEYOND = re.compile(
    r"\bor\s+(?:(?:is|be|are|of|an?|with)\s+)*(?:[<>≥≤]|(?:above|below|over|under|greater|less|more|higher|lower|at)\b)",
    re.IGNORECASE,
)


def is_range(one: Fact, other: Fact) -> bool:
    """ "below 30 but above 15": a stretch between two limits, not what lies outside them."""
    if one.attribute != other.attribute or not one.unit:
        return False
    below = [fact.value for fact in (one, other) if fact.op[0] == "<"]
    above = [fact.value for fact in (one, other) if fact.op[0] == ">"]
    return len(below) == len(above) == 1 and float(str(below[0])) > float(str(above[0]))


def is_outside(text: str, one: Fact, other: Fact) -> bool:
    """ "BMI below 18 or above 30"."""
    if one.attribute != other.attribute or not one.unit or {one.op[0], other.op[0]} != {"<", ">"}:
        return False
    first, last = sorted((one.end, other.end))
    return not is_range(one, other) and _OR_BEYOND.search(text, first, last) is not None


def of_groups(scene: Scene, facts: list[Fact]) -> list[Fact]:
    """Limits that nobody can meet together ("mild: GFR 60-89; moderate: GFR 30-59") are those of several groups: only
    the outermost hold for all, and a lower one only where no group is without it."""
    kept = []
    for fact in facts:
        same = [f for f in facts if f.attribute == fact.attribute and f.unit]
        if not fact.unit or _fit(*_bounds(same)) or (len(same) == 2 and is_outside(scene.text, *same)):
            kept.append(fact)
            continue
        first = [f for f in same if not _is_supposed(scene, f)]
        if first and len(first) < len(same) and _fit(*_bounds(first)):
            kept += [fact] if fact in first else []  # "ALT ≤ 2 x ULN. If it is above, one repeat is allowed"
            continue
        low, high = _bounds(same)
        outer = [min(low)] if len(low) > len(high) else [max(high)] if len(high) > len(low) else [min(low), max(high)]
        if any(abs(float(str(fact.value)) - end) <= _HAIR for end in outer) and _fit([min(low)], [max(high)]):
            fact.partial = True
            kept.append(fact)
    return kept


def _bounds(facts: list[Fact]) -> tuple[list[float], list[float]]:
    """Lower and upper limits; one that leaves its own value out is moved by as little as makes no matter."""
    low = [float(str(f.value)) + (_HAIR if f.op == ">" else 0) for f in facts if f.op[0] == ">"]
    high = [float(str(f.value)) - (_HAIR if f.op == "<" else 0) for f in facts if f.op[0] == "<"]
    return low, high


_HAIR = 1e-9


def _fit(low: list[float], high: list[float]) -> bool:
    return not (low and high and max(low) > min(high))


def _is_supposed(scene: Scene, fact: Fact) -> bool:
    return _IF.match(scene.text, scene.reading.segment(fact.start)[0]) is not None


_IF = re.compile(r"\W*(?:if|in case|when|where|should)\b", re.IGNORECASE)
