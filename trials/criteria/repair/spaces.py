"""Spaces lost between a word and its neighbour: only where the two can't be meant to touch."""

import re
from collections.abc import Callable, Iterator

from trials.criteria.repair.fix import Fix, certain

# Each pattern begins with its sign and looks back from there, so that plain text is passed over quickly.
_SEMICOLON = re.compile(r";(?:(?<!\d;)(?=\w)|(?=[^\W\d]))")
_COMMA = re.compile(
    r",(?:(?<=[A-Za-z]{2},)(?=[A-Za-z]{2})|(?<=[a-z]{3},)(?=\d)|(?<=[\d)],)(?=[A-Za-z]{3}|\d{4}\s))",
)
_COLON = re.compile(r":(?<=[A-Za-z]{4}:)(?=[A-Z][a-z])")
_STOP = re.compile(r"\.(?<=[a-z]{3}\.)(?=[A-Z][a-z])(?!(?:Gov|Com|Org|Net|Edu)\b)")
_OPENING = re.compile(r"\((?<=[A-Za-z]{3}\()(?=[A-Z][A-Za-z])(?!TM\))")
_CLOSING = re.compile(r"\)(?=[A-Za-z]{2})")
_MARKER = re.compile(r"\)(?:(?<=[ ,;:(][a-h\d]\))|(?<=[ ,;:(]\d\d\)))(?=[A-Z][a-z])")
_DIGIT_LETTER = re.compile(r"\d[A-Za-z]")
_YEAR = re.compile(
    r"(?<![\w.])(?P<left>(?:19|20)\d\d)(?P<right>ACR|EULAR|ISN|RPS|SLICC|ERS|ATS|ILAR|CHCC|ISTH|GOLD|McDonald)\b"
)
_NUMBER = re.compile(
    r"(?<![A-Za-z\d.])(?P<left>\d{1,4}(?:\.\d)?)"
    r"(?P<right>(?:[Yy]ears?|[Mm]onths?|[Ww]eeks?|[Dd]ays?|[Hh]ours?|[Mm]inutes?|[Pp]oints?|and|times)\b)"
)
_LETTER_DIGIT = re.compile(r"[ntdr]\d")
_WORD = re.compile(r"\b(?P<left>[Ww]ithin|[Ll]east|[Tt]han|[Aa]ged|[Bb]etween|[Oo]ver)(?P<right>\d{1,5})\b")

_ENTITY_OR_ADDRESS_BEFORE = re.compile(r"(?:&#?\w{1,8}|(?:www\.|://)\S*)$")
_ADDRESS_BEFORE = re.compile(r"(?:\bwww$|(?:www\.|://|@)\S*$)")
_CHEMICAL_BEFORE = re.compile(r"(?:poly|bis|tris|mono|oligo|tRNA|hydroxy|[my]l)$")
_GROUP_BEFORE = re.compile(r"(?<!\w)\(([^()]{1,120})$")


def _no(before: re.Pattern[str], reach: int) -> Callable[[re.Match[str]], bool]:
    def is_meant(match: re.Match[str]) -> bool:
        return not before.search(match.string[max(0, match.start() - reach) : match.start()])

    return is_meant


def _is_apart(match: re.Match[str]) -> bool:
    """`(EGFR)mutation` and `(2)Blood tests`, but not `(neo)adjuvant`, `(S)he` or `nucleos(t)ide`."""
    group = _GROUP_BEFORE.search(match.string[max(0, match.start() - 125) : match.start()])
    if not group:
        return False
    inside = group[1]
    if inside.isdigit():
        return True
    return (
        len(inside) > 1 and not inside.endswith("-") and any(sign.isupper() or sign in " 0123456789" for sign in inside)
    )


def _always(match: re.Match[str]) -> bool:
    return True


_PATTERNS: tuple[tuple[str, re.Pattern[str], Callable[[re.Match[str]], bool], str], ...] = (
    (";", _SEMICOLON, _no(_ENTITY_OR_ADDRESS_BEFORE, 60), "; "),
    (",", _COMMA, _no(_ADDRESS_BEFORE, 60), ", "),
    (":", _COLON, _no(_ADDRESS_BEFORE, 60), ": "),
    (".", _STOP, _no(_ADDRESS_BEFORE, 60), ". "),
    (")", _CLOSING, _is_apart, ") "),
    (")", _MARKER, _always, ") "),
    ("(", _OPENING, _no(_CHEMICAL_BEFORE, 8), " ("),
)


def missing_spaces(text: str) -> Iterator[Fix]:
    """`eGFR;AST`, `azathioprine,methotrexate`, `Sclerosis(SSc)`, `2013ACR/EULAR`, `≥5years`, `within4 weeks`."""
    for sign, pattern, is_meant, shown in _PATTERNS:
        if sign in text:
            for match in pattern.finditer(text):
                if is_meant(match):
                    yield certain("space_missing", match, shown)
    patterns: tuple[re.Pattern[str], ...] = (_YEAR, _NUMBER) if _DIGIT_LETTER.search(text) else ()
    if _LETTER_DIGIT.search(text):
        patterns += (_WORD,)
    for pattern in patterns:
        for match in pattern.finditer(text):
            yield certain("space_missing", match, f"{match['left']} {match['right']}")
