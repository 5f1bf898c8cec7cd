"""Places come out of the packages as one set, and readers see the former one or the new one."""

import threading

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection

from tests.places import PLACES, store_places, town
from trials.gazetteer import find_place
from trials.ingest.places import replace_places
from trials.models import DataChange, Place, PlaceName


def index_names() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexname FROM pg_indexes WHERE tablename = %s", [PlaceName._meta.db_table])
        return {row[0] for row in cursor.fetchall()}


@pytest.mark.django_db
def test_all_towns_of_the_set_are_loaded_and_found_and_it_says_how_many(capsys):
    before = index_names()
    call_command("load_places", no_zip=True)
    said = capsys.readouterr().out
    assert said == f"{Place.objects.count():,} towns and 0 US ZIP codes, with {PlaceName.objects.count():,} names.\n"
    assert Place.objects.count() > 30_000
    assert index_names() == before >= {"place_name_begins", "place_name_misspelled"}
    for text, label in {
        "Leeds, UK": "Leeds, United Kingdom",
        "Paris, France": "Paris, France",
        "Portland OR": "Portland, Oregon, United States",
        "Springfield, IL": "Springfield, Illinois, United States",
        "Milano": "Milan, Italy",
        "München": "Munich, Germany",
        "Muenchen": "Munich, Germany",
        "北京": "Beijing, China",
        "纽约": "New York City, New York, United States",
        "Санкт-Петербург": "Saint Petersburg, Russia",
        "St Petersburg": "Saint Petersburg, Russia",
        "Zaragoza": "Zaragoza, Spain",
        "Salem, Oregon": "Salem, Oregon, United States",
    }.items():
        assert find_place(text)[0].label == label


@pytest.mark.django_db
def test_a_second_set_takes_the_place_of_the_first():
    store_places()
    changes = DataChange.shown().version
    replace_places([town(1, "Ulm", "DE", 48.4, 10, 120_000), town(2643743, "London", "GB", 51.5, -0.1, 9)])
    assert list(Place.objects.order_by("pk").values_list("name", "population")) == [("Ulm", 120_000), ("London", 9)]
    assert list(PlaceName.objects.order_by("folded").values_list("folded", "weight")) == [
        ("london", 9 * 8),
        ("ulm", 120_000 * 8),
    ]
    assert find_place("Leeds") == []
    assert DataChange.shown().version != changes


@pytest.mark.django_db(transaction=True)
def test_a_load_that_fails_leaves_the_former_set():
    store_places()
    with pytest.raises(IntegrityError, match="place_point_on_earth"):
        replace_places([town(1, "Ulm", "DE", 48.4, 10), town(2, "Nowhere", "DE", 91, 0)])
    assert Place.objects.count() == len(PLACES)
    assert {"place_name_begins", "place_name_misspelled"} <= index_names()


@pytest.mark.django_db(transaction=True)
def test_who_reads_while_places_are_loaded_sees_the_former_set_whole():
    store_places()
    loading, read = threading.Event(), threading.Event()

    def keys():
        """Asked for in the middle of the load, when the former rows are gone and the places are in."""
        loading.set()
        read.wait(10)
        yield "ulm"

    def load():
        try:
            replace_places([town(1, "Ulm", "DE", 48.4, 10)._replace(keys=keys())])
        finally:
            connection.close()

    loader = threading.Thread(target=load)
    loader.start()
    try:
        assert loading.wait(10)
        assert Place.objects.count() == len(PLACES)
        assert [place.label for place in find_place("Leeds")] == ["Leeds, United Kingdom"]
    finally:
        read.set()
        loader.join(10)
    assert list(Place.objects.values_list("name", flat=True)) == ["Ulm"]


def test_only_sizes_that_there_are_can_be_asked_for():
    with pytest.raises(CommandError, match="invalid choice"):
        call_command("load_places", "--size", "7")
