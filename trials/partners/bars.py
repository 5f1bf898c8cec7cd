"""A bar chart of page views, reckoned in the units of its drawing."""

from collections.abc import Sequence
from dataclasses import dataclass

from trials.partners.suppression import Shown

WIDTH, HEIGHT = 720, 160
_LEAST_TOP = 10  # views: so that a single small bar does not fill the chart
_GAP = 0.2  # of the room that a bar has


@dataclass(frozen=True, slots=True)
class Bar:
    """Filled up to what is certain, and outlined from there to what may be."""

    x: float
    width: float
    y: float
    height: float
    open_y: float
    open_height: float


@dataclass(frozen=True, slots=True)
class BarChart:
    """`marks` are the heights of the lines across, each with its number of views."""

    bars: tuple[Bar, ...]
    marks: tuple[tuple[float, int], ...]


def bar_chart(counts: Sequence[Shown]) -> BarChart:
    top = _top(max((one.at_most for one in counts), default=0))
    room = WIDTH / max(1, len(counts))
    marks = tuple((_y(views, top), views) for views in (0, top // 2, top))
    return BarChart(tuple(_bar(one, n * room, room, top) for n, one in enumerate(counts)), marks)


def _bar(count: Shown, x: float, room: float, top: int) -> Bar:
    certain = 0 if count.is_few else count.at_least
    high, low = _y(count.at_most, top), _y(certain, top)
    return Bar(round(x + room * _GAP / 2, 1), round(room * (1 - _GAP), 1), low, round(HEIGHT - low, 1), high,
               round(low - high, 1))  # fmt: skip


def _y(views: int, top: int) -> float:
    return round(HEIGHT * (1 - views / top), 1)


def _top(highest: int) -> int:
    """The next of 10, 20, 50, 100, 200 …: halves of them are whole, too."""
    top = _LEAST_TOP
    while top < highest:
        top = top * 5 // 2 if str(top).startswith("2") else top * 2
    return top
