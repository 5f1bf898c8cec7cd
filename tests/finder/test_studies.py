import re

import pytest

from tests.studies import site, store, study
from trials.models import Trial, TrialEditorial

pytestmark = pytest.mark.django_db


def listed(client, query: str = "", **headers) -> list[str]:
    response = client.get(f"/studies/{query}", headers=headers)
    assert response.status_code == 200
    return re.findall(r'data-nct-id="(NCT\d{8})"', response.content.decode())


def test_open_studies_come_first_then_the_newest_change(client):
    def dated(nct_id, status, day):
        return study(
            nct_id, statusModule={"overallStatus": status, "lastUpdatePostDateStruct": {"date": day, "type": "ACTUAL"}}
        )

    store(
        dated("NCT90000001", "COMPLETED", "2026-11-01"),
        dated("NCT90000002", "ACTIVE_NOT_RECRUITING", "2026-11-02"),
        dated("NCT90000003", "ENROLLING_BY_INVITATION", "2026-11-03"),
        dated("NCT90000004", "NOT_YET_RECRUITING", "2026-11-04"),
        dated("NCT90000005", "RECRUITING", "2026-01-01"),
        dated("NCT90000007", "RECRUITING", "2026-02-01"),
        dated("NCT90000006", "RECRUITING", "2026-02-01"),
    )
    assert listed(client) == [f"NCT9000000{n}" for n in (6, 7, 5, 4, 3, 2, 1)]


@pytest.mark.parametrize(
    "typed",
    [
        "NCT90000001",
        "nct90000001",
        " nct 90000001 ",
        "NCT-90000001",
        "90000001",
        "https://clinicaltrials.gov/study/NCT90000001?term=lupus&rank=1",
        "www.clinicaltrials.gov/ct2/show/nct90000001",
    ],
)
def test_an_nct_id_leads_straight_to_the_study(client, typed):
    response = client.get("/studies/", {"q": typed})
    assert (response.status_code, response.url) == (302, "/studies/NCT90000001/")


@pytest.mark.parametrize("typed", ["NCT90000001", "nct 12345678"])
def test_htmx_is_sent_to_the_study_instead_of_swapping_it_into_the_list(client, typed):
    response = client.get("/studies/", {"q": typed}, headers={"HX-Request": "true"})
    nct_id = typed.upper().replace(" ", "")
    assert (response.status_code, response.headers.get("HX-Redirect")) == (200, f"/studies/{nct_id}/")
    for answer in (response, client.get("/studies/", {"q": typed})):
        assert "HX-Request" in answer.headers["Vary"]


def test_a_lay_word_becomes_its_condition_with_all_narrower_ones(client, read):
    store(
        study("NCT90000001"),
        study("NCT90000002", conditionsModule={"conditions": ["Lupus Nephritis"], "keywords": []}),
        study(
            "NCT90000003",
            identificationModule={"briefTitle": "Testumab in scleroderma", "officialTitle": ""},
            conditionsModule={"conditions": ["Systemic Sclerosis"], "keywords": []},
        ),
    )
    assert listed(client, "?q=lupus") == ["NCT90000001", "NCT90000002"]
    assert "Lupus (SLE): 2 studies Remove filter: Lupus (SLE)" in read("/studies/?q=lupus")
    assert listed(client, "?condition=lupus-nephritis") == ["NCT90000002"]
    assert listed(client, "?q=lupus+or+scleroderma") == ["NCT90000001", "NCT90000002", "NCT90000003"]


def test_words_that_name_no_condition_are_searched_in_the_record_and_said_so(client, read):
    store(study("NCT90000001"), study("NCT90000002", identificationModule={"briefTitle": "Zebrafish in lupus"}))
    assert listed(client, "?q=zebraFISH") == ["NCT90000002"]
    assert "“zebrafish” is not a condition on our list." in read("/studies/?q=zebrafish")
    assert listed(client, "?q=testumab") == ["NCT90000001", "NCT90000002"]  # the name of what is tested


def test_percent_and_underscore_are_letters_not_wildcards(client):
    store(study())
    assert listed(client, "?q=%25") == []
    assert listed(client, "?q=_") == []


def test_an_unsure_word_asks_what_was_meant(read):
    store(study())
    page = read("/studies/?q=sclerodermatitis")
    assert "Did you mean" in page and "Systemic sclerosis" in page


def test_words_beside_a_condition_are_said_to_be_left_out(read):
    store(study())
    assert "left out “zebrafish”" in read("/studies/?q=lupus zebrafish")


