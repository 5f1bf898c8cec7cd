"""The list of studies: its order, its cards, its pages, and the part that htmx swaps."""

import pytest

from tests.finder.conftest import listed
from tests.studies import site, store, study
from trials.models import Trial, TrialEditorial

pytestmark = pytest.mark.django_db


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


@pytest.mark.parametrize("number", [1, 20])
def test_query_count_does_not_grow(client, django_assert_num_queries, number):
    store(*(study(f"NCT900000{n:02}") for n in range(number)))
    with django_assert_num_queries(8):
        client.get("/studies/")
