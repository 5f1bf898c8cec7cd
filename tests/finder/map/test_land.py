"""The dots of the land, and the lines."""

import re

from finder.map.land import PITCHES, dots, lines
from finder.map.projection import fitted, world

RUN = re.compile(r"M(\d+) (\d+)h(\d+)")


def cells(pitch: int, path: str) -> list[tuple[int, int]]:
    """Column and row of each dot, as the dashes of the strokes show them."""
    return [
        (column, int(y) // pitch)
        for x, y, long in RUN.findall(path)
        for column in range(int(x) // pitch, (int(x) + int(long)) // pitch + 1)
    ]


def test_the_path_is_nothing_but_runs_and_each_dot_is_once(cities):
    pitch, path = dots(world(), cities)
    assert RUN.sub("", path) == ""
    found = cells(pitch, path)
    assert len(found) == len(set(found)) > 800
    assert pitch in PITCHES


def test_a_dot_stands_wherever_there_is_a_city_and_nowhere_else(cities):
    frame = fitted([(53.8, -1.55), (55.9, -3.2)])
    pitch, path = dots(frame, cities)
    places = [frame.place(*city) for city in cities]
    inside = [(x, y) for x, y in places if 0 <= x < frame.width and 0 <= y < frame.height]
    assert set(cells(pitch, path)) == {(int(x // pitch), int(y // pitch)) for x, y in inside}


def test_where_towns_are_few_the_grid_is_coarser():
    def towns_every(tenths):
        return [(south / 10, east / 10) for south in range(-50, 51, tenths) for east in range(-150, 151, tenths)]

    frame = fitted([(0, 0)])
    assert dots(frame, towns_every(1))[0] == PITCHES[0]
    assert dots(frame, towns_every(10))[0] == PITCHES[-1]


def test_without_cities_there_are_lines_alone():
    assert dots(world(), ())[1] == ""
    assert dots(fitted([(0, 179.9)]), ())[1] == ""
    for frame in (world(), fitted([(0, 179.9)]), fitted([(88, 10)]), fitted([(-36.8, 174.8), (21.3, -157.8)])):
        strokes = lines(frame)
        assert strokes.count("M") >= 4
        assert len(strokes) < 1_500
