"""Where an item belongs in the tree: by its indentation, its mark, the number before it, and a colon above it."""

from dataclasses import dataclass

from trials.criteria.layout.markers import Mark

DEEPEST = 8  # lists in lists; no author means more
PLAIN = "¶"  # the style of a paragraph without a mark
LABEL = "¶:"  # the same, as a label over what follows


@dataclass(slots=True)
class Level:
    """An open list: the style and value of its last mark, the columns of its first and last item, its last item."""

    style: str
    value: int
    first: int
    last: int
    hang: int
    item: int
    colon: bool  # the last item's words end with a colon, or are a label
    inline: bool = False

    @property
    def marked(self) -> bool:
        return self.style not in (PLAIN, LABEL)


@dataclass(frozen=True, slots=True)
class Place:
    """`depth`: the list to go to, counted from outside; one more than there are opens a list below the last item."""

    depth: int
    style: str
    value: int
    score: int


def place(levels: list[Level], mark: Mark, indent: int, known: bool) -> Place:
    """The best place for an item that begins a line; `known`: whether the line's indentation was kept."""
    best = Place(len(levels), *mark.readings()[0], -100)
    for style, value in mark.readings():
        options = [Place(len(levels), style, value, _below(levels, style, value, indent, known))]
        options += [
            Place(depth, style, value, _beside(level, style, value, indent, known))
            for depth, level in enumerate(levels)
        ]
        for option in options:
            if (option.score, option.depth) > (best.score, best.depth) or best.score == -100:
                best = option
    return best


def _beside(level: Level, style: str, value: int, indent: int, known: bool) -> int:
    """How well the item goes on the list."""
    if not level.marked:
        return _after_paragraph(level, indent, known) - 2 * (value > 1)
    same = level.style == style
    score = 2 if same else 0
    if value and level.value:
        score += _sequence(level, same, value)
    elif bool(value) != bool(level.value):
        score -= 1
    if known:
        away = min((indent - level.first, indent - level.last), key=abs)
        score += 3 if abs(away) <= 1 else -2 if away > 0 else -1
    return score


def _sequence(level: Level, same: bool, value: int) -> int:
    if value == level.value + 1 and same:
        return 4
    if value == level.value + 1 > 1 and level.style.strip("(.)") == "1":
        return 3  # "1., 2., c., d." is one list
    if same and level.style.strip("(.)-") in {"1", "①"}:
        return 1 if value == level.value + 2 else -3 if value <= level.value else 0
    if same:
        return -4  # numbers get lost, but no author jumps from "d" to "i"
    return -2


def _after_paragraph(level: Level, indent: int, known: bool) -> int:
    return (1 if abs(indent - level.last) <= 2 else 0) if known else 1


def _below(levels: list[Level], style: str, value: int, indent: int, known: bool) -> int:
    """How well the item begins a list under the last item."""
    if not levels:
        return 0
    if len(levels) >= DEEPEST:
        return -50
    above = levels[-1]
    score = 0
    if value:
        score += (1 + (style not in {level.style for level in levels})) if value == 1 else -4
    elif style != above.style:
        score += 1
    if known:
        away = indent - above.last
        score += 3 if away >= 2 else -2 if away <= -2 else 0
    if above.colon:
        score += 3
    elif not above.marked:
        score -= 6
    return score
