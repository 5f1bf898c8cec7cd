"""Eligibility texts into rows at import: what is written, when it is written anew, and what never keeps a study out."""

import pytest
from django.db import IntegrityError, transaction

from tests.studies import raw, store, stored, study
from tests.trials.ingest.conftest import TEXT, tree, with_text
from tests.trials.ingest.snapshot import snapshot
from trials.ingest.batch import store_parsed
from trials.ingest.conditions import load_conditions
from trials.ingest.criteria import as_json, study_of_trial, wanted_readings
from trials.ingest.parse import parse_batch, parsed_ahead
from trials.ingest.readings import FAILED, READER_VERSION, input_hash_of, read_criteria, study_of_record, text_hash_of
from trials.ingest.runs import start_run
from trials.models import CriteriaReading, Criterion, ImportRun, RecordVersion, Trial

pytestmark = pytest.mark.django_db


def test_an_imported_study_has_its_criteria_as_a_tree_with_rules_and_places():
    store(with_text(TEXT))
    trial = Trial.objects.get()
    rows = list(trial.criteria.all())
    assert [(row.kind, row.text) for row in rows] == [
        ("inclusion", "Age 18 to 75 years"),
        ("inclusion", "At least 2 of the following:"),
        ("inclusion", "Rash"),
        ("inclusion", "Arthritis"),
        ("inclusion", "Fever"),
        ("exclusion", "Pregnancy"),
        ("exclusion", "Creatinine > 2 mg/dL"),
    ]
    assert [row.position for row in rows] == list(range(7))
    assert tree()["Rash"] == "At least 2 of the following:" and rows[1].join == "2"
    assert {"attribute": "age", "op": ">=", "value": 18, "unit": "years"} in rows[0].rules
    text = trial.eligibility_criteria
    assert text[rows[0].source_start : rows[0].source_end] == "Age 18 to 75 years"
    assert text[rows[6].source_start : rows[6].source_end].endswith("\\> 2 mg/dL")
    assert not any(row.from_editor for row in rows)


def test_offsets_count_characters_of_the_text_as_we_keep_it_whatever_its_line_ends():
    store(with_text(TEXT.replace("\n", "\r\n")))
    trial = Trial.objects.get()
    fever = trial.criteria.get(text="Fever")
    assert trial.eligibility_criteria[fever.source_start : fever.source_end] == "Fever"


def test_the_reading_says_by_which_engine_and_from_which_text():
    store(with_text(TEXT))
    trial = Trial.objects.get()
    reading = trial.criteria_reading
    assert reading.engine_version == READER_VERSION
    assert reading.text_hash == text_hash_of(trial.eligibility_criteria)
    assert all(set(warning) == {"code", "criterion", "words"} for warning in reading.warnings)
    assert all(
        set(one) == {"reason", "written", "shown", "source_start", "source_end", "made"} for one in reading.ledger
    )


def test_a_changed_text_replaces_the_criteria_and_an_older_one_read_later_does_not():
    store(with_text(TEXT))
    store(with_text("Inclusion Criteria:\n\n* Lupus nephritis", day="2026-11-01"))
    assert set(tree()) == {"Lupus nephritis"}
    store(with_text("Inclusion Criteria:\n\n* An older text", day="2026-09-01"))
    assert set(tree()) == {"Lupus nephritis"}


def test_a_new_version_with_the_same_words_writes_no_criterion_anew():
    store(with_text(TEXT))
    before = list(Criterion.objects.values_list("pk", flat=True)), CriteriaReading.objects.get().pk
    store(with_text(TEXT, day="2026-11-01", designModule={"phases": ["PHASE3"]}))
    assert Trial.objects.get().phases == ["PHASE3"]
    assert (list(Criterion.objects.values_list("pk", flat=True)), CriteriaReading.objects.get().pk) == before


def test_another_engine_reads_a_text_anew_when_the_record_changes():
    store(with_text(TEXT))
    CriteriaReading.objects.update(engine_version="0")
    Criterion.objects.filter(text="Fever").delete()
    store(with_text(TEXT, day="2026-11-01"))
    assert CriteriaReading.objects.get().engine_version == READER_VERSION
    assert "Fever" in tree()


