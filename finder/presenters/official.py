"""The complete official text of the rules, with a place in it for each criterion that the lists show."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from trials.models import Criterion
from trials.text_blocks import Block, ListBlock, text_blocks

# While the text is laid out, a sign that no registry writes stands behind the first word of each criterion: there it
# changes neither what looks like a list mark nor what looks like a heading.
_FIRST = 0xF0000
_MOST = 0xFFFF
_SIGN = re.compile("[\U000f0000-\U000fffff]")
_FIRST_WORD = re.compile(r"(?:&#?\w{1,31};|[\W_])*[^\W_]+")
_MARKED_WORD = re.compile("([^\\W_]*)([\U000f0000-\U000fffff]+)")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a criterion begins: `label` is its number ("Inclusion 3"), `anchor` the address within the page."""

    anchor: str
    label: str


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the text, and the criteria that begin with it."""

    text: str
    places: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class OfficialItem:
    marker: str
    parts: tuple[Part, ...]
    children: "tuple[OfficialBlock, ...]"


@dataclass(frozen=True, slots=True)
class OfficialBlock:
    """A heading, a paragraph or a list; only a list has items."""

    kind: str
    parts: tuple[Part, ...] = ()
    items: tuple[OfficialItem, ...] = ()


def official_blocks(text: str, rows: Sequence[Criterion], labels: Mapping[str, str]) -> tuple[OfficialBlock, ...]:
    """The text as its author laid it out; `labels` are the numbers of the criteria by their keys.

    Without places where they would change the layout.
    """
    blocks = text_blocks(text)
    starts = [row for row in rows if row.source_start is not None and row.key in labels][:_MOST]
    marked = text_blocks(_with_signs(text, starts)) if not _SIGN.search(text) else blocks
    if tuple(map(_without_signs, marked)) != blocks:
        marked = blocks
    places = {chr(_FIRST + number): Place(anchor_of(row.key), labels[row.key]) for number, row in enumerate(starts)}
    return tuple(_block(block, places) for block in marked)


def placed(blocks: Iterable[OfficialBlock]) -> frozenset[str]:
    """The anchors that stand in the text."""
    found: set[str] = set()
    for block in blocks:
        parts = [*block.parts, *(part for item in block.items for part in item.parts)]
        found.update(place.anchor for part in parts for place in part.places)
        found.update(*(placed(item.children) for item in block.items))
    return frozenset(found)


def anchor_of(key: str) -> str:
    return f"rule-{key}"


def _with_signs(text: str, rows: Sequence[Criterion]) -> str:
    parts, done = [], 0
    for number, row in sorted(enumerate(rows), key=lambda one: one[1].source_start or 0):
        first = _FIRST_WORD.match(text, row.source_start or 0)
        end = max(first.end() if first else done, done)
        parts += [text[done:end], chr(_FIRST + number)]
        done = end
    return "".join((*parts, text[done:]))


def _without_signs(block: Block) -> Block:
    if not isinstance(block, ListBlock):
        return type(block)(_SIGN.sub("", block.text))
    return ListBlock(
        tuple(
            type(item)(item.marker, _SIGN.sub("", item.text), tuple(map(_without_signs, item.children)))
            for item in block.items
        )
    )


def _block(block: Block, places: Mapping[str, Place]) -> OfficialBlock:
    if not isinstance(block, ListBlock):
        return OfficialBlock(block.kind, _parts(block.text, places))
    items = (
        OfficialItem(item.marker, _parts(item.text, places), tuple(_block(child, places) for child in item.children))
        for item in block.items
    )
    return OfficialBlock(block.kind, items=tuple(items))


def _parts(text: str, places: Mapping[str, Place]) -> tuple[Part, ...]:
    """The text cut before each word that a sign stands behind."""
    parts: list[Part] = []
    done, here = 0, tuple[Place, ...]()
    for found in _MARKED_WORD.finditer(text):
        if found.start() > done or here:
            parts.append(Part(_SIGN.sub("", text[done : found.start()]), here))
        done, here = found.start(), tuple(places[sign] for sign in found[2])
    parts.append(Part(_SIGN.sub("", text[done:]), here))
    return tuple(parts)
