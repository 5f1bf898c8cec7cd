"""A typed text as words with their places: one sign of Chinese is a word, and so is "I'm"."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from trials.search.data import LAY

# Signs of Taiwan and Hong Kong as those of the mainland.
_SIMPLE = str.maketrans(LAY["signs"]["traditional"], LAY["signs"]["simplified"])
_SIGNS = "\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
_WORD = re.compile(f"[{_SIGNS}]|(?:[A-Za-z]\\.){{2,}}[A-Za-z]?|\\d+|[^\\W\\d_{_SIGNS}]+(?:['’][^\\W\\d_{_SIGNS}]+)*")
_IS_SIGN = re.compile(f"[{_SIGNS}]")
_QUOTED = re.compile(r'"([^"]*)"|“([^”]*)”|«([^»]*)»|「([^」]*)」')


@dataclass(frozen=True, slots=True)
class Token:
    """`key` is the word folded; `start` and `end` are its place; `after` are the signs between it and the last word."""

    key: str
    raw: str
    start: int
    end: int
    after: str

    @property
    def is_sign(self) -> bool:
        return bool(_IS_SIGN.match(self.key))


def clean(text: str) -> str:
    """The text with full-width signs in their everyday form, each sign in its place."""
    if text.isascii():
        return text.replace("&", "+")
    return plain_signs("".join(_plain(sign) for sign in text).replace("&", "+"))


def plain_signs(text: str) -> str:
    """Chinese as the lists write it, each sign in its place: 綜合症 → 综合征."""
    return text.translate(_SIMPLE).replace("综合症", "综合征")


def _plain(sign: str) -> str:
    if sign in "®™©℠":
        return " "
    folded = unicodedata.normalize("NFKC", sign)
    return folded if len(folded) == 1 else sign if sign.isalpha() else " "


def fold(word: str) -> str:
    """A word without case, accents, apostrophes and dots: "I’m" → "im", "Años" → "anos"."""
    word = word.casefold()
    if not word.isascii():
        word = "".join(sign for sign in unicodedata.normalize("NFKD", word) if not unicodedata.combining(sign))
    return word.replace("'", "").replace("’", "").replace(".", "")


def tokens_of(text: str) -> list[Token]:
    """The words of a text that was cleaned."""
    found: list[Token] = []
    last = 0
    for match in _WORD.finditer(text):
        start, end = match.span()
        found.append(Token(fold(match[0]), match[0], start, end, text[last:start]))
        last = end
    return found


def keys_of(term: str) -> tuple[str, ...]:
    """The folded words of a term."""
    return tuple(token.key for token in tokens_of(clean(term)))


def written(tokens: Sequence[Token], text: str) -> str:
    """The words of neighbouring tokens as they stand in the text."""
    return text[tokens[0].start : tokens[-1].end]


def quotes_in(text: str) -> list[tuple[int, int]]:
    """The places of what stands in quotation marks, with the marks."""
    return [match.span() for match in _QUOTED.finditer(text) if match[0][1:-1].strip()]
