"""A list near a place: its fields beside the sentence, distances as they were typed, the nearest site that is meant."""

import re
from html import unescape

import pytest

from tests.finder.conftest import chips, html_of, listed, words_of
from tests.places import store_places, town
from tests.studies import site, store, study
from trials.ingest.places import replace_places

pytestmark = pytest.mark.django_db

LEEDS = site("A", "Leeds", "United Kingdom", status="RECRUITING", geoPoint={"lat": 53.8, "lon": -1.55})
PARIS = site("B", "Paris", "France", status="RECRUITING", geoPoint={"lat": 48.85, "lon": 2.35})
LYON = site("C", "Lyon", "France", status="RECRUITING", geoPoint={"lat": 45.75, "lon": 4.85})
BEIJING = site("D", "Beijing", "China", status="RECRUITING", geoPoint={"lat": 39.9, "lon": 116.4})


def at(nct_id: str, *sites: dict) -> dict:
    return study(nct_id, contactsLocationsModule={"locations": list(sites)})


@pytest.fixture
def near_leeds():
    store_places()
    store(at("NCT90000001", LEEDS, LYON, PARIS))


def field(client, query: str, name: str) -> str:
    return re.search(rf'<input id="{name}"[^>]*>', html_of(client, f"/studies/{query}")).group()


def choices(client, query: str) -> dict[str, str]:
    """How far one may go: the words of each choice with its value; the chosen one is marked."""
    options = re.findall(r'<option value="([^"]*)"( selected)?>([^<]*)', html_of(client, f"/studies/{query}"))
    return {("*" if chosen else "") + unescape(label): value for value, chosen, label in options}


def test_a_place_of_the_words_is_told_in_the_field_and_not_sent_twice(client, near_leeds):
    shown = field(client, "?q=lupus near Leeds", "near")
    assert 'value=""' in shown and 'placeholder="Leeds, United Kingdom"' in shown
    page = words_of(html_of(client, "/studies/?q=lupus near Leeds"))
    assert "Your words say Leeds, United Kingdom. A place that you type here counts instead." in page
    assert page.count("Near: Leeds, United Kingdom") == 2  # the chip, and the line that stands for folded fields


def test_a_place_in_the_field_wins_and_a_cleared_field_leaves_it_to_the_words(client, near_leeds):
    edited = "?q=lupus near Leeds&near=Paris"
    assert 'value="Paris, France"' in field(client, edited, "near")
    page = words_of(html_of(client, f"/studies/{edited}"))
    assert "Distances are from Paris, France" in page and "Your words say" not in page
    assert list(chips(client, edited)) == ["Condition: Lupus (SLE)", "Near: Paris, France"]
    assert "Distances are from Leeds" in words_of(html_of(client, "/studies/?q=lupus near Leeds&near="))


def test_that_the_field_wins_is_said_with_a_way_to_the_place_of_the_words(client, near_leeds):
    said = "Your words name Leeds, United Kingdom, but the list is near Paris, France. Look near this place instead:"
    html = html_of(client, "/studies/?q=lupus near Leeds&near=Paris")
    assert said in words_of(html)
    other = unescape(re.search(r'href="([^"]*near=g2644688[^"]*)"', html)[1])
    page = words_of(html_of(client, other))
    assert "Distances are from Leeds" in page and "Your words name" not in page
    assert "Your words name" not in words_of(html_of(client, "/studies/?q=lupus near Leeds&near=Leeds"))


@pytest.mark.parametrize(
    ("query", "opened"),
    [("?q=lupus", False), ("?q=lupus near Leeds", False), ("?near=Leeds", False), ("?near=Lodnon", True)],
)
def test_the_fields_of_a_place_are_folded_unless_something_is_wrong_there(client, near_leeds, query, opened):
    assert ('<details class="place-fields" open>' in html_of(client, f"/studies/{query}")) is opened


def test_who_has_just_used_the_fields_finds_them_open(client, near_leeds):
    htmx = {"HX-Request": "true", "HX-Trigger": "search-form"}
    for query, opened in (("?near=Leeds", True), ("?q=lupus", False)):
        page = client.get(f"/studies/{query}", headers=htmx).content.decode()
        assert ('<details class="place-fields" open>' in page) is opened
    htmx = {"HX-Request": "true", "HX-Trigger": "sort-newest"}
    assert '<details class="sorting" open>' in client.get("/studies/", headers=htmx).content.decode()


@pytest.mark.parametrize(
    ("query", "label"),
    [
        ("?q=lupus within 50 miles of Leeds", "Within 50 miles (80 km)"),
        ("?q=lupus within 50 km of Leeds", "Within 50 km"),
        ("?q=lupus within 50 miles of Paris, France", "Within 50 miles (80 km)"),
        ("?q=lupus a menos de 30 km de Paris, France", "Within 30 km"),
        ("?q=lupus&near=Leeds&radius=50", "Within 31 miles (50 km)"),
        ("?q=lupus&near=Paris&radius=50", "Within 50 km"),
    ],
)
def test_a_distance_is_said_in_the_unit_that_was_typed(client, near_leeds, query, label):
    found = chips(client, query)
    assert label in found and not [one for one in found if "80.47" in one]
    assert "radius" not in found[label] and "within" not in found[label]


