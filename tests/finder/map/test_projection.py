"""From degrees to the drawing."""

from math import cos, radians

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from finder.map.projection import LEAST_SPAN, PAD, fitted, world

latitudes = st.floats(-89, 89)
longitudes = st.floats(-180, 180)
points = st.lists(st.tuples(latitudes, longitudes), min_size=1, max_size=30)


def test_the_world_has_the_shape_of_equal_earth():
    """As its authors give it: 2.05458 times as wide as high, and the pole 0.59247 times as long as the equator."""
    frame = world()
    edge = frame.longitude + 180 - 1e-9
    (middle, equator), (equator_edge, _) = frame.place(0, frame.longitude), frame.place(0, edge)
    pole_edge, pole = frame.place(90, edge)
    assert (equator_edge - middle) / (equator - pole) == pytest.approx(2.05458, abs=1e-4)
    assert (pole_edge - middle) / (equator_edge - middle) == pytest.approx(0.59247, abs=1e-4)


@given(latitudes, st.floats(-170, 170))
def test_equal_areas_stay_equal_in_the_world(latitude, longitude):
    """A small square of land is as large in the drawing wherever it lies."""
    frame, side = world(), 0.01
    latitude = max(min(latitude, 80), -80)
    at = frame.place(latitude, frame.longitude + longitude)
    east = frame.place(latitude, frame.longitude + longitude + side)
    north = frame.place(latitude + side, frame.longitude + longitude)
    area = (east[0] - at[0]) * (at[1] - north[1]) - (east[1] - at[1]) * (at[0] - north[0])
    assert area / cos(radians(latitude)) == pytest.approx((radians(side) * frame.scale) ** 2, rel=0.01)


@given(points)
def test_every_point_stands_in_the_frame_that_fits_them(places):
    frame = fitted(places)
    for place in places:
        x, y = frame.place(*place)
        if not frame.world:
            assert PAD - 1e-6 <= x <= frame.width - PAD + 1e-6
            assert PAD - 1 <= y <= frame.height - PAD + 1


@given(points, st.floats(-180, 180))
@example([(0.0, 1.97736865362657)], 151.0)  # whose arc is a rounding error narrower than nothing
def test_the_180th_meridian_is_a_line_like_any_other(places, turn):
    """Turning the earth changes neither the scale nor where the points stand."""
    before, after = fitted(places), fitted([(south, east + turn) for south, east in places])
    assert before.world == after.world
    if not before.world:
        assert after.scale == pytest.approx(before.scale, rel=1e-6)
        for south, east in places:
            assert after.place(south, east + turn) == pytest.approx(before.place(south, east), abs=1e-3)


def test_islands_on_both_sides_of_the_antimeridian_are_neighbours():
    frame = fitted([(-18.1, 178.4), (-13.8, -171.8)])  # Suva and Apia
    suva, apia = frame.place(-18.1, 178.4), frame.place(-13.8, -171.8)
    assert not frame.world
    assert suva[0] < apia[0] and suva[1] > apia[1]


def test_one_place_is_shown_with_what_lies_around_it():
    frame = fitted([(53.8, -1.55)])
    south, north = frame.latitudes
    assert frame.place(53.8, -1.55) == pytest.approx((frame.width / 2, frame.height / 2))
    assert north - south == pytest.approx(LEAST_SPAN * frame.height / frame.width)


@pytest.mark.parametrize(
    ("places", "is_world"),
    [
        ([], True),
        ([(52.5, 13.4), (40.7, -74.0)], False),
        ([(52.5, 13.4), (40.7, -74.0), (35.7, 139.7)], True),
        ([(60.0, 10.0), (-40.0, 10.0)], True),
    ],
)
def test_points_that_span_most_of_the_world_have_all_of_it(places, is_world):
    assert fitted(places).world is is_world
