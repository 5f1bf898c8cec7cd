"""Cells leave nothing out that lies within the radius."""

from hypothesis import assume, example, given
from hypothesis import strategies as st

from trials.places.cells import MOST_CELLS, cell_of, cells_within
from trials.places.distance import Point, distance_km

points = st.builds(Point, st.floats(-90, 90), st.floats(-180, 180))
aside = st.floats(-4, 4)


@given(points, aside, aside)
@example(Point(-18, 179.9), 0, 0.3)
@example(Point(-18, -179.9), 0, -0.1)
@example(Point(10, 180), 0, 0)
@example(Point(89.9, 180), 0.1, -3)
@example(Point(90, 0), 0, 0)
def test_every_point_within_the_radius_lies_in_a_cell(a, north, east):
    b = Point(max(-90.0, min(90.0, a.latitude + north)), (a.longitude + east + 180) % 360 - 180)
    cells = cells_within(a, distance_km(a, b) + 1e-9)
    assume(cells is not None)
    assert cell_of(b) in cells


@given(points, st.floats(0, 100))
def test_the_cells_are_few_and_each_is_named_once(a, radius_km):
    cells = cells_within(a, radius_km)
    if abs(a.latitude) < 80:
        assert cells is not None
    if cells is not None:
        assert 0 < len(cells) == len(set(cells)) <= MOST_CELLS
        assert all(-90 <= south <= 89 and -180 <= west <= 179 for south, west in cells)


def test_a_circle_that_is_too_large_has_none():
    assert cells_within(Point(50, 8), 5_000) is None
    assert cells_within(Point(50, 8), 30_000) is None
    assert cells_within(Point(89, 8), 500) is None
