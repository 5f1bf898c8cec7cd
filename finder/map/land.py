"""What tells a part of the world: its cities as dots on a grid, and lines of latitude and longitude.

The dots are one path of horizontal strokes, each over a run of neighbouring cells, to be dashed as wide as the grid.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise

from finder.map.projection import NORTH, SOUTH, Frame

PITCHES = (3, 4, 5, 6, 8)  # units from dot to dot
FILLED = 0.5  # dots for each city: with more the grid is too fine for the cities that there are
_STEPS = (1, 2, 5, 10, 20, 30)  # degrees between lines
_LINES = 6  # at most, from west to east

City = tuple[float, float]  # latitude and longitude, degrees


def dots(frame: Frame, cities: Sequence[City]) -> tuple[int, str]:
    """The pitch, and the path in its cells; `cities` are sorted by latitude. No cities, no dots."""
    south, north = frame.latitudes
    within = cities[bisect_left(cities, (south,)) : bisect_right(cities, (north, 180.0))]
    shown = [
        (x, y) for x, y in (frame.place(*city) for city in within) if 0 <= x < frame.width and 0 <= y < frame.height
    ]
    for pitch in PITCHES:
        cells = {(int(y // pitch), int(x // pitch)) for x, y in shown}
        if len(cells) <= FILLED * len(shown):
            break
    return pitch, "".join(_runs(sorted(cells), pitch))


def _runs(cells: Sequence[tuple[int, int]], pitch: int) -> Iterable[str]:
    """A stroke for each run, one unit longer than to its last dot, so that rounding never loses that."""
    start = 0
    for place in range(1, len(cells) + 1):
        row, column = cells[start]
        if place == len(cells) or cells[place] != (row, column + place - start):
            yield f"M{column * pitch} {row * pitch}h{(place - start - 1) * pitch + 1}"
            start = place


def lines(frame: Frame) -> str:
    """Meridians and parallels as one path."""
    west, east = frame.longitudes
    south, north = (SOUTH, NORTH) if frame.world else frame.latitudes
    step = next((step for step in _STEPS if (east - west) / step <= _LINES), _STEPS[-1])
    if frame.world:
        west, east = west + 0.01, east - 0.01  # the two edges are one meridian
    strokes = [_stroke(frame, [(one, west), (one, east)]) for one in _multiples(south, north, step)]
    bends = 10 if frame.world else 1  # pieces of a meridian, which is straight in a part of the world
    for one in _multiples(west, east, step):
        strokes.append(_stroke(frame, [(south + (north - south) * n / bends, one) for n in range(bends + 1)]))
    return "".join(strokes)


def _multiples(low: float, high: float, step: int) -> Iterable[int]:
    return range(int(-(-low // step)) * step, int(high // step) * step + 1, step)


def _stroke(frame: Frame, corners: Sequence[City]) -> str:
    places = [tuple(round(part) for part in frame.place(*corner)) for corner in corners]
    return f"M{places[0][0]} {places[0][1]}" + "".join(f"l{b[0] - a[0]} {b[1] - a[1]}" for a, b in pairwise(places))
