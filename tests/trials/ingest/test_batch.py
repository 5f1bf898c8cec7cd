import json

import pytest
from django.contrib.auth.models import User
from django.db import OperationalError, connection

from tests.studies import READ_AT, raw, site, store, stored, study
from trials import vocab as v
from trials.ingest.batch import store_batch
from trials.ingest.conditions import load_conditions
from trials.ingest.runs import start_run
from trials.models import ContactDecision, FieldNote, ImportRun, RecordVersion, Site, Trial, TrialEditorial
from trials.registries import ctgov
from trials.registries.ctgov import study_id

pytestmark = pytest.mark.django_db


def counts(run):
    return run.created, run.updated, run.unchanged, run.failed


def updated(day: str, **modules):
    return study(statusModule={"lastUpdatePostDateStruct": {"date": day, "type": "ACTUAL"}}, **modules)


def test_a_new_record_becomes_a_trial_with_all_its_parts():
    trial = stored(
        contactsLocationsModule={
            "locations": [
                site(status="RECRUITING", contacts=[{"name": "Desk", "role": "CONTACT", "phone": "1", "phoneExt": "2"}])
            ],
            "centralContacts": [{"name": "Central desk", "role": "CONTACT"}],
        }
    )
    assert trial.recruiting
    assert trial.in_scope
    assert [c.condition_id for c in trial.condition_links.all()] == ["sle"]
    assert trial.dates.get(kind="COMPLETION").precision == "MONTH"
    assert trial.sites.get().recruiting
    assert {(c.kind, c.phone) for c in trial.contacts.all()} == {("SITE", "1 ext. 2"), ("CENTRAL", "")}
    assert [i.name for i in trial.arms.get(label="Testumab").interventions.all()] == ["Testumab"]
    assert trial.versions.get().is_basis


def test_the_same_record_again_changes_nothing_however_its_keys_are_ordered():
    store(study())
    before = Trial.objects.values().get(), Site.objects.values().get()
    again = json.dumps(study(), sort_keys=True, indent=3)
    assert counts(store(again)) == (0, 0, 1, 0)
    assert (Trial.objects.values().get(), Site.objects.values().get()) == before


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


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{", "no JSON"),
        ("[" * 100_000, "no JSON"),
        ("5", "no study record"),
        ("{}", "no NCT id"),
        ('{"protocolSection": {"identificationModule": {"nctId": "ISRCTN1"}}}', "ISRCTN1"),
        ('{"x": ' + "9" * 5000 + "}", "no JSON"),
    ],
)
def test_what_cannot_be_read_is_a_stored_failure_and_the_rest_is_stored(text, reason):
    run = store(text, study())
    assert counts(run) == (1, 0, 0, 1)
    failure = run.failures.get()
    assert reason in failure.reason
    assert failure.place == "line 1"


def test_a_record_the_database_refuses_fails_alone():
    """The reader lets nothing through that Postgres refuses; so a limit of the table is lowered for the test."""
    good, bad = study(), study("NCT90000002", identificationModule={"acronym": "X" * 200})
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE trials_trial ADD CONSTRAINT short_acronym CHECK (length(acronym) < 100)")
    run = store(good, bad, study("NCT90000003"))
    assert counts(run) == (2, 0, 0, 1)
    assert run.failures.get().nct_id == "NCT90000002"
    assert "short_acronym" in run.failures.get().reason


def test_text_that_postgres_cannot_hold_is_cleaned_and_the_version_kept_as_read():
    dirty = study(descriptionModule={"briefSummary": "NUL \x00 and half \ud83d pair"})
    text = json.dumps(dirty)
    store(text)
    assert Trial.objects.get().brief_summary == "NUL  and half  pair"
    assert RecordVersion.objects.get().payload == text


def test_counts_and_page_token_are_stored_with_the_batch():
    run = start_run(ImportRun.Kind.FULL, "test")
    store_batch(run, [], page_token="next")
    assert ImportRun.objects.get().page_token == "next"


