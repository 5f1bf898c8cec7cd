"""Text → words with their places: what the vocabulary is matched against.

A word is a run of letters or a run of digits, so "anti-CD20" is anti · cd · 20 and "B-cell" is b · cell. Words are
compared
without case, accents and plural endings. Offsets are those of the text given.
"""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

_WORD = re.compile(r"[^\W\d_]+|\d+")
# What stands between two words keeps them apart: a term never spans a comma, a bracket, a sign or the end of a
# sentence.
_BREAK = re.compile(r"[,;()\[\]{}|<>=≤≥&+]|[:.]\s")
_SHORT_FORM = re.compile(r"[(\[]([^\W\d_][\w/-]{0,9})[)\]]")
# "AntiNeutrophil Antibodies (ANCA) -associated vasculitis": the name goes on behind the bracket, whatever it holds.
_GOES_ON = re.compile(r"\s?-\s?(?:associated|related)\b", re.IGNORECASE)
_NAME_LENGTH = 70  # characters before a bracket in which its full name can stand
_NAME_END = re.compile(r"[()\[\];:.]")
_LETTERS = re.compile(r"[a-z0-9]+")
_NO_PLURALS = frozenset({"aids", "ards", "sars"})
_PLURALS_IN_AS = ("ias", "omas")  # arrhythmias, leukemias, carcinomas
_KEPT_S = ("ss", "us", "is", "as", "os")


class _Folding(dict[int, str]):
    """One character in, one character out: small, and without its accent."""

    def __missing__(self, code: int) -> str:
        small = unicodedata.normalize("NFKD", chr(code).lower()) or chr(code)
        self[code] = small[0]
        return small[0]


_FOLDING = _Folding()


class Words(NamedTuple):
    """The words of a text, side by side. `breaks[i]`: something stands between word i and the one before."""

    norms: list[str]
    starts: list[int]
    ends: list[int]
    breaks: list[bool]


def folded(text: str) -> str:
    """The text in small letters without accents; every character keeps its place."""
    return text.translate(_FOLDING)


@lru_cache(maxsize=1 << 16)
def norm(word: str) -> str:
    """A folded word without its plural ending: "biologics" → "biologic", "therapies" → "therapy", "doses" → "dose"."""
    if (
        len(word) < 4
        or not word.endswith("s")
        or (word.endswith(_KEPT_S) and not word.endswith(_PLURALS_IN_AS))
        or word in _NO_PLURALS
    ):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    return word[:-1]


@lru_cache(maxsize=512)  # a criterion's words are asked for by its study, its children and its own families
def words_of(text: str) -> Words:
    """The words of a text. A short form in brackets after its own name ("Tumor Necrosis Factor (TNF) antagonists")
    is passed
    over, so that the name goes on behind it."""
    small = _without_short_forms(folded(text), text)
    norms, starts, ends, breaks = [], [], [], []
    last = 0
    for match in _WORD.finditer(small):
        start, end = match.span()
        norms.append(norm(match.group()))
        starts.append(start)
        ends.append(end)
        breaks.append(bool(starts) and _BREAK.search(small, last, start) is not None)
        last = end
    return Words(norms, starts, ends, breaks)


def _without_short_forms(small: str, text: str) -> str:
    """Blanks in place of each short form in brackets whose letters the words before it spell."""
    if "(" not in small and "[" not in small:
        return small
    pieces, last = [], 0
    for match in _SHORT_FORM.finditer(text):
        start, end = match.span()
        name = _NAME_END.split(small[max(last, start - _NAME_LENGTH) : start])[-1]
        if _spells(name, match[1]) or _GOES_ON.match(text, end):
            pieces += [small[last:start], " " * (end - start)]
            last = end
    return "".join([*pieces, small[last:]]) if pieces else small


def _spells(name: str, short: str) -> bool:
    letters = "".join(_LETTERS.findall(short.lower()))
    if len(letters) > 2 and short.endswith("s"):
        letters = letters[:-1]
    words = _LETTERS.findall(name)
    spelt = iter("".join(words))
    return letters[:1] in {word[0] for word in words} and all(letter in spelt for letter in letters)


def key(term: str) -> tuple[str, ...]:
    """A term of the vocabulary as the sequence of words that it is found by."""
    return tuple(words_of(term).norms)
