"""Where a dose of prednisone is the limit, the medicine itself is none, unless it is asked for as well."""

import re

from trials.criteria.model import Kind
from trials.criteria.rules.clauses import STABLE, Clauses
from trials.criteria.rules.dose import dose_facts
from trials.criteria.rules.facts import Fact, Scene
from trials.criteria.wording.terms import Mention

_TAKEN = re.compile(r"\b(?:receiving|treated with|taking)\b", re.IGNORECASE)

# "Or an equivalent dose of another", "or as much of another" is the same dose once more.
_OR = re.compile(r"\bor\b(?! (?:(?:an? |its )?equivalent|(?:as much|the same (?:dose|amount)) of))", re.IGNORECASE)


def without_dosed(scene: Scene, clauses: Clauses, named: list[Mention]) -> tuple[list[Mention], frozenset[Mention]]:
    """The medicines without the steroids that stand only for a dose; and those of the rest whose dose a rule holds."""
    if not any(m.term.name == "glucocorticoids" for m in named):
        return named, frozenset()
    limits = list(dose_facts(scene))
    kept: list[Mention] = []
    settled: list[Mention] = []
    for mention in named:
        if mention.term.name != "glucocorticoids" or not any(
            _belongs(scene, clauses, mention, limit) for limit in limits
        ):
            kept.append(mention)
        elif scene.kind is Kind.INCLUSION and _is_asked_for(scene, mention, limits):
            kept.append(mention)
            settled.append(mention)
    return kept, frozenset(settled)


def _belongs(scene: Scene, clauses: Clauses, mention: Mention, limit: Fact) -> bool:
    """In the same clause, with no other medicine and no "or" of another steroid between them."""
    if _OR.search(scene.text, limit.end, mention.start):
        return False
    low, high = clauses.scope(mention.start)
    if not low <= limit.start < high:
        return scene.kind is Kind.INCLUSION and scene.reading.segment(limit.start) == scene.reading.segment(
            mention.start
        )
    left, right = sorted((mention.start, limit.start))
    others = [m for m in scene.reading.of("treatment") if left < m.start < right and m.term.name == "glucocorticoids"]
    between = scene.text[mention.end : others[0].start] if others and mention.start < limit.start else ""
    return not re.search(r"\bor\b", between)


def _is_asked_for(scene: Scene, mention: Mention, limits: list[Fact]) -> bool:
    """ "Stable prednisone below 10 mg" only caps the dose of those who take it; "receiving", or a lower limit, asks."""
    if all(limit.op[0] == "<" for limit in limits):
        return _TAKEN.search(scene.text) is not None
    start, end = scene.reading.segment(mention.start)
    return STABLE.search(scene.text, start, end) is not None or _TAKEN.search(scene.text) is not None
