"""The page for the doctor: complete, plain and official words side by side, led back to the study's own page."""

import re

import pytest

from tests.finder.conftest import words_of
from tests.studies import site, store, study
from trials.models import Criterion, Trial, TrialEditorial

pytestmark = pytest.mark.django_db

PAGE = "/studies/NCT90000001/handout/"
TEXT = """Inclusion Criteria:

* SLE
* Two or more of the following:
  * Rash
  * Fever

Exclusion Criteria:

* Pregnancy"""
NESTED = {"eligibilityModule": {"eligibilityCriteria": TEXT, "minimumAge": None, "maximumAge": None}}


def html_of(client, path: str = PAGE) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def rows(html: str) -> list[list[str]]:
    """The words in the cells of each row of the lists of rules."""
    tables = re.findall(r'<table class="beside rules">(.*?)</table>', html, re.DOTALL)
    found = (re.findall(r"<tr.*?</tr>", table, re.DOTALL) for table in tables)
    return [
        [words_of(cell) for cell in re.findall(r"<t[dh].*?</t[dh]>", one, re.DOTALL)] for rows in found for one in rows
    ]


def test_says_what_it_is_of_where_it_comes_from_and_how_old_it_is(read):
    store(study())
    page = read(PAGE)
    for words in (
        "For your doctor A study of testumab in people with lupus (SLE)",
        "Title Testumab in Lupus",
        "Official title A Randomised Study of Testumab",
        "Registry id NCT90000001",
        "Status Open to join",
        "Last changed in the registry 1 October 2026",
        "Last read by us 20 November 2026",
        "Source https://clinicaltrials.gov/study/NCT90000001",
        "This study on our site http://testserver/studies/NCT90000001/",
        "This is not medical advice. The study team decides who can join.",
        "Written by rules from the registry, not yet checked by an editor.",
        "First posted 15 January 2025",
        "Example University",
        "Notes",
    ):
        assert words in page, words


def test_each_rule_stands_beside_its_official_words_and_number(client):
    store(study(**NESTED))
    found = rows(html_of(client))
    assert found[0] == ["In plain words", "Official wording"]
    assert found[1] == ["You have lupus.", "Inclusion 1 SLE"]
    assert [row[1] for row in found[2:5]] == [
        "Inclusion 2 Two or more of the following:", "Inclusion 2.1 Rash", "Inclusion 2.2 Fever",
    ]  # fmt: skip
    assert found[-1] == ["You are pregnant.", "Exclusion 1 Pregnancy"]


def test_each_plain_sentence_stands_beside_the_field_that_it_comes_from(client):
    store(study())
    html = html_of(client)
    pairs = [
        [words_of(cell) for cell in re.findall(r"<td>.*?</td>", row, re.DOTALL)]
        for row in re.findall(r"<tr>.*?</tr>", html.split('id="joining"')[0], re.DOTALL)
    ]
    assert ["60 people are to take part.", "People: About 60 people"] in pairs
    assert ["The study is open. You can ask to join.", "Status: Open to join"] in pairs


def test_what_has_no_plain_words_leaves_no_empty_cell(client):
    text = f"Subjects {'who were told of it, ' * 100}may enter."
    store(study(eligibilityModule={"eligibilityCriteria": f"Inclusion Criteria:\n\n* {text}\n"}))
    html = html_of(client)
    assert ["—", f"Inclusion 1 {text}"] in rows(html)
    assert words_of(html).count("we have no plain words yet") == 1


@pytest.mark.parametrize("number", [1, 60])
def test_every_site_and_contact_is_there_in_a_fixed_number_of_queries(client, django_assert_num_queries, number):
    sites = [
        site(
            f"Hospital {n}.",
            f"Town {n}",
            status="RECRUITING",
            contacts=[{"name": f"Desk {n}.", "phone": f"+1 {n}00000"}],
        )
        for n in range(number)
    ]
    store(study(contactsLocationsModule={"locations": sites}))
    with django_assert_num_queries(17):
        html = html_of(client)
    page = words_of(html)
    assert all(f"Hospital {n}." in page and f"Desk {n}. +1 {n}00000" in page for n in range(number))
    assert "more" not in words_of(html[html.index('id="where"') : html.index('id="dates"')])


def test_is_kept_out_of_search_engines_and_leads_them_to_the_study(client):
    store(study())
    html = html_of(client)
    assert '<meta name="robots" content="noindex">' in html
    assert '<link rel="canonical" href="http://testserver/studies/NCT90000001/">' in html
    assert 'href="/studies/NCT90000001/handout/"' in html_of(client, "/studies/NCT90000001/")


def test_what_holds_on_every_page_holds_here(client):
    store(study(**NESTED, identificationModule={"briefTitle": 'A </script><b onclick="x">trial</b>'}))
    response = client.get(PAGE)
    html = response.content.decode()
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert len(ids) == len(set(ids)) and len(re.findall(r"<h1\b", html)) == 1
    assert "<b onclick" not in html and not re.search(r"""<[a-z][^<>]*\s(style|on\w+)=""", html)
    assert "max-age=300" in response.headers["Cache-Control"] and not response.cookies
    assert len(client.get(PAGE, headers={"Accept-Encoding": "gzip"}).content) < 20_000
    assert not re.search(r"<(dd|td|h\d|li|p|dt)[^>]*>\s*</\1>", html)
    anchors = set(re.findall(r'href="#([^"]+)"', html))
    assert anchors <= set(ids)


def test_an_id_that_is_not_there_or_written_small_is_answered_as_on_the_study(client):
    store(study())
    assert client.get("/studies/NCT12345678/handout/").status_code == 404
    response = client.get("/studies/nct90000001/handout/")
    assert (response.status_code, response.url) == (301, PAGE)
    TrialEditorial.objects.create(trial=Trial.objects.get(), hidden=True, hidden_reason="Wrong record")
    assert client.get(PAGE).status_code == 404


def test_a_record_read_in_part_and_a_bare_one_are_complete_too(client):
    store({"protocolSection": {"identificationModule": {"nctId": "NCT90000001"}}})
    Trial.objects.update(read_in_part=False)
    page = words_of(html_of(client))
    assert "We have no rules for joining." in page and "The sites are not stated in the registry" in page
    Trial.objects.update(read_in_part=True)
    page = words_of(html_of(client))
    assert "The sites are not in the part of the record that we have." in page
    assert "not stated in the registry" not in page
    assert page.count("does not say") == 1  # when it last changed the record: each record we read tells that
    assert "In plain words" not in page and "Who runs it" not in page


def test_a_text_that_was_not_understood_is_printed_whole(client):
    store(study(**NESTED))
    Criterion.objects.all().delete()
    assert "Inclusion Criteria: SLE Two or more of the following: Rash Fever" in words_of(html_of(client))


def test_is_in_the_language_of_its_address(client):
    store(study())
    html = html_of(client, f"/es{PAGE}")
    assert '<html lang="es"' in html
    assert "http://testserver/es/studies/NCT90000001/" in html
    assert '<span lang="en">Pregnancy</span>' in html
