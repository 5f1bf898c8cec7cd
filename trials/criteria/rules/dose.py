"""Today's dose of prednisone or its equivalent, in mg a day."""

import re
from collections.abc import Iterator

from trials.criteria.model import Kind, Within
from trials.criteria.quantities import Comparison, canonical
from trials.criteria.rules.background import is_allowed
from trials.criteria.rules.clauses import Clauses, clauses_of
from trials.criteria.rules.facts import Fact, Scene
from trials.criteria.rules.looking_back import as_within, window_of
from trials.criteria.wording.terms import Mention
from trials.criteria.wording.zones import Sort

_STEROID = re.compile(
    r"\b(?:predniso(?:lo)?ne?|(?:gluco)?cortico-?steroids?|glucocorticoids?|steroids?|OCS|GCs?|hormones?)\b",
    re.IGNORECASE,
)
_PREDNISONE = re.compile(r"\bpredniso(?:lo)?ne?\b", re.IGNORECASE)
_OTHER_STEROID = re.compile(
    r"methylpred|triamcinolone|dexameth|betameth|hydrocort|deflazacort|budesonide|cortisone",
    re.IGNORECASE,
)
_NEAR = 90
_PER_WEIGHT = re.compile(r"\s*/\s*kg|\s*per\s*kg|\s*per kilogram|\s*/?\s*(?:per )?week", re.IGNORECASE)
_LASTING = re.compile(r"\bfor\s+(?:a\s+)?(?:total\s+of\s+)?(?:longer|more|over|at least|greater|>|≥)", re.IGNORECASE)
_COURSE = re.compile(r"\b(?:long[- ]?term|chronic|prolonged)\b[^,;.]{0,60}$", re.IGNORECASE)
_NO_DAILY = re.compile(
    r"\b(?:pulses?|bolus|intravenous(?:ly)?|IV|i\.v\.|IM|intra-?\s?(?:articular|muscular)(?:ly)?|inhaled|topical|"
    r"single dose|cumulative|total dose)\b",
    re.IGNORECASE,
)
_COMING_DOWN = re.compile(
    r"\b(?:unable|able|willing|taper\w*|reduc\w+|decreas\w+|wean\w*|will (?:be|receive))\b",
    re.IGNORECASE,
)
_FOR_PRIOR = re.compile(r"\b(?:prior|before|preceding)\b", re.IGNORECASE)
MOST_LIMITS = 30
_UNITS = ("mg/day", "mg", "mg/d")


def dose_facts(scene: Scene) -> Iterator[Fact]:
    limits = [n for n in scene.reading.numbers if not n.window and n.unit in _UNITS]
    if not limits or len(limits) > MOST_LIMITS or not _STEROID.search(scene.text):
        return
    clauses = clauses_of(scene)
    for limit in limits:
        value = canonical("prednisone_dose", limit.value, limit.unit)
        if value is None or not _of_steroid(scene, limit) or _is_course(scene, limit) or _is_aside(scene, limit):
            continue
        within = _look_back(scene, clauses, limit)
        ranged = sum(other.start == limit.start for other in limits) > 1
        if scene.kind is Kind.EXCLUSION and limit.op[0] == "<" and not ranged:
            # "10 mg or less within 2 weeks": who takes it is meant, not who takes none
            yield Fact("treatment", "in", ("glucocorticoids",), limit.start, limit.end, within=within, partial=True)
            continue
        yield Fact(
            "prednisone_dose",
            limit.op,
            value,
            limit.start,
            limit.end,
            "mg/day",
            within=within,
            partial=_is_excused(scene, limit),
        )


def _look_back(scene: Scene, clauses: Clauses, limit: Comparison) -> Within | None:
    """ "10 mg within 4 weeks", "10 mg for 28 days prior to screening"; a dose that was stable for so long has none."""
    if scene.kind is Kind.EXCLUSION:
        within = window_of(scene, clauses, limit.start)
        if within is not None:
            return within
    low, high = clauses.scope(limit.start)
    for window in scene.reading.windows:
        if low <= window.start < high and window.start > limit.start:
            lasting = window.sort == "for" and _FOR_PRIOR.search(scene.text, window.start, window.end)
            if window.sort == "back" or lasting:
                return as_within(window)
    lead = scene.lead
    if scene.kind is Kind.EXCLUSION and lead and lead.text.rstrip().endswith(":"):
        return next((as_within(w) for w in lead.reading.windows if w.sort == "back"), None)
    return None


def _is_course(scene: Scene, limit: Comparison) -> bool:
    """ "More than 30 mg/day for longer than 30 days within 12 weeks": a course taken, not today's dose."""
    if scene.kind is not Kind.EXCLUSION:
        return False
    start, end = scene.reading.segment(limit.start)
    bracket = scene.reading.bracket(limit.start)
    after = _LASTING.search(scene.text, limit.end, bracket[1] if bracket else end)
    recent = any(w.sort == "back" and start <= w.start < end for w in scene.reading.windows)
    return after is not None or (recent and _COURSE.search(scene.text[start : limit.start]) is not None)


def _is_aside(scene: Scene, limit: Comparison) -> bool:
    """Permitted, excepted, or what somebody must be able to come down to."""
    if is_allowed(scene, limit.start, limit.end) or scene.zones.at(limit.start, Sort.EXCEPTION):
        return True
    start, _ = scene.reading.segment(limit.start)
    clause = max(start, scene.text.rfind(", ", start, limit.start))
    return _COMING_DOWN.search(scene.text[clause : limit.start]) is not None


def steroid_of(scene: Scene, limit: Comparison) -> Mention | None:
    """The medicine that a dose belongs to: the nearest in its sentence."""
    start, end = scene.reading.segment(limit.start)
    return min(
        (m for m in scene.reading.of("treatment", "drug") if start <= m.start < end),
        key=lambda m: min(abs(m.start - limit.end), abs(limit.start - m.end)),
        default=None,
    )


def _of_steroid(scene: Scene, limit: Comparison) -> bool:
    if _PER_WEIGHT.match(scene.text, limit.end):
        return False
    start, end = scene.reading.segment(limit.start)
    nearest = steroid_of(scene, limit)
    if nearest is not None:
        if nearest.term.name != "glucocorticoids":
            return False
        if _OTHER_STEROID.match(scene.text, nearest.start) and not _PREDNISONE.search(scene.text, start, end):
            return False
        before = scene.text[start : min(nearest.start, limit.start)]
        cut = max(before.rfind(" or "), before.rfind(", "), before.rfind(" and "), len(before) - 60, 0)
        start = start + cut
    around = scene.text[max(start, limit.start - _NEAR) : min(end, limit.end + _NEAR)]
    near = scene.text[max(start, limit.start - _NEAR) : min(end, limit.end + 25)]
    return _STEROID.search(around) is not None and not _NO_DAILY.search(near)


def _is_excused(scene: Scene, limit: Comparison) -> bool:
    _, end = scene.reading.segment(limit.start)
    bracket = scene.reading.bracket(limit.start)
    if (
        scene.kind is Kind.EXCLUSION and bracket and _LASTING.search(scene.text, bracket[1], end)
    ):  # "(> 15 mg, X, Y) for more than a month"
        return True
    if any(limit.end < zone.cue < end for zone in scene.zones.of(Sort.EXCEPTION)):
        return True
    allowed = [zone for zone in scene.zones.of(Sort.PERMISSION) if limit.end < zone.cue < end]
    return scene.kind is Kind.EXCLUSION and any(_STEROID.search(scene.text, zone.start, zone.end) for zone in allowed)
