"""A sentence in the search box: how it is read, said, and taken back part by part."""

import re

import pytest

from tests.finder.conftest import chips, listed
from tests.places import store_places
from tests.studies import site, store, study

pytestmark = pytest.mark.django_db

LEEDS = {"lat": 53.8, "lon": -1.55}
PARIS = {"lat": 48.85, "lon": 2.35}


def at(point: dict, city: str, country: str, **more) -> dict:
    return site("Clinic", city, country, geoPoint=point, **{"status": "RECRUITING", **more})


def with_sites(nct_id: str, *sites: dict, **modules) -> dict:
    return study(nct_id, contactsLocationsModule={"locations": list(sites)}, **modules)


@pytest.fixture
def two_towns():
    store_places()
    store(
        with_sites("NCT90000001", at(PARIS, "Paris", "France"), eligibilityModule={"minimumAge": "12 Years"}),
        with_sites("NCT90000002", at(LEEDS, "Leeds", "United Kingdom"), eligibilityModule={"minimumAge": "5 Years"}),
        with_sites("NCT90000003", at(LEEDS, "Leeds", "United Kingdom")),  # from 18 years on
        with_sites(
            "NCT90000004",
            at(LEEDS, "Leeds", "United Kingdom"),
            statusModule={"overallStatus": "COMPLETED"},
            eligibilityModule={"minimumAge": "5 Years"},
        ),
    )


SENTENCE = "?q=Lupus+near+Leeds,+recruiting,+for+my+15-year-old."


def test_a_sentence_is_understood_and_each_part_can_be_taken_back(client, two_towns):
    assert listed(client, SENTENCE) == ["NCT90000002", "NCT90000001"]
    found = chips(client, SENTENCE)
    assert list(found) == ["Condition: Lupus (SLE)", "Near: Leeds, United Kingdom", "Open to join", "Age 15"]
    without_age = found["Age 15"].removeprefix("/studies/")
    assert listed(client, without_age) == ["NCT90000002", "NCT90000003", "NCT90000001"]
    assert "Age 15" not in chips(client, without_age)
    assert "Near: Leeds, United Kingdom" not in chips(client, found["Near: Leeds, United Kingdom"][9:])


def test_the_own_field_of_a_thing_wins_over_the_sentence(client, two_towns):
    assert listed(client, SENTENCE + "&near=Paris&age=40") == ["NCT90000001", "NCT90000002", "NCT90000003"]


def test_a_card_tells_the_nearest_open_site_and_carries_the_place_along(client, read, two_towns):
    page = read(SENTENCE.replace("?", "/studies/?"))
    assert "Nearest site: Leeds, United Kingdom" in page and "less than 1 mile" in page
    assert "Nearest site: Paris, France · 3" in page and "Distances are from Leeds, United Kingdom" in page
    html = client.get(f"/studies/{SENTENCE}").content.decode()
    assert 'href="/studies/NCT90000002/?near=g2644688"' in html


def test_a_radius_and_a_country_narrow(client, two_towns):
    assert listed(client, "?near=Leeds&radius=50") == ["NCT90000002", "NCT90000003", "NCT90000004"]
    assert listed(client, "?near=France") == ["NCT90000001"]
    assert "France" in chips(client, "?near=France")


def test_of_several_countries_or_kinds_of_study_any_will_do(client, two_towns):
    for also in ("", "recruiting+in+"):
        each = [set(listed(client, f"?q={also}{country}")) for country in ("France", "United+Kingdom")]
        assert each[0] and each[1] and each[0] != each[1]
        assert set(listed(client, f"?q={also}France+or+United+Kingdom")) == each[0] | each[1]
    assert listed(client, "?q=France+or+Germany") == ["NCT90000001"]
    observing = {"designModule": {"studyType": "OBSERVATIONAL"}}
    store(with_sites("NCT90000009", at(LEEDS, "Leeds", "United Kingdom"), **observing))
    assert "NCT90000009" in listed(client, "?q=observational+or+interventional")


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("?near=Xyzzyqq", "We do not know the place “Xyzzyqq”. Try a larger town near you, or a ZIP code."),
        ("?near=Lodnon", "We do not know the place “Lodnon”. Did you mean: London, United Kingdom"),
        ("?near=London", "Another place of this name: London, Canada"),
        ("?near=Leeds&radius=far", "The distance “far” is not a number of km. We left this filter out."),
        ("?near=Leeds&radius=-1", "The distance “-1” is not a number of km."),
        ("?sort=best", "We do not know the order “best”."),
        ("?since=yesterday", "“yesterday” is not a date that we can read, such as 2026-01-31."),
        ("?placebo=maybe", "The filter on placebo cannot be “maybe”."),
        ("?intervention=MAGIC", "We do not know the kind of treatment “MAGIC”."),
    ],
)
def test_what_cannot_be_used_is_said(read, two_towns, query, sentence):
    assert sentence in read(f"/studies/{query}")


