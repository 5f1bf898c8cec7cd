"""Whether a stretch of time says how long the disease under study has lasted."""

import re

from trials.criteria.model import Kind
from trials.criteria.quantities import Comparison
from trials.criteria.rules.facts import Scene
from trials.criteria.wording.terms import Mention

_DURATION = re.compile(
    r"\b(?:disease|symptom|illness|lupus|SLE|SSc|RA|scleroderma|arthritis|PsA|"
    r"myositis)s?['’s]* (?:disease )?duration\b|\bduration of (?:the |"
    r"their )?(?:\w+ ){0,3}(?:disease|symptoms?|illness|SLE|SSc|RA|lupus|disorder|arthritis|"
    r"sclerosis|myositis|syndrome)\b|"
    r"\bfirst non[- ]?Raynaud\w*|\b(?:after|since|from|following|of) (?:the |initial |first |"
    r"time of )*(?:diagnosis|disease onset|onset|first symptom)|"
    r"\bdiagnos\w+|\bdisease onset\b|\b(?:symptoms?|onset) (?:of|for|within|duration|lasting)\b|\bduration\b",
    re.IGNORECASE,
)
_TREATED = re.compile(
    r"\b(?:treat\w*|therap\w*|dose[sd]?|receiv\w*|stable|medications?|tak(?:e|en|ing)|"
    r"infections?|biops\w+|vaccin\w*|contracepti\w*|follow|cathet\w+|CT|MRI|"
    r"lesions?|points?|flares?|lasting|quiescent|remission|hospital\w*|malignan\w*|cancer\w*|surgery)\b",
    re.IGNORECASE,
)
_YEARS_OLD = re.compile(r"\s*(?:years?|months?)?[- ]*(?:old|of age)\b", re.IGNORECASE)
_OF_HERS = frozenset({"contraception", "pregnant_or_breastfeeding"})
_ONSET_AT = re.compile(r"\bonset (?:at|after|before)\s*(?:the )?(?:age )?(?:of )?$", re.IGNORECASE)
_ONSET_AGE = re.compile(r"\bonset at\b", re.IGNORECASE)
_OWN_TIME = re.compile(r"\bduration of\b", re.IGNORECASE)
# "SLE > 6 months", "Rheumatoid arthritis for more than 6 years", "Still's disease more than 6 months prior".
# "SSc based on ACR criteria for at least 3 months".
_DIRECTLY = re.compile(
    r"\s*(?:\([^)]*\)\s*)?(?:disease\s*)?"
    r"(?:(?:,\s*)?(?:based on|according to|as defined by|defined by|meeting|fulfilling|per|by)\b"
    r"[^.;,]{1,80}?\b(?=for\b))?"
    r"(?:for|of|since|,)?\s*"
)
_HISTORY_OF = re.compile(
    r"\s*(?:prior |documented |known |clinical )?history (?:of|with)\s+(?:\w+\s+){0,2}$", re.IGNORECASE
)
_ON_TOP = re.compile(r"\bPAH\b|\bpulmonary (?:arterial )?hypertension\b|\bcatheter|\bILD\b|\bconfirm", re.IGNORECASE)
_AGED = re.compile(r"\b(?:aged?|old|older|years of age|younger)\b", re.IGNORECASE)
_AND_THEN = re.compile(r"[\s,]*(?:and|but|or)?\s*", re.IGNORECASE)
_NEAR = 60  # characters


def is_duration(scene: Scene, number: Comparison, before: Comparison | None) -> bool:
    """`before`: the last one found. "For at least 12 weeks, but no more than 5 years" goes on with it."""
    if before is not None and _AND_THEN.fullmatch(scene.text, before.end, number.start):
        return True
    return _is_duration(scene, number)


def _is_duration(scene: Scene, number: Comparison) -> bool:
    start, end = scene.reading.segment(number.start)
    around = scene.text[max(start, number.start - _NEAR) : min(end, number.end + _NEAR)]
    if (
        _TREATED.search(around)
        or _YEARS_OLD.match(scene.text, number.end)
        or _AGED.search(scene.text, number.start, number.end)
        or any(start <= m.start < end for m in scene.reading.of("finding") if m.term.name in _OF_HERS)
        or _ON_TOP.search(around)
        or _ONSET_AT.search(scene.text[start : number.start])
        or (_ONSET_AGE.search(scene.text, start, end) and number.unit == "years" and not _OWN_TIME.search(around))
    ):
        return False
    own = [
        m
        for m in scene.reading.of("diagnosis")
        if start <= m.start < end and m.term.name in scene.own and m.end <= number.start
    ]
    named = [m for m in scene.reading.of("diagnosis") if start <= m.start < number.start]
    if named and not own and named[-1].term.name == "other" and "other" not in scene.own:
        return False  # how long another disease has lasted
    if any(_DIRECTLY.fullmatch(scene.text, m.end, number.start) for m in own):
        return True
    if scene.kind is Kind.INCLUSION and (_is_history(scene, number) or _is_bracketed(scene, number, own)):
        return True
    if scene.kind is Kind.EXCLUSION:
        return re.search(r"\bduration\b", around, re.IGNORECASE) is not None or (
            bool(own) and number.op[0] == ">" and re.search(r"\bdiagnos", around, re.IGNORECASE) is not None
        )
    if scene.reading.has(start, end, "catch_all"):
        return False
    if number.op[0] == "<" and re.search(r"\bwithin\b", scene.text[number.start : number.end]):
        return re.search(r"\b(?:diagnos\w+|onset|Raynaud\w*)\b", around) is not None and not _ON_TOP.search(around)
    if number.op[0] == ">" and re.search(
        r"\bdiagnosis of\b|\bdiagnosed\b", scene.text[start : number.start], re.IGNORECASE
    ):
        return True
    return _DURATION.search(around) is not None


def _is_bracketed(scene: Scene, number: Comparison, own: list[Mention]) -> bool:
    """ "Early RA (less than 1 year)"."""
    bracket = scene.reading.bracket(number.start)
    if bracket is None or number.end + 1 < bracket[1] - 1 or number.start > bracket[0] + 12:
        return False
    return any(0 <= bracket[0] - m.end <= 1 for m in own)


def _is_history(scene: Scene, number: Comparison) -> bool:
    """ "More than 6 months history of RA": of the disease under study."""
    return any(
        m.term.name in scene.own and _HISTORY_OF.fullmatch(scene.text, number.end, m.start)
        for m in scene.reading.of("diagnosis")
        if m.start > number.end
    )
