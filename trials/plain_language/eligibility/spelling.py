"""Official wording made regular before it is read: signs, shortened words, spaces. No word or number is lost."""

import re
from typing import NamedTuple

_UNIT_END = r"(?=[\s,.;:)]|$)"
_REGULAR: tuple[tuple[str, str], ...] = (
    (r">=|=>|> ?or ?=", " ≥ "),
    (r"<=|=<|< ?or ?=", " ≤ "),
    (r"\be\.?\s?g\.?(?=[\s,:(])[,:]?", "such as"),
    (r"\bi\.\s?e\.?,?", "that is"),
    (r"\bvs\.?(?=\s)", "versus"),
    (r"\bapprox\.", "about"),
    (r"\band\s*/\s*or\b", "or"),
    (r"(?<=[a-z]) / (?=[a-z])", " or "),
    (r"\b(?:such as|including|include),? but (?:is |are )?not limited to,?:?", "such as"),
    (r"\beligible to participate\b", "able to take part"),
    (
        r"(?<=\d)\s*(?:x|×|X|\*|times)\s*(?:the\s+)?(?:ULN|UNL|uln|upper normal limit|upper limit of (?:the "
        r")?normal(?: range)?|upper limits? of normal)(?:\s*\(ULN\))?",
        " times the upper limit of normal",
    ),
    (r"\b(?:ULN|UNL)\b", "the upper limit of normal"),
    (r"\b(?:LLN)\b", "the lower limit of normal"),
    (r"\bper cent\b|(?<=\d)\s*percent\b", "%"),
    (r"\s+", " "),
)
_SAME = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u02bc`", "'"),
        **dict.fromkeys("\u201c\u201d", '"'),
        **dict.fromkeys("\u2013\u2014\u2212", "-"),
        **dict.fromkeys("≧⩾\u2267\u2265", " ≥ "),
        **dict.fromkeys("≦⩽\u2266\u2264", " ≤ "),
    }
)
_COMPILED = tuple((re.compile(pattern), put) for pattern, put in _REGULAR)
_TRIMMED = " \t.;:,•*-"

# A full stop ends a sentence before a capital, unless it belongs to a shortened word or a number.
_SHORTENED = (
    "vs",
    "al",
    "no",
    "dr",
    "st",
    "mg",
    "wk",
    "mo",
    "yr",
    "ie",
    "eg",
    "cf",
    "approx",
    "incl",
    "resp",
    "e.g",
    "i.e",
)
_SENTENCE = re.compile(
    "".join(rf"(?<!\b{re.escape(word)})" for word in _SHORTENED) + r"(?<!\b[A-Za-z])([.;])\s+(?=(?-i:[A-Z(]))",
    re.IGNORECASE,
)


def regular(text: str) -> str:
    """The text on one line with regular signs: "≥", "such as", "times the upper limit of normal"."""
    text = text.translate(_SAME)
    for pattern, put in _COMPILED:
        text = pattern.sub(put, text)
    return text.strip()


_GLOSS = re.compile(r"\s*[(\[](?P<short>[A-Za-z][A-Za-z0-9-]{1,9})[)\]]")


def without_glosses(text: str) -> str:
    """The text without abbreviations that only repeat the words before them: "forced vital capacity (FVC)".

    One that the text uses again stays.
    """

    def gloss(found: re.Match[str]) -> str:
        short = found["short"]
        used_again = len(re.findall(rf"\b{re.escape(short)}\b", text)) > 1
        return found.group() if used_again or not _abbreviates(short, text[: found.start()]) else ""

    return _GLOSS.sub(gloss, text)


def _abbreviates(short: str, before: str) -> bool:
    """Whether the letters are, in their order, first letters among the last words."""
    letters = [letter for letter in short.lower().rstrip("s") if letter.isalpha()]
    words = re.findall(r"[a-zà-ÿ0-9]+", before.lower())[-(len(letters) + 3) :]
    firsts = [word[0] for word in words]
    place = 0
    for letter in letters:
        while place < len(firsts) and firsts[place] != letter:
            place += 1
        if place == len(firsts):
            return False
        place += 1
    return len(letters) > 1


class Clause(NamedTuple):
    """A sentence of a criterion, without its final mark. `listed`: a semicolon stands before it."""

    text: str
    listed: bool


def clauses(text: str) -> list[Clause]:
    pieces = _SENTENCE.split(text)
    marks = (".", *pieces[1::2])
    return [
        Clause(words, mark == ";") for part, mark in zip(pieces[::2], marks, strict=True) if (words := trimmed(part))
    ]


def trimmed(text: str) -> str:
    text = text.strip(_TRIMMED)
    while text.startswith("(") and text.endswith(")") and text.count("(") == 1:
        text = text[1:-1].strip(_TRIMMED)
    return text
