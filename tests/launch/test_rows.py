"""What a start does with the rows beyond migrations: it reads anew the criteria that another engine has read."""

import re

import pytest

from finder.launch.rows import load_places, read_criteria_anew
from tests.places import PLACES, store_places
from tests.studies import store, study
from trials.ingest.readings import READER_VERSION
from trials.models import CriteriaReading, Criterion, Place

pytestmark = pytest.mark.django_db


def test_what_another_engine_has_read_is_read_anew_and_the_start_says_how_long_it_may_take(capsys):
    store(study("NCT90000001"), study("NCT90000002"))
    CriteriaReading.objects.filter(trial__nct_id="NCT90000001").update(engine_version="0.1")
    Criterion.objects.filter(text="Active disease").delete()
    read_criteria_anew()
    said = capsys.readouterr().out
    assert re.fullmatch(r"Reading the criteria of 1 study with the new engine, up to 1 s … \d+\.\d s\n", said), said
    assert set(CriteriaReading.objects.values_list("engine_version", flat=True)) == {READER_VERSION}
    assert Criterion.objects.filter(text="Active disease", trial__nct_id="NCT90000001").exists()


def test_a_start_with_nothing_to_read_says_nothing(capsys):
    store(study())
    read_criteria_anew()
    assert capsys.readouterr().out == ""


def test_a_start_with_places_loads_none(capsys):
    store_places()
    load_places()
    assert capsys.readouterr().out == ""
    assert Place.objects.count() == len(PLACES)
