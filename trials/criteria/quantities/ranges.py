"""Joins numbers to ranges: "18-75", "between 7 % to 11 %", "12 to < 18", "ECOG 0, 1 or 2"."""

import re
from itertools import pairwise

from trials.criteria.quantities import operators
from trials.criteria.quantities.reading import Number

_SCALES = (
    r"(?:ecog|asa|zubrod|karnofsky|kps|status|ps|grades?|class|classes|stages?|scores?|nyha|category|scale|index|who"
    r"|child-pugh|fitzpatrick|points?|values?|levels?|rating)"
)
_SCALE_BEFORE = re.compile(
    rf"(?<![a-z]){_SCALES}(?:[ ):(,\"'=-]|of|is|was|are|as|either|physical|performance|equal to|being|system"
    rf"|group|{_SCALES}){{0,10}}$"
)
_NAMED = re.compile(
    r"(?<![a-z])(?:phases?|visits?|days?|weeks?|months?|cycles?|parts?|cohorts?|groups?|arms?|tables?|items?"
    r"|sections?|appendix"
    r"|types?|versions?|hpv|hiv|numbers?|no\.?|steps?|criteri(?:a|on)|questions?|exons?|chapter|pages?|tel|phone"
    r"|interleukin|il"
    r"|htlv-?|hsv-?|pd|cox|cyp|papillomavirus|periods?|figures?|modules?|study|studies|substudy|protocol|january"
    r"|february|march"
    r"|april|may|june|july|august|september|october|november|december)[ :(#-]{0,3}$|[a-z\d]-$"
)
_AGES = re.compile(r"(?<![a-z])(?:age[ds]?|aged|old|bmi)[ -]{1,3}$")
_ORDINAL = re.compile(r"(?:st|nd|rd|th)(?![a-z])")
_MORE_DIGITS = re.compile(r" ?- ?\d{1,4} ?- ?\d")
_STEPS = 10


def join(numbers: list[Number], low: str) -> None:
    """Marks ranges in place: the lower end gets ">=" (or keeps ">"), the upper "<=" (or keeps "<")."""
    for lower, upper in pairwise(numbers):
        if upper.op:
            _half_open(lower, upper, low)
        elif _joined(lower, upper, low):
            _close(lower, upper)
        elif operators.LIST.fullmatch(low, lower.after, upper.begin):
            _choice(lower, upper, low)


def _half_open(lower: Number, upper: Number, low: str) -> None:
    """ "12 to < 18": the second number has a sign of its own. Or both: "≥ 18 and < 65 years" share the unit."""
    ranged = operators.JOIN.fullmatch(low, lower.after, upper.begin)
    anded = operators.JOIN_AND.fullmatch(low, lower.after, upper.begin)
    if (
        upper.op[0] == "<"
        and (ranged or (anded and lower.op in ("between", "from")))
        and lower.op in ("", "between", "from")
    ):
        lower.op = ">="
    if (ranged or anded) and lower.op:
        lower.unit = lower.unit or upper.unit
        if lower.op[0] == ">" and upper.op[0] == "<":
            upper.unit = upper.unit or lower.unit


def _joined(lower: Number, upper: Number, low: str) -> bool:
    if lower.op in ("<", "<=") or lower.lower:
        return False
    if operators.JOIN.fullmatch(low, lower.after, upper.start):
        return _is_range(lower, upper, low)
    return (
        lower.op == "between"
        and bool(operators.JOIN_AND.fullmatch(low, lower.after, upper.start))
        and _is_range(lower, upper, low)
    )


def _is_range(lower: Number, upper: Number, low: str) -> bool:
    """Not every "a - b" is a range of values: dates, telephone numbers, "phase 1-2", "IL-6"."""
    if not lower.unit or not upper.unit or lower.unit == upper.unit:
        if lower.op in ("between", "from") and lower.value > upper.value:
            lower.value, upper.value = upper.value, lower.value
        if lower.value >= upper.value:
            return False
    if lower.op:
        return True
    years = not upper.unit and 1900 <= lower.value <= 2100 and 1900 <= upper.value <= 2100
    before = low[max(0, lower.begin - 24) : lower.begin]
    named = _NAMED.search(before) and not _AGES.search(before)
    zeros = len(upper.written) > 1 and upper.written[0] == "0" and upper.written[1].isdigit()
    return not (years or named or zeros or _MORE_DIGITS.match(low, lower.end) or _ORDINAL.match(low, upper.end))


def _close(lower: Number, upper: Number) -> None:
    lower.op = lower.op if lower.op in (">", ">=") else ">="
    upper.op = "<="
    upper.lower, lower.upper = lower, upper
    upper.begin = lower.begin
    lower.unit = lower.unit or upper.unit


def _choice(first: Number, number: Number, low: str) -> None:
    """ "ECOG 0 or 1", "grade 1, 2 or 3": neighbouring steps of a scale are a range."""
    if number.value != first.value + 1 or number.value > _STEPS or first.unit not in ("", "points"):
        return
    if first.lower and first.op == "<=":
        first.op = ""
        _close(first.lower, number)
    elif not first.op and _SCALE_BEFORE.search(low[max(0, first.start - 60) : first.start]):
        _close(first, number)


def is_scale_step(number: Number, low: str) -> bool:
    """ "ECOG 0/1": two steps of a scale, not a part of a whole."""
    steps = number.second == number.value + 1 and number.value < _STEPS
    return steps and bool(_SCALE_BEFORE.search(low[max(0, number.start - 60) : number.start]))
