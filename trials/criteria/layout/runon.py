"""List marks in the middle of a paragraph: `(1) …; (2) …`, `a. …; b. …`, and items glued on after a lost break."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from trials.criteria.layout.markers import Mark, ordinal

_TOKEN = re.compile(
    r"(?<![\w(])\((?P<inside>\d{1,2}|[a-zA-Z]|[ivxIVX]{2,5})\)(?=\s*+\S)"
    r"|(?<![\w.,/(+$<>=≥≤~^-])(?P<value>\d{1,2}|[a-zA-Z]|[ivxIVX]{2,5})(?P<closing>\.\)|\.(?=\s|[A-Z])|\)(?=\s|[^\W\d_]|[-≥≤<>]))"
    r"|(?P<circled>[①-⑳])"
)
_COUNTING = frozenset(
    """grade grades type types class classes stage stages phase phases week weeks day days month months visit visits
    part parts level levels score scores than of to least version table tables appendix arm arms cohort cohorts group
    groups period periods step steps criterion criteria item items section sections no number numbers below above
    and/or equal is was index within every most by about for the vitamin hepatitis factor figure cd il ratio titer
    titers last past""".split()  # noqa: SIM905
)
_TAIL = re.compile(r"[\s,;]*(?:[,;\s]|\b)(?:and/or|and|or)\s*$|[\s;,]+$", re.IGNORECASE)
WORD = re.compile(r"[^\W_]")
_CONJUNCTIONS = {"and", "or", "and/or"}
_HARD = (";", ".", ":")
_FAR = 60  # marks: how far ahead the second item of a list is looked for
MOST = 500  # marks in one paragraph: no author writes more


@dataclass(frozen=True, slots=True)
class Token:
    """A possible mark. `hard`: a sentence or clause ends before it; `soft`: at least a comma or a conjunction."""

    mark: Mark
    colon: bool
    hard: bool
    soft: bool
    counting: bool  # "grade 2. …": the figure belongs to the word before
    capital: bool  # a capital letter or a sign follows
    glued: bool  # no blank follows


def tokens(text: str, start: int, end: int) -> list[Token]:
    """The possible marks between `start` and `end`, at most `MOST`."""
    found: list[Token] = []
    for match in _TOKEN.finditer(text, start, end):
        mark = _mark(match)
        if mark:
            found.append(_token(text, start, end, mark))
        if len(found) == MOST:
            break
    return found


def _mark(match: re.Match[str]) -> Mark | None:
    at, end = match.span()
    if match["circled"]:
        return Mark("①", ord(match["circled"]) - ord("①") + 1, at, end)
    if match["inside"]:
        return ordinal(match["inside"], "(", ")", at, end)
    return ordinal(match["value"], "", match["closing"], at, end)


def _token(text: str, start: int, end: int, mark: Mark) -> Token:
    before = text[max(start, mark.start - 40) : mark.start].rstrip()
    last = before[-1:]
    words = before.split()
    word = words[-1].lower() if words else ""
    conjunction = word.strip(",;") in _CONJUNCTIONS
    joined = before[: -len(word)].rstrip() if conjunction else before
    counting = word.strip("(,") in _COUNTING or last in "<>=≥≤~±×^-"
    following = text[mark.end : mark.end + 1]
    first = (
        following if following and not following.isspace() else text[mark.end : min(end, mark.end + 40)].lstrip()[:1]
    )
    return Token(
        mark,
        last == ":",
        joined[-1:] in _HARD,
        conjunction or last == "," or last in _HARD,
        mark.style[0] != "(" and counting,
        first.isupper() or first.isdigit() or first in "≥≤<>\"'“",
        bool(following) and not following.isspace(),
    )


def opens(found: Sequence[Token], at: int, following: Mark | None) -> bool:
    """Whether the token at `at` is the first of a list inside the paragraph; `following`: the next paragraph's mark."""
    token = found[at]
    style = first_style(token.mark)
    if not style:
        return False
    series = _ascending(found, at + 1, style)
    if token.colon:
        return bool(series) or bool(following and (style, 2) in following.readings())
    return len(series) >= 2 and all(other.hard for other in series[:2]) and (token.soft or token.hard or token.capital)


def first_style(mark: Mark) -> str:
    """The style in which the mark is a first one, else ""."""
    return next((style for style, value in mark.readings() if value == 1), "")


def _ascending(found: Sequence[Token], start: int, style: str) -> list[Token]:
    """The tokens 2 and 3 of the style, as far as they follow each other."""
    series: list[Token] = []
    for number in range(start, min(start + _FAR, len(found))):
        value = dict(found[number].mark.readings()).get(style)
        if value == len(series) + 2:
            series.append(found[number])
        if value == 1 or len(series) == 2:
            break
    return series


def trimmed(text: str, start: int, end: int, inline: bool) -> tuple[int, str]:
    """The end of an item's words without a connector ("; or"), and that connector. A lone ";" goes if text follows."""
    tail = _TAIL.search(text, max(start, end - 24), end)
    if not tail:
        return end, ""
    word = tail[0].strip(" ,;\n").lower()
    if not word and not inline:
        return max(start, start + len(text[start:end].rstrip())), ""
    connector = "or" if "or" in word else word
    return (tail.start(), connector) if WORD.search(text, start, tail.start()) else (end, "")