@pytest.mark.parametrize(("typed", "left_out"), [("lupus jak", "jak"), ("IL-6 and lupus", "IL-6"), ("lupus 2b", "2b")])
def test_short_words_are_said_too(read, typed, left_out):
    store(study())
    assert f"left out “{left_out}”" in read(f"/studies/?q={typed}")


@pytest.mark.parametrize("typed", ["I have lupus", "a study for people with lupus", "tengo lupus", "lupus or SSc"])
def test_words_that_only_join_are_not_worth_saying(read, typed):
    store(study())
    assert "left out" not in read(f"/studies/?q={typed}")


def test_what_was_meant_keeps_the_other_filters(client):
    html = client.get("/studies/?q=sclerodermatitis&age=40&country=DE").content.decode()
    assert 'href="/studies/?age=40&amp;country=DE&amp;condition=diffuse-ssc"' in html


def test_an_abbreviation_of_many_meanings_is_asked_back_and_nothing_false_is_said(client, read):
    store(study(conditionsModule={"conditions": ["Dermatomyositis"], "keywords": []}))
    page = read("/studies/?q=dm")
    assert "“dm” can mean more than one thing. Did you mean: Dermatomyositis" in page
    assert "is not a condition" not in page and "These studies have your words" not in page
    assert 'href="/studies/?condition=dermatomyositis"' in client.get("/studies/?q=dm").content.decode()


def test_an_abbreviation_of_one_meaning_is_understood_in_small_letters(client, read):
    store(study(conditionsModule={"conditions": ["Mixed Connective Tissue Disease"], "keywords": []}))
    assert listed(client, "?q=mctd") == ["NCT90000001"]
    assert "Did you mean" not in read("/studies/?q=mctd")


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


def test_what_is_typed_is_escaped(client):
    html = client.get("/studies/", {"q": '"><img src=x>', "age": "<b>"}).content.decode()
    assert "<img" not in html and "“<b>”" not in html


def test_other_diseases_are_kept_back_and_offered(client, read):
    other = {"conditions": ["Malaria"], "keywords": []}
    titles = {"briefTitle": "Testumab in malaria", "officialTitle": ""}
    store(study("NCT90000001"), study("NCT90000002", identificationModule=titles, conditionsModule=other))
    assert listed(client) == ["NCT90000001"]
    assert "1 more study in our database is about another disease. Show them" in read("/studies/")
    assert listed(client, "?scope=all") == ["NCT90000001", "NCT90000002"]


def test_a_study_taken_off_the_pages_is_not_listed(client):
    store(study())
    TrialEditorial.objects.create(trial=Trial.objects.get(), hidden=True, hidden_reason="Wrong record")
    assert listed(client, "?scope=all") == []


def test_a_card_says_what_a_patient_asks_first(read):
    locations = [site("A", "Wuhan", "China"), site("B", "Jinan", "China"), site("C", "Tokyo", "Japan")]
    store(study(contactsLocationsModule={"locations": locations}))
    page = read("/studies/")
    assert "Open to join Testumab in Lupus Tests or compares: Testumab (drug)." in page
    assert "3 sites in China and Japan Phase 2 About 60 people Ages 18–75" in page


def test_one_site_names_its_town_and_never_the_country_twice(read):
    store(
        study("NCT90000001", contactsLocationsModule={"locations": [site("A", "Singapore", "Singapore")]}),
        study("NCT90000002", contactsLocationsModule={"locations": [site("A", "Lyon", "France")]}),
    )
    page = read("/studies/")
    assert "Lyon, France" in page
    assert "Singapore, Singapore" not in page and "Singapore Phase 2" in page


def test_a_stale_study_says_call_first(read):
    store(study(statusModule={"lastUpdatePostDateStruct": {"date": "2024-01-01", "type": "ACTUAL"}}))
    assert "Call first" in read("/studies/")


def test_pages_of_twenty_keep_the_filters(client):
    store(*(study(f"NCT900000{n:02}") for n in range(21)))
    html = client.get("/studies/?sex=male").content.decode()
    assert 'rel="next" href="/studies/?sex=male&amp;page=2"' in html
    assert len(listed(client)) == 20
    assert listed(client, "?page=2") == listed(client, "?page=7") == ["NCT90000020"]
    assert 'rel="prev" href="/studies/"' in client.get("/studies/?page=2").content.decode()


