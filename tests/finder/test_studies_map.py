"""The map of a list of studies, and the list that says the same."""

import re
from html import unescape

import pytest

from tests.finder.conftest import html_of, listed, words_of
from tests.places import store_places
from tests.studies import site, store, study
from trials.models import Trial, TrialEditorial

pytestmark = pytest.mark.django_db

PAGE = "/studies/map/"
HTMX = {"HX-Request": "true"}
BERLIN = site("A", "Berlin", "Germany", geoPoint={"lat": 52.52, "lon": 13.41})
MUNICH = site("B", "Munich", "Germany", geoPoint={"lat": 48.14, "lon": 11.58}, status="COMPLETED")
LYON = site("C", "Lyon", "France", geoPoint={"lat": 45.75, "lon": 4.85})
TOKYO = site("D", "Tokyo", "Japan", geoPoint={"lat": 35.68, "lon": 139.69})
BOSTON = site("E", "Boston", "United States", geoPoint={"lat": 42.36, "lon": -71.06})
NOWHERE = site("F", "Osaka", "Japan")


def at(nct_id, *sites, **modules):
    return study(nct_id, contactsLocationsModule={"locations": list(sites)}, **modules)


@pytest.fixture
def three_studies():
    store(
        at("NCT90000001", BERLIN, MUNICH, LYON, eligibilityModule={"sex": "FEMALE"}),
        at("NCT90000002", BERLIN, NOWHERE),
        at("NCT90000003", TOKYO, BOSTON, statusModule={"overallStatus": "COMPLETED"}),
    )


def markers(html):
    """Title and address of each marker."""
    return {title: unescape(url) for url, title in re.findall(r'<a href="([^"]*)"[^>]*><title>([^<]*)</title>', html)}


@pytest.mark.usefixtures("three_studies")
def test_the_map_and_the_list_say_where_the_studies_are(client):
    page = html_of(client, PAGE)
    text = words_of(page)
    assert "Where the studies are 3 studies Show them as a list" in text
    assert "In 4 countries: 6 sites, 3 of them open. 1 more site is not on the map" in text
    assert "Germany: 2 studies 3 sites, 2 of them open" in text
    assert "Places : Germany Berlin 2 Munich 1" in text
    assert "Japan: 2 studies 2 sites, 1 of them open Places : Japan Tokyo 1" in text
    assert markers(page)["Tokyo, Japan: 1 site, none open"] == "/studies/?country=JP"


@pytest.mark.usefixtures("three_studies")
@pytest.mark.parametrize("query", ["", "sex=male", "status=RECRUITING", "status=COMPLETED", "country=DE", "q=lupus"])
def test_each_country_says_as_many_studies_as_its_link_finds(client, query):
    page = html_of(client, f"{PAGE}?{query}")
    links = re.findall(r'<a class="plain" href="/studies/([^"]*country=[^"]*)">[^<]*: (\d+) stud', page)
    assert links
    for address, number in links:
        assert len(listed(client, unescape(address))) == int(number), address


@pytest.mark.usefixtures("three_studies")
def test_a_country_where_nothing_open_is_found_has_no_link(client):
    text = html_of(client, f"{PAGE}?status=RECRUITING&sex=male")
    assert "<strong>Japan</strong>" not in text
    Trial.objects.get(nct_id="NCT90000002").sites.filter(country_code="JP").update(recruiting=False)
    assert "<strong>Japan</strong>" in html_of(client, f"{PAGE}?status=RECRUITING&sex=male")


@pytest.mark.usefixtures("three_studies")
def test_the_search_narrows_the_map_and_stays_in_its_links(client):
    page = html_of(client, f"{PAGE}?q=lupus&sex=male")
    assert "Lupus (SLE): where the studies are" in words_of(page)
    assert "Lyon" not in page
    assert set(markers(page).values()) >= {"/studies/?q=lupus&sex=male&country=DE"}
    assert 'href="/studies/?q=lupus&amp;sex=male">Show them as a list' in page


@pytest.mark.usefixtures("three_studies")
def test_a_country_shows_its_own_sites(client):
    page = html_of(client, f"{PAGE}?country=DE")
    assert "Germany: 3 sites, 2 of them open." in words_of(page)
    assert "Lyon" not in page and "Tokyo" not in page


@pytest.mark.usefixtures("three_studies")
def test_the_map_fits_what_is_found_and_can_show_the_world(client):
    near = html_of(client, f"{PAGE}?country=DE")
    assert 'href="/studies/map/?country=DE&amp;map=world">Whole world' in near
    assert "Zoom to results" not in near
    world = html_of(client, f"{PAGE}?country=DE&map=world")
    assert 'href="/studies/map/?country=DE">Zoom to results' in world
    assert "Whole world" not in world
    everything = html_of(client, PAGE)  # from America to Japan is most of the world
    assert "Zoom to results" not in everything and "Whole world" not in everything


LEEDS = site("G", "Leeds", "United Kingdom", geoPoint={"lat": 53.8, "lon": -1.55})
YORK = site("H", "York", "United Kingdom", geoPoint={"lat": 53.96, "lon": -1.08}, status="COMPLETED")


@pytest.fixture
def around_leeds():
    store_places()
    store(at("NCT90000001", LEEDS, BERLIN, TOKYO), at("NCT90000002", YORK, LYON), at("NCT90000003", MUNICH))


@pytest.mark.usefixtures("around_leeds")
@pytest.mark.parametrize("query", ["near=Leeds&radius=60", "q=lupus within 60 km of Leeds", "near=Leeds&radius=1500"])
def test_with_a_distance_the_map_and_the_list_beside_it_hold_only_what_is_within(client, query):
    page = html_of(client, f"{PAGE}?{query}")
    assert "Tokyo" not in page and ("Berlin" in page) is ("1500" in query)
    links = re.findall(r'<a class="plain" href="/studies/([^"]*country=[^"]*)">[^<]*: (\d+) stud', page)
    assert links
    for address, number in links:
        assert len(listed(client, unescape(address))) == int(number), address


