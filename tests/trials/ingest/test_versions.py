"""Which version of a record is shown, what completes it, and that none is lost."""

import pytest

from tests.studies import READ_AT, raw, site, store, study, updated
from tests.trials.ingest.conftest import counts
from trials import vocab as v
from trials.ingest.batch import store_batch
from trials.ingest.conditions import load_conditions
from trials.ingest.runs import start_run
from trials.models import ImportRun, RecordVersion, Trial

pytestmark = pytest.mark.django_db


def test_a_changed_record_replaces_what_is_shown_and_keeps_both_versions():
    store(study(contactsLocationsModule={"locations": [site(), site("Second", "Bonn")]}))
    run = store(updated("2026-11-01", contactsLocationsModule={"locations": [site("Third", "Ulm")]}))
    assert counts(run) == (0, 1, 0, 0)
    trial = Trial.objects.get()
    assert [s.city for s in trial.sites.all()] == ["Ulm"]
    assert [(x.version_date.isoformat(), x.is_basis) for x in trial.versions.all()] == [
        ("2026-11-01", True),
        ("2026-10-01", False),
    ]


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
@pytest.mark.parametrize("at_once", [True, False])
def test_the_newest_version_is_shown_in_whatever_order_versions_come(order, at_once):
    versions = [updated(f"2026-0{n}-01", identificationModule={"briefTitle": f"Title {n}"}) for n in (1, 2, 3)]
    chosen = [versions[n] for n in order]
    for batch in [chosen] if at_once else [[one] for one in chosen]:
        store(*batch)
    assert Trial.objects.get().brief_title == "Title 3"
    assert RecordVersion.objects.get(is_basis=True).version_date.month == 3
    assert RecordVersion.objects.count() == 3


def test_a_short_newer_record_does_not_hide_the_criteria_of_a_full_older_one():
    store(study())
    short = updated("2026-11-01")
    del short["protocolSection"]["eligibilityModule"]
    store(short)
    trial = Trial.objects.get()
    assert trial.eligibility_criteria.startswith("Inclusion")
    note = trial.field_notes.get(origin=v.Origin.FILLED)
    assert (note.path, note.shown) == ("protocolSection.eligibilityModule", "2026-10-01")
    assert note.version.version_date.isoformat() == "2026-10-01"


def test_a_record_of_the_registry_comes_before_a_newer_bundled_sample_and_is_not_completed_from_it():
    store(updated("2026-11-01"), source="sample:NCT90000001.json")
    assert Trial.objects.get().is_sample
    older = updated("2025-01-01", identificationModule={"briefTitle": "The registry's own"})
    del older["protocolSection"]["eligibilityModule"]
    store(older, source="api:registry")
    trial = Trial.objects.get()
    assert (trial.is_sample, trial.brief_title) == (False, "The registry's own")
    assert trial.eligibility_criteria == ""


def test_a_partial_record_with_an_empty_section_is_stored():
    store(study())
    short = updated("2026-11-01") | {"derivedSection": None}
    del short["protocolSection"]["eligibilityModule"]
    assert counts(store(short)) == (0, 1, 0, 0)


def test_older_versions_of_partial_records_cost_one_query(django_assert_max_num_queries):
    for n in range(1, 8):
        partial = updated(f"2026-0{n}-01", identificationModule={"briefTitle": f"Title {n}"})
        del partial["protocolSection"]["eligibilityModule"]
        store(partial)
    newest = updated("2026-09-01")
    del newest["protocolSection"]["eligibilityModule"]
    load_conditions()
    run = start_run(ImportRun.Kind.FILES, "test")
    with django_assert_max_num_queries(58):
        store_batch(run, [raw(newest)])


def test_reading_an_older_version_again_does_not_make_the_shown_one_look_fresh():
    store(updated("2026-01-01"), updated("2026-10-01"))
    later = READ_AT.replace(hour=9)
    store(updated("2026-01-01"), read_at=later)
    assert Trial.objects.get().last_read_at == READ_AT
    store(updated("2026-10-01"), read_at=later)
    assert Trial.objects.get().last_read_at == later


def test_a_record_read_in_part_says_so():
    partial = study()
    del partial["protocolSection"]["eligibilityModule"]
    store(partial)
    assert Trial.objects.get().read_in_part
