"""Whether an edited sentence still says the numbers of the words that it stands for: all of them, and no others."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from trials.plain_language.numerals import WORDS
from trials.plain_language.tongue import tongue

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
# What belongs to a name ("DAS28", "IIEF-5", "CD19+") is no figure that a reader must be told.
_FIGURE = re.compile(r"(?<![^\W_])(?<![^\W\d_]-)\d+(?:[.,]\d+)*")
_LONGEST = 30  # signs; what is longer is no number of a study

Readings = frozenset[str]  # what one number may mean: "1.500" is one and a half, or fifteen hundred


@dataclass(frozen=True, slots=True)
class NumberProblem:
    """Numbers as they are written: those of the source that are lost, and those that it does not have."""

    lost: tuple[str, ...]
    invented: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.lost or self.invented)


def number_problem(texts: Iterable[str], must: Sequence[str], may: Sequence[str], lang: str) -> NumberProblem:
    """Compare what stands for a source with the words that hold what it must say and what it may say.

    A small number may also be written as a word of this language.
    """
    said, needed, allowed = " ".join(texts), " ".join(must), " ".join((*must, *may))
    words = _in_words(said, lang)
    told = [(one, _readings(one, lang)) for one in _NUMBER.findall(said)]
    known = [_in_words(allowed, "en") | _in_words(allowed, lang)]
    known += [_readings(one, lang) for one in _NUMBER.findall(allowed)]
    return NumberProblem(
        _once(one for one in _FIGURE.findall(needed) if not _is_among(_readings(one, lang), told, words)),
        _once(one for one, means in told if not any(means & other for other in known)),
    )


def _once(numbers: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(numbers))


def _is_among(means: Readings, told: Iterable[tuple[str, Readings]], words: Readings) -> bool:
    return bool(means & words) or any(means & other for _, other in told)


def _readings(written: str, lang: str) -> Readings:
    """English writes "1,500.5"; in other languages either sign may be the one before the decimals."""
    plain = {written.replace(",", "")}
    if lang != "en":
        plain |= {written.replace(".", "").replace(",", "."), written.replace(",", ".")}
    return frozenset(map(_value, plain))


def _value(written: str) -> str:
    try:
        return str(Decimal(written[:_LONGEST]).normalize())
    except InvalidOperation:
        return written


def _in_words(text: str, lang: str) -> Readings:
    """The small numbers that stand in the text as words."""
    spoken = {number: tongue(lang).say(word) for number, word in WORDS.items()}
    apart = r"\b{}\b" if any(word.isascii() for word in spoken.values()) else "{}"
    return frozenset(
        _value(str(number))
        for number, word in spoken.items()
        if re.search(apart.format(re.escape(word)), text, re.IGNORECASE)
    )
