"""The vocabulary as one tree of words, and its mentions in a text. Longest term first; linear in the text's length."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

from trials.criteria.wording.words import Words, key, words_of

LEAF = ""
Phrase = tuple[str, ...]


class Term(NamedTuple):
    """What a sequence of words stands for. `sort` names the family, `name` the entry, `part` a share of it.

    A short form may be bound: it counts only as one of `spellings`, where one of `anchors` stands somewhere in the
    study
    ("lupus nephritis" for LN), and where none of `blockers` stands in the same criterion ("room air" for RA).
    """

    sort: str
    name: str
    part: str = ""
    spellings: frozenset[str] | None = None
    anchors: frozenset[Phrase] | None = None
    blockers: frozenset[Phrase] = frozenset()


class Mention(NamedTuple):
    term: Term
    start: int
    end: int
    first: int  # number of its first word
    last: int  # number of the word after it


class Context:
    """All the words of a study: what its short forms can stand for."""

    def __init__(self, texts: Iterable[str] = ()) -> None:
        self._texts = tuple(texts)
        self._words: str | None = None
        self._anchored: dict[frozenset[Phrase], bool] = {}

    def names_one_of(self, phrases: frozenset[Phrase]) -> bool:
        if phrases not in self._anchored:
            if self._words is None:
                self._words = " ".join(word for text in self._texts for word in ("|", *words_of(text).norms))
            around = f" {self._words} "
            self._anchored[phrases] = any(f" {' '.join(phrase)} " in around for phrase in phrases)
        return self._anchored[phrases]


EMPTY = Context()


@dataclass(slots=True)
class TermTree:
    root: dict[str, Any] = field(default_factory=dict)

    def add(self, words: str, term: Term) -> None:
        node = self.root
        for word in key(words):
            node = node.setdefault(word, {})
        if node is not self.root and term not in (terms := node.setdefault(LEAF, [])):
            terms.append(term)

    def add_all(self, terms: Iterable[str], term: Term) -> None:
        for words in terms:
            self.add(words, term)

    def mentions(self, words: Words, text: str, context: Context = EMPTY) -> Iterator[Mention]:
        """Every mention, in order, none inside another. A term that means two things gives two mentions."""
        number, count = 0, len(words.norms)
        while number < count:
            if words.norms[number] not in self.root:
                number += 1
                continue
            found, after = self._longest(words, text, number, context)
            for term in found:
                yield Mention(term, words.starts[number], words.ends[after - 1], number, after)
            number = after if found else number + 1

    def _longest(self, words: Words, text: str, first: int, context: Context) -> tuple[list[Term], int]:
        node: dict[str, Any] | None = self.root.get(words.norms[first])
        best: list[Term] = []
        after, number = first, first + 1
        while node is not None:
            if LEAF in node:
                terms = [term for term in node[LEAF] if _counts(term, words, text, first, number, context)]
                if terms:
                    # A phrase that one entry disowns ("creatinine clearance" is no creatinine) may be another's own
                    # name.
                    best, after = [term for term in terms if term.sort != "none"] or terms, number
            if number >= len(words.norms) or words.breaks[number]:
                break
            node = node.get(words.norms[number])
            number += 1
        return best, after


def _counts(term: Term, words: Words, text: str, first: int, last: int, context: Context) -> bool:
    if term.spellings is not None and text[words.starts[first] : words.ends[last - 1]] not in term.spellings:
        return False
    if term.anchors is not None and not context.names_one_of(term.anchors):
        return False
    return not term.blockers or not _in_criterion(text).names_one_of(term.blockers)


@lru_cache(maxsize=64)
def _in_criterion(text: str) -> Context:
    return Context([text])
