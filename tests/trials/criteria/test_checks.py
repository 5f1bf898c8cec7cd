"""Warnings about the wording of a criterion: limits, logic, exceptions, what only the study team can know."""

import re

import pytest

from trials.criteria.checks import MESSAGES, warnings_of
from trials.criteria.model import Criterion, Kind, Repair, Rule, Study, Warning_


def criterion(text: str, kind: Kind = Kind.EXCLUSION, rules: tuple[Rule, ...] = ()) -> Criterion:
    return Criterion("E1" if kind is Kind.EXCLUSION else "I1", kind, None, text, 0, len(text), rules=rules)


def warned(text: str, code: str, kind: Kind = Kind.EXCLUSION, rules: tuple[Rule, ...] = ()) -> list[str]:
    """The words that the warnings of one code quote."""
    found = warnings_of([criterion(text, kind, rules)], text, Study(None, text))
    return [warning.words for warning in found if warning.code == code]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("serum GOT and GPT levels more than twice the upper limit of 40 units, except myopathy", "40 units"),  # DQ35
        ("poor kidney function (serum creatinine levels exceeding 1.4 units)", "exceeding 1.4 units"),  # DQ35
        ("Adequate renal function as indicated by serum creatinine of ≤ 1.8", "≤ 1.8"),  # NCT00580229
        ("C reactive protein (CRP) > 1.0 mg/dL or ESR > 20.", "> 20"),  # NCT02543931
        ("haemoglobin < 10, platelet < 150", "< 10"),  # NCT00920478
    ],
)
def test_a_laboratory_limit_without_a_unit_is_told(text: str, words: str) -> None:
    assert words in warned(text, "missing_unit")


@pytest.mark.parametrize(
    "text",
    [
        "creatinine > 1.5 mg/dL, AST ≤ 3.0 × ULN, platelets < 50,000/mm3",
        "DAS28-CRP ≥ 3.2",  # NCT02638259: a score
        "Disease Activity Score [DAS]-28 (4)-erythrocyte sedimentation rate (ESR) > 3.2",
        "Urine dipstick for proteinuria < 2+",
        "ESR ≥20 mm/h and SJC ≥3",
        "creatinine clearance >= 30 and less than 50 mL/min",
        "platelet transfusion, more than 2 units",
        "alcohol, more than 14 units; normal creatinine",
        "within 4 weeks of a low platelet count",
    ],
)
def test_a_score_or_a_limit_with_its_unit_is_not(text: str) -> None:
    assert warned(text, "missing_unit") == []


def test_two_limits_on_one_scale_are_told() -> None:
    text = (
        "Extramuscular Organ Disease Activity Score with a minimum level of 1.3 x the upper limit of normal on a 10 cm "
        "VAS scale. minimum of 1.0 cm on a 10 cm VAS scale"  # DQ38
    )
    assert warned(text, "conflicting_thresholds")
    assert not warned(
        "a. Patient on a 10 cm VAS with at least 2.0 cm; b. Physician on a 10 cm VAS", "conflicting_thresholds"
    )


def test_two_limits_for_one_fact_are_told_unless_two_cases_are_meant() -> None:
    rules = (Rule("egfr", ">=", 30, "mL/min/1.73m2"), Rule("egfr", ">=", 60, "mL/min/1.73m2"))
    assert warned("eGFR ≥ 30, eGFR ≥ 60 mL/min", "conflicting_thresholds", Kind.INCLUSION, rules)
    assert not warned("men: eGFR ≥ 30, women: eGFR ≥ 60 mL/min", "conflicting_thresholds", Kind.INCLUSION, rules)
    a_range = (Rule("age", ">=", 18, "years"), Rule("age", "<=", 75, "years"))
    assert not warned("Age 18-75", "conflicting_thresholds", Kind.INCLUSION, a_range)


@pytest.mark.parametrize(
    "text",
    [
        "Patients younger than 20 or older than 80 years who show improvement in lung function",  # DQ50
        "Hepatitis B surface antigen (HBsAg) or Hepatitis B core antibody (HBcAb) positive and blood DNA",  # DQ51
        "(HBsAg) positive, or Hepatitis B core antibody (HBcAb) positive and blood HBV DNA positive",  # DQ51
        "At Screening either CRP ≥10 mg/L or ESR ≥20 mm/h and SJC ≥3",  # NCT02001987
    ],
)
def test_and_with_or_is_told_where_both_readings_make_sense(text: str) -> None:
    assert warned(text, "and_or_unclear")


