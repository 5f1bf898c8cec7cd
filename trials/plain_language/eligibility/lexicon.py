"""The terms, measures, qualifiers and words of the data files, ready to be found in a text."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any, NamedTuple

from trials.plain_language.data import data

# Hyphens, slashes and spaces separate tokens alike; other marks are tokens, so that no phrase reaches over a comma.
_TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|[^\w\s/-]")


class Token(NamedTuple):
    word: str  # as it is compared
    start: int
    end: int


@lru_cache(maxsize=2_000)
def tokens(text: str) -> tuple[Token, ...]:
    """The words of a text; kept for a while, for a clause is looked up in several lists."""
    return tuple(Token(found.group().casefold().replace("’", "'"), *found.span()) for found in _TOKEN.finditer(text))


def folded(words: str) -> str:
    """Words as they are compared, as one string."""
    return " ".join(token.word for token in tokens(words))


class _Phrase(NamedTuple):
    words: tuple[str, ...]
    plain: str
    cased: str  # the only writing in which it counts; empty: any
    is_term: bool


class Phrases:
    """Phrases and what each stands for, found by their words; the longest wins.

    An entry of the data files has `plain`, its `words`, and `cased` ones that count only in exactly that writing. An
    entry with `verbatim` is put in as it stands; any other is a term, whose article goes where it stands within words.
    """

    def __init__(self, entries: Iterable[Mapping[str, Any]]) -> None:
        self._by_first: dict[str, list[_Phrase]] = {}
        for entry in entries:
            is_term = not entry.get("verbatim", False)
            for written, cased in ((entry["words"], False), (entry.get("cased", ()), True)):
                for phrase in written:
                    words = tuple(token.word for token in tokens(phrase))
                    one = _Phrase(words, entry["plain"], phrase if cased else "", is_term)
                    self._by_first.setdefault(words[0], []).append(one)
        for phrases in self._by_first.values():
            phrases.sort(key=lambda phrase: (-len(phrase.words), not phrase.cased))

    def whole(self, text: str) -> str | None:
        """What the whole text stands for, if it is one of the phrases."""
        found = tokens(text)
        phrase = self._at(found, 0, text)
        return phrase.plain if phrase and len(phrase.words) == len(found) else None

    def start(self, text: str) -> tuple[str, str] | None:
        """What the phrase stands for that a text begins with, and the text after it."""
        found = tokens(text)
        phrase = self._at(found, 0, text)
        return (phrase.plain, text[found[len(phrase.words) - 1].end :].lstrip()) if phrase else None

    def swapped(self, text: str) -> str:
        """The text with each phrase in its plain words."""
        found, made, place, done = tokens(text), [], 0, 0
        while place < len(found):
            phrase = self._at(found, place, text)
            if phrase is None:
                place += 1
                continue
            start, end = found[place].start, found[place + len(phrase.words) - 1].end
            written = text[start:end]
            if self._belongs_to_another(phrase, found, place, text):
                place += len(phrase.words)
                continue
            made += [text[done:start], _within(phrase.plain, written) if phrase.is_term else phrase.plain]
            done, place = end, place + len(phrase.words)
        return "".join([*made, text[done:]])

    @staticmethod
    def _belongs_to_another(phrase: _Phrase, found: Sequence[Token], place: int, text: str) -> bool:
        """Whether the words are part of a wider term ("haemolytic anaemia") or of a proper name ("Health Assessment
        Questionnaire"), or one thing where the plain words are many ("another corticosteroid")."""
        before = found[place - 1] if place else None
        after = found[place + len(phrase.words)] if place + len(phrase.words) < len(found) else None
        if not phrase.is_term:
            title = text[found[place].start].isupper() and len(phrase.words) == 1
            return title and any(_is_title(text, token) for token in (before, after) if token)
        if before is None:
            return False
        many = phrase.plain.endswith("s") and not text[: found[place + len(phrase.words) - 1].end].endswith("s")
        return before.word not in _narrows_not() or (many and before.word in _ONE)

    def _at(self, found: Sequence[Token], place: int, text: str) -> _Phrase | None:
        if place >= len(found) or (
            place and text[found[place].start - 1] == "-" and found[place - 1].end == found[place].start - 1
        ):
            return None  # the second half of "SLE-driven" or "non-hepatic" is no word of its own
        return next((phrase for phrase in self._fitting(found, place, text)), None)

    def _fitting(self, found: Sequence[Token], place: int, text: str) -> Iterator[_Phrase]:
        for phrase in self._by_first.get(found[place].word, ()):
            end = place + len(phrase.words)
            if end > len(found) or any(found[place + n].word != word for n, word in enumerate(phrase.words)):
                continue
            last = found[end - 1].end
            if text[last : last + 1] == "-" and text[last + 1 : last + 2].isalnum():
                continue  # "SLE-driven"
            if not phrase.cased or text[found[place].start : last] == phrase.cased:
                yield phrase


@cache
def _narrows_not() -> frozenset[str]:
    return frozenset(data("terms")["narrows_not"])


# Words before one thing, not many.
_ONE = frozenset({"a", "an", "another", "one", "each"})


def _is_title(text: str, token: Token) -> bool:
    """ "Questionnaire": a capital and then small letters, as in a proper name."""
    word = text[token.start : token.end]
    return len(word) > 1 and word[0].isupper() and word[1:].islower()


def _within(plain: str, written: str) -> str:
    """Plain words in the middle of others: without their article, and never one thing for many."""
    bare = re.sub(r"^(?:a|an) ", "", plain)
    return written if bare != plain and written.endswith("s") and not bare.endswith("s") else bare


@cache
def terms() -> Phrases:
    return Phrases(data("terms")["term"])


@cache
def measures() -> Phrases:
    return Phrases(data("terms")["measure"])


@cache
def qualifiers() -> Phrases:
    return Phrases(data("terms")["qualifier"])


@cache
def plain_words() -> Phrases:
    """All that has plainer words in English: terms, and words that are no terms."""
    tables = (table for table in data("swaps").values() if isinstance(table, dict))
    words = [{"plain": put, "words": [written], "verbatim": True} for table in tables for written, put in table.items()]
    return Phrases([*data("terms")["term"], *words])
