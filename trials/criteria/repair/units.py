"""Multiples of the upper limit without their ×, and units in the wrong case."""

import re
from collections.abc import Iterator

from trials.criteria.repair.fix import Fix, certain

_NUMBER = r"(?<![\w.,/])(?<!\d )(?<!rade )(?P<number>\d{1,2}(?:[.,]\d{1,2})?)"
_LIMIT = re.compile(rf"{_NUMBER} ?(?P<limit>ULN|UNL|IULN)\b")
_LIMIT_IN_WORDS = re.compile(
    rf"(?:(?<=[<>≤≥=])|(?<=[<>≤≥=] )|(?<=than )){_NUMBER} ?"
    r"(?P<limit>(?:the )?(?:institutional )?upper (?:normal )?limit)\b"
)
# "?" and "´" are what became of "×" in another table or font.
_BROKEN_TIMES = re.compile(r"(?<=\d) ?[?´] ?(?=(?:I?ULN|UNL|upper limit|10\^?[3-9])\b)")
_MOST = 20  # times the limit of normal; a greater number is a value, not a multiple
_MILLILITRES = re.compile(r"M[Ll](?:(?<=\dM[Ll])|(?<=\d M[Ll]))(?=/min)")
_MERCURY = re.compile(r"(?:mmHG|MMHG|mmhg|MmHg)(?:(?<=\d.{4})|(?<=\d .{4}))\b")


def missing_times(text: str) -> Iterator[Fix]:
    """`3.0ULN` and `≤ 3.0 upper limit of normal`: a number before a limit can only be a multiple of it."""
    if "ULN" in text or "UNL" in text or "upper" in text:
        for pattern in (_LIMIT, _LIMIT_IN_WORDS):
            for match in pattern.finditer(text):
                if float(match["number"].replace(",", ".")) <= _MOST:
                    yield certain("times_missing", match, f"{match['number']} × {match['limit']}")
    if "?" in text or "´" in text:
        for match in _BROKEN_TIMES.finditer(text):
            yield certain("times_missing", match, " × ")


def unit_case(text: str) -> Iterator[Fix]:
    """`30ML/min` is 30 mL/min: no doctor reads megalitres here, but a machine might."""
    if "/min" in text:
        for match in _MILLILITRES.finditer(text):
            yield certain("unit_case", match, "mL")
    if "HG" in text or "mmhg" in text or "MmHg" in text:
        for match in _MERCURY.finditer(text):
            yield certain("unit_case", match, "mmHg")
