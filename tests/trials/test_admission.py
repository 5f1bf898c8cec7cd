"""Which diseases the criteria admit."""

from dataclasses import replace

import pytest

from trials.admission import Admission, Admitted
from trials.criteria import engine
from trials.criteria.model import Study

DISEASES = (
    "sle", "lupus-nephritis", "systemic-sclerosis", "ssc-ild", "dermatomyositis", "polymyositis", "antisynthetase",
    "sjogren", "mctd", "uctd", "ra-ild", "anca-vasculitis",
)  # fmt: skip


def of(inclusion, exclusion="", title="A study of connective tissue disease"):
    text = f"Inclusion Criteria:\n\n* {inclusion}\n" + (
        f"\nExclusion Criteria:\n\n* {exclusion}\n" if exclusion else ""
    )
    admitted = Admitted(engine.parse(Study("NCT90000001", text, title)).criteria)
    return {slug: admitted.of(slug) for slug in DISEASES}


def slugs(found, value):
    return {slug for slug, one in found.items() if one is value}


def test_a_study_of_lupus_takes_lupus_and_its_kidney_disease_and_nobody_else():
    found = of("Diagnosis of systemic lupus erythematosus")
    assert slugs(found, Admission.IN) == {"sle", "lupus-nephritis"}
    assert slugs(found, Admission.NOT_LISTED) == set(DISEASES) - {"sle", "lupus-nephritis"}


def test_the_title_counts_for_nothing():
    """A title of CTD-ILD, criteria that take RA and systemic sclerosis alone."""
    found = of(
        "Diagnosis of rheumatoid arthritis or systemic sclerosis", title="Connective Tissue Disease-associated ILD"
    )
    assert found["dermatomyositis"] is found["sjogren"] is Admission.NOT_LISTED
    assert found["systemic-sclerosis"] is found["ra-ild"] is Admission.IN


def test_a_narrower_disease_than_ours_is_not_clear():
    assert of("Diffuse cutaneous systemic sclerosis")["systemic-sclerosis"] is Admission.UNCLEAR


def test_what_comes_with_a_disease_keeps_nobody_out():
    assert (
        of("Systemic sclerosis with pulmonary arterial hypertension")["systemic-sclerosis"] is not Admission.NOT_LISTED
    )


def test_an_exclusion_keeps_a_disease_out():
    found = of("Diagnosis of connective tissue disease", "Diagnosis of mixed connective tissue disease")
    assert found["mctd"] is Admission.EXCLUDED
    assert found["sjogren"] is Admission.IN


@pytest.mark.parametrize("inclusion", ["Age over 18 years", "Able to give consent"])
def test_criteria_that_ask_for_no_disease_tell_nothing(inclusion):
    assert set(of(inclusion).values()) == {Admission.UNCLEAR}


def test_no_criteria_tell_nothing():
    assert {Admitted().of(slug) for slug in DISEASES} == {Admission.UNCLEAR}


def test_criteria_nested_deeper_than_python_calls_are_read_to_the_last():
    named = engine.parse(Study("NCT90000001", "Inclusion Criteria:\n\n* Systemic lupus erythematosus", "")).criteria[0]
    chain = [replace(named, id="I0", rules=()), *(replace(named, id=f"I{n}", parent=f"I{n - 1}", rules=())
             for n in range(1, 5_000)), replace(named, id="I5000", parent="I4999")]  # fmt: skip
    assert Admitted(chain).of("sle") is Admission.IN
