"""Powers of ten whose superscript was lost: `×109/L` is × 10^9/L, not one hundred and nine."""

import re
from collections.abc import Iterator

from trials.criteria.repair.fix import Fix

_VOLUME = r"/ ?(?:[Ll]|m[Ll]|[µμu][Ll]|d[Ll]|mm(?:\^?3|³)?|cm3|microlit|lit|Lit|kg|m2)(?![A-Za-z])"
_COUNTED = r"(?:cells?|CAR|viable|copies|copy|CFU|cfu|PFU|vg|TU|CD\d+|T[ -]cells?|platelets|per|leukocytes)\b"
_UNIT = rf"(?=\s?(?:{_VOLUME}|/ ?(?:[Ll]iter|[Ll]itre|cubic)|{_COUNTED}))"
_POWER = r"(?P<power>10 ?(?P<to>[3-9]|1[0-3]))"
_TIMES = re.compile(rf"\d ?(?:[x×X*·•⋅∙]|times) ?{_POWER}{_UNIT}")
# Without "×" before it, 103/µL may be a count of 103; and without a unit after it, 103 may be a plain number.
_BARE = re.compile(rf"(?<![\w.,×^*/-])10(?P<to>[369]|12)(?=\s?{_VOLUME})")
_NO_UNIT = re.compile(r"\d ?[x×X] ?10(?P<to>[369]|12)(?=[\s;,.)]|$)(?! ?(?:/|mm|cm|%))")


def _written(match: re.Match[str], *, made: bool) -> Fix:
    start = match.start("to") - len("10")
    return Fix("superscript_lost", start, match.end("to"), f"10^{match['to']}", made)


def lost_powers(text: str) -> Iterator[Fix]:
    """A factor before it and a volume or "cells" after it leave no doubt."""
    if "10" in text:
        for match in _TIMES.finditer(text):
            yield Fix("superscript_lost", *match.span("power"), f"10^{match['to']}", True)


def unsure_powers(text: str) -> Iterator[Fix]:
    if "10" in text:
        for match in _BARE.finditer(text):
            yield _written(match, made=False)
        for match in _NO_UNIT.finditer(text):
            yield _written(match, made=False)
