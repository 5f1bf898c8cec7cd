"""The hard words of a page: where each first stands in its texts, and what it means."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from trials.language import name_key
from trials.plain_language.glossary import Mention, Term, by_slug, mentions, terms

ENGLISH = "en"
# In our own sentences it is where studies are listed, not the register of patients that the glossary explains.
_NOT_IN_OURS = {"registry"}


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text; with a slug it is a hard word that the page explains."""

    text: str
    slug: str = ""


Pieces = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class WordView:
    slug: str
    term: str
    definition: str


class WordsOnPage:
    """Collects the hard words of one page while its texts are made, in the order in which people read them.

    The first mention in our own sentences and the first in official words lead to the meaning, the others do not: who
    opens an official wording may not have seen the word before.
    """

    def __init__(self) -> None:
        self.language = get_language() or ENGLISH
        self._names = {} if self.is_english else _translated_names()
        self._in_ours: set[str] = set()
        self._in_official: set[str] = set()

    @property
    def is_english(self) -> bool:
        return self.language == ENGLISH

    def ours(self, text: str) -> Pieces:
        """A sentence of ours, in the language of the page."""
        found = mentions(text) if self.is_english else self._translated_mentions(text)
        return tuple(_pieces(text, (one for one in found if one.slug not in _NOT_IN_OURS), self._in_ours))

    def official(self, text: str, *, in_sight: bool = False) -> Pieces:
        """Words of the registry, which are English; `in_sight` where they stand among our own sentences."""
        return tuple(_pieces(text, mentions(text), self._in_ours if in_sight else self._in_official))

    def _translated_mentions(self, text: str) -> list[Mention]:
        """Terms in a sentence of another language: only as the catalogue writes them, the longest first."""
        if not self._names:
            return []
        # Chinese sets no spaces between words.
        pattern = _any_of(tuple(self._names), spaced=not self.language.startswith("zh"))
        known = ((found, self._names.get(found[0].casefold())) for found in pattern.finditer(text))
        return [Mention(*found.span(), slug) for found, slug in known if slug]

    def views(self) -> tuple[WordView, ...]:
        """The words that were found, in the order of the alphabet."""
        views = (word_view(by_slug(slug)) for slug in self._in_ours | self._in_official)
        return tuple(sorted(views, key=lambda view: (name_key(view.term), view.slug)))


def word_view(term: Term) -> WordView:
    return WordView(term.slug, _(term.term), _(term.definition))


def text_of(pieces: Iterable[Piece]) -> str:
    return "".join(piece.text for piece in pieces)


def _pieces(text: str, found: Iterable[Mention], seen: set[str]) -> Iterator[Piece]:
    done = 0
    for mention in found:
        if mention.slug in seen:
            continue
        seen.add(mention.slug)
        if mention.start > done:
            yield Piece(text[done : mention.start])
        yield Piece(text[mention.start : mention.end], mention.slug)
        done = mention.end
    if done < len(text):
        yield Piece(text[done:])


def _translated_names() -> dict[str, str]:
    """Name in the language of the page → slug. A word may be the same in both languages; what it means is not."""
    return {_(term.term).casefold(): term.slug for term in terms() if _(term.definition) != term.definition}


@lru_cache(maxsize=8)
def _any_of(names: tuple[str, ...], *, spaced: bool) -> re.Pattern[str]:
    one = "|".join(map(re.escape, sorted(names, key=lambda name: (-len(name), name))))
    return re.compile(rf"(?<!\w)(?:{one})(?!\w)" if spaced else one, re.IGNORECASE)
