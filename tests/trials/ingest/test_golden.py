"""Bundled patients into the database: they follow the data file until an editor changes one."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from tests.studies import stored
from trials.golden.patients import patients
from trials.golden_rows import people
from trials.ingest.golden import expect_what_is_found, load_golden_patients
from trials.models import GoldenPatient, GoldenVerdict

pytestmark = pytest.mark.django_db


def held():
    rows = GoldenPatient.objects.prefetch_related("expected")
    return [
        (row.slug, row.name, row.answers, [(v.nct_id, v.verdict, v.reason) for v in row.expected.all()]) for row in rows
    ]


def test_all_bundled_patients_are_loaded_as_the_file_has_them_and_once():
    load_golden_patients()
    wanted = [
        (one.slug, one.name, one.answers, [(e.nct_id, e.verdict.value, e.reason) for e in one.expected])
        for one in patients()
    ]
    assert held() == wanted
    keys = list(GoldenVerdict.objects.values_list("pk", flat=True))
    load_golden_patients()
    assert held() == wanted and list(GoldenVerdict.objects.values_list("pk", flat=True)) == keys
    assert [one.name for one in people()] == [one.name for one in patients()]


def test_what_the_file_says_otherwise_is_brought_in_line_and_who_left_it_goes():
    load_golden_patients()
    before = held()
    first, second = GoldenPatient.objects.all()[:2]
    GoldenPatient.objects.filter(pk=first.pk).update(answers={"age": 99})
    second.expected.all().delete()
    GoldenPatient.objects.create(slug="no-longer-bundled", name="Gone")
    load_golden_patients()
    assert held() == before


def test_what_an_editor_changed_or_added_stays():
    load_golden_patients()
    first = GoldenPatient.objects.all()[0]
    GoldenPatient.objects.filter(pk=first.pk).update(answers={"age": 99}, active=False, from_editor=True)
    first.expected.all().delete()
    GoldenPatient.objects.create(name="An editor's own", from_editor=True)
    GoldenPatient.objects.create(slug="no-longer-bundled", name="Changed", from_editor=True)
    load_golden_patients()
    first.refresh_from_db()
    assert (first.answers, first.active, first.expected.count()) == ({"age": 99}, False, 0)
    assert GoldenPatient.objects.filter(from_editor=True).count() == 3
    assert first.name not in [one.name for one in people()]


def test_who_is_not_active_for_us_only_stays_so():
    """Whether a patient is compared is no word of the data file."""
    load_golden_patients()
    GoldenPatient.objects.update(active=False)
    load_golden_patients()
    assert not GoldenPatient.objects.active().exists()


def test_what_is_found_becomes_expected_where_the_study_is_held():
    stored("NCT90000001")  # 18 to 75 years
    young = GoldenPatient.objects.create(slug="young", name="Young", answers={"age": 12})
    other = GoldenPatient.objects.create(slug="other", name="Other", answers={"age": 12})
    for patient in (young, other):
        for nct_id in ("NCT90000001", "NCT90000002"):
            patient.expected.create(nct_id=nct_id, verdict="may_fit", reason="Said by the text.")
    assert expect_what_is_found([young]) == {young.pk: 1}
    assert list(young.expected.values_list("nct_id", "verdict", "reason")) == [
        ("NCT90000001", "does_not_fit", ""),
        ("NCT90000002", "may_fit", "Said by the text."),
    ]
    assert set(other.expected.values_list("verdict", flat=True)) == {"may_fit"}
    assert list(GoldenPatient.objects.order_by("pk").values_list("from_editor", flat=True)) == [True, False]
    assert expect_what_is_found([young]) == {}


@pytest.mark.parametrize("answers", [[], "x", {"shoes": 42}, {"age": "old"}])
def test_answers_that_break_the_contract_are_refused_and_leave_the_patient_out(answers):
    patient = GoldenPatient(name="A", answers=answers, from_editor=True)
    with pytest.raises(ValidationError) as told:
        patient.full_clean()
    assert set(told.value.message_dict) == {"answers"}
    patient.save()
    assert people() == []


@pytest.mark.parametrize(
    "wrong", [{"name": ""}, {"from_editor": False}], ids=["no name", "neither bundled nor an editor's"]
)
def test_the_database_keeps_the_rules_of_patients(wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        GoldenPatient.objects.create(**{"name": "A", "from_editor": True, **wrong})


@pytest.mark.parametrize("wrong", [{"nct_id": ""}, {"verdict": "perhaps"}, {"nct_id": "NCT1"}])
def test_the_database_keeps_the_rules_of_expected_verdicts(wrong):
    patient = GoldenPatient.objects.create(name="A", from_editor=True)
    patient.expected.create(nct_id="NCT1", verdict="unknown")
    with pytest.raises(IntegrityError), transaction.atomic():
        patient.expected.create(**{"nct_id": "NCT2", "verdict": "unknown", **wrong})
