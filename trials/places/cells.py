"""The earth in cells of one degree: an index that holds the cells of a study says at once what may be near a place."""

from math import floor

from trials.places.distance import Box, Point, box

Cell = tuple[int, int]  # the degree of latitude and that of longitude at which it begins, to the south and west
MOST_CELLS = 500  # that are looked up; a larger circle is soonest measured site by site


def cell_of(point: Point) -> Cell:
    """The north pole and the antimeridian, where a cell would only begin, belong to the last one."""
    return min(floor(point.latitude), 89), min(floor(point.longitude), 179)


def cells_within(point: Point, radius_km: float) -> list[Cell] | None:
    """The cells that hold all points within the radius, and some beyond it; None where there are too many of them."""
    spans = [_span(one) for one in box(point, radius_km)]
    if sum(len(souths) * len(wests) for souths, wests in spans) > MOST_CELLS:
        return None
    return [(south, west) for souths, wests in spans for south in souths for west in wests]


def _span(one: Box) -> tuple[range, range]:
    (south, west), (north, east) = cell_of(Point(one.south, one.west)), cell_of(Point(one.north, one.east))
    return range(south, north + 1), range(west, east + 1)
