"""The bundled packages as we read them."""

import pytest

from trials.places.folding import place_key
from trials.places.geonames import FIRST_ZIP_ID, Town, towns, zip_codes


@pytest.fixture(scope="module")
def by_id() -> dict[int, Town]:
    return {town.id: town for town in towns(15_000)}


@pytest.fixture(scope="module")
def by_code() -> dict[str, Town]:
    return {one.postal_code: one for one in zip_codes({("portland", "Oregon")})}


def test_a_town_has_its_point_its_country_and_its_names_in_all_scripts(by_id):
    leeds = by_id[2644688]
    assert (leeds.name, leeds.country_code, leeds.region) == ("Leeds", "GB", "")
    assert (leeds.latitude, leeds.longitude) == (53.79648, -1.54785)
    assert leeds.keys[0] == "leeds"
    assert {"лидс", "利兹", "리즈", "ليدز", place_key("Ληντς")} <= set(leeds.keys)


def test_a_town_in_the_us_has_its_state_in_words(by_id):
    assert (by_id[5746545].name, by_id[5746545].region) == ("Portland", "Oregon")


def test_no_name_is_empty_twice_the_same_one_latin_letter_or_a_transliteration_letter_by_letter(by_id):
    for town in by_id.values():
        assert len(set(town.keys)) == len(town.keys) > 0
        assert all(len(key) > 1 or not key.isascii() for key in town.keys[1:])
    assert "nkhr niwyxrk" not in by_id[5128581].keys


@pytest.mark.parametrize(
    ("key", "chinese"), [(1816670, "北京"), (1795565, "深圳"), (5128581, "纽约"), (2643743, "伦敦"), (2644688, "")]
)
def test_a_chinese_name_is_given_where_it_is_certain(by_id, key, chinese):
    assert by_id[key].chinese == chinese
    assert not chinese or chinese in by_id[key].keys


def test_only_the_main_city_of_a_time_zone_has_the_name_that_cldr_gives_it(by_id):
    assert [town.name for town in by_id.values() if town.chinese == "德黑兰"] == ["Tehran"]


def test_a_zip_code_has_its_town_and_a_number_of_its_own(by_code):
    one = by_code["10001"]
    assert (one.id, one.name, one.region, one.country_code) == (FIRST_ZIP_ID + 10001, "New York", "New York", "US")
    assert one.latitude == pytest.approx(40.75, abs=0.01)


def test_zip_codes_of_territories_are_in_countries_of_their_own_and_those_of_the_army_are_left_out(by_code):
    assert (by_code["00901"].country_code, by_code["00901"].region) == ("PR", "")
    assert "09001" not in by_code
    assert len(by_code) > 41_000
    assert not any(one.latitude == one.longitude == 0 for one in by_code.values())


def test_a_small_town_is_found_by_one_of_its_zip_codes_and_one_that_is_known_by_none(by_code):
    found = [one for one in by_code.values() if (one.name, one.region) == ("Beverly Hills", "California")]
    assert [one.keys for one in found].count(("beverly hills",)) == 1 < len(found)
    assert {one.keys for one in by_code.values() if (one.name, one.region) == ("Portland", "Oregon")} == {()}


def test_the_package_holds_the_zip_codes_of_the_country(by_code):
    assert len(by_code) > 40_000
