"""Whether an edited sentence still says the numbers of the words that it stands for: all of them, and no others."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from trials.summaries.number_words import number_words

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
# What belongs to a name ("DAS28", "IIEF-5", "CD19+") is no figure that a reader must be told. Chinese
# puts no space before a figure.
_FIGURE = re.compile(r"(?<![^\W_\u4e00-\u9fff])(?<!\d[.,])(?<![^\W\d_]-)\d+(?:[.,]\d+)*")
# Spanish for eleven, English for one time: official words are English.
_FALSE_FRIENDS = frozenset({"once"})
_LONGEST = 30  # signs; what is longer is no number of a study

Readings = frozenset[str]  # what one number may mean: "1.500" is one and a half, or fifteen hundred


class _Number(NamedTuple):
    """`firm`: it must be said where the source has it, and only there; else it may be no number at all."""

    written: str
    means: Readings
    firm: bool = True


@dataclass(frozen=True, slots=True)
class NumberProblem:
    """Numbers as they are written: those of the source that are lost, and those that it does not have."""

    lost: tuple[str, ...]
    invented: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.lost or self.invented)


def number_problem(texts: Iterable[str], must: Sequence[str], may: Sequence[str], lang: str) -> NumberProblem:
    """Compare what stands for a source with the words that hold what it must say and what it may say.

    A number may stand in figures on one side and as a word on the other. What it must and may say is in English, or in
    this language.
    """
    said, needed, allowed = " ".join(texts), " ".join(must), " ".join((*must, *may))
    told = [*_in_figures(_NUMBER, said, lang), *_in_words(said, lang)]
    wanted = [*_in_figures(_FIGURE, needed, lang), *_in_words_of_source(needed, lang)]
    known = [*_in_figures(_NUMBER, allowed, lang), *_in_words_of_source(allowed, lang)]
    return NumberProblem(lost=_missing(wanted, told), invented=_missing(told, known))


def _missing(numbers: Iterable[_Number], among: Sequence[_Number]) -> tuple[str, ...]:
    """The firm ones that none of the others can mean, each once."""
    meant = frozenset().union(*(one.means for one in among))
    missing = (one for one in numbers if one.firm and meant.isdisjoint(one.means))
    return tuple(dict.fromkeys(one.written for one in missing))


def _in_figures(pattern: re.Pattern[str], text: str, lang: str) -> list[_Number]:
    return [_Number(one, _readings(one, lang)) for one in pattern.findall(text)]


def _in_words(text: str, lang: str) -> list[_Number]:
    return [_Number(one.written, frozenset({_value(str(one.value))}), one.firm) for one in number_words(text, lang)]


def _in_words_of_source(text: str, lang: str) -> list[_Number]:
    found = _in_words(text, "en")
    if lang != "en":
        found += [one for one in _in_words(text, lang) if one.written.lower() not in _FALSE_FRIENDS]
    return found


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
