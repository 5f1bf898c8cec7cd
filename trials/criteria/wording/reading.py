"""One criterion, read: its terms, numbers, look-backs, and the stretches in which they mean something else."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from trials.criteria.quantities import Comparison, Window, comparisons, windows
from trials.criteria.wording.coordination import listed_mentions
from trials.criteria.wording.lexicon import concepts, cues
from trials.criteria.wording.terms import EMPTY, Context, Mention
from trials.criteria.wording.trials import trial_mentions
from trials.criteria.wording.words import Words, words_of

_BRACKET = re.compile(r"[()\[\]]")
_BOUNDARY = re.compile(r";|(?<!\be\.g)(?<!\bi\.e)(?<!\bvs)(?<!\bapprox)(?<!\bNo)(?<!\bDr)\.(?=\s+[^\sa-z]|\s*$)|\s--")


@dataclass(frozen=True, slots=True)
class Reading:
    """Offsets are those of `text`. `segments` are its sentences, cut at semicolons too; they cover it without a gap."""

    text: str
    words: Words
    mentions: tuple[Mention, ...]
    cues: tuple[Mention, ...]
    numbers: tuple[Comparison, ...]
    windows: tuple[Window, ...]
    segments: tuple[tuple[int, int], ...]
    brackets: tuple[tuple[int, int], ...]

    def segment(self, place: int) -> tuple[int, int]:
        number = bisect_right(self.segments, (place, len(self.text) + 1)) - 1
        return self.segments[max(number, 0)]

    def bracket(self, place: int) -> tuple[int, int] | None:
        """The innermost brackets around a place."""
        around = [pair for pair in self.brackets if pair[0] <= place < pair[1]]
        return min(around, key=lambda pair: pair[1] - pair[0], default=None)

    def cues_in(self, start: int, end: int, *sorts: str) -> list[Mention]:
        return [cue for cue in self.cues if start <= cue.start < end and cue.term.sort in sorts]

    def has(self, start: int, end: int, *sorts: str) -> bool:
        return any(start <= cue.start < end and cue.term.sort in sorts for cue in self.cues)

    def of(self, *sorts: str) -> Iterator[Mention]:
        return (mention for mention in self.mentions if mention.term.sort in sorts)


def read(text: str, context: Context = EMPTY) -> Reading:
    words = words_of(text)
    brackets = _brackets(text)
    named = tuple(concepts().mentions(words, text, context))
    built = (*listed_mentions(words, text, named), *trial_mentions(words, text, named))
    return Reading(
        text,
        words,
        tuple(sorted(named + built, key=lambda mention: (mention.start, mention.end))),
        tuple(cues().mentions(words, text)),
        comparisons(text),
        tuple(window for window in windows(text) if window.amount > 0),
        _segments(text, brackets),
        brackets,
    )


def _segments(text: str, inside: tuple[tuple[int, int], ...]) -> tuple[tuple[int, int], ...]:
    """Cut at ";" and at the end of each sentence, but never inside brackets."""
    cuts = [0]
    for match in _BOUNDARY.finditer(text):
        if not any(start < match.start() < end for start, end in inside):
            cuts.append(match.end())
    cuts.append(len(text))
    return tuple((start, end) for start, end in pairwise(cuts) if end > start) or ((0, len(text)),)


def _brackets(text: str) -> tuple[tuple[int, int], ...]:
    """Matched pairs; an opening bracket that is never closed is left out."""
    opened: list[int] = []
    pairs: list[tuple[int, int]] = []
    for bracket in _BRACKET.finditer(text):
        if bracket[0] in "([":
            opened.append(bracket.start())
        elif opened:
            pairs.append((opened.pop(), bracket.end()))
    return tuple(sorted(pairs))
