"""All words that the pages explain, on one page that can be searched and cut down to one kind."""

import re

import pytest

from finder.presenters.glossary import glossary_view
from tests.finder.conftest import words_of
from tests.studies import store, study
from trials.plain_language.glossary import KINDS, terms

pytestmark = pytest.mark.django_db

PAGE = "/learn/words/"


def entries(client, path: str = PAGE) -> list[str]:
    """The slugs of the shown words, in the order of the page."""
    return re.findall(r'<div id="([^"]+)"><dt>', client.get(path).content.decode())


def test_every_word_is_there_once_with_its_meaning(client):
    html = client.get(PAGE).content.decode()
    assert sorted(entries(client)) == sorted(term.slug for term in terms()) and len(terms()) >= 250
    page = words_of(html)
    for term in terms()[:40]:
        assert f"{term.definition}" in page
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert len(ids) == len(set(ids))


def test_words_stand_under_their_letters_which_lead_to_them(client):
    html = client.get(PAGE).content.decode()
    letters = re.findall(r'<a href="#(letter-[^"]+)">', html)
    assert letters == re.findall(r'<h2 id="(letter-[^"]+)"', html)
    assert letters[0] == "letter-A" and letters[-1] in {"letter-others", "letter-Z", "letter-X", "letter-W"}
    assert [one for one in letters if one != "letter-others"] == sorted(
        one for one in letters if one != "letter-others"
    )


def test_each_reference_to_another_word_leads_somewhere(client):
    for path in (PAGE, f"{PAGE}?kind=antibody"):
        html = client.get(path).content.decode()
        ids = set(re.findall(r'\sid="([^"]+)"', html))
        assert set(re.findall(r'href="#([^"]+)"', html)) <= ids
        assert set(re.findall(r'href="/learn/words/#([^"]+)"', html)) <= {term.slug for term in terms()}


@pytest.mark.parametrize(
    ("search", "slug"),
    [
        ("ILD", "ild"),
        ("interstitial pneumonia", "ild"),
        ("Sjogren", "sjogren"),
        ("sjögren", "sjogren"),
        ("placebo", "placebo"),
        ("  HALF   life ", "half-life"),
    ],
)
def test_a_word_is_found_in_any_of_its_writings(client, search, slug):
    assert slug in entries(client, f"{PAGE}?q={search}")


def test_what_is_not_found_is_said_and_a_way_back_is_offered(client):
    page = client.get(f"{PAGE}?q=<zebra>&kind=score").content.decode()
    assert "We have no word “&lt;zebra&gt;” here." in page and f'<a href="{PAGE}">Show all words</a>' in page
    assert "0 words" in page


@pytest.mark.parametrize("kind", KINDS)
def test_one_kind_can_be_chosen(client, kind):
    shown = set(entries(client, f"{PAGE}?kind={kind}"))
    assert shown == {term.slug for term in terms() if term.kind == kind}


@pytest.mark.parametrize("query", ["kind=nonsense", "kind=", "q=", "q=%20%20", "q=%00"])
def test_what_means_nothing_shows_all(client, query):
    assert len(entries(client, f"{PAGE}?{query}")) == len(terms())


@pytest.mark.parametrize("query", ["%00" * 50, "x" * 5000, "%F0%9F%98%80", "(", "\\", "'"])
def test_any_search_has_an_answer(client, query):
    assert client.get(f"{PAGE}?q={query}").status_code == 200


def test_of_all_words_only_abbreviations_are_told_and_of_few_all_writings(client):
    whole = {entry.slug: entry for letter in glossary_view("", "").letters for entry in letter.entries}
    part = {entry.slug: entry for letter in glossary_view("", "disease").letters for entry in letter.entries}
    assert "ILD" in whole["ild"].also and "interstitial pneumonia" not in whole["ild"].also
    assert "interstitial pneumonia" in part["ild"].also


def test_in_another_language_the_english_words_stand_beside(client):
    html = client.get(f"/es{PAGE}?q=ILD").content.decode()
    entry = re.search(r'<div id="ild">.*?</div>', html, re.DOTALL).group()
    assert "ILD" in words_of(entry) and 'lang="en"' in entry


def test_is_one_page_of_bearable_weight_without_a_query_for_words(client, django_assert_num_queries):
    store(study())
    with django_assert_num_queries(1):  # whether these are sample studies
        response = client.get(PAGE, headers={"Accept-Encoding": "gzip"})
    assert len(response.content) < 45_000


def test_is_led_to_from_the_pages_on_trials(client):
    assert f'href="{PAGE}"' in client.get("/learn/").content.decode()
