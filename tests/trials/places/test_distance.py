"""Distances against the ellipsoid, and boxes that leave nothing within the radius out."""

import random
from math import inf, nan

import pytest
from geographiclib.geodesic import Geodesic
from hypothesis import example, given
from hypothesis import strategies as st

from trials.places.distance import Box, Point, box, distance_km

SEED = 20_261_122
HALF_ROUND_KM = 20_016

points = st.builds(Point, st.floats(-90, 90), st.floats(-180, 180))


def pairs() -> list[tuple[Point, Point]]:
    """A thousand: anywhere, close by, across the antimeridian, at the poles, and (nearly) opposite on the earth."""
    rng = random.Random(SEED)

    def anywhere() -> Point:
        return Point(rng.uniform(-90, 90), rng.uniform(-180, 180))

    found = [(anywhere(), anywhere()) for _ in range(400)]
    for _ in range(150):
        a = Point(rng.uniform(-89, 89), rng.uniform(-180, 180))
        aside = rng.uniform(-0.1, 0.1)
        opposite = a.longitude - 180 if a.longitude > 0 else a.longitude + 180
        found += [
            (a, Point(a.latitude + aside, a.longitude)),
            (a, Point(rng.choice((-90.0, 90.0)), rng.uniform(-180, 180))),
            (Point(a.latitude, 180 - abs(aside)), Point(a.latitude + aside, -179.9)),
            (a, Point(-a.latitude + rng.choice((0, aside)), opposite)),
        ]
    return found


def test_a_thousand_distances_are_within_0_6_percent_of_those_on_the_ellipsoid():
    compared = pairs()
    assert len(compared) == 1_000
    for a, b in compared:
        exact = Geodesic.WGS84.Inverse(a.latitude, a.longitude, b.latitude, b.longitude)["s12"] / 1_000
        assert distance_km(a, b) == pytest.approx(exact, rel=0.006, abs=1e-6), (a, b)


@given(points, points)
def test_distance_is_the_same_both_ways_and_at_most_half_round_the_earth(a, b):
    assert distance_km(a, b) == pytest.approx(distance_km(b, a), abs=1e-6)
    assert 0 <= distance_km(a, b) <= HALF_ROUND_KM
    assert distance_km(a, a) == 0


@given(points, points)
@example(Point(52.5, 179.9), Point(52.5, -179.9))
@example(Point(89.9, 10), Point(89.9, -170))
@example(Point(-90, 0), Point(-89, 33))
@example(Point(0, 0), Point(0, 180))
@example(Point(60, 0), Point(62, 4))
def test_every_point_within_the_radius_lies_in_a_box(a, b):
    assert any(one.holds(b) for one in box(a, distance_km(a, b) + 1e-9))


@given(points, st.floats(0, 30_000))
def test_boxes_lie_on_the_earth_and_none_crosses_the_antimeridian(point, radius_km):
    boxes = box(point, radius_km)
    assert 1 <= len(boxes) <= 2
    for one in boxes:
        assert -90 <= one.south <= one.north <= 90
        assert -180 <= one.west <= one.east <= 180


@given(st.builds(Point, st.floats(-60, 60), st.floats(-180, 180)), st.floats(1, 1_000))
def test_a_box_is_hardly_wider_than_its_circle(point, radius_km):
    south, north = box(point, radius_km)[0].south, box(point, radius_km)[0].north
    assert distance_km(Point(south, point.longitude), Point(north, point.longitude)) < 2 * radius_km + 0.01
    assert sum(one.east - one.west for one in box(point, radius_km)) < radius_km / 111 * 2 * 2.5


def test_a_circle_at_the_antimeridian_is_two_boxes():
    west, east = box(Point(-17, 179.5), 200)
    assert (west.east, east.west) == (180, -180)
    assert west.holds(Point(-17, 178)) and east.holds(Point(-17, -179))
    assert not east.holds(Point(-17, 0)) and not west.holds(Point(-17, 0))


def test_a_circle_around_a_pole_is_all_longitudes_down_to_its_edge():
    (cap,) = box(Point(89, 12), 300)
    assert (cap.west, cap.east, cap.north) == (-180, 180, 90)
    assert cap.south == pytest.approx(89 - 300 / 111.195, abs=0.01)
    assert box(Point(-90, 0), 1)[0].south == -90


def test_a_radius_of_half_the_earth_is_the_whole_of_it():
    assert box(Point(10, 10), 25_000) == (Box(-90, -180, 90, 180),)


@pytest.mark.parametrize("radius_km", [-1, nan, inf])
def test_what_is_no_radius_is_refused(radius_km):
    with pytest.raises(ValueError, match="radius"):
        box(Point(0, 0), radius_km)
