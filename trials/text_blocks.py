"""Registry text → headings, paragraphs and nested lists, as its author meant them. Pure.

Registries send one string: Markdown-like lists with escapes today, hard-wrapped lines in older records, HTML line
breaks in some. Every letter and digit of `clean_text(text)` comes out again, in the same order: this is layout only.
"""

import html
import re
from dataclasses import dataclass, field
from typing import ClassVar

_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,30});", re.IGNORECASE)
_ESCAPE = re.compile(r"\\(?=[^\w\s])")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_BLANK = re.compile(r"[^\S\n]")
_STARS = re.compile(r"\*{2,}")

_BULLET = re.compile(r"[-*•·●▪◦‣–—○■]\s*(?=\S)")
_BULLET_SPACED = re.compile(r"[-*•·●▪◦‣–—○■](?:\s+(?=\S)|(?=[^\W\d]))")
_NUMBER = re.compile(r"(\(?)(\d{1,2}|[ivx]{1,4}|[a-zA-Z])([.)])(?:\s+(?=\S)|(?=[^\W\d_]{2}))")
_ROMAN = re.compile(r"(?:i{1,3}|i?v|vi{1,3}|i?x|xi{1,3})$")
_CRITERIA = re.compile(r"(?:\w+[ /-]){0,3}(?:inclusion|exclusion|eligibility)\b[^.;]{0,70}$", re.IGNORECASE)
_CRITERIA_OF = re.compile(r"(?:key |main )?(?:in|ex)clusion criteria\b", re.IGNORECASE)
# Old exports put a whole list on one line: runs of blanks, or a spaced star, stand where lines once began.
# Each run is looked at once, from its beginning and as a whole: a megabyte of blanks must not take hours.
_RUN_ON_ITEM = re.compile(r"(?:(?<!\s)\s{3,}+(?=(?:[-*•]|\d{1,2}[.)])\s)|\s(?=\*\s))")
_RUN_ON_HEADING = re.compile(r"(?:(?<=\s)|^)((?:key |main )?(?:in|ex)clusion criteria\s*:)\s*", re.IGNORECASE)

WRAPPED_LINE = 60  # characters: a line at least so long was probably broken by its width, not by its author
LONGEST_HEADING = 90
DEEPEST_LIST = 12  # lists in lists; no author means more, and a page cannot show them


@dataclass(frozen=True, slots=True)
class Heading:
    text: str
    kind: ClassVar[str] = "heading"


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str
    kind: ClassVar[str] = "paragraph"


@dataclass(frozen=True, slots=True)
class Item:
    """`marker` is the number or letter as written ("3.", "(a)"), empty for a bullet."""

    marker: str
    text: str
    children: "tuple[Block, ...]" = ()


@dataclass(frozen=True, slots=True)
class ListBlock:
    items: tuple[Item, ...]
    kind: ClassVar[str] = "list"


Block = Heading | Paragraph | ListBlock


