"""A map as the template prints it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log2
from typing import Generic, Protocol, TypeVar

from finder.map.clusters import APART, clustered, reaches
from finder.map.land import City, dots, lines
from finder.map.projection import Frame

SMALLEST, LARGEST = 6.0, 13.9  # units, the radius of a marker: two that stand as near as can be do not touch
MOST_COUNTED = 999  # sites that a marker says; the number of more would not fit in it


class Located(Protocol):
    """Sites at one place. Degrees."""

    @property
    def latitude(self) -> float: ...
    @property
    def longitude(self) -> float: ...
    @property
    def sites(self) -> int: ...
    @property
    def open_sites(self) -> int: ...


P = TypeVar("P", bound=Located)


@dataclass(frozen=True, slots=True)
class Cluster:
    """A marker. `reach` is the radius in which a finger means it; all in units of the drawing."""

    x: float
    y: float
    r: float
    reach: float
    count: int
    label: str  # the count as it stands in the marker, where it is more than one
    open_count: int
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """`land` is a path to be dashed every `pitch` units; `clusters` stand in reading order, `here` is to be marked."""

    width: int
    height: int
    is_world: bool
    pitch: int
    land: str
    lines: str
    clusters: tuple[Cluster, ...]
    here: tuple[float, float] | None = None

    @property
    def half(self) -> float:
        """From the corner of a cell of the land to its middle."""
        return self.pitch / 2

    @property
    def dot(self) -> float:
        """How wide a dot of the land is."""
        return round(self.pitch * 0.62, 1)


@dataclass(frozen=True, slots=True)
class Wording(Generic[P]):
    """What the points of one marker are called and where it leads, and how a number is written."""

    title: Callable[[Sequence[P]], str]
    url: Callable[[Sequence[P]], str]
    number: Callable[[int], str]


def drawing(
    points: Sequence[P], cities: Sequence[City], frame: Frame, wording: Wording[P], here: City | None = None
) -> Drawing:
    """Draw the points; the frame shows them all, or they stand at its edge. `here` is marked, where it is in it."""
    pitch, land = _land(frame, _Held(cities))
    places = [_inside(frame, *frame.place(point.latitude, point.longitude)) for point in points]
    groups = clustered(places, [point.sites for point in points])
    reach = reaches([places[group[0]] for group in groups])
    clusters = [
        _cluster(places[group[0]], reached, [points[one] for one in group], wording)
        for group, reached in zip(groups, reach, strict=True)
    ]
    clusters.sort(key=lambda cluster: (cluster.y // APART, cluster.x))
    marked = _rounded(*frame.place(*here)) if here and frame.shows(*here) else None
    return Drawing(frame.width, frame.height, frame.world, pitch, land, _lines(frame), tuple(clusters), marked)


def _rounded(x: float, y: float) -> tuple[float, float]:
    return round(x, 1), round(y, 1)


def _inside(frame: Frame, x: float, y: float) -> tuple[float, float]:
    """A place beyond the edge, as in Antarctica, stands at the edge."""
    return min(max(x, LARGEST), frame.width - LARGEST), min(max(y, LARGEST), frame.height - LARGEST)


def _cluster(place: tuple[float, float], reach: float, points: Sequence[P], wording: Wording[P]) -> Cluster:
    count = sum(point.sites for point in points)
    return Cluster(
        x=round(place[0], 1),
        y=round(place[1], 1),
        r=round(min(LARGEST, SMALLEST + 1.2 * log2(count)), 1),
        reach=int(reach * 10) / 10,
        count=count,
        label=_label(count, wording) if count > 1 else "",
        open_count=sum(point.open_sites for point in points),
        title=wording.title(points),
        url=wording.url(points),
    )


def _label(count: int, wording: Wording[P]) -> str:
    return wording.number(min(count, MOST_COUNTED)) + ("+" if count > MOST_COUNTED else "")


class _Held:
    """The cities as a key of a cache: the same list is the same land, however long it is."""

    def __init__(self, cities: Sequence[City]) -> None:
        self.cities = cities

    def __hash__(self) -> int:
        return id(self.cities)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Held) and self.cities is other.cities


@lru_cache(maxsize=256)
def _land(frame: Frame, held: _Held) -> tuple[int, str]:
    return dots(frame, held.cities)


@lru_cache(maxsize=256)
def _lines(frame: Frame) -> str:
    return lines(frame)
