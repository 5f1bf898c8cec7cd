"""What is typed into the search: ids, conditions, other words, and what is said when one is not understood."""

import pytest

from tests.finder.conftest import listed
from tests.studies import reindex, store, study
from trials.models import Trial, TrialEditorial

pytestmark = pytest.mark.django_db


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
    assert "Lupus (SLE): 2 studies" in read("/studies/?q=lupus")
    assert listed(client, "?condition=lupus-nephritis") == ["NCT90000002"]
    assert listed(client, "?q=lupus+or+scleroderma") == ["NCT90000001", "NCT90000002", "NCT90000003"]


def test_words_that_name_no_condition_are_searched_in_the_record_and_said_so(client, read):
    store(study("NCT90000001"), study("NCT90000002", identificationModule={"briefTitle": "Zebrafish in lupus"}))
    assert listed(client, "?q=zebraFISH") == ["NCT90000002"]
    assert "“zebrafish” names no condition or treatment on our lists." in read("/studies/?q=zebrafish")
    assert listed(client, "?q=testumab") == ["NCT90000001", "NCT90000002"]  # the name of what is tested


def test_percent_and_underscore_are_letters_not_wildcards(client):
    store(study())
    assert listed(client, "?q=%25") == []
    assert listed(client, "?q=_") == []


def test_an_unsure_word_asks_what_was_meant(read):
    store(study())
    page = read("/studies/?q=sclerodermatitis")
    assert "Did you mean" in page and "Systemic sclerosis" in page


@pytest.mark.parametrize(("typed", "left_out"), [("lupus zebrafish", "zebrafish"), ("IL-6 and lupus", "IL-6")])
def test_words_that_no_study_of_the_condition_has_are_said_to_be_left_out(read, typed, left_out):
    store(study())
    assert f"No study here has the words “{left_out}”. We left them out." in read(f"/studies/?q={typed}")


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
    assert "We looked for the word “dm” itself. Did you mean: Dermatomyositis" in page
    assert "names no condition" not in page
    assert 'href="/studies/?condition=dermatomyositis"' in client.get("/studies/?q=dm").content.decode()


def test_an_abbreviation_of_one_meaning_is_understood_in_small_letters(client, read):
    store(study(conditionsModule={"conditions": ["Mixed Connective Tissue Disease"], "keywords": []}))
    assert listed(client, "?q=mctd") == ["NCT90000001"]
    assert "Did you mean" not in read("/studies/?q=mctd")


def test_what_is_typed_is_escaped(client):
    html = client.get("/studies/", {"q": '"><img src=x>', "age": "<b>"}).content.decode()
    assert "<img" not in html and "“<b>”" not in html


def test_a_word_is_found_as_a_whole_word_in_any_of_its_forms(client):
    store(
        study("NCT90000001", identificationModule={"briefTitle": "Relapsed lupus, ANCAB1 and (XQ)"}),
        study("NCT90000002", identificationModule={"briefTitle": "Lupus on Xq drugs"}),
    )
    assert listed(client, "?q=lap") == []
    assert listed(client, "?q=xq") == ["NCT90000001", "NCT90000002"]
    assert listed(client, "?q=NCAB") == []
    assert listed(client, "?q=relapse") == ["NCT90000001"]


def test_an_editors_plain_title_is_searched_too(client):
    store(study())
    assert listed(client, "?q=zebrafish") == []
    TrialEditorial.objects.create(trial=Trial.objects.get(), plain_title="What zebrafish teach us")
    reindex()
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
    assert page.index("Did you mean: Dermatomyositis") < page.index("in lupus")
    assert "names no condition" not in page
