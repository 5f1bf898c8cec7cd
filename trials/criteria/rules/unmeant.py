"""Limits that a criterion names without asking for them: a change, a count, a grade, what only some may have."""

import re

from trials.criteria.model import Kind
from trials.criteria.quantities import Comparison
from trials.criteria.rules.facts import Scene
from trials.criteria.wording.terms import Mention
from trials.criteria.wording.zones import Sort

# A change of a value, not a value.
_CHANGE = re.compile(
    r"\b(?:declin\w+|decreas\w+|increas\w+|reduc\w+|improv\w+|worsen\w+|drop|fall|rise|chang\w+|"
    r"deteriorat\w+|variation)\b"
    r"(?!\s+(?:levels?|values?|count|serum|total))",
    re.IGNORECASE,
)
_GRADE = re.compile(r"\b(?:grades?|stages?|class)\s*$", re.IGNORECASE)
_ONE_OF = re.compile(r"\b(?:at least one|one or more|any one|one) of\b|\b(?:at least one|one or more)\b", re.IGNORECASE)
_COUNTED = re.compile(
    r"\s+(?:additional|further|other|more|or more|of|different|swollen|tender|joints|measures|criteria)\b",
    re.IGNORECASE,
)
_MAY_HAVE = re.compile(
    r"\bmay (?:also |still )?have\b(?! (?:no|not)\b)(?:(?!\b(?:must|should|need)\b)[^.;])*$", re.IGNORECASE
)
_MONITORED = re.compile(r"\bwill (?:be |undergo |have |receive )*(?:\w+ )?monitor", re.IGNORECASE)
_OF_BASELINE = re.compile(r"\s*(?:x|×|times|fold)\s*(?:the |their )?baseline\b", re.IGNORECASE)
_OR_RELAPSE = re.compile(r"\bor (?:\w+ ){0,2}(?:relaps\w+|recurr\w+|flares?)\b[^,;:()]{0,40}$", re.IGNORECASE)
_REQUIRED = re.compile(r"(?:(?!\band\b)[^.;(),]){0,25}\b(?:is|are|will be) required\b", re.IGNORECASE)


def is_unmeant(scene: Scene, limit: Comparison, measure: Mention) -> bool:
    return (
        _is_change(scene, limit, measure)
        or _is_dipstick(scene, limit)
        or _is_count(scene, limit)
        or _is_one_of(scene, measure)
        or _is_possible(scene, limit)
        or _is_of_a_relapse(scene, limit)
    )


def _is_dipstick(scene: Scene, limit: Comparison) -> bool:
    return re.match(r"\s*\+", scene.text[limit.end :]) is not None


def _is_one_of(scene: Scene, measure: Mention) -> bool:
    """ "at least one muscle enzyme (CK, ALT, AST) above 1.3 x ULN": none of them by itself."""
    bracket = scene.reading.bracket(measure.start)
    if bracket is None or scene.kind is Kind.EXCLUSION:
        return False
    start, _ = scene.reading.segment(measure.start)
    return _ONE_OF.search(scene.text, start, bracket[0]) is not None


def _is_possible(scene: Scene, limit: Comparison) -> bool:
    """ "Patients may have an FVC above 70 %", "those with an eGFR of 15-29 will be monitored": asked of nobody."""
    start, end = scene.reading.segment(limit.start)
    if _MONITORED.search(scene.text, limit.end, end) or _OF_BASELINE.match(scene.text, limit.end):
        return True
    if scene.kind is Kind.EXCLUSION and _REQUIRED.match(scene.text, limit.end):
        return True
    return scene.kind is Kind.INCLUSION and _MAY_HAVE.search(scene.text, start, limit.start) is not None


def _is_of_a_relapse(scene: Scene, limit: Comparison) -> bool:
    """ "Treatment failed, or relapse after remission (BVAS > 0)": those whose treatment failed may be below."""
    bracket = scene.reading.bracket(limit.start)
    start, _ = scene.reading.segment(limit.start)
    return (
        scene.kind is Kind.INCLUSION
        and bracket is not None
        and _OR_RELAPSE.search(scene.text[start : bracket[0]]) is not None
    )


def _is_count(scene: Scene, limit: Comparison) -> bool:
    """ "and at least 2 additional measures"; or the value of a state that is asked not to be there."""
    if _GRADE.search(scene.text[: limit.start]):
        return True
    if not limit.unit and _COUNTED.match(scene.text, limit.end):
        return True
    zone = scene.zones.at(limit.start, Sort.NEGATION) if scene.kind is Kind.INCLUSION else None
    return zone is not None and re.search(r"\bdefined\b", scene.text[zone.cue : limit.start]) is not None


def _is_change(scene: Scene, limit: Comparison, measure: Mention) -> bool:
    first, last = sorted(((measure.start, measure.end), (limit.start, limit.end)))
    around = ((max(0, first[0] - 25), first[0]), (first[1], last[0]), (last[1], last[1] + 18))
    return any(_CHANGE.search(scene.text, low, high) for low, high in around)
