"""How words are compared: without case, accents, apostrophes, hyphens, plural "s" and the common misspellings."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from trials.conditions.data import DATA

# A word is a run of letters and digits, with an apostrophe inside ("Sjögren's", "Behcet&#39;s"). "S.L.E." is one word.
# Chinese, Japanese and Korean write no spaces, so there each sign is a word of its own.
_SIGNS = "\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff66-\uff9d\U00020000-\U0003ffff"
_APOSTROPHE = "(?:['’‘ʼ`´′]|&#0*39;|&#8217;|&apos;|&rsquo;)"
_IS_SIGN = re.compile(f"[{_SIGNS}]")
_PLAIN = re.compile("[A-Za-z0-9]+(?:(?:['`]|&#0*39;|&#8217;|&apos;|&rsquo;)[A-Za-z0-9]+)*")
_ACCENTED = re.compile(f"[^\\W_]+(?:{_APOSTROPHE}[^\\W_]+)*")
_ANY = re.compile(f"[{_SIGNS}]|(?:(?<![^\\W_])[A-Za-z]\\.){{2,}}|[^\\W_{_SIGNS}]+(?:{_APOSTROPHE}[^\\W_{_SIGNS}]+)*")
_DOTTED = re.compile(r"\.[A-Za-z]\.")
_POSSESSIVE = re.compile(f"{_APOSTROPHE}[sS]$")
_INNER_APOSTROPHE = re.compile(_APOSTROPHE)
# No accents to Unicode; φ stands for an ö that a record has lost.
_STROKES = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "φ": "o"})
# What ends a phrase: a stop, a colon, a long dash, an empty line or the bullet of a list.
_BREAK = re.compile(r"[.:!|\[\]{}•—\t]|\n\s*[\n*•-]|\r\n\s*\r\n")

WORDS: dict[str, str] = DATA["words"]


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text in order, as columns: folded form, place in the text, and what stands before each.

    A gap is empty after a space or hyphen; else the signs of ",/()" that stand there (";" counts as a comma), or "|"
    for a break in the sentence.
    """

    keys: list[str]
    starts: list[int]
    ends: list[int]
    gaps: list[str]

    def __len__(self) -> int:
        return len(self.keys)


def _strip_plural(word: str) -> str:
    if len(word) <= 3 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    return word[:-3] + "y" if word.endswith("ies") and len(word) > 4 else word[:-1]


@lru_cache(maxsize=1 << 14)
def fold_word(word: str) -> str:
    """The form under which one word is compared: "Sjögren's" → "sjogren", "Myopathies" → "myopathy"."""
    if not word.isalnum():
        word = _INNER_APOSTROPHE.sub("", _POSSESSIVE.sub("", word.replace(".", "")))
    word = word.casefold()
    if not word.isascii():
        plain = unicodedata.normalize("NFKD", word).casefold().translate(_STROKES)
        plain = "".join(sign for sign in unicodedata.normalize("NFKD", plain) if sign.isalnum())
        word = word if not plain or (_IS_SIGN.match(word) and len(plain) > 1) else plain
    singular = _strip_plural(word)
    return WORDS.get(word) or WORDS.get(singular, singular)


@lru_cache(maxsize=1 << 10)
def _gap(between: str) -> str:
    if _BREAK.search(between):
        return "|"
    return "".join(sign for sign in between.replace(";", ",") if sign in ",/()")


def _word_pattern(text: str) -> re.Pattern[str]:
    """The simplest pattern that is right for this text: most are plain English, and speed counts here."""
    if not text or ("." in text and _DOTTED.search(text)):
        return _ANY
    if text.isascii():
        return _PLAIN
    return _ACCENTED if max(text) < "\u2e80" else _ANY


def words_of(text: str) -> Words:
    """The words of a text. The "s" of "Sjogren s syndrome" is left out."""
    keys: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    gaps: list[str] = []
    last = 0
    for match in _word_pattern(text).finditer(text):
        start, end = match.span()
        key = fold_word(text[start:end])
        if key == "s" and keys:
            continue
        between = text[last:start]
        last = end
        keys.append(key)
        starts.append(start)
        ends.append(end)
        gaps.append("" if between == " " else _gap(between))
    return Words(keys, starts, ends, gaps)


def fold(text: str) -> str:
    """The key under which a registry term is kept once: "Sjögren’s  Syndromes" → "sjogren syndrome".

    Never empty unless the text is blank: what holds no word at all keeps its own signs.
    """
    folded = " ".join(words_of(text).keys) or text.strip().casefold()
    # A rare sign may fall into several words; they are folded too, so that a key is its own key.
    return folded if folded.isascii() or folded == text else fold(folded)
