"""Atom feeds: valid by RFC 4287, newest change first, ids that never change."""

from datetime import datetime
from xml.etree import ElementTree

import pytest

from tests.finder.feeds.by_hand import released_by_hand
from tests.places import store_places
from tests.studies import site, store, study, updated
from trials.models import Trial, TrialEditorial

pytestmark = pytest.mark.django_db

FEED, CONDITION = "/studies/feed/", "/conditions/sle/feed/"
ATOM = "{http://www.w3.org/2005/Atom}"


def feed(client, path: str = CONDITION) -> ElementTree.Element:
    response = client.get(path)
    assert response.status_code == 200, response.content
    assert response.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(response.content)


def text(element: ElementTree.Element, name: str) -> str:
    return element.findtext(f"{ATOM}{name}")


def links(element: ElementTree.Element) -> dict[str, str]:
    return {link.get("rel"): link.get("href") for link in element.findall(f"{ATOM}link")}


def entries(client, path: str = CONDITION) -> list[ElementTree.Element]:
    return feed(client, path).findall(f"{ATOM}entry")


def dated(number: int, day: str, **modules):
    status = {"lastUpdatePostDateStruct": {"date": day, "type": "ACTUAL"}}
    return study(f"NCT900000{number:02}", statusModule=status, **modules)


@pytest.mark.parametrize(
    "path", [CONDITION, FEED, "/es/studies/feed/?condition=sle&age=40", "/zh-hans/conditions/sle/feed/"]
)
def test_it_has_all_that_atom_asks_for(client, path):
    store(dated(1, "2026-10-01"), dated(2, "2026-09-01"))
    tree = feed(client, path)
    found = tree.findall(f"{ATOM}entry")
    assert len(found) == 2
    for element in (tree, *found):
        for name in ("id", "title", "updated"):
            assert len(element.findall(f"{ATOM}{name}")) == 1 and text(element, name)
        assert text(element, "id").startswith("urn:uuid:")
        assert datetime.fromisoformat(text(element, "updated")).tzinfo
        assert links(element)["alternate"].startswith("http://testserver/")
    assert links(tree)["self"] == f"http://testserver{path}"
    assert tree.find(f"{ATOM}author/{ATOM}name").text and "ClinicalTrials.gov" in text(tree, "rights")
    assert len({text(element, "id") for element in (tree, *found)}) == 3


@pytest.mark.parametrize(
    ("path", "title"),
    [
        (FEED, "Studies: newest changes"),
        (CONDITION, "Lupus (SLE): newest changes"),
        (
            f"{FEED}?q=lupus within 50 miles of Leeds&age=40",
            "Lupus (SLE) · Near: Leeds, United Kingdom · Within 50 miles (80 km) · Age 40: newest changes",
        ),
        (
            f"{FEED}?condition=sle&near=Paris&radius=50&phase=PHASE2&sort=newest",
            "Lupus (SLE) · Near: Paris, France · Phase 2 · Within 50 km: newest changes",
        ),
        (f"{FEED}?q=zebrafish&country=DE", "Words: zebrafish · Germany: newest changes"),
        (f"{FEED}?q=lupus zebrafish", "Lupus (SLE): newest changes"),  # words that are left out
    ],
)
def test_the_title_names_all_that_is_asked_for(client, path, title):
    store_places()
    store(study())
    assert text(feed(client, path), "title") == title


def test_an_entry_says_how_the_study_stands(client):
    locations = [site("A", "Wuhan", "China"), site("B", "Tokyo", "Japan")]
    store(study(contactsLocationsModule={"locations": locations}))
    [entry] = entries(client)
    assert text(entry, "title") == "Testumab in Lupus"
    assert links(entry) == {"alternate": "http://testserver/studies/NCT90000001/"}
    assert (text(entry, "updated"), text(entry, "published")) == (
        "2026-10-01T00:00:00+00:00",
        "2025-01-15T00:00:00+00:00",
    )
    assert text(entry, "summary") == (
        "The study is open. You can ask to join. Tests or compares: Testumab (drug). Where: 2 sites in China and Japan."
    )


def test_the_newest_change_comes_first_and_fifty_are_enough(client):
    store(*(dated(number, f"2026-{number % 12 + 1:02}-{number % 28 + 1:02}") for number in range(60)))
    days = [text(entry, "updated") for entry in entries(client)]
    assert len(days) == 50 and days == sorted(days, reverse=True)
    assert text(feed(client), "updated") == days[0]


def test_a_change_keeps_the_id_and_moves_the_date(client):
    store(dated(1, "2026-10-01"))
    [before] = entries(client)
    store(dated(1, "2026-11-01"))
    [after] = entries(client)
    assert text(before, "id") == text(after, "id") and text(before, "updated") < text(after, "updated")


def test_an_entry_is_the_same_in_every_feed_and_another_in_each_language(client):
    store(dated(1, "2026-10-01"))
    paths = [
        CONDITION,
        FEED,
        "/conditions/lupus/feed/" if client.get("/conditions/lupus/").status_code == 200 else FEED,
    ]
    assert len({text(entries(client, path)[0], "id") for path in paths}) == 1
    assert text(entries(client, "/es/studies/feed/")[0], "id") != text(entries(client)[0], "id")
    assert text(entries(client, "/es/studies/feed/")[0], "summary") != text(entries(client)[0], "summary")


