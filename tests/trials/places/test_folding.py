"""Spellings of one name have one key; another script is another key."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trials.places.folding import place_key

SAME = [
    ("Saint-Étienne", "St. Etienne", "ST ETIENNE", "st.étienne", "Saint Étienne"),
    ("Sainte-Foy", "Ste. Foy", "ste-foy"),
    ("Fort Worth", "Ft. Worth", "ft worth"),
    ("L'Aquila", "L’Aquila", "l´aquila", "LAquila"),
    ("Xi'an", "Xi’an", "Xian", "Xiʼan"),
    ("Washington, D.C.", "Washington DC", "washington d.c."),
    ("München", "MUNCHEN", "mu\u0308nchen"),
    ("Łódź", "Lodz"), ("Tromsø", "tromso"), ("Malmö", "Malmo"), ("Gießen", "Giessen"), ("İzmir", "Izmir"),
    ("Санкт-Петербург", "санкт петербург"),
    ("Αθήνα", "ΑΘΗΝΑ"),
    ("북경", "\u1107\u116e\u11a8\u1100\u1167\u11bc"),
    ("Ｔｏｋｙｏ", "Tokyo"),
    ("北京 ", "北京"),
    ("Stratford-upon-Avon", "stratford upon avon", " Stratford  upon—Avon "),
]  # fmt: skip


@pytest.mark.parametrize("spellings", SAME, ids=lambda one: one[0])
def test_spellings_of_one_name_have_one_key(spellings):
    assert len({place_key(one) for one in spellings}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [("北京", "Beijing"), ("カナ", "ガナ"), ("लीड्स", "लड"), ("Москва", "Moskva"), ("Bath", "Bad"), ("서울", "서운")],
)
def test_other_names_and_scripts_have_other_keys(one, other):
    assert place_key(one) != place_key(other) != ""


@pytest.mark.parametrize("nothing", ["", " ", "–", "...", "'", "()"])
def test_signs_alone_have_no_key(nothing):
    assert place_key(nothing) == ""


def test_the_last_word_of_what_is_still_being_typed_is_no_abbreviation():
    assert place_key("st", whole_words=False) == "st"
    assert place_key("St. Lo", whole_words=False) == "saint lo"
    assert place_key("st") == "saint"


@given(st.text(max_size=40))
def test_a_key_is_its_own_key(text):
    assert place_key(place_key(text)) == place_key(text)
