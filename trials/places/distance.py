"""Distances on the earth as a sphere of its mean radius: within 0.6 % of those on the ellipsoid."""

from dataclasses import dataclass
from math import asin, cos, degrees, inf, pi, radians, sin, sqrt

EARTH_RADIUS_KM = 6371.0088  # mean radius of WGS 84 (IUGG)
_HALF_ROUND_KM = pi * EARTH_RADIUS_KM  # nothing on earth is farther away
_MARGIN = 1e-6  # degrees, a tenth of a metre: rounding must leave no point outside its box


@dataclass(frozen=True, slots=True)
class Point:
    """In degrees: latitude −90 to 90, longitude −180 to 180, east positive."""

    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Box:
    """All points between two latitudes and two longitudes, in degrees; never across the antimeridian."""

    south: float
    west: float
    north: float
    east: float

    def holds(self, point: Point) -> bool:
        return self.south <= point.latitude <= self.north and self.west <= point.longitude <= self.east


def distance_km(a: Point, b: Point) -> float:
    """Great-circle distance in km (haversine)."""
    south, north = radians(a.latitude), radians(b.latitude)
    across = sin(radians(b.longitude - a.longitude) / 2)
    half = sin((north - south) / 2) ** 2 + cos(south) * cos(north) * across**2
    return 2 * EARTH_RADIUS_KM * asin(sqrt(min(1.0, half)))  # rounding may pass 1 between opposite ends of the earth


def box(point: Point, radius_km: float) -> tuple[Box, ...]:
    """One box, or two at the antimeridian, that hold every point within the radius, and some beyond it.

    A circle around a pole gives all longitudes. Raises ValueError for a radius that is negative or no number.
    """
    if not 0 <= radius_km < inf:
        raise ValueError(f"not a radius in km: {radius_km}")
    if radius_km >= _HALF_ROUND_KM:
        return (Box(-90, -180, 90, 180),)
    reach = radius_km / EARTH_RADIUS_KM
    south = point.latitude - degrees(reach) - _MARGIN
    north = point.latitude + degrees(reach) + _MARGIN
    if south <= -90 or north >= 90:
        return (Box(max(south, -90), -180, min(north, 90), 180),)
    # The farthest longitude lies nearer to the pole than the point itself.
    aside = degrees(asin(min(1.0, sin(reach) / cos(radians(point.latitude))))) + _MARGIN
    west, east = point.longitude - aside, point.longitude + aside
    if west < -180:
        return Box(south, west + 360, north, 180), Box(south, -180, north, east)
    if east > 180:
        return Box(south, west, north, 180), Box(south, -180, north, east - 360)
    return (Box(south, west, north, east),)