def test_another_engine_reads_a_text_anew_though_the_record_is_the_same():
    store(with_text(TEXT), study("NCT90000002"))
    before = snapshot()
    sites = list(Trial.objects.values_list("sites", flat=True))
    CriteriaReading.objects.update(engine_version="0")
    Criterion.objects.filter(text="Fever").delete()
    batch = parse_batch([raw(with_text(TEXT))])
    assert [one.nct_id for one in wanted_readings(batch)] == ["NCT90000001"]  # read ahead of the database
    run = store(with_text(TEXT))
    assert (run.created, run.updated, run.unchanged) == (0, 0, 1)
    assert "Fever" in tree() and list(Trial.objects.values_list("sites", flat=True)) == sites
    assert RecordVersion.objects.count() == 2
    assert CriteriaReading.objects.get(engine_version="0").trial.nct_id == "NCT90000002"
    store(study("NCT90000002"))
    assert snapshot() == before


def test_criteria_come_from_the_older_record_where_the_newer_one_was_read_in_part():
    store(with_text(TEXT))
    short = with_text("", day="2026-11-01")
    del short["protocolSection"]["eligibilityModule"]
    store(short)
    assert "Fever" in tree() and Trial.objects.get().read_in_part


def test_a_study_without_a_text_has_a_reading_and_no_criteria():
    store(with_text(""))
    assert not Criterion.objects.exists()
    assert CriteriaReading.objects.get().text_hash == text_hash_of("")


def test_whatever_order_and_batches_records_come_in_the_criteria_are_the_same():
    versions = [with_text(f"Inclusion Criteria:\n\n* Text of {day}", day=day) for day in ("2026-08-01", "2026-10-05")]
    store(*versions)
    at_once = snapshot()["Criterion"]
    store(*(v for one in reversed(versions) for v in [one]))
    assert snapshot()["Criterion"] == at_once and set(tree()) == {"Text of 2026-10-05"}


def test_the_second_import_reads_no_text_and_writes_nothing():
    store(with_text(TEXT))
    before = snapshot()
    batch = parse_batch([raw(with_text(TEXT))])
    assert wanted_readings(batch) == []
    load_conditions()
    store_parsed(start_run(ImportRun.Kind.FILES, "test"), batch)
    assert batch.readings.made == {} and snapshot() == before


def test_texts_are_read_ahead_of_the_database():
    records = [raw(with_text(TEXT)), raw({**with_text(TEXT)}), raw(study("NCT90000002"))]
    batches = list(parsed_ahead(iter(records), 2, wanted_readings))
    assert [len(batch.parsed) for batch in batches] == [2, 1]
    assert [len(batch.readings.made) for batch in batches] == [1, 1]


def test_what_the_engine_reads_of_a_record_and_of_the_stored_trial_is_the_same():
    record = with_text(TEXT, identificationModule={"briefTitle": "Lupus  &amp; more"})
    store(record)
    [parsed] = parse_batch([raw(record)]).parsed
    assert input_hash_of(study_of_record(parsed.study)) == CriteriaReading.objects.get().input_hash
    assert study_of_trial(Trial.objects.get()) == study_of_record(parsed.study)


def test_stored_criteria_go_back_into_the_contracts_form():
    store(with_text(TEXT))
    trial = Trial.objects.get()
    assert as_json(trial.criteria.all()) == list(read_criteria(study_of_trial(trial)).criteria)


@pytest.mark.parametrize("fault", [RuntimeError("no"), RecursionError()])
def test_a_fault_of_the_engine_keeps_no_study_out(monkeypatch, fault):
    def broken(_study):
        raise fault

    monkeypatch.setattr("trials.criteria.engine.parse", broken)
    run = store(with_text(TEXT))
    assert (run.created, run.failed) == (1, 0)
    [warning] = CriteriaReading.objects.get().warnings
    assert warning["code"] == FAILED and type(fault).__name__ in warning["words"]
    assert not Criterion.objects.exists() and RecordVersion.objects.count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "maybe"},
        {"key": "X1"},
        {"text": ""},
        {"source_start": 9, "source_end": 3},
        {"source_start": None, "source_end": None},
        {"join": "some"},
        {"position": 0},
    ],
)
def test_the_database_refuses_what_is_no_criterion(wrong):
    trial = stored()
    Criterion.objects.all().delete()
    Criterion.objects.create(
        trial=trial, key="I7", kind="inclusion", position=0, text="Lupus", source_start=0, source_end=5
    )
    good = {"key": "I9", "kind": "inclusion", "position": 9, "text": "Lupus", "source_start": 0, "source_end": 5}
    with pytest.raises(IntegrityError), transaction.atomic():
        Criterion.objects.create(trial=trial, **{**good, **wrong})
    assert Criterion.objects.create(trial=trial, **good)
