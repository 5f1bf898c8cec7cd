"""What a typed place may mean: a town's name, and the countries and US states behind it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trials.places.areas import LONGEST_TEXT, Area, TypedPlace, areas_beginning, typed_places


@pytest.mark.parametrize(
    ("text", "name", "country_code", "region"),
    [
        ("Leeds, UK", "leeds", "GB", ""),
        ("Leeds, Reino Unido", "leeds", "GB", ""),
        ("利兹，英国", "利兹", "GB", ""),
        ("英国利兹", "利兹", "GB", ""),
        ("Paris France", "paris", "FR", ""),
        ("Paris, FRA", "paris", "FR", ""),
        ("Portland OR", "portland", "US", "Oregon"),
        ("Portland, Oregon, United States", "portland", "US", "Oregon"),
        ("portland oregon usa", "portland", "US", "Oregon"),
        ("Springfield, IL", "springfield", "US", "Illinois"),
        ("Toronto, CA", "toronto", "CA", ""),
        ("San Jose, CA", "san jose", "US", "California"),
        ("London, Ontario", "london", "CA", ""),
        ("Glasgow, Scotland", "glasgow", "GB", ""),
        ("Nueva York, EE. UU.", "nueva york", "US", "New York"),
        ("Washington, D.C.", "washington", "US", "District of Columbia"),
        ("Tbilisi, Georgia", "tbilisi", "GE", ""),
        ("Atlanta, Georgia", "atlanta", "US", "Georgia"),
    ],
)
def test_a_country_or_state_behind_the_name_is_read(text, name, country_code, region):
    readings = [one for one in typed_places(text) if one.name == name and one.within]
    assert any(one.holds(country_code, region) for one in readings)
    assert not any(one.holds("ZZ", "") for one in readings)


def test_the_longest_name_comes_first():
    assert typed_places("New York")[0] == TypedPlace("new york")
    names = [one.name for one in typed_places("Kansas City Kansas")]
    assert names[0] == "kansas city kansas" and "kansas city" in names


def test_what_follows_a_comma_and_is_not_known_narrows_nothing_but_what_is_known_does():
    assert typed_places("Leeds, Narnia")[-1].holds("GB", "")
    assert all(not one.holds("GB", "") for one in typed_places("Leeds, Germany") if one.name == "leeds")


@given(st.text(max_size=LONGEST_TEXT * 3))
def test_whatever_is_typed_is_read(text):
    assert all(one.name for one in typed_places(text))


def test_an_area_is_known_by_its_beginning():
    assert {Area("US", "Oregon"), Area("US", "Ohio"), Area("OM")} <= areas_beginning("o")
    assert areas_beginning("united k") == {Area("GB")}
    assert areas_beginning("narnia") == frozenset()
