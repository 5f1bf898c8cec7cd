"""Brackets that are opened and not closed, or closed and not opened."""

import re
from collections.abc import Iterator

from trials.criteria.repair.fix import Fix

_BRACKET = re.compile(r"[()\[\]{}]")
_PAIRS = {")": "(", "]": "[", "}": "{"}
_MARKER_BEFORE = re.compile(r"(?:^|[\s,;:.(])(?:\d{1,2}|[A-Za-z]|[ivx]{2,4})$")


def _is_marker(text: str, place: int) -> bool:
    """The bracket of "1) fever; 2) rash" or "a) fever" stands alone."""
    return text[place] == ")" and _MARKER_BEFORE.search(text, max(0, place - 5), place) is not None


def open_brackets(text: str) -> Iterator[Fix]:
    """Each bracket without its other half. What was meant to stand in brackets, only a reader can say."""
    open_at: dict[str, list[int]] = {"(": [], "[": [], "{": []}
    alone: list[int] = []
    for match in _BRACKET.finditer(text):
        sign, place = match[0], match.start()
        if sign in open_at:
            open_at[sign].append(place)
        elif open_at[_PAIRS[sign]]:
            open_at[_PAIRS[sign]].pop()
        elif not _is_marker(text, place):
            alone.append(place)
    alone += (place for places in open_at.values() for place in places)
    for place in sorted(alone):
        yield Fix("brackets_unbalanced", place, place + 1, text[place], False)
