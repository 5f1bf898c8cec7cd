"""How far a criterion that ends with a colon reaches, in a list that lost its second level."""

import re
from collections.abc import Sequence

_NUMBERS = {"both": 2, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8}
_STATED = re.compile(
    r"\b(?P<both>both)(?: of)? (?:the )?following\b|\bfollowing (?P<n>\d|two|three|four|five|six|seven|eight)\b",
    re.IGNORECASE,
)
_PEOPLE = re.compile(
    r"(?:patients?|subjects?|participants?|wom[ae]n|m[ae]n|females?|males?|individuals?)\b", re.IGNORECASE
)
_OF_ALL = re.compile(
    r"(?:written|signed|informed|able|ability|willing|willingness|unwilling|inability|provision|consent|pregnan\w+|age[ds]?)\b",
    re.IGNORECASE,
)
_JOINED = re.compile(r"(?:and|or|and/or)\b", re.IGNORECASE)
_EVERYBODY = re.compile(
    r"\b(?:informed consent|consent form|written consent|child-?bearing|contracepti\w+|birth control"
    r"|pregnan\w+|breast-?feeding)\b",
    re.IGNORECASE,
)
FEW, MANY = 3, 12  # siblings taken without, and with, a clear sign of where to stop


def everybody(words: str) -> bool:
    """Whether the words concern everybody in a study, whatever the disease: consent, contraception, pregnancy."""
    return bool(_EVERYBODY.search(words))


def reach(words: str, following: Sequence[str], connectors: Sequence[str], before: Sequence[str]) -> int:
    """How many of the siblings that follow belong under the words; `connectors` stand after each of them.

    `before`: the siblings before it. 0 where it can't be told.
    """
    if not following or not words.rstrip().endswith(":"):
        return 0
    stated = _STATED.search(words)
    if stated:
        number = 2 if stated["both"] else _NUMBERS.get(stated["n"].lower(), 0) or int(stated["n"])
        return number if number <= len(following) else 0
    if (alike := _alike(words, following, before)) is not None:
        return alike
    limit = _limit(words, following, before)
    if 1 < (joined := _joined(following, connectors)) <= limit + 1:
        return joined
    return limit if limit <= (FEW if limit == len(following) or _OF_ALL.match(following[limit]) else MANY) else 0


def _alike(words: str, following: Sequence[str], before: Sequence[str]) -> int | None:
    """The distance to the next label worded alike ("For healthy subjects …:", "For patients …:"), if there is one."""
    labels = [number for number, sibling in enumerate(following) if _same_label(words, sibling)]
    if labels:
        return labels[0]
    return len(following) if any(_same_label(words, sibling) for sibling in before) else None


def _same_label(words: str, other: str) -> bool:
    if not other.rstrip().endswith(":"):
        return False
    ends = words.split()[-2:] == other.split()[-2:] and len(words.split()) > 3
    return (_first(words) == _first(other) and _first(words) in {"for", "group", "cohort", "part", "arm"}) or ends


def _joined(following: Sequence[str], connectors: Sequence[str]) -> int:
    """The length of a list whose last two items are joined by "and" or "or"."""
    for number, sibling in enumerate(following[:8]):
        if number and _JOINED.match(sibling):
            return number + 1
        if connectors[number] and number + 1 < len(following):
            return number + 2
    return 0


def _limit(words: str, following: Sequence[str], before: Sequence[str]) -> int:
    """Where a sibling begins like the words themselves, like those before them, or with what concerns everybody."""
    first = _first(words)
    used = [_first(sibling) for sibling in before]
    people = bool(_PEOPLE.match(words)) or sum(bool(_PEOPLE.match(sibling)) for sibling in before) > 1
    for number, sibling in enumerate(following):
        start = _first(sibling)
        if number and (start == first or used.count(start) > 1 or _OF_ALL.match(sibling)):
            return number
        if number and people and _PEOPLE.match(sibling):
            return number
        if sibling.rstrip().endswith(":") and start == first:
            return number
    return len(following)


def _first(words: str) -> str:
    return words.split(None, 1)[0].lower() if words.strip() else ""