@pytest.mark.usefixtures("around_leeds")
def test_the_place_has_a_mark_and_the_sentence_says_how_far_the_map_reaches(client):
    page = html_of(client, f"{PAGE}?near=Leeds&radius=60")
    assert '<title>Leeds, United Kingdom</title><path d="M0-21' in page
    text = words_of(page)
    assert "The map shows sites within 37 miles (60 km) of Leeds, United Kingdom. United Kingdom: 1 open site." in text
    assert "United Kingdom: 1 study 1 open site" in text  # York is closed, so its study is not found so near
    assert 'class="here"' not in html_of(client, PAGE)


@pytest.mark.usefixtures("around_leeds")
def test_without_a_distance_the_map_begins_around_the_place_and_can_show_all(client):
    towns = [site("I", f"Town {n}", "United Kingdom", geoPoint={"lat": 51 + n / 2, "lon": -2}) for n in range(5)]
    store(at("NCT90000004", *towns))
    page = html_of(client, f"{PAGE}?near=Leeds")
    assert "The map shows the part around Leeds, United Kingdom." in words_of(page)
    drawn = page.split('role="group"')[1].split("</svg>")[0]
    assert "Leeds" in drawn and "Japan" not in drawn and "Japan: 1 study" in words_of(page)
    assert 'href="/studies/map/?near=Leeds&amp;map=world">Whole world' in page
    world = html_of(client, f"{PAGE}?near=Leeds&map=world")
    assert "Japan" in world.split('role="group"')[1].split("</svg>")[0] and "the part around" not in world
    assert 'href="/studies/map/?near=Leeds">Near: Leeds, United Kingdom</a>' in world


@pytest.mark.usefixtures("around_leeds")
def test_nothing_within_the_distance_is_said(client):
    text = words_of(html_of(client, f"{PAGE}?near=Suva&radius=60"))
    assert "0 studies" in text and "There is no site that we can show on a map." in text


@pytest.mark.usefixtures("three_studies")
def test_a_marker_of_several_countries_leads_nearer(client):
    (nearer,) = [url for title, url in markers(html_of(client, PAGE)).items() if "Germany and France" in title]
    assert nearer == "/studies/map/?map=45.75,4.85,52.52,13.41"
    page = html_of(client, nearer)
    assert {"Lyon, France: 1 open site", "Munich, Germany: 1 site, none open"} <= set(markers(page))
    assert "Zoom to results" not in page and "Whole world" in page
    assert "Japan: 2 studies" in words_of(page)


def test_a_marker_that_no_map_can_part_leads_to_the_list(client):
    near_berlin = site("G", "Slubice", "Poland", geoPoint={"lat": 52.35, "lon": 14.56})
    store(at("NCT90000001", BERLIN, near_berlin))
    assert set(markers(html_of(client, PAGE)).values()) == {"/studies/map/#places"}


@pytest.mark.usefixtures("three_studies")
@pytest.mark.parametrize("zoom", ["nonsense", "1,2,3", "<b>", "0,0,1,1", "-0,0,0,x"])
def test_what_is_no_part_of_the_map_shows_all(client, zoom):
    page = html_of(client, f"{PAGE}?map={zoom}")
    assert "In 4 countries" in words_of(page)
    assert "<b>" not in page


@pytest.mark.usefixtures("three_studies")
def test_htmx_gets_the_figure_alone(client):
    response = client.get(f"{PAGE}?q=lupus", headers=HTMX)
    part = response.content.decode()
    assert part.strip().startswith("<figure") and part.strip().endswith("</figure>")
    assert "HX-Request" in response.headers["Vary"]


def test_the_towns_of_a_country_are_few_at_first_and_all_on_its_own_map(client):
    towns = [site("A", f"Town {n:02}", "France", geoPoint={"lat": 44 + n / 10, "lon": 3}) for n in range(15)]
    store(at("NCT90000001", BERLIN, *towns, {**towns[14], "facility": "B"}))
    page = html_of(client, PAGE)
    assert "Town 14 2 Town 00 1" in words_of(page)
    assert [f"Town {n:02}</span> <span" in page for n in (10, 11, 14)] == [True, False, True]
    assert 'href="/studies/map/?country=FR">3 more places' in page
    page = html_of(client, f"{PAGE}?country=FR")
    assert all(f"Town {n:02}</span> <span" in page for n in range(15))
    assert "more places<" not in page


def test_an_unusable_filter_is_said(read):
    store(at("NCT90000001", BERLIN))
    assert "The age “x” is not a number of years" in read(f"{PAGE}?age=x")


def test_nothing_found_is_said(client):
    page = html_of(client, f"{PAGE}?q=zebrafish")
    assert "0 studies" in words_of(page) and "There is no site that we can show on a map." in words_of(page)
    assert "<svg viewBox" not in page.split("<main")[1].split("</main")[0]


@pytest.mark.usefixtures("three_studies")
def test_a_study_taken_off_the_pages_is_not_on_the_map(client):
    TrialEditorial.objects.create(trial=Trial.objects.get(nct_id="NCT90000003"), hidden=True, hidden_reason="Wrong")
    assert "Tokyo" not in html_of(client, PAGE)


@pytest.mark.parametrize("number", [1, 60])
def test_query_count_does_not_grow(client, django_assert_num_queries, number):
    store(*(at(f"NCT900000{n:02}", BERLIN, LYON) for n in range(number)))
    with django_assert_num_queries(4):
        assert f"Germany: {number} stud" in words_of(html_of(client, PAGE))
