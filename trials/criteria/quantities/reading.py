"""Reads a text from left to right into numbers, each with the comparison before or behind it."""

import re
from dataclasses import dataclass
from itertools import zip_longest

from trials.criteria.quantities import operators
from trials.criteria.quantities.numbers import reading, value_of
from trials.criteria.quantities.units import TIME, unit_after


@dataclass(slots=True)
class Number:
    """A number on its way to a comparison. `begin` to `after` covers sign, number, unit and "or older"."""

    value: float
    written: str
    start: int
    end: int
    unit: str
    begin: int
    unit_end: int
    after: int
    op: str = ""
    second: float | None = None  # what follows a stroke: 150 in 125/150, 90 in 140/90
    lower: "Number | None" = None  # the lower end of the range that this number closes
    upper: "Number | None" = None  # the upper end of the range that this number opens


_STROKE = re.compile(r" ?/ ?(\d{1,4}(?:[.,]\d{1,2})?)(?![\d/])(?! ?(?:mm\^?3|ul|l)(?![a-z]))")
_OUT_OF = re.compile(
    r" ?(?:points? )?(?:out of|of a possible|of a total of|on a scale of|of)(?: a)?(?: possible| total of"
    r"| scale of)? \d{1,4}(?![\d%.])"
    r"(?: points?)?(?! ?(?:%|mg|years|weeks|months))"
)
_LIMITED = re.compile(r" ?(?:age|bmi|body mass|weight|hb|score)")
_SIGNS = frozenset("<>≤≥=&")
_REACH = 50  # characters in which a comparison stands before its number


def numbers(text: str) -> tuple[str, list[Number]]:
    """The plain form of `text` and all its numbers with their comparisons; ranges are not joined yet."""
    low, matches = reading(text)
    found: list[Number] = []
    at = 0
    for match in matches:
        if match.start() < at:  # the 10^9 of a unit, the 150 of 125/150
            continue
        number = _number(match, low, text)
        if sign := operators.before(low, max(at, number.start - _REACH), number.start):
            _take(number, sign, low)
        _look_behind(number, low)
        at = number.after
        found.append(number)
    _turn_signs(found, low)
    return low, found


def _number(match: re.Match[str], low: str, text: str) -> Number:
    written, end = match["number"], match.end()
    number = Number(value_of(written), written, match.start(), end, "", match.start(), end, end)
    if ":" in written:
        number.unit = "titer"
        return number
    if stroke := _STROKE.match(low, end):
        number.second = float(stroke[1].replace(",", "."))
        end = stroke.end()
    elif of := _OUT_OF.match(low, end):
        end = of.end()
    number.unit, number.unit_end = unit_after(low, text, end)
    if not number.unit and low.startswith("+", end):
        _plus(number, low, text, end + 1)
    number.after = number.unit_end
    return number


def _plus(number: Number, low: str, text: str, start: int) -> None:
    """ "18+ years" is a threshold; "IHC 2+" is not."""
    unit, end = unit_after(low, text, start)
    if unit in TIME:
        number.op, number.unit, number.unit_end = ">=", unit, end


def _take(number: Number, sign: re.Match[str], low: str) -> None:
    number.op, number.begin = operators.comparison(sign), sign.start()
    if sign["gap"].strip(" ") == "-":
        number.value = -number.value


def _look_behind(number: Number, low: str) -> None:
    op, end = operators.behind(low, number.unit_end)
    if op:
        number.after = end
        if number.op in ("", "from"):
            number.op = op


def _turn_signs(found: list[Number], low: str) -> None:
    """ "18 ≤ age ≤ 75": a sign behind a number that has no number of its own counts the other way round."""
    for number, following in zip_longest(found, found[1:]):
        if number.op or _SIGNS.isdisjoint(low[number.unit_end : number.unit_end + 3]):
            continue
        if not (sign := operators.sign_at(low, number.unit_end)):
            continue
        op = operators.comparison(sign)
        if following and following.begin == sign.start("sign"):
            continue
        chained = following and following.op[:1] == op[:1] and following.begin - sign.end() < 40
        if chained or _LIMITED.match(low, sign.end()):
            number.op = {">": "<", ">=": "<=", "<": ">", "<=": ">="}.get(op, "")
            number.after = sign.end()
