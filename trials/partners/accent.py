"""A clinic's colour on our pages: in which shade its words can be read, by the contrast of WCAG 2.2."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

LEAST_CONTRAST = 4.5  # WCAG 2.2, success criterion 1.4.3
_COLOUR = re.compile(r"#[0-9a-f]{6}")
_STEPS = 100
_TINTED = 0.1  # how much of the colour a tinted ground has
_WHITE, _BLACK = "#ffffff", "#000000"
_DARK_WORDS = "#0d1a1c"


@dataclass(frozen=True, slots=True)
class Grounds:
    """Where the colour stands as words: the page and its cards, as `static/finder.css` has them."""

    page: str
    card: str
    towards: str  # what a shade is mixed with until its words can be read


LIGHT = Grounds("#faf9f6", "#ffffff", _BLACK)
DARK = Grounds("#11171c", "#182027", _WHITE)


@dataclass(frozen=True, slots=True)
class Shade:
    """The colour in one scheme: of links and buttons, of the words on buttons, of tinted grounds.

    `contrast` is the least that its words have on any ground, `given` the least that the colour itself would have.
    """

    accent: str
    on_accent: str
    tint: str
    contrast: float
    given: float


def is_colour(text: str) -> bool:
    return bool(_COLOUR.fullmatch(text))


def shade(colour: str, grounds: Grounds) -> Shade:
    """The colour itself where its words can be read, else the nearest shade of it that can; `colour` is "#rrggbb"."""
    for step in range(_STEPS + 1):
        tried = mixed(colour, grounds.towards, step / _STEPS)
        tint = mixed(grounds.card, tried, _TINTED)
        least = _least(tried, (grounds.page, grounds.card, tint))
        if least >= LEAST_CONTRAST:
            break
    given = _least(colour, (grounds.page, grounds.card))
    on_accent = max((_WHITE, _DARK_WORDS, _BLACK), key=lambda words: _preference(words, tried))
    return Shade(tried, on_accent, tint, least, given)


def contrast(one: str, other: str) -> float:
    """From 1 (the same) to 21 (black on white)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def mixed(colour: str, other: str, share: float) -> str:
    """So much of the other colour in this one."""
    pairs = zip(_channels(colour), _channels(other), strict=True)
    return "#" + "".join(f"{round(one + (two - one) * share):02x}" for one, two in pairs)


def _preference(words: str, ground: str) -> tuple[bool, bool, float]:
    """What can be read; of that white, then our own dark, then whatever can be read best."""
    found = contrast(words, ground)
    return found >= LEAST_CONTRAST, words == _WHITE, found if words != _BLACK else 0.0


def _least(colour: str, grounds: Sequence[str]) -> float:
    return min(contrast(colour, ground) for ground in grounds)


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(channel / 255) for channel in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(share: float) -> float:
    return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4
