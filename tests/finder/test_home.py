import json
import re

import pytest

from tests.studies import site, store, study
from trials.models import Trial, TrialEditorial

pytestmark = pytest.mark.django_db


def nephritis(nct_id: str, **modules):
    return study(nct_id, conditionsModule={"conditions": ["Lupus Nephritis"]}, **modules)


def test_counts_open_studies_and_their_countries(read):
    store(
        study("NCT90000001"),
        nephritis(
            "NCT90000002", contactsLocationsModule={"locations": [site("H", "Lyon", "France", status="RECRUITING")]}
        ),
        study("NCT90000003", statusModule={"overallStatus": "COMPLETED"}),
    )
    assert "2 open studies in 2 countries · read from ClinicalTrials.gov on 20 November 2026" in read("/")


def test_one_of_each_is_singular(read):
    store(study())
    assert "1 open study in 1 country" in read("/")


def test_a_condition_counts_the_studies_of_narrower_ones_once(read):
    store(study("NCT90000001"), nephritis("NCT90000002"))
    page = read("/")
    assert "Lupus (SLE) 2 open studies" in page
    assert "Lupus nephritis 1 open studies" in page


def test_a_study_taken_off_the_pages_is_not_counted(read):
    store(study())
    TrialEditorial.objects.create(trial=Trial.objects.get(), hidden=True, hidden_reason="Wrong record")
    assert "0 open studies" in read("/")


def test_an_empty_database_says_how_to_read_the_registry(read):
    page = read("/")
    assert "There are no studies here yet." in page
    assert "python3 manage.py sync_trials" in page


def test_the_sample_is_called_a_sample_until_a_real_record_arrives(read):
    store(study("NCT90000001"), source="sample:NCT90000001.json")
    page = read("/")
    assert "These are sample studies." in page and "their contacts are placeholders" in page
    store(study("NCT90000002"))
    assert "sample studies" not in read("/")


def test_describes_the_site_for_machines(client):
    html = client.get("/").content.decode()
    data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', html).group(1))
    assert (data["@type"], data["publisher"]["@type"]) == ("WebSite", "Organization")


@pytest.mark.parametrize("number", [1, 20])
def test_query_count_does_not_grow(client, django_assert_num_queries, number):
    store(*(study(f"NCT900000{n:02}") for n in range(number)))
    with django_assert_num_queries(5):
        client.get("/")