@pytest.mark.parametrize(
    ("query", "canonical"),
    [("", ""), ("?sex=male", ""), ("?page=1", ""), ("?page=2", "?page=2"), ("?page=9", "?page=2")],
)
def test_each_page_of_the_list_stands_for_itself(client, query, canonical):
    store(*(study(f"NCT900000{n:02}") for n in range(21)))
    html = client.get(f"/studies/{query}").content.decode()
    assert f'<link rel="canonical" href="http://testserver/studies/{canonical}">' in html


def test_a_filter_is_a_link_that_toggles(client):
    store(study())
    html = client.get("/studies/?age=40&status=RECRUITING").content.decode()
    option = re.search(r'<a class="option" id="f-status-recruiting"[^>]*>', html).group()
    assert 'href="/studies/?age=40"' in option and 'aria-current="true"' in option
    phase = re.search(r'<a class="option" id="f-phase-phase2"[^>]*>', html).group()
    assert 'href="/studies/?status=RECRUITING&amp;age=40&amp;phase=PHASE2"' in phase
    assert "aria-current" not in phase


def test_nothing_found_offers_a_way_on(read):
    page = read("/studies/?q=zebrafish")
    assert "No study fits all your filters" in page and "Show all studies" in page


def test_htmx_gets_the_part_that_it_swaps(client):
    store(study())
    part = client.get("/studies/", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part and "<h1" in part
    assert '<p id="announcement" hx-swap-oob="innerHTML">1 study</p>' in part
    assert "<title>1 study" in part


@pytest.mark.parametrize("header", ["HX-Boosted", "HX-History-Restore-Request"])
def test_boosted_and_restored_pages_are_whole(client, header):
    assert b"<html" in client.get("/studies/", headers={"HX-Request": "true", header: "true"}).content


def test_caches_keep_page_and_part_apart(client):
    vary = client.get("/studies/").headers["Vary"]
    assert {"HX-Request", "HX-Boosted", "HX-History-Restore-Request"} <= {name.strip() for name in vary.split(",")}


def test_the_group_of_the_used_filter_stays_open(client):
    store(study())
    html = client.get("/studies/", headers={"HX-Request": "true", "HX-Trigger": "f-country-de"}).content.decode()
    assert '<details class="facet" id="f-country" open>' in html
    assert '<details class="filters" open>' in html


@pytest.mark.parametrize("number", [1, 20])
def test_query_count_does_not_grow(client, django_assert_num_queries, number):
    store(*(study(f"NCT900000{n:02}") for n in range(number)))
    with django_assert_num_queries(10):
        client.get("/studies/")


def test_a_short_word_or_an_abbreviation_is_found_as_a_whole_word_only(client):
    store(
        study("NCT90000001", identificationModule={"briefTitle": "Relapsed lupus, ANCAB1 and (XQ)"}),
        study("NCT90000002", identificationModule={"briefTitle": "Lupus on Xq drugs"}),
    )
    assert listed(client, "?q=lap") == []
    assert listed(client, "?q=xq") == ["NCT90000001", "NCT90000002"]
    assert listed(client, "?q=(XQ)") == ["NCT90000001"]
    assert listed(client, "?q=NCAB") == []
    assert listed(client, "?q=apse") == ["NCT90000001"]


def test_an_editors_plain_title_is_searched_too(client):
    store(study())
    assert listed(client, "?q=zebrafish") == []
    TrialEditorial.objects.create(trial=Trial.objects.get(), plain_title="What zebrafish teach us")
    assert listed(client, "?q=zebrafish") == ["NCT90000001"]


def test_who_names_a_condition_finds_its_studies_though_they_are_of_another_disease(client, read):
    other = {"conditions": ["Rheumatoid Arthritis"], "keywords": []}
    titles = {"briefTitle": "Testumab in rheumatoid arthritis", "officialTitle": ""}
    store(study(identificationModule=titles, conditionsModule=other))
    assert listed(client) == []
    assert listed(client, "?q=rheumatoid arthritis") == ["NCT90000001"]
    assert "about another disease" not in read("/studies/?q=rheumatoid arthritis")


def test_the_question_what_was_meant_comes_before_what_is_listed(read):
    store(study(identificationModule={"briefTitle": "DM in lupus", "officialTitle": ""}))
    page = read("/studies/?q=dm")
    assert page.index("Did you mean: Dermatomyositis") < page.index("These studies have your words in a title")
    assert "is not a condition" not in page


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
    with django_assert_num_queries(12):
        client.get("/studies/?country=DE&age=40")


def test_with_an_age_chosen_a_card_says_that_no_limit_is_stated(read):
    store(study(eligibilityModule={"minimumAge": None, "maximumAge": None}))
    assert "Age not stated" in read("/studies/?age=40")
    assert "Age not stated" not in read("/studies/")
