"""Warnings about a study as a whole: the text against the record's own fields, and what is not there."""

import pytest

from trials.criteria.checks import MESSAGES, diseases_named, warnings_of
from trials.criteria.checks.record import years_of
from trials.criteria.model import Criterion, Kind, Rule, Study

EXCLUSION = Criterion("E1", Kind.EXCLUSION, None, "Pregnancy", 0, 9)


def inclusion(text: str, *rules: Rule, name: str = "I1") -> Criterion:
    return Criterion(name, Kind.INCLUSION, None, text, 0, len(text), rules=rules)


def age(op: str, value: float, **more: bool) -> Rule:
    return Rule("age", op, value, "years", partial=more.get("partial", False))


def codes(*criteria: Criterion, source: str = "", **fields: str) -> list[str]:
    study = Study(
        None,
        source,
        title=fields.get("title", ""),
        conditions=tuple(filter(None, fields.get("conditions", "").split("|"))),
        minimum_age=fields.get("minimum", ""),
        maximum_age=fields.get("maximum", ""),
        sex=fields.get("sex", ""),
    )
    found = warnings_of(criteria, source, study)
    assert {warning.code for warning in found} <= set(MESSAGES)
    return [warning.code for warning in found]


@pytest.mark.parametrize(
    ("field", "years"),
    [
        ("18 Years", 18),
        ("1 Year", 1),
        ("6 Months", 0.5),
        ("0 Days", 0),
        ("N/A", None),
        ("", None),
        ("18 years or so", None),
    ],
)
def test_an_age_field_is_read_in_years(field: str, years: float | None) -> None:
    assert years_of(field) == years


def test_an_age_that_only_one_side_states_is_told() -> None:
    from_five = inclusion("Gender unlimited, age ≥5 years", age(">=", 5))
    assert "age_disagrees" in codes(from_five, EXCLUSION, minimum="5 Years", maximum="74 Years")  # DQ48
    both = inclusion("Age 18-75", age(">=", 18), age("<=", 75))
    assert "age_disagrees" in codes(both, EXCLUSION, minimum="18 Years", maximum="N/A")


@pytest.mark.parametrize(
    ("rules", "minimum", "maximum"),
    [
        ((age(">=", 18), age("<=", 75)), "18 Years", "75 Years"),
        ((age(">", 17), age("<", 76)), "18 Years", "75 Years"),
        ((age(">", 18), age("<", 75)), "18 Years", "75 Years"),  # loose, but the same is meant
        ((age(">=", 0.5),), "6 Months", ""),
        ((age(">=", 18),), "18 Years", "99 Years"),  # written where there is no limit
        ((age(">=", 12), age(">=", 18)), "12 Years", ""),  # two groups
        ((age(">=", 18), age("<=", 60, partial=True)), "18 Years", ""),
        ((age(">=", 18),), "", ""),  # a record without these fields
    ],
)
def test_ages_that_agree_are_not(rules: tuple[Rule, ...], minimum: str, maximum: str) -> None:
    assert "age_disagrees" not in codes(inclusion("Age", *rules), EXCLUSION, minimum=minimum, maximum=maximum)


def test_a_different_age_is_told() -> None:
    adults = inclusion("Age ≥ 18 years", age(">=", 18))
    assert codes(adults, EXCLUSION, minimum="16 Years").count("age_disagrees") == 1


def test_an_age_that_stands_in_the_fields_alone_is_told() -> None:
    assert "age_only_structured" in codes(
        inclusion("Diagnosed with SLE"), EXCLUSION, minimum="14 Years", maximum="75 Years"
    )  # DQ49
    assert "age_only_structured" not in codes(inclusion("Adults with SLE"), EXCLUSION, minimum="18 Years")
    assert "age_only_structured" not in codes(inclusion("Diagnosed with SLE"), EXCLUSION)


def test_another_sex_than_the_field_says_is_told() -> None:
    assert "sex_disagrees" in codes(inclusion("Male or female patients with SLE"), EXCLUSION, sex="FEMALE")
    assert "sex_disagrees" in codes(inclusion("Women with SLE", Rule("sex", "in", ("female",))), EXCLUSION, sex="ALL")
    assert "sex_disagrees" in codes(inclusion("Men", Rule("sex", "in", ("male",))), EXCLUSION, sex="FEMALE")
    assert "sex_disagrees" not in codes(inclusion("Male or female patients"), EXCLUSION, sex="ALL")
    assert "sex_disagrees" not in codes(
        inclusion("Women with SLE", Rule("sex", "in", ("female",))), EXCLUSION, sex="FEMALE"
    )
    duty = inclusion("Women must not breastfeed", Rule("sex", "in", ("female",)))
    assert "sex_disagrees" not in codes(duty, EXCLUSION, sex="ALL")


def test_a_kind_of_criteria_that_is_not_there_is_told() -> None:
    assert codes() == ["criteria_missing"]
    assert codes(inclusion("SLE"), conditions="Lupus") == ["exclusion_missing"]
    assert codes(EXCLUSION) == ["inclusion_missing"]
    assert codes(inclusion("SLE"), EXCLUSION, conditions="Lupus") == []


@pytest.mark.parametrize(
    "source", ["SLE\n... and 31 more (see full listing online)\nx.", "Diagnosed with SLE and", "SLE, RA,", "SLE ..."]
)
def test_a_text_that_breaks_off_is_told(source: str) -> None:
    assert "text_cut_off" in codes(inclusion("SLE"), EXCLUSION, source=source, conditions="Lupus")


def test_a_whole_text_is_not() -> None:
    assert "text_cut_off" not in codes(inclusion("SLE"), EXCLUSION, source="SLE, RA, etc.", conditions="Lupus")


CTD_ILD = inclusion(
    "Adult subjects who meet the diagnostic criteria for connective tissue diseases such as dermatomyositis, "
    "polymyositis, scleroderma, systemic lupus erythematosus, rheumatoid arthritis, or Sjogren's syndrome."  # DQ34
)


def test_diseases_that_inclusions_name_are_found() -> None:
    named = diseases_named([CTD_ILD, Criterion("E1", Kind.EXCLUSION, None, "Behçet's disease", 0, 1)])
    assert set(named) >= {
        "sle",
        "sjogren",
        "dermatomyositis",
        "polymyositis",
        "systemic-sclerosis",
        "rheumatoid-arthritis",
    }
    assert "behcet" not in named
    assert diseases_named([inclusion("No systemic lupus erythematosus")]) == ()


def test_a_disease_that_the_record_does_not_list_is_told() -> None:
    listed = codes(CTD_ILD, EXCLUSION, conditions="Connective Tissue Diseases|Interstitial Lung Disease")
    assert listed.count("disease_only_in_criteria") == 6
    assert "disease_only_in_criteria" not in codes(
        inclusion("SLE"), EXCLUSION, conditions="Lupus Nephritis"
    )  # lupus is wider
    assert "disease_only_in_criteria" in codes(inclusion("Lupus nephritis"), EXCLUSION, conditions="Lupus")