def test_reading_again_later_moves_the_time_of_reading_and_brings_a_gone_study_back():
    trial = stored()
    Trial.objects.update(gone_since=READ_AT)
    later = READ_AT.replace(hour=5)
    store(study(), read_at=later, source="api:registry")
    trial.refresh_from_db()
    assert (trial.last_read_at, trial.gone_since) == (later, None)
    store(study(), read_at=READ_AT)
    trial.refresh_from_db()
    assert trial.last_read_at == later


def test_what_editors_wrote_and_decided_survives_a_new_record():
    official = {"name": "Investigator", "role": "STUDY_DIRECTOR", "affiliation": "NIAID"}
    trial = stored(contactsLocationsModule={"overallOfficials": [official]})
    contact = trial.contacts.get()
    assert contact.hidden == "affiliation-fits-no-site"
    editor = User.objects.create(username="editor")
    TrialEditorial.objects.create(trial=trial, plain_title="A plain title", edited_by=editor)
    ContactDecision.objects.create(trial=trial, fingerprint=contact.fingerprint, show=True, decided_by=editor)
    FieldNote.objects.create(
        trial=trial, origin=v.Origin.EDITED, path="x", rule="editor", edited_at=READ_AT, editor=editor
    )
    store(updated("2026-11-01", contactsLocationsModule={"overallOfficials": [official]}))
    trial = Trial.objects.get()
    assert trial.editorial.plain_title == "A plain title"
    assert trial.contacts.get().hidden == ""
    assert trial.field_notes.filter(origin=v.Origin.EDITED).exists()


def test_a_record_of_the_registry_comes_before_a_newer_bundled_sample_and_is_not_completed_from_it():
    store(updated("2026-11-01"), source="sample:NCT90000001.json")
    assert Trial.objects.get().is_sample
    older = updated("2025-01-01", identificationModule={"briefTitle": "The registry's own"})
    del older["protocolSection"]["eligibilityModule"]
    store(older, source="api:registry")
    trial = Trial.objects.get()
    assert (trial.is_sample, trial.brief_title) == (False, "The registry's own")
    assert trial.eligibility_criteria == ""


def test_a_record_that_we_misread_is_a_failure_and_the_rest_is_stored(monkeypatch):
    read = ctgov.read_study

    def faulty(payload):
        if study_id(payload) == "NCT90000002":
            raise KeyError("a fault of ours")
        return read(payload)

    monkeypatch.setattr(ctgov, "read_study", faulty)
    run = store(study(), study("NCT90000002"))
    assert counts(run) == (1, 0, 0, 1)
    assert "a fault of ours" in run.failures.get().reason


@pytest.mark.parametrize(
    "modules",
    [
        {"sponsorCollaboratorsModule": {"leadSponsor": {"name": "X" * 300_000}}},
        {"identificationModule": {"secondaryIdInfos": [{"id": "Y" * 300_000}]}},
        {"conditionsModule": {"conditions": ["word " * 60_000]}},
    ],
)
def test_very_long_texts_are_stored(modules):
    assert counts(store(study(**modules))) == (1, 0, 0, 0)


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
    with django_assert_max_num_queries(55):
        store_batch(run, [raw(newest)])


def test_a_fault_of_the_database_is_no_fault_of_a_record(monkeypatch):
    def gone(*_args):
        raise OperationalError("the connection is closed")

    monkeypatch.setattr("trials.ingest.batch.histories", gone)
    with pytest.raises(OperationalError):
        store(study())


@pytest.mark.parametrize(
    ("of_study", "of_site", "recruiting"),
    [
        ("RECRUITING", "RECRUITING", True),
        ("RECRUITING", None, True),
        ("RECRUITING", "WITHDRAWN", False),
        ("COMPLETED", "RECRUITING", False),
        ("UNKNOWN", "RECRUITING", False),
        (None, "RECRUITING", True),
        (None, None, False),
    ],
)
def test_a_site_is_open_when_its_study_is_and_it_does_not_say_otherwise(of_study, of_site, recruiting):
    trial = stored(
        statusModule={"overallStatus": of_study}, contactsLocationsModule={"locations": [site(status=of_site)]}
    )
    assert trial.sites.get().recruiting is recruiting


def test_no_limit_of_age_is_no_text_of_a_limit():
    trial = stored(eligibilityModule={"maximumAge": "N/A"})
    assert (trial.below_age_years, trial.maximum_age_text) == (None, "")


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
