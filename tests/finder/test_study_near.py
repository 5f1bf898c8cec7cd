"""The sites of a study by their distance from a place, on its page and on the page for the doctor."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.finder.conftest import section, words_of
from tests.places import store_places
from tests.studies import site, store, study

pytestmark = pytest.mark.django_db

PAGE = "/studies/NCT90000001/"
LEEDS = f"{PAGE}?near=g2644688"


def located(facility, city, country, latitude, longitude, **more):
    more = {"status": "RECRUITING", **more}
    return site(facility, city, country, geoPoint={"lat": latitude, "lon": longitude}, **more)


LONDON = located(
    "House L", "London", "United Kingdom", 51.51, -0.13, contacts=[{"name": "Desk L", "phone": "+44 20 1"}]
)
YORK = located("House Y", "York", "United Kingdom", 53.96, -1.08)
HULL = located("House H", "Hull", "United Kingdom", 53.74, -0.33, status="COMPLETED")
NOWHERE = site("House N", "Ripon", "United Kingdom", status="RECRUITING")
PARIS = located("House P", "Paris", "France", 48.85, 2.35)
BERLIN = located("House B", "Berlin", "Germany", 52.52, 13.41)
MILAN = located("House M", "Milan", "Italy", 45.46, 9.19)
ALL = [MILAN, BERLIN, PARIS, NOWHERE, HULL, LONDON, YORK]


@pytest.fixture(autouse=True)
def places():
    store_places()


def put(*sites, **modules):
    store(study(contactsLocationsModule={"locations": list(sites)}, **modules))


def houses(html: str) -> str:
    """The letters of the hospitals, in the order of the page."""
    return "".join(re.findall(r'class="site-name"[^>]*>House (\w+)<', html))


def parts(client, path: str) -> tuple[str, str]:
    """The nearest sites, and the list of all."""
    html = section(client, "where", path)
    nearest = re.search(r'<ul class="sites nearest".*?</ul>', html, re.DOTALL)
    return nearest.group() if nearest else "", html[nearest.end() if nearest else 0 :]


def test_the_nearest_open_sites_come_first_and_the_list_below_is_complete(client):
    put(*ALL)
    nearest, rest = parts(client, LEEDS)
    assert houses(nearest) == "YLPBM"  # Ripon has no point, Hull is closed
    assert houses(rest) == "YHLNPBM"
    assert re.findall(r"<summary><strong>(.*?)</strong>", rest) == ["United Kingdom", "France", "Germany", "Italy"]


def test_no_more_than_five_stand_at_the_top_and_those_of_the_own_country_before_others(client):
    far = located("House Z", "Plymouth", "United Kingdom", 50.37, -4.14)
    calais = located("House C", "Calais", "France", 50.95, 1.86)
    put(*ALL, far, calais)
    nearest, rest = parts(client, LEEDS)
    assert houses(nearest) == "YLZCP"  # Calais is nearer than Plymouth
    assert houses(rest) == "YHLZNCPBM"


def test_the_own_country_comes_before_a_nearer_one(client):
    put(PARIS, located("House G", "Glasgow", "United Kingdom", 55.86, -4.26))
    _nearest, rest = parts(client, f"{PAGE}?near=g2643743")
    assert houses(rest) == "GP"


def test_each_site_says_its_distance_its_country_and_whom_to_ask(client):
    put(*ALL)
    nearest, rest = (words_of(part) for part in parts(client, LEEDS))
    assert "House Y 22 miles (36 km) · York , United Kingdom · Open to join House L 16" in nearest
    assert "Desk L +44 20 1" in nearest and "Desk L +44 20 1" in rest
    assert "House N Distance not known · Ripon · Open to join" in rest
    assert "United Kingdom 4 sites · 3 open · nearest: 22 miles (36 km)" in rest


def test_kilometres_alone_for_somebody_elsewhere(client):
    put(*ALL)
    nearest, _rest = parts(client, f"{PAGE}?near=Paris, France")
    assert houses(nearest) == "PLYMB" and "miles" not in nearest and "less than 1 km" in nearest


def test_a_list_so_short_that_it_begins_with_the_nearest_is_not_told_twice(client):
    put(PARIS, LONDON, YORK)
    nearest, rest = parts(client, LEEDS)
    assert nearest == "" and houses(rest) == "YLP"
    put(PARIS, LONDON, HULL)
    nearest, rest = parts(client, LEEDS)
    assert houses(nearest) == "LP" and houses(rest) == "HLP"


def test_without_a_place_there_is_a_form_and_nothing_else_is_new(client):
    put(*ALL)
    html = section(client, "where")
    assert '<form class="near-form" action="/studies/NCT90000001/#where" method="get">' in html
    assert '<label for="near">Your town or ZIP code</label>' in html and 'id="near" name="near" value=""' in html
    assert "km" not in words_of(html) and "Distance" not in words_of(html) and 'class="sites nearest"' not in html
    assert houses(html) == "NLYHPBM"  # the country with most sites, in it the open ones; then by name


def test_without_any_point_no_distance_is_offered_and_none_is_made_up(client):
    put(NOWHERE)
    assert "near-form" not in section(client, "where")
    said = words_of(section(client, "where", LEEDS))
    assert "We cannot tell how far any site is." in said and "Distance not known" in said


def test_a_study_without_sites_asks_for_no_place(client):
    put()
    assert "near-form" not in section(client, "where", LEEDS) and "near=" not in section(client, "where", LEEDS)


def test_what_was_understood_is_said_with_other_places_of_the_name(client):
    put(*ALL)
    html = section(client, "where", f"{PAGE}?near=london")
    said = words_of(html)
    assert "Distances are from London, United Kingdom. They are rough: in a straight line, from town to town." in said
    assert "Did you mean another place of this name? London, Canada" in said
    assert 'href="?near=g6058560#where"' in html and 'value="London, United Kingdom"' in html


def test_an_unknown_place_is_said_with_what_may_be_meant(client):
    put(*ALL)
    html = section(client, "where", f"{PAGE}?near=<b>Leedz")
    assert "We do not know the place “&lt;b&gt;Leedz”, so we show no distances." in html and "<b>Leedz" not in html
    html = section(client, "where", f"{PAGE}?near=Leedz")
    assert "Did you mean:" in html and '<a href="?near=g2644688#where">Leeds, United Kingdom</a>' in html
    assert "km" not in words_of(html)


def test_a_country_alone_brings_its_sites_to_the_top(client):
    put(*ALL)
    nearest, rest = parts(client, f"{PAGE}?near=Italia")
    assert nearest == "" and houses(rest).startswith("M")
    assert "Sites in Italy come first. For distances, type a town." in words_of(rest)


STALE = {"overallStatus": "RECRUITING", "lastUpdatePostDateStruct": {"date": "2020-01-01", "type": "ACTUAL"}}


@pytest.mark.parametrize("path", [PAGE, LEEDS, f"{PAGE}handout/", f"{PAGE}handout/?near=Leeds"])
def test_where_one_cannot_be_sure_it_says_call_first_beside_the_site(read, path):
    put(YORK, HULL, statusModule=STALE)
    page = read(path)
    assert re.search(r"House Y[^·]*(· [^·]*)?· Open to join · Call first", page)
    assert re.search(r"House H[^·]*(· [^·]*)?· Finished(?! · Call first)", page)
    put(YORK, {**HULL, "status": "UNKNOWN"}, statusModule={"lastUpdatePostDateStruct": {"date": "2026-10-02"}})
    page = read(path)
    assert page.count("· Call first") == 1 and re.search(r"House H.*?· Call first", page)


def test_a_site_that_says_open_while_the_study_is_not_is_to_be_called_first(read):
    put(YORK, HULL, statusModule={"overallStatus": "ACTIVE_NOT_RECRUITING"})
    assert read(PAGE).count("· Call first") == 1
    put(YORK, HULL, statusModule={"overallStatus": "COMPLETED", "lastUpdatePostDateStruct": {"date": "2026-10-02"}})
    assert "Call first" not in read(PAGE)


def test_the_handout_shows_distances_only_when_asked(read, client):
    put(*ALL)
    plain = read(f"{PAGE}handout/")
    assert " km" not in plain and "Distance" not in plain and "Nearest" not in plain
    html = client.get(f"{PAGE}handout/?near=Leeds").content.decode()
    where = html[html.index('id="where"') : html.index('id="dates"')]
    assert houses(where) == "YLPBM" + "YHLNPBM" and "<form" not in where
    assert "House Y , York , United Kingdom · 22 miles (36 km) · Open to join" in words_of(where)
    assert "House N , Ripon · Distance not known · Open to join" in words_of(where)
    assert f'href="{PAGE}?near=g2644688"' in html
    assert f'href="{PAGE}handout/?near=g2644688"' in client.get(LEEDS).content.decode()


@pytest.mark.parametrize("part", ["", "handout/"])
@pytest.mark.parametrize(("near", "more"), [("g2644688", 1), ("Leeds", 1), ("Germany", 0)])
@pytest.mark.parametrize("number", [1, 250])
def test_a_place_costs_its_own_query_alone(client, django_assert_num_queries, number, near, more, part):
    store(study("NCT90000002"))
    with CaptureQueriesContext(connection) as without:
        client.get(f"/studies/NCT90000002/{part}")
    put(*(located(f"House {n}", f"Town {n}", "France", 42 + n / 40, n / 40) for n in range(number)))
    with django_assert_num_queries(len(without) + more):
        html = client.get(f"{PAGE}{part}?near={near}").content.decode()
    assert {f"House {n}" for n in range(number)} <= set(re.findall(r"House \d+", html))


def test_a_page_by_distance_is_public_and_stands_for_the_study(client):
    put(*ALL)
    response = client.get(LEEDS)
    html = response.content.decode()
    assert "max-age=300" in response.headers["Cache-Control"] and not response.cookies
    assert '<link rel="canonical" href="http://testserver/studies/NCT90000001/">' in html
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert len(ids) == len(set(ids))
