"""The words of a search, marked where they stand in a title or a text."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from trials.conditions import family, find_in_text
from trials.find import BEGIN, END, GAP

_WORD = re.compile(r"\w+")
_SHORTEST = 3  # letters of the beginning by which two forms of a word are one
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Marked:
    """A stretch of text; `hit` where it is what was looked for."""

    text: str
    hit: bool = False


def marked_title(title: str, conditions: Iterable[str], words: str) -> tuple[Marked, ...]:
    """The title with the conditions that were looked for, by any of their names, and the words."""
    wanted = frozenset[str]().union(*map(family, conditions))
    spans = [(found.start, found.end) for found in find_in_text(title) if found.slug in wanted] if wanted else []
    stems = [stem for word in _WORD.findall(words) if (stem := _stem(word))]
    spans += [m.span() for m in _WORD.finditer(title) if any(_stem(m[0]) == stem for stem in stems)]
    return tuple(_pieces(title, spans))


def marked_excerpt(line: str) -> tuple[Marked, ...]:
    """A line of `trials.find.excerpts`."""
    pieces = []
    for part in re.split(f"({BEGIN}[^{END}]*{END})", _SPACES.sub(" ", line.replace(GAP, " … "))):
        if part:
            pieces.append(Marked(part.strip(BEGIN + END), part.startswith(BEGIN)))
    return tuple(pieces)


def _stem(word: str) -> str:
    """A rough stem, for the eye only: what is found is the database's word."""
    folded = word.casefold()
    for ending in ("ing", "ies", "es", "s", "ed", "e"):
        if folded.endswith(ending) and len(folded) - len(ending) >= _SHORTEST:
            return folded[: -len(ending)]
    return folded if len(folded) >= _SHORTEST else ""


def _pieces(title: str, spans: list[tuple[int, int]]) -> Iterator[Marked]:
    at = 0
    for start, end in sorted(spans):
        if start < at:
            continue
        if start > at:
            yield Marked(title[at:start])
        yield Marked(title[start:end], hit=True)
        at = end
    if at < len(title):
        yield Marked(title[at:])
