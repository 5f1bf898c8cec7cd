"""Sample studies are called so, alone and among real ones."""

from datetime import UTC, datetime

import pytest

from tests.finder.conftest import words_of
from tests.studies import store, study

pytestmark = pytest.mark.django_db

PAGE = "/studies/NCT90000001/"
NOTICE = "This is a sample study."


def test_samples_are_not_said_to_be_read_from_the_registry(read):
    store(study(), source="sample:NCT90000001.json")
    page = read("/")
    assert "read from ClinicalTrials.gov" not in page
    assert "1 open study in 1 country · sample studies, collected on 20 November 2026" in page
    assert NOTICE not in read(PAGE)  # the notice on every page says it


def test_the_day_of_reading_is_that_of_the_real_studies(read):
    store(study("NCT90000001"), source="sample:NCT90000001.json")
    store(study("NCT90000002"), read_at=datetime(2026, 11, 3, tzinfo=UTC))
    assert "read from ClinicalTrials.gov on 3 November 2026" in read("/")


def test_a_sample_among_real_studies_says_so_itself(client, read):
    store(study("NCT90000001"), source="sample:NCT90000001.json")
    store(study("NCT90000002"))
    page = read(PAGE)
    assert "These are sample studies." not in page
    assert NOTICE in page and "Its contacts are placeholders" in page
    assert NOTICE not in read("/studies/NCT90000002/")
    assert words_of(client.get("/studies/").content.decode()).count("Sample study") == 1


def test_an_empty_site_says_no_day(read):
    assert "collected on" not in read("/") and "read from" not in read("/")
