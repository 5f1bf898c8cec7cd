"""Keeps what we write on a study within the reading grade that we promise, and names things in full only once."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache

from trials.plain_language.data import data
from trials.plain_language.model import Origin, Sentence
from trials.plain_language.readability import Readability, measure

_AT_ONCE = 200
_ROUNDING = 1e-9
HIGHEST_GRADE = 8.0  # of all that we write on one study


def levelled(sentences: Sequence[Sentence], official: Mapping[str, str]) -> list[Sentence]:
    """The sentences with the hardest criteria back in the official words, until the rest is easy enough together.

    `official` holds the text of each criterion by its id.
    """
    counts = {place: measure([one.text]) for place, one in enumerate(sentences) if one.origin is Origin.WRITTEN}
    total = _sum(counts.values())
    groups: dict[str, list[int]] = {}
    for place in counts:
        if sentences[place].sources[0] in official:
            groups.setdefault(sentences[place].sources[0], []).append(place)
    left_out: set[str] = set()
    sums = {source: _sum(counts[place] for place in places) for source, places in groups.items()}
    while total.grade > HIGHEST_GRADE and sums:
        without = {source: _minus(total, one).grade for source, one in sums.items()}
        # One by one, but of thousands some at a time, or a record could keep us busy for a minute.
        for hardest in sorted(without, key=lambda source: (without[source], source))[: 1 + len(sums) // _AT_ONCE]:
            if without[hardest] > total.grade + _ROUNDING:
                sums.clear()
                break
            total = _minus(total, sums.pop(hardest))
            left_out.add(hardest)
    return _with_official(sentences, left_out, official)


def _with_official(sentences: Iterable[Sentence], left_out: set[str], official: Mapping[str, str]) -> list[Sentence]:
    made: list[Sentence] = []
    done: set[str] = set()
    for one in sentences:
        source = one.sources[0]
        if source not in left_out:
            made.append(one)
        elif source not in done:
            done.add(source)
            made.append(replace(one, text=official[source], origin=Origin.OFFICIAL))
    return made


def _sum(counts: Iterable[Readability]) -> Readability:
    total = Readability(0, 0, 0, 0, 0)
    for one in counts:
        total = Readability(
            total.sentences + one.sentences, total.words + one.words, total.syllables + one.syllables,
            total.long_words + one.long_words, max(total.longest, one.longest),
        )  # fmt: skip
    return total


def _minus(total: Readability, less: Readability) -> Readability:
    return Readability(
        total.sentences - less.sentences, total.words - less.words, total.syllables - less.syllables,
        total.long_words - less.long_words, total.longest,
    )  # fmt: skip


def named_once(sentences: Iterable[Sentence]) -> list[Sentence]:
    """English sentences in reading order, each thing with its full name once and by its short one from then on."""
    seen: set[str] = set()
    return [one if one.origin is Origin.OFFICIAL else replace(one, text=_shorter(one.text, seen)) for one in sentences]


def _shorter(text: str, seen: set[str]) -> str:
    def put(found: re.Match[str]) -> str:
        name = found.group()
        if name not in seen:
            seen.add(name)
            return name
        return _again()[name]

    return _finder().sub(put, text)


@cache
def _again() -> dict[str, str]:
    """Full name → what it is called from the second time on."""
    names = {}
    for term in data("terms")["term"]:
        bare = re.sub(r"^an? ", "", term["plain"])
        if "again" in term:
            names[bare] = term["again"]
        elif "(" in bare:
            names[bare] = re.sub(r"\s*\([^)]*\)", "", bare)
    return names


@cache
def _finder() -> re.Pattern[str]:
    longest_first = sorted(_again(), key=len, reverse=True)
    return re.compile("|".join(rf"(?<!\w){re.escape(name)}(?!\w)" for name in longest_first))
