"""Limits of what is measured: laboratory values, scores, lung and heart function, weight."""

import re
from collections.abc import Iterator

from trials.criteria.attributes import NUMBERS
from trials.criteria.model import Kind
from trials.criteria.quantities import Comparison, canonical
from trials.criteria.rules.facts import Fact, Scene
from trials.criteria.wording.terms import Mention
from trials.criteria.wording.zones import Sort

# Between two measures that share one limit: "ALT and AST", "AST (SGOT), ALT (SGPT) and bilirubin", "ALT/AST".
_JOINED = re.compile(
    r"(?:[\s,/]|\([^()]{0,60}\)|\[[^\[\]]{0,60}\]|\b(?:and|or|as well as|either|both|serum|"
    r"total|levels?|of|counts?|ratio|the|absolute|blood)\b)*+",
    re.IGNORECASE,
)
_OTHER_LAB = re.compile(
    r"(?:[\s,/]|\b(?:and|or)\b)*+(?:[\w.-]+\s){0,3}(?:[\s,/]|\([^()]{0,40}\)|\b(?:and|or)\b)*+", re.IGNORECASE
)
_RESTATED = re.compile(r"\s*[(\[=]\s*(?:i\.e\.,?|or|=)?\s*", re.IGNORECASE)
_OF_A_PERSON = re.compile(
    r"^\s*(?:patients?|subjects?|individuals|participants?|children|persons?)?\s*$", re.IGNORECASE
)
_SAME_LIMIT = re.compile(
    r"[\s,;]*(?:\([^()]{0,40}\)|(?:in|for) (?:the )?(?:(?:fe)?males?|(?:wo)?m[ae]n)(?: (?:patients|subjects))?)?[\s,;]*"
    r"(?:and|or|but|to|and/or)?\s*",
    re.IGNORECASE,
)
# A change of a value, not a value.
_CHANGE = re.compile(
    r"\b(?:declin\w+|decreas\w+|increas\w+|reduc\w+|improv\w+|worsen\w+|drop|fall|rise|chang\w+|"
    r"deteriorat\w+|variation)\b"
    r"(?!\s+(?:levels?|values?|count|serum|total))",
    re.IGNORECASE,
)
_BEYOND = 60  # characters between a measure and its limit; further apart they belong to different statements
_AFTER = 30
MOST_LIMITS = 80
_OPPOSITE = {">=": "<", ">": "<=", "<=": ">", "<": ">="}
_MEASURED = frozenset(NUMBERS) - {"age", "disease_duration", "prednisone_dose"}


def measured_facts(scene: Scene) -> Iterator[Fact]:
    limits = [number for number in scene.reading.numbers if not number.window]
    named = [m for m in scene.reading.mentions if m.term.sort == "none" or (m.term.sort == "measure")]
    measures: list[Mention] = []
    before: Comparison | None = None
    if len(limits) > MOST_LIMITS:
        return  # a list without end is no criterion
    for limit in limits:
        if before is not None and limit.start == before.start:
            pass  # the other end of a range: the same measures
        elif before is not None and _SAME_LIMIT.fullmatch(scene.text, before.end, limit.start):
            pass  # "BMI < 18 or > 30"
        elif before is not None and _RESTATED.fullmatch(scene.text, before.end, limit.start):
            continue  # "< 3.0 x 10^9/L (< 3000/mm3)"
        else:
            measures = _measures_of(scene, limit, before.end if before else 0, named)
        before = limit
        yield from _facts(scene, limit, measures)


def _measures_of(scene: Scene, limit: Comparison, since: int, named: list[Mention]) -> list[Mention]:
    start, end = scene.reading.segment(limit.start)
    left = [m for m in named if max(start, since) <= m.start and m.end <= limit.start + 1]
    left = _outside_brackets(scene, left, limit)
    if limit.unit.startswith("mL/min"):
        cleared = [m for m in left if m.term.name == "egfr"]
        if cleared:
            return cleared[-1:]  # "eGFR based on the most recent serum creatinine … < 40 mL/min"
    if left and limit.start - left[-1].end <= _BEYOND:
        return _sharing(scene.text, left)
    right = [m for m in named if limit.end <= m.start < min(end, limit.end + _AFTER)]
    if right and not any(limit.end <= other.start < right[0].start for other in _unlike(scene, limit)):
        return right[:1]
    return []


def _unlike(scene: Scene, limit: Comparison) -> list[Comparison]:
    """The other limits, but for one that only goes on with this: "≥ 10 and ≤ 22 mRSS units"."""
    return [
        n
        for n in scene.reading.numbers
        if not _SAME_LIMIT.fullmatch(scene.text, min(limit.end, n.end), max(limit.start, n.start))
    ]


def _outside_brackets(scene: Scene, left: list[Mention], limit: Comparison) -> list[Mention]:
    """ "DLCO (hemoglobin-corrected) < 40 %": what a closed bracket names is not what is measured, if a name stands
    before it."""
    kept = [m for m in left if (pair := scene.reading.bracket(m.start)) is None or pair[1] > limit.start]
    return kept or left


def _sharing(text: str, left: list[Mention]) -> list[Mention]:
    """The measure nearest to the limit, and those before it that share it."""
    shared = [left[-1]]
    for mention in reversed(left[:-1]):
        between = text[mention.end : shared[0].start]
        joined = _JOINED.fullmatch(between) or (left[-1].term.sort != "none" and _OTHER_LAB.fullmatch(between))
        if len(between) > _BEYOND or not joined:
            break
        shared.insert(0, mention)
    # "ALT, AST and ALP > 3 x ULN": one of the list has no attribute of its own.
    return [m for m in shared if m.term.sort != "none"] or shared


