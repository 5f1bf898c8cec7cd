"""What a repair is, and how several are laid over one text."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fix:
    """One place where the text is not as its author meant it; `start` and `end` count characters of the given text.

    `made` is True where the repair is certain and stands in the new text. Otherwise it is a proposal for an editor, and
    the text stays as written; a proposal that shows just what is written says "look here", because nobody can know the
    right words. `reason` is a key of `REASONS`.
    """

    reason: str
    start: int
    end: int
    shown: str
    made: bool


Finder = Callable[[str], Iterable[Fix]]


def certain(reason: str, match: re.Match[str], shown: str) -> Fix:
    """A repair that is made: `shown` in place of the whole match."""
    return Fix(reason, match.start(), match.end(), shown, True)


def proposed(reason: str, match: re.Match[str], shown: str) -> Fix:
    """A repair for an editor to confirm."""
    return Fix(reason, match.start(), match.end(), shown, False)


def apart(fixes: Iterable[Fix]) -> list[Fix]:
    """In reading order, without those that overlap one before them."""
    kept: list[Fix] = []
    for fix in sorted(fixes, key=lambda fix: (fix.start, -fix.end)):
        if not kept or fix.start >= kept[-1].end:
            kept.append(fix)
    return kept


def laid_over(text: str, fixes: Sequence[Fix]) -> str:
    """The text with all of `fixes` (in order, apart) put in."""
    parts: list[str] = []
    last = 0
    for fix in fixes:
        parts += (text[last : fix.start], fix.shown)
        last = fix.end
    parts.append(text[last:])
    return "".join(parts)


class WayBack:
    """From places in a repaired text to places in the text before, for one round of repairs."""

    def __init__(self, fixes: Sequence[Fix]) -> None:
        self._fixes = fixes
        self._starts: list[int] = []
        self._ends: list[int] = []
        grown = 0
        for fix in fixes:
            self._starts.append(fix.start + grown)
            grown += len(fix.shown) - (fix.end - fix.start)
            self._ends.append(fix.end + grown)

    def of(self, fix: Fix) -> Fix:
        """The same fix in the text before. Inside a replacement nothing is to be told apart: all of it is meant."""
        return Fix(fix.reason, self._start(fix.start), self._end(fix.end), fix.shown, fix.made)

    def _start(self, place: int) -> int:
        at = bisect_right(self._starts, place) - 1
        if at < 0:
            return place
        if place < self._ends[at]:
            return self._fixes[at].start
        return self._fixes[at].end + place - self._ends[at]

    def _end(self, place: int) -> int:
        at = bisect_left(self._starts, place) - 1
        if at < 0:
            return place
        return self._fixes[at].end + max(0, place - self._ends[at])
