"""The whole drawing."""

import random
from itertools import combinations
from math import dist

import pytest

from finder.map.clusters import APART
from finder.map.projection import PAD, fitted, world
from finder.map.view import LARGEST, drawing
from tests.finder.map.conftest import WORDING, Point


def draw(points, cities=(), frame=None):
    return drawing(points, cities, frame or fitted((p.latitude, p.longitude) for p in points), WORDING)


@pytest.fixture
def many(cities):
    rng = random.Random(20_261_122)
    towns = rng.sample(cities, 3_000)
    return [Point(round(s, 2), round(e, 2), n := rng.randrange(1, 40), rng.randrange(n + 1)) for s, e in towns]


def test_no_site_is_lost_among_three_thousand_points(many, cities):
    for part in (many, [p for p in many if 35 < p.latitude < 60 and -10 < p.longitude < 30]):
        drawn = draw(part, cities)
        assert sum(cluster.count for cluster in drawn.clusters) == sum(p.sites for p in part)
        assert sum(cluster.open_count for cluster in drawn.clusters) == sum(p.open_sites for p in part)
        named = [name for cluster in drawn.clusters for name in cluster.title.split(" + ")]
        assert sorted(named) == sorted(f"{p.latitude:.6f} {p.longitude:.6f}" for p in part)


def test_no_marker_lies_on_another_or_is_cut(many, cities):
    drawn = draw(many, cities, world())
    for one, other in combinations(drawn.clusters, 2):
        assert dist((one.x, one.y), (other.x, other.y)) >= APART - 0.15 > one.r + other.r
    for cluster in drawn.clusters:
        assert cluster.r <= min(cluster.x, drawn.width - cluster.x)
        assert cluster.r <= min(cluster.y, drawn.height - cluster.y)


def test_markers_come_from_north_to_south_and_from_west_to_east():
    points = [Point(-34, 151), Point(65, 100), Point(20, -100), Point(-30, -60), Point(65, -100)]
    drawn = draw(points, frame=world())
    assert [c.title.split(".")[0] for c in drawn.clusters] == ["65", "65", "20", "-30", "-34"]
    assert drawn.clusters[0].x < drawn.clusters[1].x


def test_a_place_beyond_the_world_stands_at_its_edge():
    (south_pole,) = draw([Point(-90, 0)], frame=world()).clusters
    assert south_pole.y == world().height - LARGEST > world().height - PAD


def test_a_number_stands_only_where_there_is_more_than_one_site():
    one, many = draw([Point(10, 10), Point(40, 40, 7)]).clusters[::-1]
    assert (one.label, many.label) == ("", "7")
    assert one.r < many.r


def test_a_number_too_long_for_its_marker_says_that_there_are_more():
    assert [c.label for c in draw([Point(10, 10, 999), Point(40, 40, 12_345)]).clusters] == ["999+", "999"]


def test_a_place_is_marked_where_the_map_shows_it():
    london, leeds = Point(51.5, -0.13), (53.8, -1.55)
    frame = fitted([(51.5, -0.13), leeds])
    x, y = drawing([london], (), frame, WORDING, leeds).here
    assert frame.place(*leeds) == pytest.approx((x, y), abs=0.06)
    assert drawing([london], (), frame, WORDING, (-33, 151)).here is drawing([london], (), frame, WORDING).here is None


def test_nothing_to_draw_is_an_empty_map():
    assert draw([]).clusters == ()
    assert draw([]).is_world
