"""Where a study runs and whom to contact, on its page."""

import pytest

from tests.finder.conftest import section, words_of
from tests.studies import site, store, study
from trials.models import Contact

pytestmark = pytest.mark.django_db

PAGE = "/studies/NCT90000001/"


@pytest.mark.parametrize("number", [1, 200])
def test_all_sites_are_in_the_page_in_a_fixed_number_of_queries(client, django_assert_num_queries, number):
    sites = [
        site(f"Hospital {n}", f"Town {n}", status="RECRUITING", contacts=[{"name": f"Desk {n}", "phone": f"0{n}"}])
        for n in range(number)
    ]
    store(study(contactsLocationsModule={"locations": sites}))
    with django_assert_num_queries(18):
        page = words_of(client.get(PAGE).content.decode())
    assert all(f"Hospital {n} " in page and f"Desk {n} " in page for n in range(number))
    assert ("1 site" if number == 1 else "200 sites") in page


def test_open_sites_come_first_and_each_says_its_status(read):
    sites = [site("Closed house", "Lyon", "France", status="COMPLETED"), site("Open house", status="RECRUITING")]
    store(study(contactsLocationsModule={"locations": sites}))
    page = read(PAGE)
    assert page.index("Open house Berlin · Open to join") < page.index("Closed house Lyon · Finished")


def test_a_city_that_is_its_country_is_named_once(read):
    store(study(contactsLocationsModule={"locations": [site("A", "Singapore", "Singapore")]}))
    assert "A Open to join" in read(PAGE)


def test_a_wrong_country_is_put_right_and_said(read):
    hangzhou = {"city": "Hangzhou", "state": "Zhejiang", "geoPoint": {"lat": 30.3, "lon": 120.2}}
    locations = [
        site("First Hospital", country="China", **hangzhou),
        {"facility": "Second Hospital", "city": "Hangzhou", "state": "Zhejiang", "country": "Christmas Island"},
    ]
    store(study(contactsLocationsModule={"locations": locations}))
    page = read(PAGE)
    assert "The registry wrote “Christmas Island”; the city and the other sites are in China." in page
    assert "2 sites in China" in page


def test_a_hidden_contact_is_not_shown_and_the_page_says_that_one_is_held_back(read, client):
    store(study(contactsLocationsModule={"centralContacts": [{"name": "Known Desk", "phone": "+49 30 1"}]}))
    assert "Known Desk" in read(PAGE)
    assert 'href="tel:+49301"' in client.get(PAGE).content.decode()
    Contact.objects.update(hidden="affiliation-fits-no-site")
    page = read(PAGE)
    assert "Known Desk" not in page and "+49 30 1" not in page
    assert "Whom to contact" in page


def located(facility, city, country, latitude, longitude, **more):
    return site(facility, city, country, geoPoint={"lat": latitude, "lon": longitude}, **more)


def test_a_map_shows_the_sites_and_each_marker_leads_to_its_country(client):
    sites = [
        located("A", "Berlin", "Germany", 52.52, 13.41, status="RECRUITING"),
        located("B", "Madrid", "Spain", 40.42, -3.7, status="COMPLETED"),
        site("C", "Madrid", "Spain"),
    ]
    store(study(contactsLocationsModule={"locations": sites}))
    where = section(client, "where")
    assert '<a href="#sites-de" class="open"><title>Berlin, Germany: 1 open site</title>' in where
    assert '<a href="#sites-es"><title>Madrid, Spain: 1 site, none open</title>' in where
    assert "In 2 countries: 2 sites, 1 of them open. 1 more site is not on the map" in words_of(where)
    assert where.count('id="sites-de"') == where.count('id="sites-es"') == 1


def test_a_place_without_a_known_country_leads_to_the_section(client):
    store(study(contactsLocationsModule={"locations": [located("A", "X", "Atlantis", 30.0, -40.0)]}))
    assert '<a href="#where"' in section(client, "where")


def test_without_coordinates_there_is_no_map(client):
    store(study(contactsLocationsModule={"locations": [site("A")]}))
    assert "<figure" not in section(client, "where")


@pytest.mark.parametrize("number", [1, 200])
def test_a_map_of_any_size_costs_the_same_queries(client, django_assert_num_queries, number):
    sites = [located(f"H {n}", f"Town {n}", "France", 42 + n / 40, n / 40) for n in range(number)]
    store(study(contactsLocationsModule={"locations": sites}))
    with django_assert_num_queries(18):
        assert "<figure" in client.get(PAGE).content.decode()


def test_the_handout_lists_the_sites_without_a_map(client):
    store(study(contactsLocationsModule={"locations": [located("A", "Berlin", "Germany", 52.52, 13.41)]}))
    page = client.get(f"{PAGE}handout/").content.decode()
    assert "Berlin" in page and "<figure" not in page
