"""Numbers as eligibility texts write them: 18, 0,5, 1,500, 50 , 000, ten to a power, number words, titres.

Everything here reads *plain* text (see `plain`): the same length as the original, so offsets hold for both.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import islice

_ONES = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TEENS = (
    "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_WORDS = {word: float(n) for n, word in enumerate((*_ONES, *_TEENS))}
_WORDS |= {word: 10.0 * n for n, word in enumerate(_TENS, 2)}
_WORDS |= {"hundred": 100.0, "twice": 2.0, "thrice": 3.0}

_HINTS = frozenset(_WORDS)

_LOOKALIKES = str.maketrans(
    {
        **dict.fromkeys("‐‑‒–—―−﹣－", "-"),
        **dict.fromkeys("~∼～〜˜", "~"),
        **dict.fromkeys("≥≧⩾≮⋝", "≥"),
        **dict.fromkeys("≤≦⩽≯⋜", "≤"),
        **dict.fromkeys("＞﹥›", ">"),
        **dict.fromkeys("＜﹤‹", "<"),
        **dict.fromkeys("×✕✖хⅹ⨯", "x"),
        **dict.fromkeys("µμ", "u"),
        **dict.fromkeys("\u00a0\u2002\u2003\u2007\u2009\u200a\u202f\u3000\ufeff\t", " "),
        **dict.fromkeys("∧ˆ", "^"),
        **dict.fromkeys("•⋅·∙", "·"),
        **dict.fromkeys("’‘ʼ", "'"),
        **dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉", "01234567890123456789", strict=True)),
        **dict(zip("０１２３４５６７８９（）／％＝，．：＋", "0123456789()/%=,.:+", strict=True)),
    }
)


def plain(text: str) -> str:
    """`text` in small letters with one sign for each meaning (dashes, ≥, ×, µ, blanks); never longer or shorter."""
    low = text.lower()
    if len(low) != len(text):  # a few capitals become two characters, such as İ
        low = "".join(small if len(small := letter.lower()) == 1 else letter for letter in text)
    if not low.isascii():
        low = low.translate(_LOOKALIKES)
    return low.replace("\\", " ").replace("\t", " ")  # Markdown escapes, where the caller has not undone them


_BELOW_TEN = "|".join(_ONES[1:])
_WORD = (
    rf"(?:(?:{'|'.join(_TENS)})(?:[ -](?:{_BELOW_TEN}))?|{'|'.join(_TEENS)}|{'|'.join(_ONES)}|(?:one )?hundred"
    rf"|twice|thrice)(?!\w)"
)
# Lengths are bounded so that time stays linear. A decimal comma is one only outside a list ("0,1 or 2").
_NUMBER = re.compile(
    r"(?P<number>1 ?: ?\d{1,6}(?!\d)"
    r"|10 ?(?:\^|\*\*) ?\d{1,2}(?!\d)"
    r"|[1-9]\d{0,2}(?:,\d{3}){1,3}(?!\d)(?:\.\d{1,6})?"
    r"|[1-9]\d{0,2}(?: , ?\d{3}){1,3}(?!\d)"
    r"|[1-9]\d{0,2}(?: 000){1,2}(?!\d)"
    r"|\d{1,4},\d{1,3}(?![\d,])(?! ?(?:or|and|-) ?\d)"
    r"|\d{1,12}(?!\d)(?:[.·]\d{1,9})?|\.\d{1,6})"
    rf"(?: ?\( ?{_WORD} ?\))?"
)
_WRITTEN_OUT = re.compile(rf"(?P<number>{_WORD})(?: ?\( ?\d{{1,3}} ?\))?")
_DIGITS = re.compile(r"\d++")
_PART_OF_NAME = re.compile(r"[\w.:^]")  # before a digit: SpO2, CD20, 1:80
_GLUED = ("between", "than", "least", "aged")  # "between18 and 65"
_RUN = re.compile(" {2,}")
_MOST = 2_000  # numbers read of one text; a criterion has a handful, and a hostile megabyte must not take seconds


@lru_cache(maxsize=2)  # `comparisons` and `windows` are asked about one text after the other
def reading(text: str) -> tuple[str, tuple[re.Match[str], ...]]:
    """The plain form of `text` and its numbers in order, at most 2,000; group "number" is what `value_of` reads."""
    low = plain(text)
    if _HINTS.isdisjoint(low.replace("-", " ").replace("(", " ").split()):
        return low, tuple(islice(_in_digits(low), _MOST))
    return low, tuple(islice(_both(low), _MOST))


@lru_cache(maxsize=2)
def single_blanks(text: str) -> tuple[str, Callable[[int], int]]:
    """`text` with every run of blanks as one, and a function from its offsets to those of `text`.

    Hard-wrapped records leave a dozen blanks inside "at least" and between a number and its unit.
    """
    if "  " not in text:
        return text, int
    ends: list[int] = []  # in the short text, where a run was cut
    cut: list[int] = [0]  # blanks taken out so far
    for run in _RUN.finditer(text):
        ends.append(run.start() + 1 - cut[-1])
        cut.append(cut[-1] + len(run[0]) - 1)
    return _RUN.sub(" ", text), lambda offset: offset + cut[bisect_right(ends, offset)]


def _in_digits(low: str) -> Iterator[re.Match[str]]:
    at = 0
    while digits := _DIGITS.search(low, at):
        start, at = digits.span()
        before = low[start - 1 : start]
        if before == "." and not _PART_OF_NAME.match(low[start - 2 : start - 1] or " "):
            start -= 1
        elif _PART_OF_NAME.match(before) and not low.endswith(_GLUED, 0, start):
            continue
        if match := _NUMBER.match(low, start):
            at = match.end()
            yield match


def _both(low: str) -> Iterator[re.Match[str]]:
    words = (match for match in _WRITTEN_OUT.finditer(low) if not low[match.start() - 1 : match.start()].isalnum())
    end = 0
    for match in sorted([*islice(words, _MOST), *islice(_in_digits(low), _MOST)], key=re.Match.start):
        if match.start() >= end:
            end = match.end()
            yield match


def value_of(written: str) -> float:
    """The value of what `reading` found: `0,5` is 0.5, `1,500` is 1500, `10^9` a thousand million, `1:80` is 80."""
    if written.isdecimal():
        return float(written)
    if written[0].isalpha():
        return _word_value(written)
    if ":" in written:
        return float(written.split(":")[1])
    for power in ("^", "**"):
        if power in written:
            return 10.0 ** int(written.split(power)[1])
    digits = written.replace(" ", "").replace("·", ".")
    if re.fullmatch(r"[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?", digits):
        return float(digits.replace(",", ""))
    return float(digits.replace(",", "."))


def _word_value(written: str) -> float:
    if written.endswith("hundred"):
        return 100.0
    return sum(_WORDS[word] for word in written.replace("-", " ").split())
