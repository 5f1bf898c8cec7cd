"""Value thresholds as a text writes them: "≥ 18 years", "ECOG 0-2", "5 % or more", "125/150"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from trials.criteria.quantities import ranges
from trials.criteria.quantities.numbers import single_blanks
from trials.criteria.quantities.reading import Number, numbers
from trials.criteria.quantities.spans import is_span


@dataclass(frozen=True, slots=True)
class Comparison:
    """One threshold as written, not converted. `start` to `end` covers sign, number and unit.

    `op` is ">=", ">", "<=" or "<"; `unit` is spelt one way ("years", "mg/day", "10^9/L", "x ULN", "titer";
    "" for none stated). A range gives two with one span, the lower first. `window` marks a time span that is no age: a
    look-back ("within 4 weeks" is <= 4), a duration ("for at least 3 months"), a survival. So a disease duration is one
    too: tell it by the words around it.
    """

    op: str
    value: float
    unit: str
    start: int
    end: int
    window: bool


_OF_A_LIST = re.compile(
    r" (?:or more |or greater )?(?:\w{1,20} ){0,3}?(?:of|from|out of) (?:the |these |those |any )?(?:following"
    r"|these|those|above"
    r"|below|\w{1,20} (?:criteria|following|items|features|signs)|(?<!from )\d)"
)
_ORDINAL = re.compile(r"(?:st|nd|rd|th)(?![a-z])")
_COUNTS_END = 13  # "at least two forms" counts things; "sixteen" is a value even without a unit


def comparisons(text: str) -> tuple[Comparison, ...]:
    """Every value threshold in `text`, in reading order. Linear in its length; never raises."""
    short, back = single_blanks(text)
    low, read = numbers(short)
    ranges.join(read, low)
    found = tuple(found for number in read for found in _stated(number, low))
    if short is text:
        return found
    return tuple(replace(one, start=back(one.start), end=back(one.end - 1) + 1) for one in found)


def _stated(number: Number, low: str) -> Iterator[Comparison]:
    op = number.op
    if not op and number.second is not None and ranges.is_scale_step(number, low):
        yield Comparison(">=", number.value, "", number.begin, number.after, False)
        yield Comparison("<=", number.second, "", number.begin, number.after, False)
        return
    if op == "from" and "age" in low[max(0, number.begin - 12) : number.after]:
        op = ">="
    if op not in (">=", ">", "<=", "<") or _is_count(number, low):
        return
    first = number.lower or number
    window = is_span(low, first.begin, number.after, number.value, number.unit, number.unit_end)
    if window and low.startswith("over the ", first.begin):  # "over the 4 weeks preceding" compares nothing
        return
    end = (number.upper or number).after
    yield Comparison(op, number.value, number.unit, number.begin, end, window)
    if number.second is not None and number.unit == "mmHg":
        yield Comparison(op, number.second, number.unit, number.begin, end, False)


def _is_count(number: Number, low: str) -> bool:
    """Not a value of something: "at least two forms", "≥ 2 of the following", "more than twice a day", "2nd line"."""
    if number.unit in ("", "times") and number.written[0].isalpha() and number.value < _COUNTS_END:
        return number.unit == "" or number.written in ("twice", "thrice")
    if _ORDINAL.match(low, number.end) and number.unit != "percentile":
        return True
    return not number.unit and bool(_OF_A_LIST.match(low, number.after))
