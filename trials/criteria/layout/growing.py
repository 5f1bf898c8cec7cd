"""The tree while it grows: open lists, the items on them, and items that stand within one paragraph."""

from dataclasses import dataclass

from trials.criteria.layout.lostbreaks import lost_item
from trials.criteria.layout.markers import Mark
from trials.criteria.layout.nesting import DEEPEST, Level, Place
from trials.criteria.layout.paragraphs import Paragraph
from trials.criteria.layout.runon import WORD, Token, first_style, opens, tokens, trimmed
from trials.criteria.layout.sections import Aside
from trials.criteria.model import Kind


@dataclass(slots=True)
class Item:
    """A criterion while the tree grows. `connector`: the "and" or "or" that stood after it."""

    kind: Kind
    start: int
    end: int
    parent: int | None
    connector: str = ""
    label: bool = False
    marked: bool = True


class Growing:
    """`items` in reading order, parents before children; `asides` and `notices` as in `Outline`."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.items: list[Item] = []
        self.asides: list[Aside] = []
        self.notices: list[Aside] = []
        self.levels: list[Level] = []
        self.first = 0  # the section's first item
        self.kind = Kind.INCLUSION
        self._labelled = False  # the section names more than one part of the people

    def _open(self, where: Place, indent: int, hang: int, inline: bool = False) -> None:
        """Go to the list of the place, or begin it; the item itself comes with `_add`."""
        del self.levels[where.depth + 1 :]
        if where.depth < len(self.levels):
            level = self.levels[where.depth]
            level.style, level.value, level.hang = where.style, where.value, hang
            level.last = indent if not inline else level.last
        else:
            self.levels.append(Level(where.style, where.value, indent, indent, hang, -1, False, inline))

    def _add(self, start: int, end: int, marked: bool = True) -> Item:
        parent = self.levels[-2].item if len(self.levels) > 1 else None
        item = Item(self.kind, start, end, parent, marked=marked)
        self.items.append(item)
        self.levels[-1].item = len(self.items) - 1
        return item

    def _fill(self, paragraph: Paragraph, following: Mark | None) -> None:
        """The item's words, cut where further marks stand in them."""
        marks = tokens(self.text, paragraph.content, paragraph.end)
        item = self._add(paragraph.content, paragraph.end, paragraph.mark is not None)
        for number, token in enumerate(marks):
            if not WORD.search(self.text, token.mark.end, paragraph.end):
                break
            where = self._inline(marks, number, following)
            if not where or token.mark.start <= item.start:
                continue
            if not any(sign.isalnum() for sign in self.text[item.start : token.mark.start]):
                self.asides.append(("mark", item.start, token.mark.end))  # "(1) a. …": one mark is enough
                item.start = token.mark.end
                continue
            self._close(item, token.mark.start, True)
            self._lost(where)
            self._open(where, self.levels[-1].last, self.levels[-1].hang, inline=True)
            self.asides.append(("mark", token.mark.start, token.mark.end))
            item = self._add(token.mark.end, paragraph.end)
        self._close(item, paragraph.end, False)

    def _close(self, item: Item, end: int, inline: bool) -> None:
        """Set the item's end, without the blanks and the connector there, and its start without blanks."""
        while item.start < end and self.text[item.start].isspace():
            item.start += 1
        item.end, item.connector = trimmed(self.text, item.start, end, inline)
        self.asides.append(("connector", item.end, end))
        self.levels[-1].colon = self.text[item.end - 1] == ":" if item.end > item.start else False

    def _inline(self, marks: list[Token], number: int, following: Mark | None) -> Place | None:
        """Where a mark in mid-paragraph leads, or None if it is none."""
        token = marks[number]
        for depth in range(len(self.levels) - 1, -1, -1):
            level = self.levels[depth]
            for style, value in token.mark.readings():
                if style != level.style or not level.value:
                    continue
                if value == level.value + 1 and _separate(token, level, depth == len(self.levels) - 1):
                    return Place(depth, style, value, 0)
                if value == level.value + 2 and token.hard and _goes_on(marks, number, style, value + 1):
                    return Place(depth, style, value, 0)
        if len(self.levels) < DEEPEST and opens(marks, number, following):
            return Place(len(self.levels), first_style(token.mark), 1, 0)
        return None

    def _lost(self, where: Place) -> None:
        """A number is missing before this one: if the item before holds exactly one clean break, it is two items."""
        if where.depth >= len(self.levels):
            return
        level = self.levels[where.depth]
        if not level.value or where.style != level.style or where.value != level.value + 2:
            return
        item = self.items[level.item]
        self.notices.append(("number_missing", item.start, item.end))
        at = lost_item(self.text, item.start, item.end) if level.item == len(self.items) - 1 else None
        if at:
            self.items.append(Item(item.kind, at, item.end, item.parent, item.connector))
            item.end, item.connector = trimmed(self.text, item.start, at, False)
            self.asides.append(("connector", item.end, at))

    def _extend(self, item: Item, paragraph: Paragraph) -> None:
        item.end = paragraph.end
        if self.levels:
            self.levels[-1].colon = self.text[item.end - 1] == ":"


def _separate(token: Token, level: Level, deepest: bool) -> bool:
    """Whether a mark with the right number really stands between two items."""
    if token.hard or (token.glued and token.capital and not token.counting):
        return True
    if level.style.endswith(")"):
        return token.soft or (deepest and not token.counting)
    return token.capital and not token.counting and (token.soft or level.inline or level.style == "1.")


def _goes_on(marks: list[Token], number: int, style: str, value: int) -> bool:
    return any((style, value) in token.mark.readings() for token in marks[number + 1 : number + 4])
