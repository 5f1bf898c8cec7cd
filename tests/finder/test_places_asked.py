"""What a typed place may mean: a town, a ZIP code, a token, a country, or nothing for certain."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from finder.places_asked import asked_place
from tests.places import store_places
from trials.models import Place

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def places() -> dict[str, Place]:
    return store_places()


@pytest.mark.parametrize(
    ("text", "token"),
    [
        ("Leeds", "g2644688"),
        (" leeds ", "g2644688"),
        ("Leeds, UK", "g2644688"),
        ("Leeds, United Kingdom", "g2644688"),
        ("g2644688", "g2644688"),
        ("10001", "10001"),
        ("Portland OR", "g5746545"),
        ("北京", "g1816670"),
        ("Leeds\x00", "g2644688"),
    ],
)
def test_a_place_is_found(text, token):
    asked = asked_place(text)
    assert asked.place is not None and asked.place.token == token
    assert asked.country_code == "" and asked.guesses == ()


def test_what_a_page_shows_as_the_place_is_read_as_that_place_again(places):
    read = {token: asked_place(place.label).place for token, place in places.items()}
    assert {token: place and place.token for token, place in read.items()} == {token: token for token in places}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Germany", "DE"), ("Deutschland", "DE"), ("Alemania", "DE"), ("德国", "DE"), ("Nederland", "NL"), ("UK", "GB"),
        ("USA", "US"), ("Georgia", "GE"), ("日本", "JP"),
    ],
)  # fmt: skip
def test_a_country_is_named(text, code):
    asked = asked_place(text)
    assert (asked.country_code, asked.place, asked.home_code) == (code, None, code)


def test_the_name_of_a_country_wins_over_a_town_of_that_name():
    Place.objects.filter(name="Leeds").update(name="Mexico")
    assert asked_place("Mexico").country_code == "MX"


def test_two_letters_of_a_state_are_no_country():
    assert asked_place("CA") == asked_place("CA").__class__("CA")


def test_other_places_of_that_name_are_told():
    asked = asked_place("London")
    assert asked.place is not None and asked.place.country_code == "GB"
    assert [other.country_code for other in asked.others] == ["CA"]


def test_a_slip_of_the_pen_is_guessed():
    asked = asked_place("Leedz")
    assert asked.place is None and [guess.name for guess in asked.guesses] == ["Leeds"]


@pytest.mark.parametrize("text", ["", "  ", "\x00"])
def test_nothing_is_asked(text, django_assert_num_queries):
    with django_assert_num_queries(0):
        asked = asked_place(text)
    assert (asked.text, asked.place, asked.guesses, asked.home_code) == ("", None, (), "")


@pytest.mark.parametrize("text", ["g999999999999", "99999", "zzyzx qqq", "x" * 5000, "%", "'", "g1' --", "\ud800"])
def test_what_means_nothing_to_us_is_said_and_no_more(text):
    asked = asked_place(text)
    assert asked.text and len(asked.text) <= 100
    assert (asked.place, asked.others, asked.guesses, asked.country_code) == (None, (), (), "")


@pytest.mark.parametrize(
    "text", ["Leeds", "Leeds, UK", "g2644688", "10001", "99999", "Germany", "Leedz", "zzyzx", "10001 NY"]
)
def test_a_place_costs_at_most_three_queries(text):
    with CaptureQueriesContext(
        connection,
    ) as queries:
        asked_place(text)
    assert len([one for one in queries if "SAVEPOINT" not in one["sql"]]) <= 3
