"""List marks: bullets, numbers, letters, Roman numerals, alone or in a chain ("- • 1.")."""

import re
from dataclasses import dataclass

BULLETS = "-*•·●▪◦‣–—○■□◆➢►✓✔➤⁃∙"
_BULLET = re.compile(rf"[{BULLETS}]\s?[{BULLETS}\s]*")
# "6-Mercaptopurine" at the start of a line: the figure belongs to the name.
_CHEMICAL = r"[A-Z][a-z]*(?:purine|guanine|cytidine|uracil|azide)\b|(?:Hydroxy|Methyl|Deoxy|Amino|Thio|Fluoro)[a-z]"
_ORDINAL = re.compile(
    r"\((?P<inside>\d{1,2}|[a-zA-Z]|[ivxIVX]{2,5})\)(?!\s?[-–/])"
    r"|(?P<value>\d{1,2}|[a-zA-Z]|[ivxIVX]{2,5})\s?(?P<closing>\.\)|\.|\)|、)(?=\s|[^\W\d_]|[\"'“<>≥≤(])"
    rf"|(?P<dashed>\d{{1,2}})(?P<dash>\s?[-–]\s(?=\D)|[-–](?=[A-Z][a-z]{{2}})(?!{_CHEMICAL}))"
    r"|(?P<circled>[①-⑳])"
    r"|(?P<compound>\d{1,2}(?:\.\d{1,2}){1,3}\.?)(?=\s+[A-Z][a-z])"
)
_LEFTOVER = re.compile(r"(?:\d{1,2}[.)]){1,3}\s(?=[A-Za-z])|\.\s(?=[A-Za-z])")
_ALONE = re.compile(rf"(?:[{BULLETS}] ?)?(\d{{1,2}})([.)])|[{BULLETS}]")
_LETTER_O = re.compile(r"o\s{1,4}(?=[A-Z<>≥≤])")
_ROMAN = {"i": 1, "v": 5, "x": 10}


@dataclass(frozen=True, slots=True)
class Mark:
    """`style` is how the mark is written ("1.", "(a)", "i)", a bullet); `value` its place, 0 for a bullet."""

    style: str
    value: int
    start: int
    end: int  # where the item's own words begin
    other: tuple[str, int] | None = None  # the second reading of "i", "v", "x"

    @property
    def ordinal(self) -> bool:
        return self.value > 0

    def readings(self) -> tuple[tuple[str, int], ...]:
        first = (self.style, self.value)
        return (first, self.other) if self.other else (first,)


def bare_mark(text: str, start: int, end: int) -> Mark | None:
    """The mark that is all there is between `start` and `end`: its words stand on the next line."""
    if end - start > 5:
        return None
    if found := _ALONE.fullmatch(text, start, end):
        return ordinal(found[1], "", found[2], start, end) if found[1] else Mark(text[start], 0, start, end)
    return None


def roman(word: str) -> int:
    """The value of a well-formed Roman numeral up to 39, else 0."""
    total = 0
    lower = word.lower()
    for at, letter in enumerate(lower):
        value = _ROMAN.get(letter, 0)
        following = _ROMAN.get(lower[at + 1], 0) if at + 1 < len(lower) else 0
        total += -value if value < following else value
    return total if 0 < total < 40 and _numeral(total) == lower else 0


def _numeral(value: int) -> str:
    ones = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
    return "x" * (value // 10) + ones[value % 10]


def ordinal(token: str, opening: str, closing: str, start: int, end: int) -> Mark | None:
    """A mark from its parts, with both readings where a letter may be a numeral."""
    if token.isdigit():
        return Mark(f"{opening}1{closing}", int(token), start, end) if int(token) else None
    case = "A" if token.isupper() else "a"
    as_letter = (f"{opening}{case}{closing}", ord(token.lower()) - 96) if len(token) == 1 else None
    value = roman(token)
    as_roman = (f"{opening}{'I' if case == 'A' else 'i'}{closing}", value) if value else None
    if as_roman and (as_letter is None or token.lower() == "i"):
        return Mark(*as_roman, start, end, as_letter)
    return Mark(*as_letter, start, end, as_roman) if as_letter else None


def read_mark(text: str, start: int, end: int) -> Mark | None:
    """The list mark at `start`, or None. In a chain the number decides, and the first bullet where there is none."""
    bullet = _BULLET.match(text, start, end) or _LETTER_O.match(text, start, end)
    if bullet and not _is_bullet(text, bullet, end):
        return None
    at = bullet.end() if bullet else start
    found = _ORDINAL.match(text, at, end)
    mark = _from(found, start) if found else None
    if mark and not _abbreviation(text, mark, end):
        return _without_leftover(text, mark, end)
    if bullet and at < end:
        dashes = len(bullet[0].strip()) if bullet[0].startswith("--") else 1
        return Mark(text[start] * dashes, 0, start, at)
    return None


def _from(found: re.Match[str], start: int) -> Mark | None:
    end = found.end()
    if found["compound"]:
        parts = found["compound"].rstrip(".").split(".")
        return Mark(".1" * len(parts), int(parts[-1]), start, end) if int(parts[-1]) else None
    if found["circled"]:
        return Mark("①", ord(found["circled"]) - ord("①") + 1, start, end)
    if found["dashed"]:
        return ordinal(found["dashed"], "", "-", start, end)
    if found["inside"]:
        return ordinal(found["inside"], "(", ")", start, end)
    closing = "." if found["closing"] == "、" else found["closing"]
    return ordinal(found["value"], "", closing, start, end)


def _is_bullet(text: str, bullet: re.Match[str], end: int) -> bool:
    """A sign glued to a figure is a minus or a range, not a bullet."""
    if bullet.end() >= end or bullet[0][-1].isspace():
        return bullet.end() < end
    glued = text[bullet.end()].isdigit() and bullet[0][-1] in "-–—*"
    return not glued or bool(_ORDINAL.match(text, bullet.end(), end))


def _abbreviation(text: str, mark: Mark, end: int) -> bool:
    """ "i.v. drug", "S. aureus", "e.g. this": a letter with a full stop that counts nothing."""
    words = text[mark.end : mark.end + 12].lstrip()
    letter = mark.style[-2:] in {"a.", "A.", "i.", "I."}
    if not letter:
        return False
    glued = mark.end < end and not text[mark.end].isspace()
    if glued:
        return not words[:1].isupper() or words[1:2] == "."
    return mark.style in {"A.", "I."} and mark.value > 1 and words[:1].islower()


def _without_leftover(text: str, mark: Mark, end: int) -> Mark:
    """A second number directly after the mark ("9. 26.27. Known…") is what an editor left behind."""
    at = mark.end
    while at < end and text[at].isspace():
        at += 1
    left = _LEFTOVER.match(text, at, end)
    return Mark(mark.style, mark.value, mark.start, left.end() if left else at, mark.other)
