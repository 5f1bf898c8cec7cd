"""Comparison and other signs that were broken on their way into the registry, spelled out, or lost."""

import re
from collections.abc import Iterator

from trials.criteria.repair.data import DATA
from trials.criteria.repair.fix import Fix, certain, proposed

_SIGNS: dict[str, str] = DATA["signs"]
_ALL_SIGNS = re.compile("|".join(re.escape(sign) for sign in sorted(_SIGNS, key=len, reverse=True)))
# UTF-8 read as Windows-1252, and full-width forms of plain signs, letters and digits.
_MISREAD = re.compile(
    r"[\u00c2-\u00c5\u00ce\u00cf][\u00a0-\u00bf\u0152-\u2122]|â[^\x00-\x7f][^\x00-\x7f]|[\uff01-\uff5e]"
)

# The Symbol font has ≤ and ≥ where Latin-1 has £ and ³: with a unit after the number, nothing else can be meant.
_UNIT = r"(?:%|(?:mg|g|kg|cm|mm|m|ml|mL|IU|U|x|years?|months?|weeks?|days?|hours?|points?|times)\b)"
_SYMBOL_FONT = re.compile(rf"(?:(?<=[\s(])|^)[£³](?=\s?\d[\d.,]{{0,7}}\s?{_UNIT})")
_SYMBOL_FONT_UNSURE = re.compile(r"(?:(?<=[\s(])|^)[³²](?=\s?[\dA-Z])")

_SPELLED = re.compile(r"(?<![<>=/-])([<>])(?:\s?/\s?=| =(?= ?\d)| ?or ?=(?: to\b)?| or equal(?: to)?\b)(?![<>=])")
_REVERSED = re.compile(r"(?<![<>=/-])=/?([<>])(?=\s?\d)")

# "≥" is U+2265 and "≤" U+2264: cut to the low byte they are "e" and "d".
_LOW_BYTE = re.compile(r"[ed](?= ?\d)")
_MEASURE_BEFORE = re.compile(
    r"(?:\b[A-Z]{2}[A-Z0-9-]{0,12}|\)|\b[A-Z][a-z]?[A-Z]{2,4}[a-z]?|\b(?:score|count|level|index|weight|duration|tit(?:er|re)"
    r"|creatinine|ha?emoglobin|platelets|bilirubin))$"
)
_NO_MEASURE = frozenset({"scored", "leveled", "indexed", "weighted"})
_QUESTION = re.compile(r"(?<=[A-Za-z)] )\?(?=\s?\d)|(?<=[A-Za-z)])\?(?=\d)|^\?(?=\s?\d)")
_PLAIN = {"<": "≤", ">": "≥"}


def _decoded(written: str) -> str:
    if "\uff01" <= written <= "\uff5e":
        return chr(ord(written) - 0xFEE0)
    try:
        meant = written.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return ""
    return meant if len(meant) == 1 and meant.isprintable() else ""


def broken_signs(text: str) -> Iterator[Fix]:
    """Signs of another encoding (`â‰¥`, `¡Ý`, `Â®`), of another script (`≧`, `＞`), and entities left over (`&ge;`)."""
    if text.isascii() and "&" not in text:
        return
    for match in _ALL_SIGNS.finditer(text):
        yield certain("sign_encoding", match, _SIGNS[match[0]])
    for match in _MISREAD.finditer(text):
        if meant := _decoded(match[0]):
            yield certain("sign_encoding", match, meant)


def symbol_font(text: str) -> Iterator[Fix]:
    """`(£10mg/day)` was "≤" in the font of the author's word processor."""
    if not text.isascii():
        for match in _SYMBOL_FONT.finditer(text):
            yield certain("sign_encoding", match, "≤" if match[0] == "£" else "≥")


def spelled_signs(text: str) -> Iterator[Fix]:
    """`>/=`, `> or =`, `=<`: one sign typed as several."""
    if "=" not in text and "or equal" not in text:
        return
    for pattern in (_SPELLED, _REVERSED):
        for match in pattern.finditer(text):
            yield certain("sign_spelled", match, _PLAIN[match[1]])


def lost_signs(text: str) -> Iterator[Fix]:
    """`FVCe 40%`: the sign is gone but has left a trace. Which it was is a guess, so an editor decides."""
    for match in _LOW_BYTE.finditer(text):
        before = _MEASURE_BEFORE.search(text[max(0, match.start() - 16) : match.start()])
        if before and f"{before[0]}{match[0]}" not in _NO_MEASURE:
            yield Fix("sign_lost", match.start(), match.end(), " ≥" if match[0] == "e" else " ≤", False)
    if "?" in text:
        for match in _QUESTION.finditer(text):
            yield proposed("sign_lost", match, match[0])
    if not text.isascii():
        for match in _SYMBOL_FONT_UNSURE.finditer(text):
            yield proposed("sign_lost", match, "≥" if match[0] == "³" else "≤")
