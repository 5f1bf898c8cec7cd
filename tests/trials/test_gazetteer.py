"""Typed places are found among a few that are stored; tests/trials/ingest/test_places.py asks among all."""

import pytest
from django.utils import translation

from tests.places import store_places
from trials.gazetteer import complete, did_you_mean, find_place, place_by_token

pytestmark = pytest.mark.django_db

LEEDS, LONDON, LONDON_CA, PARIS, PARIS_TEXAS = "g2644688", "g2643743", "g6058560", "g2988507", "g4717560"
OREGON, MAINE, ILLINOIS, MISSOURI = "g5746545", "g4975802", "g4250542", "g4409896"
MILAN, MUNICH, BEIJING, PETERSBURG, FLORIDA, NEW_YORK = (
    *("g3173435", "g2867714", "g1816670"),
    *("g498817", "g4171563", "g5128581"),
)
CANCUN, CHANGCHUN, SYDNEY = "g3531673", "g2038180", "g2147714"


@pytest.fixture(autouse=True)
def places():
    return store_places()


def tokens(found):
    return [place.token for place in found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Leeds, UK", [LEEDS]), ("leeds", [LEEDS]), ("LEEDS , Reino Unido", [LEEDS]), ("英国利兹", [LEEDS]),
        ("London", [LONDON, LONDON_CA]), ("London, Ontario", [LONDON_CA]), ("London, CA", [LONDON_CA]),
        ("Paris", [PARIS, PARIS_TEXAS]), ("Paris, France", [PARIS]), ("paris texas", [PARIS_TEXAS]),
        ("Paris, TX, USA", [PARIS_TEXAS]), ("Paris, Germany", []),
        ("Portland OR", [OREGON]), ("Portland, Maine", [MAINE]), ("Portland", [OREGON, MAINE]),
        ("Springfield, IL", [ILLINOIS]), ("Springfield", [MISSOURI, ILLINOIS]),
        ("Milano", [MILAN]), ("München", [MUNICH]), ("Muenchen", [MUNICH]), ("Munich, Alemania", [MUNICH]),
        ("北京", [BEIJING]), ("Beijing", [BEIJING]), ("北京，中国", [BEIJING]),
        ("Санкт-Петербург", [PETERSBURG]), ("St Petersburg", [PETERSBURG, FLORIDA]),
        ("St. Petersburg, FL", [FLORIDA]), ("New York, New York", [NEW_YORK]), ("NYC", [NEW_YORK]),
        ("Nueva York", []), ("Narnia", []), ("", []), (" , ", []), ("Leeds, Narnia", [LEEDS]),
    ],
)  # fmt: skip
def test_a_typed_place_is_found(text, found):
    assert tokens(find_place(text)) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("10001", ["10001"]), ("10001-1234", ["10001"]), (" 75001 ", ["75001"]), ("99999", []), ("100011", []),
        ("New York, NY 10001", ["10001", NEW_YORK]), ("10001 USA", ["10001"]), ("97201 Oregon", ["97201"]),
        ("75001 Paris", [PARIS, PARIS_TEXAS]), ("Addison", ["75001"]), ("Addison, Texas", ["75001"]),
    ],
)  # fmt: skip
def test_a_zip_code_is_a_place_unless_the_town_beside_it_is_another(text, found):
    assert tokens(find_place(text)) == found


def test_a_towns_own_name_counts_more_than_what_another_is_called_too():
    assert tokens(find_place("Cancun")) == [CANCUN, CHANGCHUN]


def test_every_label_leads_back_to_its_place_in_every_language(places):
    for language in ("en", "es", "zh-hans"):
        with translation.override(language):
            for place in places.values():
                assert find_place(place.label)[0] == place, place.label


def test_a_label_names_state_and_country_in_the_language_of_the_page(places):
    assert places[LEEDS].label == "Leeds, United Kingdom"
    assert places[OREGON].label == "Portland, Oregon, United States"
    assert places["10001"].label == "New York, New York 10001, United States"
    with translation.override("es"):
        assert places[LEEDS].label == "Leeds, Reino Unido"
    with translation.override("zh-hans"):
        assert (places[LEEDS].label, places[BEIJING].label) == ("Leeds, 英国", "北京, 中国")


def test_a_token_leads_to_its_place(places):
    for token, place in places.items():
        assert place_by_token(token) == place
    for token in ("", "g", "g1", "99999", "g2644688 ", "x", "1000010001", "g9999999999999"):
        assert place_by_token(token) is None


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Lond", [LONDON, LONDON_CA]), ("st", [PETERSBURG, FLORIDA]), ("saint p", [PETERSBURG, FLORIDA]),
        ("st. p", [PETERSBURG, FLORIDA]), ("portland, o", [OREGON]), ("portland, oregon, uni", [OREGON]),
        ("portland, united st", [OREGON, MAINE]), ("北", [BEIJING]), ("münch", [MUNICH]), ("l", []), ("", []),
        ("100", ["10001", "10002"]), ("10", []), ("97201", ["97201"]), ("zzz", []), ("Portland OR", [OREGON]),
    ],
)  # fmt: skip
def test_places_are_offered_while_somebody_types(typed, found):
    assert tokens(complete(typed)) == found


def test_no_more_places_are_offered_than_asked_for():
    assert tokens(complete("s", 8)) == []
    assert tokens(complete("sp", 1)) == [MISSOURI]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("Leads", LEEDS), ("lodnon", LONDON), ("munchin", MUNICH), ("Sidney", SYDNEY), ("Springfeild, IL", ILLINOIS),
     ("saint peterburg", PETERSBURG), ("Leads, UK", LEEDS), ("Portlnd OR", OREGON)],
)  # fmt: skip
def test_a_misspelled_place_is_guessed(typed, meant):
    assert find_place(typed) == []
    assert tokens(did_you_mean(typed))[0] == meant


def test_nothing_is_guessed_from_afar():
    assert did_you_mean("Leads, Germany") == did_you_mean("qwrtzp") == did_you_mean("") == did_you_mean("上东") == []


def test_each_question_takes_few_queries(django_assert_max_num_queries):
    with django_assert_max_num_queries(1):
        find_place("Springfield, Illinois, United States")
    with django_assert_max_num_queries(2):
        find_place("New York, NY 10001")
    with django_assert_max_num_queries(2):
        complete("sp")


def test_a_places_own_name_is_meant_before_what_another_is_called_too():
    assert tokens(did_you_mean("Cancan")) == [CANCUN, CHANGCHUN]


@pytest.mark.parametrize(
    ("text", "towns"),
    [
        ("Oregon", ["Portland"]), ("florida", ["St. Petersburg"]), ("New York", ["New York City"]),
        ("Texas", ["Paris"]), ("Georgia", []), ("TX", []),
    ],
)  # fmt: skip
def test_a_state_alone_means_its_largest_towns(text, towns):
    assert [place.name for place in find_place(text)] == towns