def test_how_far_is_chosen_in_the_unit_of_the_country_or_of_the_words(client, near_leeds):
    assert "Within 30 miles (48 km)" in choices(client, "?near=Leeds")
    assert "Within 50 km" in choices(client, "?near=Paris") and "Within 50 km" in choices(client, "")
    in_words = choices(client, "?q=lupus within 20 miles of Paris, France")
    assert in_words["*As in your words: 20 miles (32 km)"] == "" and "Within 30 miles (48 km)" in in_words
    value = choices(client, "?near=Leeds")["Within 30 miles (48 km)"]
    assert "*Within 30 miles (48 km)" in choices(client, f"?near=Leeds&radius={value}")
    assert listed(client, f"?near=Leeds&radius={value}") == ["NCT90000001"]


def test_distances_on_cards_follow_the_words(read, near_leeds):
    assert "Nearest site: Paris, France · less than 1 km" in read("/studies/?q=lupus near Paris&country=FR")
    page = read("/studies/?q=lupus within 500 miles of Paris, France&country=GB")
    assert re.search(r"Nearest site: Leeds, United Kingdom · \d{3} miles \(\d{3} km\)", page)


def test_with_a_country_chosen_the_nearest_site_is_one_of_that_country(read, near_leeds):
    assert "Nearest site: Leeds, United Kingdom · less than 1 mile" in read("/studies/?near=Leeds")
    page = read("/studies/?near=Leeds&country=FR")
    assert "Nearest site: Paris, France · 381 miles" in page and "1 more open site" in page
    assert "Nearest site: Paris, France" in read("/studies/?q=lupus in France&near=Leeds")


@pytest.mark.parametrize("query", ["?near=Leeds", "?near=Leeds&country=FJ", "?near=Leeds&country=FJ&sort=nearest"])
def test_a_site_without_coordinates_has_no_distance(read, query):
    store_places()
    store(at("NCT90000001", site("A", "Suva", "Fiji", status="RECRUITING")))
    page = read(f"/studies/{query}")
    assert "Nearest site: Suva, Fiji · distance not known" in page and "20,01" not in page


def test_in_the_chosen_country_an_open_site_comes_before_a_nearer_closed_one(read):
    store_places()
    closed = {**PARIS, "status": "COMPLETED"}
    store(at("NCT90000001", closed, LYON, site("E", "Nice", "France", status="RECRUITING")), at("NCT90000002", closed))
    page = read("/studies/?near=Leeds&country=FR&sort=nearest")
    assert "Nearest site: Lyon, France" in page and "1 more open site" in page
    assert re.search(r"Nearest site: Paris, France · \d+ miles \(\d+ km\) · Finished", page)


def test_other_places_are_offered_only_where_they_are_called_the_same(client, read, near_leeds):
    assert "Another place of this name: London, Canada" in read("/studies/?q=lupus near London")
    page = read("/studies/?near=Cancun")  # a name that Changchun goes by, too
    assert "Distances are from Cancún" in page and "Another place" not in page
    assert "Another place" not in read("/studies/?q=lupus near Cancun")


CHINESE = (
    town(1816670, "Beijing", "CN", 39.9, 116.4, 18_960_744, "北京", chinese="北京"),
    town(1886760, "Suzhou", "CN", 31.3, 120.6, 5_345_961, chinese="苏州"),
    town(1792086, "Suzhou", "CN", 33.6, 116.98, 205_130, chinese="宿州"),
    town(2644688, "Leeds", "GB", 53.8, -1.55, 536_280),
    town(2644689, "Peking", "GB", 53.8, -1.55, 20_000, "Beijing", chinese="北平"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("city", "country", "said"),
    [
        ("Beijing", "China", "北京, 中国"),
        ("Suzhou", "China", "Suzhou, 中国"),  # two towns, called differently
        ("Leeds", "United Kingdom", "Leeds, 英国"),
        ("Beijing", "United Kingdom", "Beijing, 英国"),  # another town goes by that name
    ],
)
def test_towns_have_their_chinese_names_where_these_are_certain(client, read, city, country, said):
    replace_places(CHINESE)
    one = site("A", city, country, status="RECRUITING", geoPoint={"lat": 39.9, "lon": 116.4})
    store(at("NCT90000001", one))
    page = html_of(client, "/zh-hans/studies/?near=Leeds")
    assert f"最近的研究点： {said}" in words_of(page) and f"<li>{said}</li>" in page
    assert f"Nearest site: {city}, {country}" in read("/studies/?near=Leeds")
