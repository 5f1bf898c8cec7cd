"""What is said to be open: a site of an open study, in the country that was asked for, and still in the registry."""

import re

import pytest

from finder.presenters.places import places_view
from tests.finder.conftest import words_of
from tests.studies import reindex, site, store, stored, study
from trials import vocab as v
from trials.find import Search, counts_of, find_trials
from trials.models import Trial

pytestmark = pytest.mark.django_db

PAGE = "/studies/NCT90000001/"
TWO_COUNTRIES = {"locations": [site(status="RECRUITING"), site("H", "Lyon", "France", status="COMPLETED")]}


def listed(client, query: str = "") -> list[str]:
    return re.findall(r'data-nct-id="(NCT\d{8})"', client.get(f"/studies/{query}").content.decode())


@pytest.mark.parametrize(
    ("of_study", "of_site", "is_open", "word"),
    [
        ("RECRUITING", "RECRUITING", True, "Open to join"),
        ("RECRUITING", None, True, "Open to join"),
        ("RECRUITING", "COMPLETED", False, "Finished"),
        ("ACTIVE_NOT_RECRUITING", "RECRUITING", False, "Running, no longer taking people"),
        ("UNKNOWN", "RECRUITING", False, "Status not known"),
        (None, "RECRUITING", True, "Open to join"),
    ],
)
def test_a_site_is_open_only_while_its_study_is(of_study, of_site, is_open, word):
    trial = stored(
        statusModule={"overallStatus": of_study},
        contactsLocationsModule={"locations": [site(status=of_site) if of_site else site()]},
    )
    [country] = places_view(trial, "").countries
    [view] = country.sites
    assert (view.is_open, str(view.status.word)) == (is_open, word)
    assert country.open_count == ("1 open" if is_open else "")


def test_a_study_gone_from_the_registry_is_nowhere_open(client, read):
    store(study("NCT90000001"), study("NCT90000002", statusModule={"overallStatus": "ACTIVE_NOT_RECRUITING"}))
    Trial.objects.filter(nct_id="NCT90000001").update(gone_since="2026-11-02T00:00:00Z")
    reindex()
    home = client.get("/").content.decode()
    assert "0 open studies" in words_of(home) and "Germany" not in home
    assert "No open study now" in read("/conditions/sle/")
    assert listed(client) == ["NCT90000002", "NCT90000001"]
    assert listed(client, "?status=RECRUITING") == []
    assert listed(client, "?status=UNKNOWN") == ["NCT90000001"]
    assert "No longer in the registry Testumab in Lupus" in read("/studies/")
    page = read(PAGE)
    assert "The registry no longer lists this study." in page
    assert "Its last status there was: Open to join." in page
    assert "1 open" not in page and page.count("Open to join") == 1
    assert "https://schema.org/Recruiting" not in client.get(PAGE).content.decode()


def test_an_open_study_is_found_in_a_country_only_with_an_open_site_there(client):
    store(study(contactsLocationsModule=TWO_COUNTRIES))
    assert listed(client, "?country=FR&status=RECRUITING") == []
    assert listed(client, "?country=DE&status=RECRUITING") == ["NCT90000001"]
    assert listed(client, "?country=FR") == ["NCT90000001"]
    assert listed(client, "?country=FR&status=RECRUITING&status=COMPLETED") == ["NCT90000001"]


def test_the_country_counts_say_what_the_link_finds(client):
    store(study(contactsLocationsModule=TWO_COUNTRIES))
    assert "f-country-fr" in client.get("/studies/").content.decode()
    assert "f-country-fr" not in client.get("/studies/?status=RECRUITING").content.decode()


@pytest.mark.parametrize("country", ["", "DE", "FR"])
def test_every_study_has_one_status_to_choose_and_the_numbers_are_what_is_found(country):
    store(
        study("NCT90000001", contactsLocationsModule=TWO_COUNTRIES),
        study("NCT90000002", statusModule={"overallStatus": None}),
        study("NCT90000003", statusModule={"overallStatus": "UNKNOWN"}),
        study("NCT90000004"),
    )
    Trial.objects.filter(nct_id="NCT90000004").update(gone_since="2026-11-02T00:00:00Z")
    reindex()
    counts = {status: count for status, count in counts_of(Search(country=country)).of("status").items() if count}
    assert set(counts) <= set(v.RecruitmentStatus)
    for status, count in counts.items():
        assert find_trials(Search(country=country, statuses=(status,))).count() == count
    if not country:
        assert counts == {"RECRUITING": 1, "UNKNOWN": 3}
