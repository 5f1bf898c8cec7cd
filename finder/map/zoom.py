"""Which part of the map somebody wants to see, as it stands in an address."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from finder.map.projection import shortest_arc, wrapped

WORLD, ALL = "world", "all"  # all land; all that was found
_ROUNDING = 1e-9  # degrees
_NUMBER = r"(-?\d{1,3}(?:\.\d{1,4})?)"
_BOX = re.compile(",".join([_NUMBER] * 4), re.ASCII)


@dataclass(frozen=True, slots=True)
class Box:
    """Degrees; one whose east lies west of its west goes across the 180th meridian."""

    south: float
    west: float
    north: float
    east: float

    def __str__(self) -> str:
        return f"{self.south:g},{self.west:g},{self.north:g},{self.east:g}"

    def holds(self, latitude: float, longitude: float) -> bool:
        wide = (self.east - self.west) % 360
        east_of_west = (longitude - self.west + _ROUNDING) % 360
        return self.south <= latitude <= self.north and east_of_west <= wide + 2 * _ROUNDING


def box_of(text: str) -> Box | None:
    """The box that `str` has written; None for what is none."""
    match = _BOX.fullmatch(text)
    south, west, north, east = map(float, match.groups()) if match else (1.0, 0.0, 0.0, 0.0)
    possible = -90 <= south <= north <= 90 and -180 <= west <= 180 and -180 <= east <= 180
    return Box(south, west, north, east) if possible else None


def box_around(points: Sequence[tuple[float, float]]) -> Box:
    """The smallest box around latitudes and longitudes, of which there is one at least."""
    west, wide = shortest_arc([point[1] for point in points])
    latitudes = [point[0] for point in points]
    return Box(min(latitudes), round(west, 4), max(latitudes), round(wrapped(west + wide), 4))
