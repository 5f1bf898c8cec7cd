"""Diseases that only the criteria name link a study to our conditions: from inclusions, and from nothing else."""

import json

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.finder.conftest import words_of
from tests.studies import store, study
from tests.trials.ingest.snapshot import snapshot
from trials.ingest.corrections import save_correction, take_back
from trials.ingest.criteria import as_json
from trials.ingest.readings import text_hash_of
from trials.ingest.relink import relink
from trials.ingest.reparse import reparse
from trials.models import CriteriaReading, Trial, TrialCondition

pytestmark = pytest.mark.django_db

# NCT06574581: its conditions are two families, its criteria name the diseases.
CTD_ILD = """Inclusion Criteria:

1. Adults who meet the diagnostic criteria for connective tissue diseases such as dermatomyositis, polymyositis,
   scleroderma, systemic lupus erythematosus, rheumatoid arthritis, or Sjogren's syndrome.

Exclusion Criteria:

1. Mixed connective tissue disease
"""
FAMILIES = {"conditions": ["Connective Tissue Diseases", "Interstitial Lung Disease"], "keywords": []}


def with_criteria(text: str, nct_id: str = "NCT90000001", conditions=FAMILIES, day: str = "2026-10-01"):
    return study(
        nct_id,
        identificationModule={"briefTitle": "A cell therapy", "officialTitle": ""},
        conditionsModule=conditions,
        eligibilityModule={"eligibilityCriteria": text},
        statusModule={"lastUpdatePostDateStruct": {"date": day}},
    )


def accepted() -> set[str]:
    return set(
        TrialCondition.objects.filter(origin=TrialCondition.FROM_CRITERIA).values_list("condition_id", flat=True)
    )


def correct(trial: Trial, *changed: dict) -> None:
    text_hash = text_hash_of(trial.eligibility_criteria)
    editor, _ = User.objects.get_or_create(username="editor")
    save_correction(trial, list(changed), editor=editor, text_hash=text_hash)


def test_a_study_whose_criteria_accept_lupus_is_found_under_lupus_and_says_where_it_stands():
    store(with_criteria(CTD_ILD))
    assert accepted() == {
        "dermatomyositis",
        "polymyositis",
        "systemic-sclerosis",
        "sle",
        "rheumatoid-arthritis",
        "sjogren",
    }
    link = TrialCondition.objects.get(condition_id="sle")
    assert (link.origin, link.matched) == ("criteria", "systemic lupus erythematosus")
    assert "NCT90000001" in Client().get("/studies/?q=lupus").content.decode()
    words = words_of(Client().get("/studies/NCT90000001/").content.decode())
    assert "Only the rules on who can join name these:" in words


@pytest.mark.parametrize(
    "text",
    [
        "Exclusion Criteria:\n\n* Systemic lupus erythematosus\n* Diagnosis of scleroderma",
        "Inclusion Criteria:\n\n* Interstitial lung disease\n* No history of systemic lupus erythematosus",
        "Inclusion Criteria:\n\n* Interstitial lung disease without lupus",
        "Inclusion Criteria:\n\n* Use of lupus anticoagulant test",
    ],
)
def test_a_refused_disease_links_nothing(text):
    store(with_criteria(text))
    assert "sle" not in accepted() and "systemic-sclerosis" not in accepted()


def test_what_the_record_names_itself_keeps_its_source():
    store(with_criteria("Inclusion Criteria:\n\n* Systemic lupus erythematosus", conditions={"conditions": ["Lupus"]}))
    assert TrialCondition.objects.get(condition_id="sle").origin == "condition" and not accepted()


def test_a_wider_name_in_the_criteria_adds_nothing_to_a_narrower_one_of_the_record():
    nephritis = {"conditions": ["Lupus Nephritis"], "keywords": []}
    store(with_criteria("Inclusion Criteria:\n\n* Diagnosis of systemic lupus erythematosus", conditions=nephritis))
    assert not accepted()


def test_a_study_of_a_condition_that_is_none_of_ours_comes_into_scope_by_its_criteria_and_leaves_it_with_them():
    wolf = {"conditions": ["Wolf Sickness"], "keywords": []}
    store(with_criteria("Inclusion Criteria:\n\n* Systemic lupus erythematosus", conditions=wolf))
    assert Trial.objects.in_scope().exists()
    store(with_criteria("Inclusion Criteria:\n\n* Adults", conditions=wolf, day="2026-11-01"))
    assert not Trial.objects.in_scope().exists() and not accepted()


def test_the_links_stay_when_the_study_changes_but_not_its_text():
    store(with_criteria(CTD_ILD))
    before = accepted()
    store(with_criteria(CTD_ILD, day="2026-11-01"))
    assert accepted() == before


def test_linking_anew_and_reading_anew_change_nothing():
    store(with_criteria(CTD_ILD), study("NCT90000002"))
    before = snapshot()
    assert relink(Trial.objects.all()).changed == 0
    reparse(Trial.objects.all())
    assert snapshot() == before


def test_what_another_engine_missed_is_linked_when_it_is_read_anew():
    trial = stored_with(CTD_ILD)
    right = accepted()
    trial.criteria.update(rules=[])
    TrialCondition.objects.filter(origin=TrialCondition.FROM_CRITERIA).delete()
    CriteriaReading.objects.update(engine_version="0")
    store(with_criteria(CTD_ILD))
    assert accepted() == right


def test_an_editors_criteria_decide_and_the_engines_come_back_with_its_reading():
    trial = stored_with(CTD_ILD)
    before = accepted()
    [asked, refused] = as_json(trial.criteria.all())
    correct(trial, {**asked, "id": "E1", "kind": "exclusion"}, {**refused, "id": "E2"})
    assert not accepted()
    take_back(trial, editor=User.objects.get())
    assert accepted() == before


def test_hostile_words_in_a_criterion_link_nothing_and_break_nothing():
    rules = [{"attribute": "diagnosis", "op": "in", "value": ["sle", "other"]}]
    trial = stored_with(CTD_ILD)
    [asked, _] = as_json(trial.criteria.all())
    correct(trial, {**asked, "text": "sle" * 50_000, "rules": rules}, {**asked, "id": "I2", "text": json.dumps(rules)})
    assert accepted() <= {"sle"}


def stored_with(text: str) -> Trial:
    store(with_criteria(text))
    return Trial.objects.prefetch_related("criteria").get()
