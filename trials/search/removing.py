"""A search without one of its parts: what the × of a chip leads to."""

import re

from trials.search.draft import Draft
from trials.search.model import NoNames, Part
from trials.search.reading import named
from trials.search.refusing import ALL

_SPACES = re.compile(r"\s+")
_COMMAS = re.compile(r"\s*([,;，；、])(?:\s*[,;，；、])+|\s+(?=[,;])")
_EMPTY = re.compile(r"\(\s*\)|\[\s*\]|（\s*）")
_EDGES = " ,;，；、-–—/+|"
# What joins two things and is nothing without the first.
_CONJUNCTIONS = frozenset({"and", "or", "with", "of", "y", "e", "o", "con", "de", "和", "与", "或", "及", "的", "但"})


def without(text: str, part: Part) -> str:
    """The text without the words of a part and those that joined them to the rest, with tidy spaces and commas."""
    draft = named(Draft(text), NoNames())
    words = draft.inside(part.start, part.end)
    if not words:
        return text.strip()
    first = words.start
    while first and draft.joining[first - 1] and not draft.taken[first - 1] and not draft.divides(first):
        if draft.tokens[first - 1].key in ALL:  # without it "but Madrid" would ask for Madrid
            break
        first -= 1
    left, right = text[: draft.tokens[first].start], text[draft.tokens[words.stop - 1].end :]
    sign = draft.tokens[words.start].is_sign
    tidy = _EMPTY.sub(" ", f"{left}{'' if sign else ' '}{right}")
    tidy = _COMMAS.sub(lambda found: found[1] or "", _SPACES.sub(" ", tidy)).strip(_EDGES)
    return _unhung(tidy, at_start=not left.strip(_EDGES))


def _unhung(text: str, *, at_start: bool) -> str:
    """The text without joining words that are left hanging; empty if nothing else is left."""
    draft = named(Draft(text), NoNames())
    if all(joins and not taken for joins, taken in zip(draft.joining, draft.taken, strict=True)):
        return ""
    first = 0
    while at_start and not draft.taken[first] and draft.tokens[first].key in _CONJUNCTIONS:
        first += 1
    return text[draft.tokens[first].start :] if first else text
