"""Lines of a record's text, also where the line breaks were lost: runs of blanks, bullets and headings in mid-line."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice, pairwise

from trials.criteria.layout.headings import Heading, bullets_follow, heading_at
from trials.criteria.layout.markers import BULLETS

_LINE = re.compile(r"\S[^\n]*")
_RUN = re.compile(r"(?<! ) {3,}+(?=\S)")
_HEADING = re.compile(
    r"(?:\b(?:Key|Main|Major|General|KEY|MAIN) )?\b(?:Non-)?(?:I?Inclusion|Exclusion|INCLUSION|EXCLUSION) "
    r"(?:Criteri(?:a|on)|CRITERIA|criteria)\b(?: (?:for|of) [\w /&()-]{1,50}?)?(?: ?\([^()]{1,60}\))?\s?"
    r"(?::|(?= [*•] )|$)"
)
_NOT_A_BREAK = re.compile(
    r"\b(?:the|following|of|all|other|these|those|and|any|or|per|meet|meets|meeting|not|no|with|in|for|additional"
    r"|specific|to)\s+$",
    re.IGNORECASE,
)
MANY_DASHES = 3
MOST = 10_000  # lines; beyond that the rest is taken as one
_TILDE = re.compile(r"criteria ?:~|~\s*[*-] [^~]+~\s*[*-] ", re.IGNORECASE)
_STARS = re.compile(r"(?<=\s)[*•●▪]\s(?=\S)")
_DASHES = re.compile(r"(?<=[^\d\s]\s)-\s(?=[^\d\s])|(?<=[.;:]\s)-\s(?=\S)")
# A dash in a text that lost its line breaks, before words that begin a criterion.
_NEW_ITEM = re.compile(
    r"(?<=[\w.;)]\s)-\s(?=(?:Ha(?:ve|ving|d|s)|If|Must|Are|Is|Be|No|Not|Any|Known|History|Use|Women|Men|Male|Female|"
    r"Patients?|Subjects?|Participants?|Pregnan\w+|Current\w*|Previous\w*|Prior|Active|Evidence)\s)"
)


@dataclass(frozen=True, slots=True)
class Line:
    """Without the blanks round it. `gap`: a blank line or a heading lies before it; None if line breaks were lost."""

    start: int
    end: int
    indent: int
    gap: bool | None
    heading: Heading | None = None
    begins: bool = False  # a list that begins on the line of its heading


def lines_of(text: str) -> list[Line]:
    """All lines that hold something, in order; a heading is a line of its own."""
    flat = "\n" not in text.strip()
    if flat and _TILDE.search(text):
        text, flat = text.replace("~", "\n"), False  # an export that wrote its line breaks so
    lines: list[Line] = []
    for start, end, indent, gap in _flat_lines(text) if flat else _written_lines(text):
        if len(lines) > MOST:
            lines.append(Line(start, len(text.rstrip()), indent, True))
            break
        for at, stop, inner in _broken(text, start, end, flat):
            line_gap = gap if inner is None else None if flat else True
            begins = inner is not None and bool(lines) and lines[-1].heading is not None and text[at] in BULLETS
            added = _with_heading(text, at, stop, indent if inner is None else inner, line_gap)
            lines.extend([replace(added[0], begins=True), *added[1:]] if begins else added)
    return lines


def _written_lines(text: str) -> Iterator[tuple[int, int, int, bool | None]]:
    """Start, end, indentation of each line that holds something, and whether a blank line lies before it."""
    before = 0
    for match in _LINE.finditer(text):
        start, after = match.span()
        indent = start - (text.rfind("\n", before, start) + 1 if before or "\n" in text[:start] else 0)
        yield start, start + len(match[0].rstrip()), indent, before == 0 or text.count("\n", before, start) > 1
        before = after


def _flat_lines(text: str) -> Iterator[tuple[int, int, int, bool | None]]:
    """The same for a text without line breaks: each run of blanks is one, and as long as the indentation was."""
    begin, indent = 0, 0
    runs = [match.span() for match in _RUN.finditer(text)]
    for run, after in [*runs, (len(text), len(text))]:
        words = text[begin:run].strip()
        start = begin + len(text[begin:run]) - len(text[begin:run].lstrip())
        if words:
            yield start, start + len(words), indent, True if begin == 0 else None
        begin, indent = after, after - run


def _broken(text: str, start: int, end: int, flat: bool) -> list[tuple[int, int, int | None]]:
    """The line cut before headings in its middle, and before bullets where breaks were lost. A cut gives indent 0."""
    cuts = [match.start() for match in _HEADING.finditer(text, start + 1, end) if _breaks(text, start, match.start())]
    first = heading_at(text, start, end)
    cuts = [at for at in cuts if not first or at >= first.end]
    if flat or (first and bullets_follow(text, first.end, end)):
        cuts.extend(_bullets(text, start, end))
    if flat and _is_dashed(text):
        cuts.extend(match.start() for match in _NEW_ITEM.finditer(text, start + 1, end))
    cuts = sorted(set(cuts))[:MOST]
    bounds = [start, *cuts, end]
    pieces: list[tuple[int, int, int | None]] = []
    for number, (a, b) in enumerate(pairwise(bounds)):
        stop = a + len(text[a:b].rstrip())
        if stop > a:
            pieces.append((a, stop, 0 if number else None))
    return pieces


@lru_cache(maxsize=4)
def _is_dashed(text: str) -> bool:
    """Whether a text without line breaks has so many dashes before the words of a new criterion that they are marks."""
    return sum(1 for _ in islice(_NEW_ITEM.finditer(text), MANY_DASHES)) == MANY_DASHES


def _breaks(text: str, start: int, at: int) -> bool:
    before = text[max(start, at - 24) : at]
    if before[-1:].isspace() or before[-1:] in ".;:)":
        return not _NOT_A_BREAK.search(before)
    return False


def _bullets(text: str, start: int, end: int) -> list[int]:
    """Where bullets stand in a line: stars and dots anywhere, dashes only where a heading is followed by one."""
    stars = [match.start() for match in _STARS.finditer(text, start, end)]
    stars = [at for at in stars if not (text[at - 2 : at - 1].isdigit() and text[at + 2 : at + 3].isdigit())]
    if len(stars) > 1:
        return stars
    heading = heading_at(text, start, end) or next(iter(_HEADING.finditer(text, start, end)), None)
    stop = heading.end if isinstance(heading, Heading) else heading.end() if heading else None
    opened = text.startswith("- ", start) or (stop is not None and text[stop:end].lstrip().startswith("- "))
    return [match.start() for match in _DASHES.finditer(text, start, end)] + stars if opened else stars


def _with_heading(text: str, start: int, end: int, indent: int, gap: bool | None) -> list[Line]:
    heading = heading_at(text, start, end)
    if not heading:
        return [Line(start, end, indent, gap)]
    lines = [Line(start, heading.end, indent, gap, heading)]
    at = heading.end
    while at < end and text[at].isspace():
        at += 1
    if at < end:
        lines.append(Line(at, end, indent, gap, begins=text[at] in BULLETS))
    return lines
