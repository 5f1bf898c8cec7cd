"""Age, and how long the disease has lasted."""

import re
from collections.abc import Iterator

from trials.criteria.model import Kind
from trials.criteria.quantities import Comparison, canonical
from trials.criteria.rules.facts import Fact, Scene
from trials.criteria.wording.terms import Mention

_AGE = re.compile(
    r"\b(?:age[ds]?|older|younger|old|years of age|ages|y\.?o\.?|over the age|adults?|elderly)\b", re.IGNORECASE
)
_PEOPLE = re.compile(
    r"\b(?:male|female|m[ae]n|wom[ae]n|patients?|subjects?|participants?|adults?|individuals?|"
    r"volunteers?|people|child(?:ren)?|persons?|both sexes|gender|girls?|boys?)\b",
    re.IGNORECASE,
)
_NOT_AGE = re.compile(
    r"\bgestation\w*|\bpostmenstrual\b|\bmaternal\b|\bmothers?\b|\bdonors?\b|\bbone\b|\bdeath\b|"
    r"\bonset\b|\bmenopaus\w*|\bsmok\w*+(?! who (?:is|are)\b)|\beducation\b|\bsince\b|\bmarried\b|\bexpectancy\b|"
    r"\bprior to\b|\bago\b|\bfollow[- ]?up\b|\bsteril\w+|\bamenorrh\w+|\bprevious\b|\bhistory\b|"
    r"\bduration\b|"
    r"\bwithin\b|\bcancer\b|\bmalignan\w+|\bdiagnos\w*\b[^.;]{0,40}$",
    re.IGNORECASE,
)
_NOT_AGE_AFTER = re.compile(r"\b(?:onset|prior|ago|duration|after|before|since|from diagnosis)\b")
_ONSET = re.compile(r"\bage (?:at|of) (?:disease |symptom )?onset|\bonset (?:at|of disease at)", re.IGNORECASE)
# An age that defines who can bear children, not who can join.
_OF_WOMEN = re.compile(
    r"\b(?:child-?\s?bearing potential,? (?:is |are |as )?defined|post-?\s?menopaus\w+|menses|"
    r"menstruat\w+|amenorrh\w+|steriliz\w+)\b",
    re.IGNORECASE,
)
_IF = re.compile(r"\W*(?:if|when|where)\b", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"\([^()]*\)")  # "Karnofsky or Lansky (depending on age) ≥ 50"
_SCORED = re.compile(r"\b(?:score|index|scale|karnofsky|lansky)\b[^\w]*(?:of |is )?[^\w]*$", re.IGNORECASE)
_IN_SOME = re.compile(
    r"\s*(?:in|for) (?:the )?(?:children|adults?|adolescents?|subjects?|patients?|participants?)\b", re.IGNORECASE
)
_OF_PEOPLE = re.compile(
    r"\b(?:patients?|subjects?|participants?|adults?|individuals|persons|m[ae]n|wom[ae]n|(?:fe)?males?) $",
    re.IGNORECASE,
)
_UNITS = ("years", "months", "weeks", "days")
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
# "Age at the time of inclusion ≥ 18 years": the first word says what the number is.
_AGE_FIRST = re.compile(r"\s*(?:(?:minimum|maximum|patient|subject)\s)?ages?\b[^.;,]{0,50}$", re.IGNORECASE)
_LONGEST_PERSON = 14  # words: "Patients male and female ≥ 18 years and ≤ 74 years at the time of consent"
_NEAR = 60
MOST_NUMBERS = 80  # in one criterion; more is no criterion that people wrote


def age_facts(scene: Scene) -> Iterator[Fact]:
    lasted: Comparison | None = None
    if len(scene.reading.numbers) > MOST_NUMBERS:
        return
    for number in scene.reading.numbers:
        if number.unit and number.unit not in _UNITS:
            continue
        if _is_age(scene, number):
            value = canonical("age", number.value, number.unit or "years")
            if value is not None and not _is_of_some(scene, number):
                op = _OPPOSITE[number.op] if _lies_outside(scene, number) else number.op
                yield Fact("age", op, value, number.start, number.end, "years", partial=_is_mixed(scene, number))
        elif number.unit and (_goes_on(scene, lasted, number) or _is_duration(scene, number)):
            lasted = number
            value = canonical("disease_duration", number.value, number.unit)
            if value is not None:
                yield Fact("disease_duration", number.op, value, number.start, number.end, "months")


