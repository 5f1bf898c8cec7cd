"""Points that stand too close in a drawing for a finger become one marker."""

from collections import defaultdict
from collections.abc import Sequence
from math import dist

APART = 28.0  # units between the middles of two markers at least: 24 pixels on the narrowest screen
MOST_REACH = 22.0  # units: half of 44 pixels on a phone

Place = tuple[float, float]


def clustered(places: Sequence[Place], weights: Sequence[int]) -> list[list[int]]:
    """Numbers of the places that share a marker, which stands on the first, the heaviest; each place once.

    No two markers stand closer than `APART`. The order of equal weights is that of the places.
    """
    cells: dict[tuple[int, int], list[int]] = defaultdict(list)  # markers per square as wide as `APART`
    members: dict[int, list[int]] = {}
    for one in sorted(range(len(places)), key=lambda number: -weights[number]):
        x, y = places[one]
        column, row = int(x // APART), int(y // APART)
        around = (cells.get((column + i, row + j), ()) for i in (-1, 0, 1) for j in (-1, 0, 1))
        near = [(dist(places[one], places[mark]), mark) for marks in around for mark in marks]
        distance, mark = min(near, default=(APART, one))
        if distance < APART:
            members[mark].append(one)
        else:
            members[one] = [one]
            cells[column, row].append(one)
    return list(members.values())


def reaches(middles: Sequence[Place]) -> list[float]:
    """For each marker the radius in which a finger means it: as large as its neighbours allow."""
    nearest = [
        min((dist(one, other) for at, other in enumerate(middles) if at != place), default=2 * MOST_REACH)
        for place, one in enumerate(middles)
    ]
    return [min(MOST_REACH, distance / 2) for distance in nearest]
