"""Small and capital letters: which words keep their capital within a sentence."""

import re
from functools import cache

from trials.plain_language.data import data

_TITLE = re.compile(r"\s+[A-Z][a-z]+")  # a second capital word: a proper name, "British Isles Lupus Assessment Group"
_FIRST = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


def small(text: str) -> str:
    """The text within a sentence: its first letter small, unless it begins with a name or an abbreviation."""
    found = _FIRST.match(text)
    if found is None or not found.group()[0].isupper() or found.group()[1:] != found.group()[1:].lower():
        return text
    if found.group().lower().replace("’", "'") in _names() or _TITLE.match(text, found.end()):
        return text
    return text[0].lower() + text[1:]


@cache
def _names() -> frozenset[str]:
    return frozenset(data("terms")["names"])
