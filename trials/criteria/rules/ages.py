"""Age, and where a time is none, how long the disease has lasted."""

import re
from collections.abc import Iterator

from trials.criteria.model import Kind
from trials.criteria.quantities import Comparison, canonical
from trials.criteria.rules.durations import is_duration
from trials.criteria.rules.facts import Fact, Scene

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
_SCORED = re.compile(r"\b(?:score|index|scale|karnofsky|lansky)\b\W{0,10}(?:(?:of|is)\b\W{0,5})?$", re.IGNORECASE)
_IN_SOME = re.compile(
    r"\s*(?:in|for) (?:the )?(?:children|adults?|adolescents?|subjects?|patients?|participants?)\b", re.IGNORECASE
)
_OF_PEOPLE = re.compile(
    r"\b(?:patients?|subjects?|participants?|adults?|individuals|persons|m[ae]n|wom[ae]n|(?:fe)?males?) $",
    re.IGNORECASE,
)
_UNITS = ("years", "months", "weeks", "days")
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
        elif number.unit and (is_duration(scene, number, lasted)):
            lasted = number
            value = canonical("disease_duration", number.value, number.unit)
            if value is not None:
                yield Fact("disease_duration", number.op, value, number.start, number.end, "months")


def _is_of_some(scene: Scene, number: Comparison) -> bool:
    """ "For subjects aged 18 and older, a BMI above 30": for whom another limit holds."""
    start, end = scene.reading.segment(number.start)
    bracket = scene.reading.bracket(number.start)
    if not any(start <= m.start < end and m.term.name != "age" for m in scene.reading.of("measure", "none")):
        return False
    return _FOR_SOME.search(scene.text, bracket[0] if bracket else start, number.start) is not None


_FOR_SOME = re.compile(
    r"\b(?:for|only applicable to|applicable to|in) (?:those|(?:all |the )?(?:subjects?|patients?|participants?|"
    r"children|adolescents?|adults?|males?|females?|wom[ae]n|men|people|individuals|persons?))\b[^.;:()]{0,30}$",
    re.IGNORECASE,
)


def is_limit_of_some(scene: Scene, limit: Comparison) -> bool:
    """A measured limit in a sentence that says for people of which age it holds."""
    place = scene.reading.segment(limit.start)
    return any(
        scene.reading.segment(n.start) == place and n.unit in _UNITS and not n.window and _is_of_some(scene, n)
        for n in scene.reading.numbers
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
    if not number.unit and not first and (_SCORED.search(before) or _IN_SOME.match(scene.text, number.end)):
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


_TOGETHER_WITH = re.compile(
    r"\b(?:who|with|unless)\b|\band (?:\w+ ){0,3}(?:is |are )?(?:better|worse|improv\w+|respond\w*)\b", re.IGNORECASE
)
_AT_DIAGNOSIS = re.compile(r"\bat (?:the )?(?:time of )?(?:their |initial |first |the )*diagnosis\b", re.IGNORECASE)


def _is_mixed(scene: Scene, number: Comparison) -> bool:
    """An age that only counts together with something else ("who show improvement") does not decide alone."""
    _, end = scene.reading.segment(number.start)
    if _AT_DIAGNOSIS.search(scene.text, number.end, end):
        return True
    return scene.kind is Kind.EXCLUSION and _TOGETHER_WITH.search(scene.text, number.end, end) is not None
