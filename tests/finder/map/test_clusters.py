"""Markers: none in the way of another, no site lost."""

from itertools import combinations
from math import dist

from hypothesis import given
from hypothesis import strategies as st

from finder.map.clusters import APART, MOST_REACH, clustered, reaches

places = st.lists(st.tuples(st.floats(0, 336), st.floats(0, 240)), max_size=120)


@given(places, st.data())
def test_every_place_is_in_one_marker_and_no_two_markers_touch(where, data):
    weights = data.draw(st.lists(st.integers(1, 50), min_size=len(where), max_size=len(where)))
    groups = clustered(where, weights)
    assert sorted(one for group in groups for one in group) == list(range(len(where)))
    middles = [where[group[0]] for group in groups]
    assert all(dist(one, other) >= APART for one, other in combinations(middles, 2))
    for group in groups:
        assert weights[group[0]] == max(weights[one] for one in group)
        assert all(dist(where[group[0]], where[one]) < APART for one in group)


@given(places)
def test_what_a_finger_means_is_one_marker_and_wide_enough(where):
    middles = [where[group[0]] for group in clustered(where, [1] * len(where))]
    reach = reaches(middles)
    assert all(APART / 2 <= one <= MOST_REACH for one in reach)
    for (one, its), (other, others) in combinations(zip(middles, reach, strict=True), 2):
        assert dist(one, other) >= its + others - 1e-9


def test_a_place_joins_the_nearest_marker():
    assert clustered([(0, 0), (40, 0), (25, 0)], [9, 8, 1]) == [[0], [1, 2]]


def test_a_lone_marker_has_the_widest_reach():
    assert reaches([(10, 10)]) == [MOST_REACH]
