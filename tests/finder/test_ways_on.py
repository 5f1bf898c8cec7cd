"""Where a list leads on: to the same search with less asked, with all else that was typed kept."""

import re
from html import unescape

import pytest

from tests.finder.conftest import html_of, listed, words_of
from tests.places import store_places
from tests.studies import site, store, study

pytestmark = pytest.mark.django_db

SSC = {"conditions": ["Systemic Sclerosis"], "keywords": []}
SSC_ILD = {"conditions": ["Systemic Sclerosis-Associated Interstitial Lung Disease"], "keywords": []}


def near(nct_id: str, latitude: float, longitude: float, country: str, **modules) -> dict:
    place = site("Clinic", "Town", country, status="RECRUITING", geoPoint={"lat": latitude, "lon": longitude})
    titles = {"briefTitle": "Testumab", "officialTitle": ""}
    return study(nct_id, contactsLocationsModule={"locations": [place]}, identificationModule=titles, **modules)


def ways(client, query: str) -> dict[str, tuple[str, int]]:
    """What is offered where nothing is found: address and number of each."""
    page = html_of(client, f"/studies/{query}")
    found = re.findall(r'<li><a href="/studies/([^"]*)">([^<]*)</a> <span class="quiet">\((\d+) stud', page)
    return {label: (unescape(url), int(count)) for url, label, count in found}


def wider(client, query: str) -> tuple[str, str]:
    """The line on a wider condition, and where it leads; both empty where there is none."""
    found = re.search(
        r'<p class="quiet" id="wider">(.*?)<a href="/studies/([^"]*)"', html_of(client, f"/studies/{query}")
    )
    return (found[1].strip(), unescape(found[2])) if found else ("", "")


@pytest.fixture
def sclerosis():
    """A narrow study far away, two wider ones near Leeds, one of them for adults only."""
    store_places()
    store(
        near("NCT90000001", 31.2, 121.5, "China", conditionsModule=SSC_ILD),
        near("NCT90000002", 53.8, -1.55, "United Kingdom", conditionsModule=SSC),
        near(
            "NCT90000003",
            53.9,
            -1.5,
            "United Kingdom",
            conditionsModule=SSC,
            eligibilityModule={"minimumAge": "5 Years"},
        ),
    )


@pytest.mark.parametrize(
    ("query", "finds"),
    [
        ("?q=SSc-ILD within 50 miles of Leeds", ["NCT90000002", "NCT90000003"]),
        ("?q=SSc-ILD within 50 miles of Leeds, recruiting, for my 9-year-old", ["NCT90000003"]),
        ("?q=SSc-ILD&near=Leeds&radius=50&age=9", ["NCT90000003"]),
        ("?condition=ssc-ild&q=near Leeds&radius=50", ["NCT90000002", "NCT90000003"]),
    ],
)
def test_the_wider_condition_keeps_place_distance_and_age(client, sclerosis, query, finds):
    assert listed(client, query) == []
    [(url, count)] = [
        way for label, way in ways(client, query).items() if "wider condition: Systemic sclerosis" in label
    ]
    assert listed(client, url) == finds and count == len(finds)


@pytest.mark.parametrize("query", ["?q=SSc-ILD within 50 miles of Leeds", "?q=SSc-ILD&near=Leeds&radius=50"])
def test_a_distance_can_be_dropped_with_the_place_kept_or_with_the_place(client, sclerosis, query):
    found = ways(client, query)
    anywhere, count = found["The same search at any distance"]
    assert (listed(client, anywhere), count) == (["NCT90000001"], 1)
    assert "Distances are from Leeds, United Kingdom" in words_of(html_of(client, f"/studies/{anywhere}"))
    elsewhere, _count = found["The same search without the place"]
    page = words_of(html_of(client, f"/studies/{elsewhere}"))
    assert listed(client, elsewhere) == ["NCT90000001"] and "Distances are from" not in page


@pytest.mark.parametrize(
    ("query", "label", "url"),
    [
        ("?q=SSc-ILD in Germany", "The same search in all countries", "?q=SSc-ILD"),
        ("?q=SSc-ILD&near=Germany", "The same search in all countries", "?q=SSc-ILD"),
        ("?q=SSc-ILD for my 9-year-old", "The same search for all ages", "?q=SSc-ILD"),
        ("?q=completed SSc-ILD", "The same search, open or not", "?q=SSc-ILD"),
        ("?q=recruiting SSc-ILD in Germany", "The same search without any filter", "?q=SSc-ILD"),
    ],
)
def test_what_only_the_words_ask_for_can_be_dropped_too(client, sclerosis, query, label, url):
    assert listed(client, query) == []
    assert ways(client, query)[label] == (url, 1)


def test_a_short_list_tells_of_more_studies_for_the_wider_condition(client, sclerosis):
    sentence, url = wider(client, "?q=SSc-ILD near Leeds&sort=nearest")
    assert sentence == "There are 2 more studies for a wider condition: Systemic sclerosis (scleroderma)."
    assert listed(client, url) == ["NCT90000002", "NCT90000003", "NCT90000001"]


def test_a_long_list_with_open_studies_tells_of_no_wider_condition(client, sclerosis):
    store(*(near(f"NCT900001{n:02}", 31.2, 121.5, "China", conditionsModule=SSC_ILD) for n in range(5)))
    assert wider(client, "?q=SSc-ILD") == ("", "")
    closed = {"statusModule": {"overallStatus": "COMPLETED"}}
    store(*(near(f"NCT900002{n:02}", 31, 121, "China", conditionsModule=SSC_ILD, **closed) for n in range(6)))
    assert wider(client, "?q=SSc-ILD&status=COMPLETED") == ("", "")


def test_a_list_with_nothing_open_tells_of_the_wider_condition_however_long_it_is(client, sclerosis):
    closed = {"statusModule": {"overallStatus": "COMPLETED"}}
    store(*(near(f"NCT900001{n:02}", 31.2, 121.5, "China", conditionsModule=SSC_ILD, **closed) for n in range(9)))
    store(near("NCT90000001", 31.2, 121.5, "China", conditionsModule=SSC_ILD, **closed))
    assert wider(client, "?q=SSc-ILD")[0].startswith("There are 2 more studies for a wider condition")


@pytest.mark.parametrize("query", ["?q=lupus or SSc-ILD", "?q=systemic sclerosis and zebrafish", ""])
def test_no_wider_condition_is_told_where_none_is_meant(client, sclerosis, query):
    assert wider(client, query) == ("", "")
