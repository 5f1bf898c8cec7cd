"""How hard a text is to read, counted offline: Flesch-Kincaid grade, SMOG, and the longest sentence.

Source of the formulas: Kincaid et al. 1975 (grade = 0.39 words/sentence + 11.8 syllables/word - 15.59) and McLaughlin
1969 (SMOG = 1.0430 √(words of three or more syllables x 30 / sentences) + 3.1291), both made for English. Syllables are
counted by the spelling; a number is one word of one syllable, an abbreviation is read letter by letter.
"""

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

# An end of sentence is followed by a space; "2.5" and "e.g." with a small letter after it are none.
_SENTENCE_END = re.compile(r"(?<=[.!?:])[\"”’)]*\s+(?=[\"“(]?[A-Z0-9])|\n+")
_WORD = re.compile(r"\d[\d,./^%]*|[^\W\d_]+(?:['’][^\W\d_]+)*")
_VOWELS = re.compile(r"[aeiouyàáâäèéêëìíîïòóôöøùúûü]+")
# Endings that are written and not spoken: "scale", "muscles" keep their last vowel only after a consonant and "l".
_SILENT = re.compile(r"(?:[^aeiouyl]e|[aeiouy]les?|[^aeiouylsxzcgh]es|[^cs]hes|[^aeiouytd]ed|[aeiouy][^aeiouytd]ed)$")
# Two vowels that stand together and are spoken apart.
_APART = re.compile(
    "|".join(
        (
            r"(?<![ctsg])i(?:a|um)",  # media, anemia; not special, partial
            r"(?<![ctgxs])ious",  # serious; not cautious
            r"(?<![ctglnsx])io(?!us)",  # period, biological; not region, million
            r"[eiouy]ing(?=s?$)",  # being, doing
            r"eo(?!us|ple)",  # video
            r"u(?:al|ate|ity|ous)(?<!qual)",  # annual, evaluate, continuous
            r"iet|[bdln]ient",  # variety, ingredient; not patient
            r"creat|react",
            r"(?<=[^\W\d_])y[ao]",  # myositis, beyond; not you
        )
    )
)
_KNOWN = {
    **dict.fromkeys(("real", "friend", "friends"), 1),
    **dict.fromkeys(("being", "fluid", "fluids", "really", "science", "every"), 2),
    **dict.fromkeys(("area", "areas", "experience", "idea", "ideas", "suicide"), 3),
    "diabetes": 4,
}


@dataclass(frozen=True, slots=True)
class Readability:
    """`grade` and `smog` in years of schooling; `longest` in words."""

    sentences: int
    words: int
    syllables: int
    long_words: int
    longest: int

    @property
    def grade(self) -> float:
        if not self.words:
            return 0.0
        return 0.39 * self.words / self.sentences + 11.8 * self.syllables / self.words - 15.59

    @property
    def smog(self) -> float:
        return 1.0430 * math.sqrt(self.long_words * 30 / self.sentences) + 3.1291 if self.words else 0.0


def measure(texts: Iterable[str]) -> Readability:
    """Count over texts; each begins a sentence of its own."""
    sentences = [words for text in texts for one in sentences_of(text) if (words := words_of(one))]
    counts = [syllables(word) for words in sentences for word in words]
    return Readability(
        sentences=len(sentences),
        words=len(counts),
        syllables=sum(counts),
        long_words=sum(count >= 3 for count in counts),
        longest=max(map(len, sentences), default=0),
    )


def grade(*texts: str) -> float:
    """Flesch-Kincaid grade of the texts together."""
    return measure(texts).grade


def sentences_of(text: str) -> list[str]:
    return [part for part in _SENTENCE_END.split(text) if part.strip()]


def words_of(text: str) -> list[str]:
    return _WORD.findall(text)


@lru_cache(maxsize=20_000)
def syllables(word: str) -> int:
    """How many syllables an English reader speaks; at least one."""
    if not word[0].isalpha():
        return 1
    if len(word) > 1 and word.isupper():
        return len(word)  # "HIV" is spelled out
    plain = word.lower().replace("’", "'").removesuffix("'s")
    if plain in _KNOWN:
        return _KNOWN[plain]
    count = len(_VOWELS.findall(plain)) + len(_APART.findall(plain))
    if _SILENT.search(plain):
        count -= 1
    return max(count, 1)