@pytest.mark.parametrize(
    "text",
    [
        "Male or female, 18 years or older",
        "AST or ALT > 3 x ULN",
        "pregnant or breastfeeding women",
        "positive for HIV",
    ],
)
def test_plain_alternatives_are_not(text: str) -> None:
    assert not warned(text, "and_or_unclear")


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        (
            "severe asthma or COPD, mild or moderate asthma or COPD on stable therapy may be enrolled.",
            "may be enrolled",
        ),  # DQ52
        (
            "CAR T cell therapy (except those whose safety risks have been ruled out); other",
            "except those whose",
        ),  # DQ52
        ("malignancy other than basal cell carcinoma", "other than basal cell carcinoma"),
    ],
)
def test_an_exception_in_an_exclusion_is_told(text: str, begins: str) -> None:
    assert warned(text, "exception_inside")[0].startswith(begins)
    assert not warned(text, "exception_inside", Kind.INCLUSION)


@pytest.mark.parametrize(
    "text",
    [
        "Subjects who are unwilling to sign the informed consent form",  # DQ53
        "Allergic to experimental drugs or biological agents",  # DQ53
        "Other conditions that the investigator considers unsuitable",
        "Any condition that, in the opinion of the investigator, may affect participation",
        "Able to understand and comply with the study procedures",
        "poor compliance",
        "Patient or legal guardian agrees",
    ],
)
def test_what_only_the_team_can_check_is_told(text: str) -> None:
    assert warned(text, "asked_by_team")


def test_a_criterion_with_a_rule_is_still_asked() -> None:
    rules = (Rule("age", ">=", 18, "years"),)
    assert not warned("Age ≥ 18 years and signed informed consent", "asked_by_team", Kind.INCLUSION, rules)
    assert not warned("Active tuberculosis", "asked_by_team")


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        ("as described in Table 3.", "dangling_reference", "Table 3"),  # DQ47
        ("See the Investigator's Brochure (IB)", "dangling_reference", "Investigator's Brochure"),  # DQ47
        ("criteria), and Antinuclear", "unbalanced_brackets", "criteria), and Antinuclear"),  # DQ39
        ("FVCe 40%", "uncertain_repair", "e → ≥"),  # DQ01
        ("tachlimus", "uncertain_repair", "tachlimus → tacrolimus"),  # DQ43
    ],
)
def test_what_the_repair_leaves_open_is_told(text: str, code: str, words: str) -> None:
    assert warned(text, code) == [words]


def test_the_ledger_stands_for_a_second_look() -> None:
    text = "Inclusion Criteria:\n1. Age 18\n2. leflunomide or tachlimus (stable"
    criteria = [
        Criterion("I1", Kind.INCLUSION, None, "Age 18", 23, 29),
        Criterion("I2", Kind.INCLUSION, None, "leflunomide or tachlimus (stable", 33, len(text)),
    ]
    ledger = [
        Repair("name_misspelt", "tachlimus", "tacrolimus", 48, 57, False),
        Repair("brackets_unbalanced", "(", "(", 58, 59, False),
        Repair("space_missing", ";", "; ", 24, 25, True),
    ]
    told = [
        warning
        for warning in warnings_of(criteria, text, Study(None, text), ledger=ledger)
        if warning.code in ("uncertain_repair", "unbalanced_brackets")
    ]
    assert told == [
        Warning_("uncertain_repair", "I2", "tachlimus → tacrolimus"),
        Warning_("unbalanced_brackets", "I2", "leflunomide or tachlimus (stable"),
    ]
    assert set(told) <= set(warnings_of(criteria, text, Study(None, text)))


def test_notices_of_the_outline_become_warnings() -> None:
    source = "1. A<br>3. B &lt; 5"
    found = warnings_of([], source, Study(None, source), notices=[("number_missing", 5, 14), ("run_together", 0, 4)])
    assert Warning_("sequence_broken", None, "3. B < 5") in found
    assert Warning_("run_together", None, "1. A") in found


def test_each_message_has_only_the_placeholder_that_is_given() -> None:
    for message in MESSAGES.values():
        assert set(re.findall(r"%\((\w+)\)s", message)) <= {"words"}
        assert "%" not in message % {"words": ""}