@pytest.mark.parametrize("query", ["?near=Lodnon", "?q=lupus+near+Lodnon"])
def test_a_list_without_its_place_is_not_offered_to_programs(client, two_towns, query):
    """A feed would follow another search than the one that was typed."""
    assert "studies/feed/" not in client.get(f"/studies/{query}").content.decode()
    assert "studies/feed/" in client.get("/studies/?near=Leeds").content.decode()
    answer = client.get(f"/api/v1/studies/{query}")
    assert answer.status_code == 400 and answer.json()["errors"][0]["parameter"] == query[1:].partition("=")[0]


def test_a_slip_of_the_pen_is_corrected_and_said_so(client, read):
    arms = {"interventions": [{"type": "DRUG", "name": "Rituximab"}]}
    store(study(armsInterventionsModule=arms))
    assert "We read “rituximap” as “rituximab”. Search for “rituximap” as you typed it" in read("/studies/?q=rituximap")
    assert listed(client, "?q=rituximap") == ["NCT90000001"] and listed(client, '?q="rituximap"') == []


def test_a_treatment_is_found_by_brand_and_class_and_a_sponsor_by_name(client):
    arms = {"interventions": [{"type": "DRUG", "name": "MEDI-546"}]}
    sponsor = {"leadSponsor": {"name": "Novartis Pharmaceuticals", "class": "INDUSTRY"}}
    store(study("NCT90000001", armsInterventionsModule=arms), study("NCT90000002", sponsorCollaboratorsModule=sponsor))
    assert listed(client, "?q=Saphnelo") == listed(client, "?q=anifrolumab") == ["NCT90000001"]
    assert listed(client, "?q=novartis") == ["NCT90000002"]
    assert list(chips(client, "?q=Novartis lupus")) == ["Sponsor: Novartis Pharmaceuticals", "Condition: Lupus (SLE)"]


def test_free_words_are_marked_in_the_title_or_shown_where_they_stand(client):
    store(
        study("NCT90000001", identificationModule={"briefTitle": "Fatigue in Lupus", "officialTitle": ""}),
        study("NCT90000002", descriptionModule={"briefSummary": "People say how fatigued they are & why."}),
    )
    html = client.get("/studies/?q=lupus+fatigue").content.decode()
    assert "<mark>Fatigue</mark> in <mark>Lupus</mark>" in html
    assert "how <mark>fatigued</mark> they are &amp; why" in html


def test_words_that_no_study_has_are_left_out_and_said(client, read):
    store(study())
    assert listed(client, "?q=lupus+zebrafish") == ["NCT90000001"]
    assert "No study here has the words “zebrafish”. We left them out." in read("/studies/?q=lupus+zebrafish")
    assert list(chips(client, "?q=lupus+zebrafish")) == ["Condition: Lupus (SLE)"]
    assert listed(client, "?q=zebrafish") == []


def test_orders_are_links_and_the_chosen_one_is_marked(client):
    early, late = {"date": "2024-01-01"}, {"date": "2026-01-01"}
    ends_soon, ends_late = {"date": "2027-01"}, {"date": "2030-01"}
    store(
        study("NCT90000001", statusModule={"studyFirstPostDateStruct": early, "completionDateStruct": ends_late}),
        study("NCT90000002", statusModule={"studyFirstPostDateStruct": late, "completionDateStruct": ends_soon}),
    )
    assert listed(client, "?sort=newest") == ["NCT90000002", "NCT90000001"]
    assert listed(client, "?sort=ending") == ["NCT90000002", "NCT90000001"]
    html = client.get("/studies/?q=lupus&sort=newest").content.decode()
    assert re.search(r'<a id="sort-newest"[^>]*aria-current="true"', html)
    assert 'href="/studies/?q=lupus&amp;sort=ending"' in html and "sort-distance" not in html