def _is_of_some(scene: Scene, number: Comparison) -> bool:
    """ "For subjects aged 18 and older, a BMI above 30": for whom another limit holds."""
    start, _ = scene.reading.segment(number.start)
    bracket = scene.reading.bracket(number.start)
    return _FOR_SOME.search(scene.text, bracket[0] if bracket else start, number.start) is not None


_FOR_SOME = re.compile(
    r"\b(?:for|only applicable to|applicable to|in) (?:those|(?:all |the )?(?:subjects?|patients?|participants?|"
    r"children|adolescents?|adults?|males?|females?|wom[ae]n|men|people|individuals|persons?))\b[^.;:()]{0,30}$",
    re.IGNORECASE,
)


def _lies_outside(scene: Scene, number: Comparison) -> bool:
    """Excluded are those "not between the ages of 14 and 35", "outside the age range of 4-10"."""
    start, _ = scene.reading.segment(number.start)
    ranged = sum(other.start == number.start for other in scene.reading.numbers) > 1
    return (
        scene.kind is Kind.EXCLUSION
        and ranged
        and number.op in _OPPOSITE
        and _OUTSIDE.search(scene.text, start, number.end) is not None
    )


_OPPOSITE = {">=": "<", ">": "<", "<=": ">", "<": ">"}
_OUTSIDE = re.compile(
    r"\b(?:not (?:between|aged?|within|in)|outside|other than|beyond)\b[^.;,\d]{0,40}\d", re.IGNORECASE
)


def _goes_on(scene: Scene, before: Comparison | None, number: Comparison) -> bool:
    """ "for at least 12 weeks, but no more than 5 years"."""
    return before is not None and _AND_THEN.fullmatch(scene.text, before.end, number.start) is not None


_AND_THEN = re.compile(r"[\s,]*(?:and|but|or)?\s*", re.IGNORECASE)


def _is_age(scene: Scene, number: Comparison) -> bool:
    start, end = scene.reading.segment(number.start)
    first = _AGE_FIRST.match(scene.text, start, number.start) is not None
    if not first and all(other.window for other in scene.reading.numbers if other.start == number.start):
        return False
    before = scene.text[max(start, number.start - _NEAR) : number.start]
    after = scene.text[number.start : min(end, number.end + 25)].split("(")[0]
    bracket = scene.reading.bracket(number.start)
    if bracket and any(start <= m.start < bracket[0] for m in scene.reading.of("measure") if m.term.name != "age"):
        return False  # "ECOG 0 or 1 (age ≥ 16 years)": for whom another limit holds
    if not number.unit and (_SCORED.search(before) or _IN_SOME.match(scene.text, number.end)):
        return False  # "Karnofsky score ≥ 50 for participants …", "IgE > 15 in children …"
    if _NOT_AGE.search(before[-45:]) or _NOT_AGE_AFTER.search(after[: number.end - number.start + 12]):
        return False
    if first or _AGE.search(_IN_BRACKETS.sub("", before)[-30:]) or _AGE.search(after):
        ranged = sum(other.start == number.start for other in scene.reading.numbers) > 1
        supposed = _IF.match(scene.text, start) is not None
        of_women = (supposed or not ranged) and _OF_WOMEN.search(scene.text, start, end)
        return not (_ONSET.search(scene.text, start, end) or of_women)
    if number.unit != "years":
        return False
    if bracket and _OF_PEOPLE.search(scene.text, start, bracket[0]):
        return True  # "Patients (> 18 years) with …"
    rest = (scene.text[start : number.start] + scene.text[number.end : end]).strip(" .,;:()-")
    return not rest or (len(rest.split()) <= _LONGEST_PERSON and _PEOPLE.search(rest) is not None)


_AT_DIAGNOSIS = re.compile(r"\bat (?:the )?(?:time of )?(?:their |initial |first |the )*diagnosis\b", re.IGNORECASE)


def _is_mixed(scene: Scene, number: Comparison) -> bool:
    """An age that only counts together with something else ("who show improvement") does not decide alone."""
    _, end = scene.reading.segment(number.start)
    if _AT_DIAGNOSIS.search(scene.text, number.end, end):
        return True
    return (
        scene.kind is Kind.EXCLUSION and re.search(r"\b(?:who|with|unless)\b", scene.text[number.end : end]) is not None
    )


def _is_duration(scene: Scene, number: Comparison) -> bool:
    start, end = scene.reading.segment(number.start)
    around = scene.text[max(start, number.start - _NEAR) : min(end, number.end + _NEAR)]
    if (
        _TREATED.search(around)
        or _YEARS_OLD.match(scene.text, number.end)
        or _AGE.search(scene.text, number.start, number.end)
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
