"""Where a text falls into parts: "rituximab + methotrexate" has two, "abatacept (Orencia)" has one."""

import re
from dataclasses import dataclass

from trials.drugs.data import WORDS
from trials.drugs.folding import Words
from trials.drugs.lexicon import Mention

_JOINERS = frozenset(WORDS["joiners"])
_STRONG = frozenset(WORDS["strong_joiners"])
_EXPLAINS = frozenset({"a", "an", "the"})  # "rituximab, an antibody": the comma parts nothing
_SIGNS = re.compile(r"[/&;|+]")
_POSITIVE = frozenset({"cd", "car", "foxp"})  # the sign in "CD4+ cells" belongs to the word before it
_MARKS = frozenset({"cd", "bcma", "baff"})  # "BCMA+CD19" is one set of marks of one cell
_COMMA = re.compile(r"[,\n、，；]")


@dataclass(frozen=True, slots=True)
class Parts:
    """`of` gives the part of each word, `depth` in how many brackets it stands.

    Of each part `first` is its first word; `strong` tells whether "and", "+" or the like stands before it, and
    `slashed` whether "/" does.
    """

    of: list[int]
    depth: list[int]
    first: list[int]
    strong: list[bool]
    slashed: list[bool]


def _joins(words: Words, at: int) -> tuple[bool, bool]:
    """Whether a new part begins at a word, and whether by a strong joiner."""
    gap = words.gaps[at]
    if gap == " ":
        return False, False
    before = words.keys[at - 1]
    if words.keys[at] in _MARKS and (before in _MARKS or before.isdigit()):
        return False, False
    marker = words.keys[at - 2] if before.isdigit() and at > 1 else before
    if gap.startswith("+") and marker in _POSITIVE:
        return False, False
    if _SIGNS.search(gap):
        return True, True
    if _COMMA.search(gap):
        return words.keys[at] not in _EXPLAINS, False
    return False, False


def _depths(words: Words) -> list[int]:
    depths: list[int] = []
    depth = 0
    for gap in words.gaps:
        if gap != " ":
            opened = gap.count("(") + gap.count("[")
            closed = gap.count(")") + gap.count("]")
            depth = max(depth - closed + opened, 0)
        depths.append(depth)
    return depths


def parts_of(words: Words, mentions: list[Mention]) -> Parts:
    """The parts of a text; what stands inside a mention does not part it."""
    named = {at for mention in mentions for at in range(mention.start, mention.end)}
    inside = named - {mention.start for mention in mentions}
    parts = Parts([], _depths(words), [0], [False], [False])
    joined: bool | None = None  # a joining word stands right before: True where it is a strong one
    for at, word in enumerate(words.keys):
        begins, strong = _joins(words, at) if at and at not in inside else (False, False)
        if begins or joined is not None:
            parts.first.append(at)
            parts.strong.append(strong or bool(joined))
            parts.slashed.append("/" in words.gaps[at])
            joined = None
        if word in _JOINERS and at not in named:
            joined = word in _STRONG
        parts.of.append(len(parts.first) - 1)
    return parts
