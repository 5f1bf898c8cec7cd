"""One batch of records into rows: what is written, what never keeps the rest out, and what survives."""

import json

import pytest
from django.contrib.auth.models import User
from django.db import OperationalError, connection

from tests.studies import READ_AT, site, store, stored, study, updated
from tests.trials.ingest.conftest import counts
from trials import vocab as v
from trials.ingest.batch import store_batch
from trials.ingest.runs import start_run
from trials.models import ContactDecision, FieldNote, ImportRun, RecordVersion, Site, Trial, TrialEditorial
from trials.registries import ctgov
from trials.registries.ctgov import study_id

pytestmark = pytest.mark.django_db


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
