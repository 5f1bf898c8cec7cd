"""Near misses: what a search that names no condition may have meant."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache

from trials.conditions.folding import Words, words_of
from trials.conditions.lexicon import Kind, lexicon, names
from trials.conditions.resolving import resolve
from trials.conditions.vocabulary import ancestors, conditions, descendants

_ENOUGH = 0.76  # likeness from 0 to 1; below it, suggestions are noise
_SHORTEST = 5  # letters; shorter words are like too many others
_MOST_WORDS = 12  # of a query that are looked at
_LONGEST_TERM = 4  # words
_SLIP = 2  # letters that a misspelling may lack at one end
_CLOSE = 8  # terms compared letter by letter for each group of words


@dataclass(frozen=True, slots=True)
class Suggestion:
    """`text`, part of the query, may mean the condition `slug`, which is written `term`; `likeness` from 0 to 1."""

    slug: str
    term: str
    text: str
    likeness: float


@cache
def _terms() -> tuple[tuple[str, str, str], ...]:
    """Folded form, written form and slug of every name that somebody may have mistyped."""
    entries = lexicon().entries
    found: dict[str, tuple[str, str, str]] = {}
    for condition in conditions():
        for term in names(condition):
            folded = "".join(words_of(term).keys)
            kinds = [entry.kind for entry in entries.get(folded, ())]
            if Kind.NAME in kinds and len(folded) >= _SHORTEST:
                shown = condition.name if term in condition.misspellings else term
                found.setdefault(folded, (folded, shown, condition.slug))
    return tuple(found.values())


def _pieces(folded: str) -> set[str]:
    padded = f" {folded} "
    return {padded[at : at + 3] for at in range(len(padded) - 2)}


@cache
def _by_piece() -> dict[str, list[int]]:
    index: dict[str, list[int]] = defaultdict(list)
    for number, (folded, _, _) in enumerate(_terms()):
        for piece in _pieces(folded):
            index[piece].append(number)
    return dict(index)


def _closest(folded: str) -> Iterator[tuple[float, str, str]]:
    shared: dict[int, int] = defaultdict(int)
    for piece in _pieces(folded):
        for number in _by_piece().get(piece, ()):
            shared[number] += 1
    size = {number: 2 * count / (len(folded) + len(_terms()[number][0])) for number, count in shared.items()}
    for number in sorted(size, key=size.__getitem__, reverse=True)[:_CLOSE]:
        candidate, term, slug = _terms()[number]
        short, long = sorted((folded, candidate), key=len)
        if len(long) - len(short) > _SLIP and short in long:
            continue  # the same words and some more: no slip of the pen
        yield SequenceMatcher(None, folded, candidate, autojunk=False).ratio(), term, slug


def _groups(words: Words, known: set[int]) -> Iterator[tuple[str, int, int]]:
    count = min(len(words), _MOST_WORDS)
    for first in range(count):
        for last in range(first, min(first + _LONGEST_TERM, count)):
            joined = "".join(words.keys[first : last + 1])
            start, end = words.starts[first], words.ends[last]
            if len(joined) >= _SHORTEST and known.isdisjoint(range(start, end)):
                yield joined, start, end


def suggest(text: str, *, limit: int = 3) -> tuple[Suggestion, ...]:
    """Conditions that the words of a search may have meant, likeliest first, each condition once.

    Words that already name a condition are left alone. About 5 ms for a few words: for the fallback of the search box.
    """
    known = {at for found in resolve(text, typed=True) for at in range(found.start, found.end)}
    best: dict[str, Suggestion] = {}
    for joined, start, end in _groups(words_of(text), known):
        for likeness, term, slug in _closest(joined[:60]):
            if likeness >= _ENOUGH and (slug not in best or likeness > best[slug].likeness):
                best[slug] = Suggestion(slug, term, text[start:end], round(likeness, 3))
    likeliest = sorted(best.values(), key=lambda suggestion: -suggestion.likeness)
    kept: list[Suggestion] = []
    for suggestion in likeliest:
        family = ancestors(suggestion.slug) | descendants(suggestion.slug)
        if not any(better.slug in family for better in kept):
            kept.append(suggestion)
    return tuple(kept[:limit])
