"""The bundled patients: who they are, and that the bundled studies give them the verdicts that their texts give."""

import json
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from trials.criteria import engine
from trials.golden.patients import PatientsError, patients, patients_of
from trials.matching.answers import answers_from_json
from trials.matching.verdict import Match, compiled, match
from trials.registries.ctgov.reader import read_study
from trials.vocab import Verdict

SAMPLE = Path(__file__).resolve().parents[3] / "trials" / "sample"
EXPECTED = [(patient, expected) for patient in patients() for expected in patient.expected]

# Where the software does not give the verdict of the text: what it gives, and why. Each is a fault of ours.
DIFFERS = {
    ("overlap-lupus-scleroderma", "NCT06456567"): (Verdict.UNKNOWN, "E3: any other autoimmune disease is read as some"),
    ("gpa-active", "NCT07033299"): (Verdict.MAY_FIT, "I6: success lost, or a relapse: no rule can hold it"),
}  # fmt: skip


@cache
def found(slug: str, nct_id: str) -> Match:
    record = json.loads((SAMPLE / f"{nct_id}.json").read_text(encoding="utf-8"))
    criteria = engine.parse(engine.study_of(record)).criteria
    [answers] = [one.answers for one in patients() if one.slug == slug]
    return match(compiled(criteria, read_study(record).eligibility), answers_from_json(answers))


@pytest.mark.parametrize(
    "slug, nct_id, verdict", [(patient.slug, one.nct_id, one.verdict) for patient, one in EXPECTED]
)
def test_each_patient_gets_the_verdict_of_the_text(slug, nct_id, verdict):
    differs, reason = DIFFERS.get((slug, nct_id), (verdict, "as expected"))
    assert found(slug, nct_id).verdict is differs, (reason, found(slug, nct_id).reasons)


def test_a_known_difference_is_one():
    expected = {(patient.slug, one.nct_id): one.verdict for patient, one in EXPECTED}
    assert all(expected[pair] is not verdict and reason for pair, (verdict, reason) in DIFFERS.items())


def test_there_are_enough_of_every_disease_and_verdict():
    assert len(patients()) >= 24
    assert all(len(patient.expected) >= 3 for patient in patients())
    named = {slug for patient in patients() for slug in patient.answers["diagnosis"]}
    assert named >= {
        *("sle", "lupus-nephritis", "cutaneous-lupus", "neuropsychiatric-lupus", "diffuse-ssc", "limited-ssc", "ild"),
        *("systemic-sclerosis", "dermatomyositis", "polymyositis", "antisynthetase", "necrotizing-myopathy", "sjogren"),
        *("inclusion-body-myositis", "juvenile-dermatomyositis", "mctd", "uctd", "rheumatoid-arthritis", "gpa", "mpa"),
        *("egpa", "aps", "pulmonary-arterial-hypertension", "raynaud"),
    }
    verdicts = Counter(expected.verdict for _patient, expected in EXPECTED)
    assert min(verdicts[verdict] for verdict in Verdict) >= 25
    assert any(len(patient.answers) < 4 for patient in patients())
    assert any(len(patient.answers) > 40 for patient in patients())


def data(**changed):
    row = {"slug": "a", "name": "A", "answers": {"age": 40}, "verdicts": {"NCT90000001": ["unknown", "Open."]}}
    return {"well": {"hiv": False}, "patient": [row | changed]}


def test_who_is_well_otherwise_has_the_answers_of_all_such():
    assert patients_of(data(well=True))[0].answers == {"hiv": False, "age": 40}
    assert patients_of(data(well=True, answers={"hiv": True}))[0].answers == {"hiv": True}
    assert patients_of(data())[0].answers == {"age": 40}


@pytest.mark.parametrize(
    "changed, sentence",
    [
        ({"slug": "A b"}, "“A b” needs a slug in small letters and a name."),
        ({"name": ""}, "“a” needs a slug in small letters and a name."),
        ({"agee": 4}, "“a” has no field “agee”."),
        ({"answers": {"shoes": 42}}, "“a”: “shoes” is no question of ours."),
        ({"verdicts": {"NCT90000001": ["perhaps", "Open."]}}, "“a”: NCT90000001 needs a verdict and a reason."),
        ({"verdicts": {"NCT90000001": ["unknown", ""]}}, "“a”: NCT90000001 needs a verdict and a reason."),
        ({"verdicts": {"NCT90000001": "unknown"}}, "“a”: NCT90000001 needs a verdict and a reason."),
    ],
)
def test_what_is_wrong_with_the_file_is_said(changed, sentence):
    with pytest.raises(PatientsError) as told:
        patients_of(data(**changed))
    assert str(told.value) == sentence


@pytest.mark.parametrize("field, sentence", [("slug", "the slug “a”"), ("name", "the name “A”")])
def test_nobody_is_there_twice(field, sentence):
    twice = data()
    twice["patient"].append({**twice["patient"][0], "slug": "b", "name": "B", field: twice["patient"][0][field]})
    with pytest.raises(PatientsError, match=sentence):
        patients_of(twice)
