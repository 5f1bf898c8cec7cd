"""Lines → paragraphs: a line that only goes on with the one before, because of its width, is joined to it."""

from dataclasses import dataclass, replace
from itertools import pairwise

from trials.criteria.layout.headings import Heading
from trials.criteria.layout.lines import Line, lines_of
from trials.criteria.layout.markers import Mark, bare_mark, read_mark

NARROWEST, WIDEST = 56, 130  # columns: texts wrapped by their width have lines in this range


@dataclass(slots=True)
class Paragraph:
    """`start` is its first sign, the mark included; `content` its first word. `gap`: see `Line`."""

    start: int
    content: int
    end: int
    indent: int
    gap: bool | None
    mark: Mark | None = None
    heading: Heading | None = None
    begins: bool = False  # see `Line`

    @property
    def hang(self) -> int:
        """The column in which the words begin: where a continued line is expected."""
        return self.indent + self.content - self.start


def paragraphs(text: str) -> list[Paragraph]:
    """The text's paragraphs, list items and headings in order."""
    lines = lines_of(text)
    width = _width(text, lines)
    found: list[Paragraph] = []
    before: Line | None = None
    waiting: Mark | None = None
    for line in lines:
        mark = None if line.heading else read_mark(text, line.start, line.end)
        current = found[-1] if found else None
        if waiting and not mark and not line.heading:
            mark = Mark(waiting.style, waiting.value, waiting.start, line.start)
            line = replace(line, start=waiting.start, gap=True)
        elif waiting:
            found.append(Paragraph(waiting.start, waiting.end, waiting.end, line.indent, True, waiting))
            current = found[-1]
        alone = not line.heading and (line.gap or (line.gap is False and not width))
        waiting = bare_mark(text, line.start, line.end) if alone else None
        if waiting:
            before = None
            continue
        if before and current and not line.heading and _goes_on(text, current, before, line, mark, width):
            current.end = line.end
        else:
            content = mark.end if mark else line.start
            if line.heading and (bullet := read_mark(text, line.start, line.end)) and not bullet.ordinal:
                content = bullet.end
            found.append(
                Paragraph(line.start, content, line.end, line.indent, line.gap, mark, line.heading, line.begins)
            )
        before = line
    if waiting:
        found.append(Paragraph(waiting.start, waiting.end, waiting.end, 0, True, waiting))
    return found


def _width(text: str, lines: list[Line]) -> int:
    """The column at which the text was wrapped, 0 if each line break is its author's."""
    columns = [line.indent + line.end - line.start for line in lines]
    width = max(columns, default=0)
    if not NARROWEST <= width <= WIDEST:
        return 0
    forced = free = 0
    for a, b in pairwise(lines):
        if not b.gap and not a.heading and not b.heading and not read_mark(text, b.start, b.end):
            full = _full(text, a, b, width)
            forced, free = forced + full, free + (not full)
    return width if forced and forced >= free else 0


def _full(text: str, line: Line, following: Line, width: int) -> bool:
    """Whether the next line's first word did not fit into this one."""
    word = text[following.start : following.end].split(maxsplit=1)[0]
    return line.indent + line.end - line.start + 1 + len(word) > width - 2


def _goes_on(text: str, current: Paragraph, before: Line, line: Line, mark: Mark | None, width: int) -> bool:
    """Whether `line` continues the paragraph `current`, whose last line is `before`."""
    if line.gap or current.heading:
        return False
    full = bool(width) and _full(text, before, line, width)
    if mark:
        deep = line.indent >= current.hang if current.mark else text[before.end - 1] != ":"
        return deep and full
    open_end = text[before.end - 1] not in ".;:!?"
    broken = open_end and text[line.start].islower() and before.end - before.start >= NARROWEST
    if width:
        hanging = current.mark is not None and line.indent >= current.hang - 1
        return full or (line.gap is False and (hanging or not current.mark)) or (line.gap is None and broken)
    if current.mark and line.indent >= current.hang > 0:
        return True
    return broken