def _facts(scene: Scene, limit: Comparison, measures: list[Mention]) -> Iterator[Fact]:
    if not measures and limit.unit == "kg" and _OF_A_PERSON.search(scene.text[: limit.start]):
        yield Fact("weight", _op(scene, limit), limit.value, limit.start, limit.end, NUMBERS["weight"])
    if (
        not measures
        or measures[-1].term.sort == "none"
        or _is_change(scene, limit, measures[0])
        or _is_dipstick(scene, limit)
        or _is_count(scene, limit)
        or _is_one_of(scene, measures[0])
        or _is_possible(scene, limit)
    ):
        return
    words = scene.text[measures[0].start : measures[-1].end].lower()
    together = " and " in words and " or " not in words and "and/or" not in words
    seen = set()
    for mention in measures:
        for attribute in mention.term.name.split("+"):
            if attribute not in _MEASURED or attribute in seen:
                continue
            value = canonical(attribute, limit.value, limit.unit)
            if value is None or scene.zones.at(limit.start, Sort.PERMISSION):
                continue
            seen.add(attribute)
            glue = f"{limit.start}" if together else ""
            if _op(scene, limit) != limit.op:
                glue = "negated"
            yield Fact(
                attribute, _op(scene, limit), value, min(mention.start, limit.start), limit.end, NUMBERS[attribute],
                partial=_excused(scene, limit, measures[0]), glue=glue,
            )  # fmt: skip


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
    if _MONITORED.search(scene.text, limit.end, end):
        return True
    return scene.kind is Kind.INCLUSION and _MAY_HAVE.search(scene.text, start, limit.start) is not None


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


def _op(scene: Scene, limit: Comparison) -> str:
    """ "No platelet count below 100" asks for 100 or more; "Not overweight (BMI ≤ 25)" says itself what is meant."""
    if scene.kind is Kind.EXCLUSION:
        return limit.op
    zone = scene.zones.at(limit.start, Sort.NEGATION)
    opens = zone is not None and not scene.text[: zone.cue].strip() and _NO.match(scene.text, zone.cue) is not None
    defined = zone is not None and re.search(r"\bdefined\b", scene.text[zone.cue : limit.start]) is not None
    if (opens and not defined) or _NEGATED_LIST.match(scene.text):
        return _OPPOSITE.get(limit.op, limit.op)
    return limit.op


_NO = re.compile(r"\s*(?:no|without|absence of|free of|must not have|do(?:es)? not have)\b", re.IGNORECASE)
# "No anemia …; WBC less than 3,000 …; and platelets less than 100,000": the first word governs the whole list.
_NEGATED_LIST = re.compile(r"\s*(?:no|without|absence of)\b(?![^;]{0,80}\b(?:but|with)\b)", re.IGNORECASE)


_AMONG = re.compile(
    r"\b[\w-]*(?:related|associated|induced)\s+(?:\w+\s)?(?:disease|syndrome|dysfunction|"
    r"failure|insufficiency|nephritis|"
    r"involvement)\s+with\s+(?:an? )?(?:[\w-]+\s){0,2}$",
    re.IGNORECASE,
)
_MONITORED = re.compile(r"\bwill (?:be |undergo |have |receive )*(?:\w+ )?monitor", re.IGNORECASE)
_MAY_HAVE = re.compile(r"\bmay (?:also |still )?have\b(?! (?:no|not)\b)[^.;]*$", re.IGNORECASE)
_GRADE = re.compile(r"\b(?:grades?|stages?|class)\s*$", re.IGNORECASE)
_ONE_OF = re.compile(r"\b(?:at least one|one or more|any one|one) of\b|\bat least one\b", re.IGNORECASE)
_COUNTED = re.compile(
    r"\s+(?:additional|other|more|of|different|swollen|tender|joints|measures|criteria)\b", re.IGNORECASE
)


def _is_one_way(scene: Scene, limit: Comparison) -> bool:
    """ "LVEF above 40 % or shortening fraction above 25 %": who fails the first may get in by what has no name here."""
    _, end = scene.reading.segment(limit.start)
    for other in scene.reading.numbers:
        if limit.end < other.start < end and not other.window:
            named = any(limit.end <= m.start < other.end + _AFTER for m in scene.reading.of("measure"))
            return not named and _OR_ELSE.fullmatch(scene.text, limit.end, other.start) is not None
    return False


_OR_ELSE = re.compile(
    r"[\s),]*or (?!(?:equal|more|less|greater|higher|lower|above|below)\b)(?:[a-z-]{3,} ){1,4}", re.IGNORECASE
)


def _excused(scene: Scene, limit: Comparison, measure: Mention) -> bool:
    """An exception that follows before the next limit leaves the value open."""
    nexts = [n.start for n in scene.reading.numbers if n.start >= limit.end and not n.window]
    stop = min([*nexts, scene.reading.segment(limit.start)[1]])
    zones = scene.zones.of(Sort.EXCEPTION) + scene.zones.of(Sort.PERMISSION)
    if any(limit.end <= zone.cue < stop for zone in zones):
        return True
    if scene.kind is Kind.INCLUSION and _is_one_way(scene, limit):
        return True
    # "IgG4-related renal disease with creatinine > 2": only people with that disease are meant.
    if scene.kind is Kind.EXCLUSION and _AMONG.search(scene.text[: measure.start]) is not None:
        return True
    # "Patients with values above the limit may be eligible if …", said in a sentence of its own.
    later = [zone for zone in scene.zones.of(Sort.PERMISSION) if zone.start >= stop]
    return any(m.term == measure.term and z.start <= m.start < z.end for z in later for m in scene.reading.mentions)
