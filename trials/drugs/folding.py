"""How names are compared: as runs of letters and runs of digits, without case, accents and what stands between them."""

import html
import re
import unicodedata
from dataclasses import dataclass

_WORD = re.compile(r"[^\W\d_]+|\d+")
_GREEK = str.maketrans({"α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "Δ": "delta", "ß": "beta"})
# Signs that are no letters and that the compatible form would turn into some: "Enbrel™" is not "EnbrelTM".
_MARKS = str.maketrans("®™©℠", "    ")


@dataclass(frozen=True, slots=True)
class Words:
    """A name as columns: each word folded and as written, and what stands before it."""

    keys: list[str]
    raws: list[str]
    gaps: list[str]

    def __len__(self) -> int:
        return len(self.keys)


def plain(text: str) -> str:
    """The text with full-width signs, superscripts and Greek letters in their everyday form."""
    if "&" in text:
        text = html.unescape(text)
    if text.isascii():
        return text
    return unicodedata.normalize("NFKC", text.translate(_MARKS)).translate(_GREEK)


def _fold(word: str) -> str:
    if word.isascii():
        return word.lower()
    parts = unicodedata.normalize("NFKD", word.casefold())
    return "".join(sign for sign in parts if not unicodedata.combining(sign)) or word


def words_of(text: str) -> Words:
    """The words of a text: "CNTO-136 50mg" → cnto, 136, 50, mg."""
    text = plain(text)
    raws: list[str] = []
    gaps: list[str] = []
    last = 0
    for match in _WORD.finditer(text):
        start, end = match.span()
        raws.append(text[start:end])
        gaps.append(text[last:start])
        last = end
    keys = [raw.lower() for raw in raws] if text.isascii() else [_fold(raw) for raw in raws]
    return Words(keys, raws, gaps)


def key(term: str) -> str:
    """The key of a term, its words joined: "BIIB-059", "BIIB 059" and "biib059" are one."""
    return "".join(words_of(term).keys)


def written(term: str) -> str:
    """A term as written, without what stands between its words: the form of an abbreviation."""
    return "".join(words_of(term).raws)


def places_of(text: str) -> list[tuple[int, int]]:
    """Where the words of a text stand, for a text that is plain already."""
    return [match.span() for match in _WORD.finditer(text)]