def test_feeds_of_different_searches_are_different_feeds(client):
    ids = [text(feed(client, f"{FEED}{query}"), "id") for query in ("", "?sex=female", "?sex=male")]
    assert len(set(ids)) == 3


def test_a_feed_without_entries_is_the_same_each_time(client):
    assert client.get(FEED).content == client.get(FEED).content
    assert text(feed(client), "updated") == "1970-01-01T00:00:00+00:00" and entries(client) == []


def test_markup_and_what_xml_cannot_hold_do_no_harm(client):
    store(study())
    Trial.objects.update(brief_title='A <b onclick="x">&amp; "bold"\x01\x0b trial\ud7ff \ufffe')
    [entry] = entries(client)
    assert text(entry, "title") == 'A <b onclick="x">&amp; "bold" trial\ud7ff'
    Trial.objects.get().interventions.update(name="<script>alert(1)</script>")
    summary = entries(client)[0].find(f"{ATOM}summary")
    assert summary.get("type") == "html" and "&lt;script&gt;" in summary.text and "<script>" not in summary.text


def test_a_hidden_study_is_in_no_feed_and_one_by_hand_has_the_date_of_its_entry(client):
    store(study())
    TrialEditorial.objects.create(trial=Trial.objects.get(), hidden=True, hidden_reason="x")
    trial = released_by_hand()
    [entry] = entries(client)
    assert links(entry)["alternate"].endswith(f"/studies/{trial.nct_id}/")
    assert datetime.fromisoformat(text(entry, "updated")).date() == trial.last_read_at.date()
    assert entry.find(f"{ATOM}published") is None and "An editor entered it" in text(entry, "summary")


def test_the_feed_of_a_condition_is_that_of_its_search(client):
    malaria = {"conditionsModule": {"conditions": ["Malaria"], "keywords": []},
               "identificationModule": {"briefTitle": "Malaria", "officialTitle": ""}}  # fmt: skip
    store(dated(1, "2026-10-01"), dated(2, "2026-09-01", **malaria))
    both = [[text(one, "id") for one in entries(client, path)] for path in (CONDITION, f"{FEED}?condition=sle")]
    assert both[0] == both[1] and len(both[0]) == 1
    assert links(feed(client))["alternate"] == "http://testserver/conditions/sle/"
    assert links(feed(client, f"{FEED}?condition=sle"))["alternate"] == "http://testserver/studies/?condition=sle"


@pytest.mark.parametrize(
    ("path", "status"),
    [(f"{FEED}?color=blue", 400), (f"{FEED}?age=x", 400), (f"{CONDITION}?age=4", 400), ("/conditions/nope/feed/", 404)],
)
def test_what_cannot_be_used_is_an_error(client, path, status):
    assert client.get(path).status_code == status


def test_the_page_of_a_condition_names_its_feed(client):
    for code in ("", "/es"):
        html = client.get(f"{code}/conditions/sle/").content.decode()
        assert f'<link rel="alternate" type="application/atom+xml" href="{code}{CONDITION}" title="' in html
    response = client.get("/conditions/SLE/feed/")
    assert (response.status_code, response.url) == (301, CONDITION)


def test_every_site_may_read_it_and_any_cache_keep_it(client):
    response = client.get(FEED)
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert response.headers["Cache-Control"] == "public, max-age=300"


@pytest.mark.parametrize("number", [1, 20])
def test_query_count_does_not_grow(client, django_assert_num_queries, number):
    store(*(study(f"NCT900000{n:02}") for n in range(number)))
    with django_assert_num_queries(4):
        client.get(FEED)


STUDY_FEED = "/studies/NCT90000001/feed/"


def test_a_study_has_a_feed_of_what_changed_in_it(client):
    store(study(), updated("2026-11-01", eligibilityModule={"minimumAge": "14 Years"}))
    tree = feed(client, STUDY_FEED)
    newest, first = tree.findall(f"{ATOM}entry")
    assert "NCT90000001" in text(tree, "title") and links(tree)["alternate"].endswith("/studies/NCT90000001/changes/")
    assert text(newest, "title") == "NCT90000001: version of 1 November 2026"
    assert text(newest, "updated") == "2026-11-01T00:00:00+00:00"
    assert "Now also takes ages 14 to 17." in text(newest, "summary")
    assert text(first, "summary") == "We first read this record on 20 November 2026."
    assert client.get(links(newest)["alternate"].partition("#")[0]).status_code == 200
    assert len({text(element, "id") for element in (tree, newest, first)}) == 3


def test_an_entry_of_a_study_keeps_its_id_when_another_version_comes(client):
    store(study())
    [before] = [text(entry, "id") for entry in entries(client, STUDY_FEED)]
    store(updated("2026-11-01"))
    newest, first = entries(client, STUDY_FEED)
    assert text(first, "id") == before
    assert text(newest, "summary") == "Nothing changed that a reader would notice."


def test_pages_of_a_study_name_its_feed(client):
    store(study())
    for page in ("/studies/NCT90000001/", "/studies/NCT90000001/changes/"):
        html = client.get(page).content.decode()
        assert html.count(f'href="{STUDY_FEED}"') == 2  # one for feed readers, one for people


@pytest.mark.parametrize("path, status", [("/studies/NCT90000009/feed/", 404), (f"{STUDY_FEED}?age=40", 400)])
def test_a_feed_of_no_study_or_with_a_filter_is_refused(client, path, status):
    store(study())
    assert client.get(path).status_code == status
