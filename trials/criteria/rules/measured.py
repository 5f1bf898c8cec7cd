"""Limits of what is measured: laboratory values, scores, lung and heart function, weight."""

import re
from collections.abc import Iterator

from trials.criteria.attributes import NUMBERS
from trials.criteria.model import Kind
from trials.criteria.quantities import Comparison, canonical
from trials.criteria.rules.ages import is_limit_of_some
from trials.criteria.rules.facts import Fact, Scene
from trials.criteria.rules.unmeant import is_unmeant
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
    if left and _is_of_another(scene, left[-1], limit):
        return []
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


def _is_of_another(scene: Scene, measure: Mention, limit: Comparison) -> bool:
    """ "Thrombocytopenia or hyperkalemia (K > 5.0)": the bracket names what it measures."""
    bracket = scene.reading.bracket(limit.start)
    if bracket is None or not re.search(r"\w", scene.text[measure.end : bracket[0]]):
        return False
    return _SYMBOL.fullmatch(scene.text, bracket[0] + 1, limit.start) is not None


_SYMBOL = re.compile(r"\s*(?!ie\b|eg\b|is\b|of\b|to\b|or\b|by\b|at\b)[A-Za-z]{1,2}\+?\s*(?:is |of )?")


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
    if not measures or measures[-1].term.sort == "none" or is_unmeant(scene, limit, measures[0]):
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
            glue, op = f"{limit.start}" if together else "", _op(scene, limit)
            if op != limit.op and _asks_for_worse(attribute, op) and _OTHER_CLAUSE.search(scene.text, 0, mention.start):
                op = limit.op
            elif op == limit.op and _is_denied(scene, limit) and _asks_for_worse(attribute, op):
                op = _OPPOSITE.get(op, op)
            if op != limit.op:
                glue = "negated"
            yield Fact(
                attribute, op, value, min(mention.start, limit.start), limit.end, NUMBERS[attribute],
                partial=_excused(scene, limit, measures[0]), glue=glue,
            )  # fmt: skip


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


def _is_denied(scene: Scene, limit: Comparison) -> bool:
    """ "In good health, including the absence of abnormal liver function, defined as ALT > 1.2 x ULN"."""
    zone = scene.zones.at(limit.start, Sort.NEGATION) if scene.kind is Kind.INCLUSION else None
    return zone is not None and _BAD_STATE.search(scene.text, zone.cue, limit.start) is not None


def _asks_for_worse(attribute: str, op: str) -> bool:
    """ "Without liver metastases, ALT ≤ 2.5 x ULN" turned round would ask for a bad liver."""
    return (attribute in _BAD_HIGH and op[0] == ">") or (attribute in _BAD_LOW and op[0] == "<")


_BAD_STATE = re.compile(r"\b(?:abnormal\w*|elevat\w+|increased|impaired|reduced|low)\b", re.IGNORECASE)
_BAD_HIGH = frozenset({"alt", "ast", "bilirubin", "creatinine"})
_BAD_LOW = frozenset({"egfr", "lvef", "fvc", "dlco"})
_OTHER_CLAUSE = re.compile(r"[,;:]")  # what was denied stands before it


_NO = re.compile(r"\s*(?:no|without|absence of|free of|must not have|do(?:es)? not have)\b", re.IGNORECASE)
# "No anemia …; WBC less than 3,000 …; and platelets less than 100,000": the first word governs the whole list.
_NEGATED_LIST = re.compile(r"\s*(?:no|without|absence of)\b(?![^;]{0,80}\b(?:but|with)\b)", re.IGNORECASE)


_AMONG = re.compile(
    r"\b[\w-]*(?:related|associated|induced)\s+(?:\w+\s)?(?:disease|syndrome|dysfunction|"
    r"failure|insufficiency|nephritis|"
    r"involvement)\s+with\s+(?:an? )?(?:[\w-]+\s){0,2}$",
    re.IGNORECASE,
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
    if is_limit_of_some(scene, limit):
        return True
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