def clean_text(text: str) -> str:
    """The text without what only a machine needs: HTML entities and breaks, Markdown escapes, control characters."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    for _ in range(2):  # some records were escaped twice
        if not _ENTITY.search(text):
            break
        text = _ENTITY.sub(lambda entity: html.unescape(entity[0]), text)
    text = _BREAK.sub("\n", text).replace("\r", "\n").replace("\t", "    ")
    text = _BLANK.sub(" ", _CONTROL.sub("", text))
    text = _STARS.sub("", _ESCAPE.sub("", text))
    if "\n" not in text.strip():
        text = _RUN_ON_ITEM.sub("\n", _RUN_ON_HEADING.sub(r"\n\n\1\n", text))
    return text


def text_blocks(text: str) -> tuple[Block, ...]:
    """Lay out registry text; an empty text gives no blocks."""
    layout = _Layout()
    for line in clean_text(text).split("\n"):
        layout.add(line.rstrip())
    return tuple(_frozen(node) for node in layout.root if node.text or node.items)


@dataclass(slots=True)
class _Node:
    """A block while it grows: a list has items, everything else has text."""

    kind: str
    text: str = ""
    marker: str = ""
    indent: int = 0
    items: "list[_Node]" = field(default_factory=list)
    children: "list[_Node]" = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Marked:
    style: str
    marker: str
    text: str


class _Layout:
    def __init__(self) -> None:
        self.root: list[_Node] = []
        self.lists: list[_Node] = []  # the open lists, outermost first
        self.last: _Node | None = None  # where a continued line goes
        self.last_length = 0
        self.after_blank = True

    def add(self, line: str) -> None:
        stripped = " ".join(line.split())
        if not stripped:
            self.after_blank = True
            return
        indent = len(line) - len(line.lstrip())
        marked = _split_marker(stripped, self._last_letter())
        if _is_criteria_heading(marked.text if marked else stripped):
            self._heading(f"{marked.marker} {marked.text}".strip() if marked else stripped)
        elif marked and not self._continues_number(marked):
            self._item(marked, indent)
        elif self._is_heading(stripped):
            self._heading(stripped)
        else:
            self._plain(stripped, indent)
        self.last_length = len(stripped)
        self.after_blank = False

    def _last_letter(self) -> str:
        return self.lists[-1].items[-1].marker.strip("().") if self.lists else ""

    def _continues_number(self, marked: _Marked) -> bool:
        """Whether "12. " merely begins a wrapped line: the sentence before it is open and no list is."""
        first_of_list = marked.marker.strip("().") in {"1", "i", "a", "A", ""}
        last = self.last
        if self.after_blank or self.lists or first_of_list or last is None or last.kind != "paragraph":
            return False
        return self.last_length >= WRAPPED_LINE and last.text[-1].isalnum()

    def _is_heading(self, text: str) -> bool:
        return (
            self.after_blank
            and len(text) <= LONGEST_HEADING
            and text.endswith(":")
            and (not self.lists or text[0].isupper())
            and ". " not in text
        )

    def _heading(self, text: str) -> None:
        self.lists, self.last = [], None
        self.root.append(_Node("heading", text))

    def _item(self, marked: _Marked, indent: int) -> None:
        level = self._level_of(marked, indent)
        if level is None:
            level = _Node("list", marker=marked.style, indent=indent)
            del self.lists[DEEPEST_LIST:]
            home = self.lists[-1].items[-1].children if self.lists else self.root
            home.append(level)
            self.lists.append(level)
        self.last = _Node("item", marked.text, marked.marker, indent)
        level.items.append(self.last)

    def _level_of(self, marked: _Marked, indent: int) -> _Node | None:
        """The open list that the item belongs to, deeper ones closed; None when it begins a new, deeper list."""
        for depth in range(len(self.lists) - 1, -1, -1):
            level = self.lists[depth]
            if level.marker == marked.style and abs(level.indent - indent) <= 1:
                del self.lists[depth + 1 :]
                return level
        while self.lists and indent < self.lists[-1].indent - 1:
            self.lists.pop()
        if self.lists and indent <= self.lists[-1].indent + 1:
            return self._level_beside(marked)
        return None

    def _level_beside(self, marked: _Marked) -> _Node | None:
        """Same indent, other marker: a sub-list after a colon or at its first number, else the same list."""
        opens = self.lists[-1].items[-1].text.endswith(":") or marked.marker.strip("().") in {"1", "i", "a", "A"}
        for depth in range(len(self.lists) - 1, -1, -1):
            if self.lists[depth].marker == marked.style:
                del self.lists[depth + 1 :]
                return self.lists[depth]
        return None if opens else self.lists[-1]

    def _plain(self, text: str, indent: int) -> None:
        last, item = self.last, self.lists[-1].items[-1] if self.lists else None
        if last is not None and self._is_wrapped(text, indent, last):
            last.text = f"{last.text} {text}"
            return
        self.last = _Node("paragraph", text, indent=indent)
        if item is not None and self.after_blank and indent > item.indent:
            item.children.append(self.last)
        else:
            self.lists = []
            self.root.append(self.last)

    def _is_wrapped(self, text: str, indent: int, last: _Node) -> bool:
        """Whether the line goes on with the sentence of the one before."""
        if self.after_blank:
            return last.kind == "item" and text[0].islower()
        if not text[0].isupper() or self.last_length >= WRAPPED_LINE:
            return True
        return last.kind == "item" and indent > last.indent


def _is_criteria_heading(text: str) -> bool:
    if len(text) > LONGEST_HEADING or not (match := _CRITERIA.match(text)):
        return False
    words = len(text.split())
    return match.group().endswith(":") or words <= 4 or (words <= 8 and bool(_CRITERIA_OF.match(text)))


def _split_marker(line: str, previous: str) -> _Marked | None:
    """The line's list marker, or None. Of a chain ("- • 1. Age") the first gives the style, a number the mark."""
    style, rest = "", line
    while match := (_BULLET_SPACED if not style else _BULLET).match(rest):
        style = style or match.group().strip()
        rest = rest[match.end() :]
    if match := _NUMBER.match(rest):
        opening, token, closing = match.groups()
        if not (token.isdigit() or len(token) == 1 or _ROMAN.match(token)):
            return _Marked(style, "", rest) if style else None
        style = style or f"{opening}{_style_of(token, previous)}{closing}"
        return _Marked(style, f"{opening}{token}{closing}", rest[match.end() :])
    return _Marked(style, "", rest) if style else None


def _style_of(token: str, previous: str) -> str:
    if token.isdigit():
        return "1"
    follows = len(previous) == 1 and len(token) == 1 and ord(token) == ord(previous) + 1
    if _ROMAN.match(token) and not (follows and previous not in {"i", "v", "x"}):
        return "i"
    return "A" if token.isupper() else "a"


def _frozen(node: _Node) -> Block:
    if node.kind == "list":
        return ListBlock(
            tuple(Item(item.marker, item.text, tuple(_frozen(child) for child in item.children)) for item in node.items)
        )
    return Heading(node.text) if node.kind == "heading" else Paragraph(node.text)
