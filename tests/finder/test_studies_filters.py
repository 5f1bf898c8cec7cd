"""The filters of the list: what each narrows, what cannot be used, and the way on when nothing is left."""

import re

import pytest

from tests.finder.conftest import listed
from tests.studies import site, store, study

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?age=17", []),
        ("?age=18", ["NCT90000001"]),
        ("?age=75.9", ["NCT90000001"]),
        ("?age=76", []),
        ("?age=17,99", []),
        ("?sex=female", ["NCT90000001"]),
        ("?status=RECRUITING&status=COMPLETED", ["NCT90000001"]),
        ("?status=COMPLETED", []),
        ("?phase=PHASE2", ["NCT90000001"]),
        ("?phase=PHASE3", []),
        ("?country=DE", ["NCT90000001"]),
        ("?country=de", ["NCT90000001"]),
        ("?country=FR", []),
        ("?type=INTERVENTIONAL", ["NCT90000001"]),
        ("?type=OBSERVATIONAL", []),
        ("?age=&country=&q=", ["NCT90000001"]),
    ],
)
def test_each_filter(client, query, expected):
    store(study())
    assert listed(client, query) == expected


def test_a_study_that_states_no_age_or_sex_is_never_filtered_out_by_them(client):
    store(study(eligibilityModule={"minimumAge": None, "maximumAge": None, "sex": None}))
    assert listed(client, "?age=3&sex=male") == ["NCT90000001"]


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("?age=abc", "The age “abc” is not a number of years from 0 to 120. We left this filter out."),
        ("?age=121", "The age “121” is not a number of years from 0 to 120."),
        ("?age=nan", "The age “nan” is not a number"),
        ("?age=-1", "The age “-1” is not a number"),
        ("?condition=nope", "We do not know the condition “nope”. We left this filter out."),
        ("?status=OPEN", "We do not know the status “OPEN”."),
        ("?phase=9", "We do not know the phase “9”."),
        ("?sex=both", "We do not know the sex “both”."),
        ("?country=ZZ", "We do not know the country “ZZ”."),
        ("?country=%00%00", "1 study"),
        ("?type=x", "We do not know the kind of study “x”."),
        ("?scope=x", "We do not know the range “x”."),
        ("?page=0", "We do not know that page of the list."),
        ("?page=x", "We do not know that page of the list."),
        ("?page=99999999999", "1 study"),
        ("?q=" + "x" * 900, "Your search was very long."),
        ("?q=%00%27%3Cscript%3E", "No studies"),
        ("?q=%FF%FE", "No studies"),
    ],
)
def test_what_cannot_be_used_gets_a_sentence_and_is_left_out(read, query, sentence):
    store(study())
    assert sentence in read(f"/studies/{query}")


def test_other_diseases_are_kept_back_and_offered(client, read):
    other = {"conditions": ["Malaria"], "keywords": []}
    titles = {"briefTitle": "Testumab in malaria", "officialTitle": ""}
    store(study("NCT90000001"), study("NCT90000002", identificationModule=titles, conditionsModule=other))
    assert listed(client) == ["NCT90000001"]
    assert "1 more study in our database is about another disease. Show them" in read("/studies/")
    assert listed(client, "?scope=all") == ["NCT90000001", "NCT90000002"]


def test_a_filter_is_a_link_that_toggles(client):
    store(study())
    html = client.get("/studies/?age=40&status=RECRUITING").content.decode()
    option = re.search(r'<a class="option" id="f-status-recruiting"[^>]*>', html).group()
    assert 'href="/studies/?age=40"' in option and 'aria-current="true"' in option
    phase = re.search(r'<a class="option" id="f-phase-phase2"[^>]*>', html).group()
    assert 'href="/studies/?status=RECRUITING&amp;age=40&amp;phase=PHASE2"' in phase
    assert "aria-current" not in phase


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("?q=zebrafish", "No study has the word “zebrafish” "),
        ("?q=zebrafish quux&sort=newest&scope=all", "No study has the words “zebrafish quux” "),
        ("?q=zebrafish&age=40", "No study fits all your filters"),
        ("?country=FR", "No study fits all your filters"),
    ],
)
def test_nothing_found_says_why_and_offers_a_way_on(read, query, sentence):
    store(study())
    page = read(f"/studies/{query}")
    assert sentence in page and "Show all studies" in page


def test_the_group_of_the_used_filter_stays_open(client):
    store(study())
    html = client.get("/studies/", headers={"HX-Request": "true", "HX-Trigger": "f-country-de"}).content.decode()
    assert '<details class="facet" id="f-country" open>' in html
    assert '<details class="filters" open>' in html


def test_nothing_found_offers_searches_that_find_something(client, read):
    store(study(conditionsModule={"conditions": ["Systemic Lupus Erythematosus"], "keywords": []}))
    page = read("/studies/?q=lupus&country=FR")
    assert "The same search in all countries (1 study)" in page
    assert "for all ages" not in page
    page = read("/studies/?q=lupus&country=FR&age=12")
    assert "in all countries" not in page and "The same search without any filter (1 study)" in page
    page = read("/studies/?q=lupus nephritis")
    assert "The same search for the wider condition: Lupus (SLE) (1 study)" in page
    html = client.get("/studies/?q=lupus&status=COMPLETED").content.decode()
    assert '<a href="/studies/?q=lupus">The same search, open or not</a>' in html


def test_a_card_says_how_the_study_stands_in_the_chosen_country(read, django_assert_num_queries, client):
    locations = [
        site("A", "Berlin", "Germany", status="RECRUITING"),
        site("B", "Bonn", "Germany", status="RECRUITING"),
        site("C", "Tokyo", "Japan", status="NOT_YET_RECRUITING"),
        site("D", "Lyon", "France", status="COMPLETED"),
    ]
    store(study(contactsLocationsModule={"locations": locations}))
    assert "Open to join in Germany: 2 sites" in read("/studies/?country=DE")
    assert "Not open yet in Japan" in read("/studies/?country=JP")
    assert "Not open in France" in read("/studies/?country=FR")
    assert "Open to join in" not in read("/studies/")


@pytest.mark.parametrize("number", [1, 20])
def test_query_count_does_not_grow_with_a_country_and_an_age(client, django_assert_num_queries, number):
    store(*(study(f"NCT900000{n:02}") for n in range(number)))
    with django_assert_num_queries(9):
        client.get("/studies/?country=DE&age=40")


def test_with_an_age_chosen_a_card_says_that_no_limit_is_stated(read):
    store(study(eligibilityModule={"minimumAge": None, "maximumAge": None}))
    assert "Age not stated" in read("/studies/?age=40")
    assert "Age not stated" not in read("/studies/")
