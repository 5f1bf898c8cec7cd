"""Places, countries and distances in a typed search."""

import pytest

from tests.trials.search.names import Names, sure
from trials.search import Kind, read


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("lupus near Leeds", "Leeds"), ("lupus in New York", "New York"), ("lupus, Boston, MA", "Boston, MA"),
        ("lupus Leeds", "Leeds"), ("Leeds lupus", "Leeds"), ("lupus close to reading", "Reading"),
        ("lupus in Reading", "Reading"),
        ("trials in Mexico City for lupus", "Mexico City"), ("北京附近的狼疮", "北京"), ("狼疮 上海", "上海"),
        ("within 50 miles of Boston lupus", "Boston"), ("lupus in the Leeds area", "Leeds"),
    ],
)  # fmt: skip
def test_a_place(text, place):
    assert sure(text, Kind.PLACE) == (f"token of {place}",)


@pytest.mark.parametrize(
    "text", ["wolf disease", "reading about lupus", "nice lupus trials", "lupus diagnosed in Wolf disease"]
)
def test_ordinary_words_and_words_of_a_disease_are_no_place(text):
    assert sure(text, Kind.PLACE) == ()


def test_a_radius_is_in_kilometres():
    assert sure("within 50 miles of Boston", Kind.RADIUS) == ("80.47",)
    assert sure("lupus a menos de 30 km de Leeds", Kind.RADIUS) == ("30",)


@pytest.mark.parametrize(
    ("text", "code"),
    [("lupus UK", "GB"), ("lupus in the US", "US"), ("lupus en España", "ES"), ("德国 狼疮", "DE"),
    ("lupus in Georgia", None),
     ("help us with lupus", None), ("lupus new mexico", None), ("Michael Jordan lupus", None)],
)  # fmt: skip
def test_a_country(text, code):
    assert sure(text, Kind.COUNTRY) == ((code,) if code else ())


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("lupus near Leds", "Leds"), ("lupus near leds recruiting", "leds"), ("lupus cerca de Madrit", "Madrit"),
        ("狼疮 利资附近", "利资"), ("within 50 miles of Leds, lupus", "Leds"), ("lupus near the Leds area", "Leds"),
        ("lupus near 99999", "99999"), ("lupus around Leds", "Leds"),
    ],
)  # fmt: skip
def test_a_place_that_nobody_knows_is_said_and_not_looked_for(text, words):
    reading = read(text, Names())
    assert reading.values(Kind.UNKNOWN_PLACE) == (words,) and reading.rest == ()


@pytest.mark.parametrize(
    "text",
    ["lupus near me", "lupus near my home", "rash around ankles lupus", "lupus nearest hospital", "我家附近 狼疮",
     "lupus close to remission", "lupus near Leeds", "lupus in Leds"],
)  # fmt: skip
def test_things_that_are_near_are_no_unknown_place(text):
    assert sure(text, Kind.UNKNOWN_PLACE) == ()


@pytest.mark.parametrize(
    "text", ["红斑狼疮 成都", "成都红斑狼疮", "红斑狼疮成都", "成都的红斑狼疮", "武汉红斑狼疮", "成都 红斑狼疮 招募"]
)
def test_a_chinese_town_needs_no_word_for_a_place_though_its_signs_may_join(text):
    assert sure(text, Kind.PLACE) in {("token of 成都",), ("token of 武汉",)}


@pytest.mark.parametrize("code", ["LS1 4AP", "ox3 9du", "M13 9PL", "SW1A 1AA", "K1A 0B6"])
def test_a_postcode_of_elsewhere_is_an_unknown_place_and_no_word(code):
    reading = read(f"lupus near {code}", Names())
    assert reading.values(Kind.UNKNOWN_PLACE) == (code,) and reading.rest == ()


def test_a_dose_is_no_postcode():
    assert read("lupus il6 2mg", Names()).values(Kind.UNKNOWN_PLACE) == ()
