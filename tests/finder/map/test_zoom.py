"""The part of the map that an address names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finder.map.zoom import Box, box_around, box_of

degrees = st.tuples(st.integers(-9000, 9000).map(lambda n: n / 100), st.integers(-18000, 18000).map(lambda n: n / 100))


@given(st.lists(degrees, min_size=1, max_size=20))
def test_a_box_holds_what_it_was_made_around_after_it_has_been_an_address(points):
    box = box_of(str(box_around(points)))
    assert box is not None
    assert all(box.holds(*point) for point in points)


def test_a_box_across_the_180th_meridian_is_narrow():
    box = box_around([(-18.1, 178.4), (-13.8, -171.8)])
    assert box.west > box.east
    assert box.holds(-15, 180) and box.holds(-15, -180)
    assert not box.holds(-15, 0) and not box.holds(-15, 170) and not box.holds(-20, 179)


def test_a_box_of_one_point_holds_only_that():
    assert Box(1, 2, 1, 2).holds(1, 2)
    assert not Box(1, 2, 1, 2).holds(1, 3)


@pytest.mark.parametrize(
    "text",
    ["", "world", "1,2,3", "10,0,5,0", "0,0,91,0", "0,-181,1,0", "nan,0,0,0", "1e1,0,20,0", "١,0,2,0", "0,0,1,0\n"],
)
def test_what_is_no_box_is_none(text):
    assert box_of(text) is None
