"""From a place on the earth to a place in the drawing.

The world is drawn in the Equal Earth projection (Šavrič, Patterson and Jenny, 2018), where areas compare; a part of it
with straight lines, true to scale in its middle. One unit of the drawing is about one pixel on a phone.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from math import asin, ceil, cos, degrees, pi, radians, sin, sqrt

WIDTH = 336  # units; a screen of 375 pixels has 335 for it
PAD = 16  # units around the points, so that no marker is cut
LEAST_HEIGHT, MOST_HEIGHT = 168, 240  # units, of a part of the world
LEAST_SPAN = 32.0  # degrees across the drawing: less shows nothing to know the place by
WIDEST, TALLEST = 160.0, 90.0  # degrees of longitude and latitude that still are a part of the world
NORTH, SOUTH, MIDDLE = 74.0, -56.0, 11.0  # of the world; its edge runs between Asia and America
_A = (1.340264, -0.081106, 0.000893, 0.003796)
_M = sqrt(3) / 2


@dataclass(frozen=True, slots=True)
class Frame:
    """The part of the earth that a drawing shows. `scale`: units for one radian at the middle, on a sphere of 1."""

    world: bool
    latitude: float  # of the middle, degrees
    longitude: float
    scale: float
    height: int
    width: int = WIDTH

    def place(self, latitude: float, longitude: float) -> tuple[float, float]:
        """Units from the left and from the top; outside the drawing for what it does not show."""
        east, north = radians(wrapped(longitude - self.longitude)), radians(latitude)
        if self.world:
            x, y = _equal_earth(east, north)
            y -= _middle_of_world()
        else:
            x, y = east * cos(radians(self.latitude)), north - radians(self.latitude)
        return self.width / 2 + x * self.scale, self.height / 2 - y * self.scale

    def shows(self, latitude: float, longitude: float) -> bool:
        x, y = self.place(latitude, longitude)
        return 0 <= x <= self.width and 0 <= y <= self.height

    @property
    def latitudes(self) -> tuple[float, float]:
        """The southernmost and the northernmost that it shows, degrees."""
        if self.world:
            return -90.0, 90.0
        half = degrees(self.height / 2 / self.scale)
        return self.latitude - half, self.latitude + half

    @property
    def longitudes(self) -> tuple[float, float]:
        """How far it reaches west and east of the middle, degrees."""
        half = 180.0 if self.world else degrees(self.width / 2 / self.scale) / cos(radians(self.latitude))
        return self.longitude - half, self.longitude + half


def wrapped(longitude: float) -> float:
    """The same longitude from -180 up to, not with, 180."""
    return (longitude + 180) % 360 - 180


def _equal_earth(east: float, north: float) -> tuple[float, float]:
    theta = asin(_M * sin(north))
    square = theta * theta
    sixth = square**3
    slope = _A[0] + 3 * _A[1] * square + sixth * (7 * _A[2] + 9 * _A[3] * square)
    return east * cos(theta) / (_M * slope), theta * (_A[0] + _A[1] * square + sixth * (_A[2] + _A[3] * square))


@lru_cache(maxsize=1)
def _middle_of_world() -> float:
    return (_equal_earth(0, radians(NORTH))[1] + _equal_earth(0, radians(SOUTH))[1]) / 2


@lru_cache(maxsize=1)
def world() -> Frame:
    """All inhabited land, from north to south."""
    scale = (WIDTH / 2 - PAD) / _equal_earth(pi, 0)[0]
    tall = _equal_earth(0, radians(NORTH))[1] - _equal_earth(0, radians(SOUTH))[1]
    return Frame(True, 0.0, MIDDLE, scale, ceil(tall * scale) + 2 * PAD)


def fitted(points: Iterable[tuple[float, float]]) -> Frame:
    """The part of the world that shows these latitudes and longitudes; all of it where they span most of it."""
    places = list(points)
    if not places:
        return world()
    south, north = min(at[0] for at in places), max(at[0] for at in places)
    west, wide = shortest_arc([at[1] for at in places])
    if wide > WIDEST or north - south > TALLEST:
        return world()
    latitude = (south + north) / 2
    x, y = radians(wide) * cos(radians(latitude)), radians(north - south)
    room, most = WIDTH - 2 * PAD, MOST_HEIGHT - 2 * PAD
    scales = [WIDTH / radians(LEAST_SPAN), *(units / span for units, span in ((room, x), (most, y)) if span)]
    scale = min(scales)
    height = min(max(LEAST_HEIGHT, ceil(y * scale) + 2 * PAD), MOST_HEIGHT)
    return Frame(False, latitude, wrapped(west + wide / 2), scale, height)


def shortest_arc(longitudes: Iterable[float]) -> tuple[float, float]:
    """Where the shortest arc that has them all begins in the west, and how wide it is, in degrees."""
    ordered = sorted({wrapped(one) for one in longitudes})
    following = [*ordered[1:], ordered[0] + 360]
    gap, place = max((after - one, at) for at, (one, after) in enumerate(zip(ordered, following, strict=True)))
    return wrapped(following[place]), max(0.0, 360 - gap)  # of one place, rounding may leave a little less than none