def test_a_study_of_a_wide_group_is_offered_apart_with_the_reason(client, read):
    wide = {"conditions": ["Autoimmune Diseases"], "keywords": []}
    titles = {"briefTitle": "Cells for autoimmune disease", "officialTitle": ""}
    rules = {"eligibilityCriteria": "Inclusion Criteria:\n* Adults"}
    store(
        study("NCT90000001"),
        study("NCT90000002", conditionsModule=wide, identificationModule=titles, eligibilityModule=rules),
    )
    assert listed(client, "?q=lupus") == ["NCT90000001"]
    assert "1 more study names a wide group of diseases" in read("/studies/?q=lupus")
    assert listed(client, "?q=lupus&scope=wide") == ["NCT90000001", "NCT90000002"]
    assert "The study names a whole group: Autoimmune disease" in read("/studies/?q=lupus&scope=wide")


def test_changed_since_says_what_changed(client, read):
    store(study(statusModule={"lastUpdatePostDateStruct": {"date": "2026-08-01"}}))
    store(study(statusModule={"overallStatus": "COMPLETED", "lastUpdatePostDateStruct": {"date": "2026-10-01"}}))
    page = read("/studies/?changed=2026-09-01")
    assert "The study is finished." in page and "Changed since 1 September 2026" in page
    assert listed(client, "?changed=2026-10-02") == []


@pytest.mark.parametrize("number", [1, 20])
def test_the_number_of_queries_does_not_grow_with_what_is_asked(client, django_assert_max_num_queries, number):
    store_places()
    store(*(with_sites(f"NCT900000{n:02}", at(LEEDS, "Leeds", "United Kingdom")) for n in range(number)))
    query = "?q=lupus+recruiting&near=Leeds&changed=2026-01-01"
    client.get(f"/studies/{query}")
    with django_assert_max_num_queries(17):  # fewer where the nearest fill the page, or the list is not short
        client.get(f"/studies/{query}")


@pytest.mark.parametrize("query", ["?radius=50", "?near=Germany&radius=50"])
def test_a_distance_from_nowhere_is_refused_and_not_shown_as_chosen(client, read, two_towns, query):
    assert "To search within a distance, name a town or a ZIP code." in read(f"/studies/{query}")
    assert not [label for label in chips(client, query) if label.startswith("Within")]


@pytest.mark.parametrize(
    ("query", "hidden"),
    [
        ("?q=lupus in Germany&country=FR", "Country: Germany"),
        ("?q=recruiting lupus&status=COMPLETED", "Open to join"),
        ("?q=lupus age 30&age=40", "Age 30"),
        ("?q=lupus within 50 km", "Within 50 km"),
    ],
)
def test_words_that_are_overruled_have_no_chip(client, query, hidden):
    store(study())
    assert hidden not in chips(client, query)


def test_map_feed_and_table_leave_out_the_same_words_as_the_list(client, read):
    store(study())
    assert "1 study" in read("/studies/map/?q=lupus+zebrafish")
    assert client.get("/api/v1/studies/?q=lupus+zebrafish").json()["count"] == 1
    assert b"NCT90000001" in client.get("/studies/csv/?q=lupus+zebrafish").getvalue()


@pytest.mark.parametrize("typed", ["-" * 190, "lupus " + "-" * 190, "- - - -", "--- lupus", "-lupus"])
def test_a_pasted_ruler_is_no_search_and_no_fault(client, typed):
    store(study())
    for path in ("/studies/", "/studies/map/", "/studies/feed/", "/studies/csv/", "/suggest/"):
        assert client.get(path, {"q": typed}).status_code == 200, path


def test_the_same_thing_said_often_is_one_chip(client):
    store(study())
    assert len(chips(client, "?q=" + "lupus+" * 30)) == 1


def test_the_countries_of_a_list_without_its_missing_words_can_still_be_chosen(client):
    store(study())
    assert 'id="f-country-de"' in client.get("/studies/?q=lupus+zebrafish").content.decode()


def test_the_place_goes_along_to_a_study_found_by_its_id(client):
    assert client.get("/studies/?q=NCT90000001&near=Leeds").url == "/studies/NCT90000001/?near=Leeds"
    assert client.get("/studies/nct90000001/?near=g2644688").url == "/studies/NCT90000001/?near=g2644688"
