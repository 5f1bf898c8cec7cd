"""Whom a study is said to be for, what it is said to test, and who is said to know."""

import pytest

from trials import vocab as v
from trials.plain_language.model import Origin, Section
from trials.plain_language.writer import write
from trials.records import Arm, Design, Intervention, StudyRecord

DRUG = Intervention("Anifrolumab", v.InterventionType.BIOLOGICAL)


def said(section, slugs=("sle",), interventions=(DRUG,), **fields):
    design = Design(study_type=v.StudyType.INTERVENTIONAL, **fields.pop("design", {}))
    record = StudyRecord("NCT90000001", design=design, interventions=interventions, **fields)
    return [one for one in write(record, (), slugs).sentences if one.section is section]


def headline(title, slugs, conditions):
    (one,) = said(Section.HEADLINE, slugs, brief_title=title, conditions=conditions)
    return one.text if one.origin is Origin.WRITTEN else None


@pytest.mark.parametrize(
    ("title", "people"),
    [
        ("Active Lupus Nephritis", "lupus nephritis"),  # SLE stands there as what nephritis belongs to
        ("Systemic Lupus Erythematosus or Lupus Nephritis", "lupus nephritis or lupus (SLE)"),
    ],
)
def test_the_wider_disease_is_named_where_the_title_names_it_too(title, people):
    conditions = ("Lupus Nephritis", "Lupus Erythematosus, Systemic")
    told = headline(f"A study of Anifrolumab in {title}", ("lupus-nephritis", "sle"), conditions)
    assert told == f"A study of anifrolumab in people with {people}."


def test_a_disease_that_a_complication_belongs_to_is_not_named_beside_it():
    title = "Anifrolumab in ILD Associated With Rheumatoid Arthritis or Systemic Sclerosis"
    told = headline(title, ("ra-ild", "ssc-ild", "systemic-sclerosis"), ("RA-ILD", "SSc-ILD"))
    assert told and not told.endswith("systemic sclerosis (scleroderma).")


def test_where_there_are_too_many_diseases_the_wider_one_stands_for_all():
    slugs = ("juvenile-dermatomyositis", "antisynthetase", "necrotizing-myopathy", "polymyositis", "myositis")
    assert headline("A study", slugs, ("Myositis",)) == "A study of anifrolumab in people with myositis."


def test_a_study_that_is_mostly_of_other_diseases_keeps_its_official_title():
    conditions = ("Hyper IgE Syndrome", "Job's Syndrome", "HIES", "Systemic Lupus Erythematosus")
    assert headline("Job Syndrome With Lupus-Like Disease", ("sle",), conditions) is None


@pytest.mark.parametrize("name", ["Active Comparator", "Active comparator option", "Control group", "Standard therapy"])
def test_a_placeholder_is_no_drug(name):
    other = Intervention(name, v.InterventionType.BIOLOGICAL)
    told = " ".join(one.text for one in said(Section.WHAT, interventions=(DRUG, other)))
    assert name.lower() not in told.lower() and "Anifrolumab" in told


def test_of_four_who_may_be_masked_quadruple_names_all():
    told = [one.text for one in said(Section.HAPPENS, design={"masking": v.Masking.QUADRUPLE})]
    assert "You will not know which one you get." in told
    assert "The study doctor will not know which one you get." in told
    some = [one.text for one in said(Section.HAPPENS, design={"masking": v.Masking.DOUBLE})]
    assert "Some of the people in the study do not know who gets what." in some


def test_what_is_approved_is_not_called_investigational():
    arms = (Arm("Anifrolumab", v.ArmType.EXPERIMENTAL),)
    for phase, is_said in ((v.Phase.PHASE2, True), (v.Phase.PHASE4, False)):
        told = " ".join(one.text for one in said(Section.WHAT, arms=arms, design={"phases": (phase,)}))
        assert ("investigational" in told) is is_said
