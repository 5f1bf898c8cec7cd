"""The words of a text in small letters, found once for all finders."""

import re
from dataclasses import dataclass
from functools import lru_cache
from operator import eq

_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Words:
    """`unique`: each word once; `repeats`: whether somewhere a word follows itself."""

    unique: frozenset[str]
    repeats: bool


@lru_cache(maxsize=4)  # the finders look at one text after the other
def words_of(text: str) -> Words:
    words = _WORD.findall(text.lower())
    return Words(frozenset(words), any(map(eq, words, words[1:])))
