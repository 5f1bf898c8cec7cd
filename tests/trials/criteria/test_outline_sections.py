"""Headings in every spelling, introductions, notes, cohorts, and the layouts that lost their line breaks."""

import pytest

from tests.trials.criteria.trees import drawn, read


@pytest.mark.parametrize(
    "heading",
    [
        "Exclusion Criteria:",
        "Exclusion criteria",
        "EXCLUSION CRITERIA:",
        "- Exclusion Criteria:",
        "• Exclusion Criteria:",
        "Key Exclusion Criteria:",
        "Exclusion Criteria. Any of the following will exclude a patient from this trial:",  # NCT00323960
        "Exclusion Criteria (Part A and B):",  # NCT02465437
        "EXCLUSION CRITERIA FOR PATIENTS",
        "Criteria for exclusion:",
        "Non-inclusion criteria:",
        "Exclusion Citeria:",
        "Key exclusion riteria:",  # NCT00767325
        "Exclusion; Patients are not eligible if they fulfill one or more of the following criteria:",  # NCT00658047
        "Subjects will be excluded if any of the following criteria are met:",  # NCT07148791
        "Participants will be excluded if",
        "People will not be eligible for this study if they:",  # NCT00036491
        "Exclusion:",
    ],
)
def test_the_exclusions_begin_under_each_heading(heading: str) -> None:
    assert drawn(f"Inclusion Criteria:\n\nAdults\n\n{heading}\n\n* Pregnancy\n* Fever\n") == [
        "I Adults",
        "E Pregnancy",
        "E Fever",
    ]


@pytest.mark.parametrize(
    "line",
    [
        "Meets all inclusion criteria of the parent study",
        "Does not meet any exclusion criteria.",
        "Past drug use is not a criteria for exclusion)",
        "Must satisfy the inclusion criteria: age and sex",
    ],
)
def test_a_sentence_about_criteria_is_no_heading(line: str) -> None:
    assert drawn(f"Inclusion Criteria:\n\n* {line}\n* Adults") == [f"I {line}", "I Adults"]


def test_without_headings_each_paragraph_is_an_inclusion() -> None:
    assert drawn("\n  Age equal to or older than 18.\n\n  No history of hepatitis.\n") == [
        "I Age equal to or older than 18.",
        "I No history of hepatitis.",
    ]  # NCT00001421


@pytest.mark.parametrize(
    "introduction",
    [
        "To participate, subjects must meet all of the following criteria:",  # NCT07148791
        "Patients must meet all the following inclusion criteria to be eligible for study entry:",  # NCT01663116
        "Each patient must meet all the following criteria in order to participate in this trial:",  # NCT00323960
        "Subjects must:",
    ],
)
def test_an_introduction_is_no_criterion(introduction: str) -> None:
    text = f"Inclusion Criteria:\n\n{introduction}\n\n1. Adults\n2. Active SLE"
    assert drawn(text) == ["I Adults", "I Active SLE"]


def test_an_introduction_that_sets_a_number_stays() -> None:
    text = "Inclusion Criteria:\n\nPatients must have two of the following:\n\n1. Fever\n2. Rash\n3. Arthritis"
    assert drawn(text)[:2] == ["I Patients must have two of the following: [2]", "I   Fever"]


@pytest.mark.parametrize(
    "first", ["Patient must meet 1987 ACR criteria", "Pregnant women, or not following contraceptive methods."]
)
def test_a_first_criterion_is_not_taken_for_an_introduction(first: str) -> None:
    assert drawn(f"Inclusion Criteria:\n\n* {first}\n* Age > 18")[0] == f"I {first}"  # NCT02321930, NCT00749645


@pytest.mark.parametrize(
    "remark",
    [
        "Other protocol-defined inclusion/exclusion criteria may apply.",
        "* NOTE: Other protocol defined Inclusion/Exclusion criteria may apply.",
        "The above information is not intended to contain all considerations relevant to participation.",
        "* None",
        "There were no specific exclusion criteria.",
    ],
)
def test_a_remark_on_the_record_is_no_criterion(remark: str) -> None:
    assert drawn(f"Exclusion criteria\n\n* Fever\n\n{remark}\n") == ["E Fever"]


def test_what_comes_after_enrolment_is_left_out() -> None:
    text = "Exclusion Criteria:\n\n1. Fever\n\nDropout Criteria. Patients will be dropped:\n\n1. Non compliance"
    assert drawn(text) == ["E Fever"]  # NCT00323960
    assert "ignored" in {role for role, _, _ in read(text)[1].asides}


def test_cohorts_are_alternatives_with_children() -> None:
    text = "Inclusion Criteria:\n\nRA group:\n\n* Arthritis\n* Adults\n\nHealth controls:\n\n* Healthy\n"  # NCT06026020
    assert drawn(text) == [
        "I RA group: [all] (or 1)",
        "I   Arthritis",
        "I   Adults",
        "I Health controls: [all] (or 1)",
        "I   Healthy",
    ]


def test_headings_for_a_part_of_the_people_are_parents() -> None:
    text = (
        "Inclusion Criteria (ESRD group):\n- Age ≥ 18\nExclusion Criteria (ESRD group):\n- Infection\n"
        "Inclusion criteria (non ESRD group):\n- Nephritis\nExclusion criteria (non ESRD group) :\n- Relapse\n"
    )  # NCT03921398
    assert drawn(text) == [
        "I Inclusion Criteria (ESRD group): [all] (or 1)",
        "I   Age ≥ 18",
        "E Exclusion Criteria (ESRD group): [any]",
        "E   Infection",
        "I Inclusion criteria (non ESRD group): [all] (or 1)",
        "I   Nephritis",
        "E Exclusion criteria (non ESRD group) : [any]",
        "E   Relapse",
    ]


def test_bullets_joined_by_or_are_alternatives() -> None:
    text = "Inclusion Criteria:\n\n* SSA positive; or\n* ANA positive\n\nOR\n\n* Biopsy\n* Adults"
    assert drawn(text) == ["I SSA positive (or 1)", "I ANA positive (or 1)", "I Biopsy (or 1)", "I Adults"]


def test_blanks_that_stand_for_line_breaks() -> None:
    text = (
        "Inclusion Criteria:          1. Informed consent          2. Symptomatic PAH proven by right heart"
        "             catheterisation:               -  mPAP > 25 mmHg               -  PCWP < 15 mmHg"
        "        Exclusion Criteria:          1. Pregnancy"
    )  # NCT00491309
    assert drawn(text) == [
        "I Informed consent",
        "I Symptomatic PAH proven by right heart catheterisation: [all]",
        "I   mPAP > 25 mmHg",
        "I   PCWP < 15 mmHg",
        "E Pregnancy",
    ]


@pytest.mark.parametrize(
    "text",
    [
        r"Inclusion Criteria: * diagnosis of SSc * FVC \<70% Exclusion Criteria: * anemia * HIV",  # NCT03438032
        "Inclusion Criteria: - diagnosis of SSc - FVC <70% Exclusion Criteria: - anemia - HIV",
        "Inclusion Criteria: 1. diagnosis of SSc. 2. FVC <70% Exclusion Criteria: 1. anemia. 2. HIV",
        "Inclusion Criteria:~* diagnosis of SSc~* FVC <70%~Exclusion Criteria:~* anemia~* HIV",
    ],
)
def test_everything_on_one_line(text: str) -> None:
    assert [line.rstrip(".") for line in drawn(text)] == ["I diagnosis of SSc", "I FVC <70%", "E anemia", "E HIV"]


def test_two_levels_on_one_line() -> None:
    text = (
        "Inclusion Criteria: 3. Meets the criteria for SLE. 4. Active SLE defined by the following: 1. SELENA score ≥6;"
        " 2. BILAG 1A or 2B. 5. Clinical SLEDAI ≥4. Exclusion Criteria: 1. Active nephritis."
    )  # NCT06456567
    assert drawn(text) == [
        "I Meets the criteria for SLE.",
        "I Active SLE defined by the following: [all]",
        "I   SELENA score ≥6",
        "I   BILAG 1A or 2B.",
        "I Clinical SLEDAI ≥4.",
        "E Active nephritis.",
    ]


@pytest.mark.parametrize("topic", ["Medical history exclusions:", "Laboratory Exclusions:"])
def test_a_title_that_only_sorts_is_a_heading(topic: str) -> None:
    assert drawn(f"Exclusion Criteria:\n\n* Pregnancy\n\n{topic}\n\n* Fever\n* Cough\n") == [
        "E Pregnancy",
        "E Fever",
        "E Cough",
    ]


def test_a_title_that_names_people_is_a_parent() -> None:
    lines = drawn("Exclusion Criteria:\n\nExclusions for healthy volunteers:\n\n* Fever\n* Cough\n")
    assert [line.split()[:2] for line in lines] == [["E", "Exclusions"], ["E", "Fever"], ["E", "Cough"]]


def test_the_locant_of_a_drug_is_no_list_number() -> None:
    lines = drawn("Exclusion Criteria:\n\n- Azathioprine\n\n- 6-Mercaptopurine\n\n- Methotrexate\n")
    assert lines == ["E Azathioprine", "E 6-Mercaptopurine", "E Methotrexate"]


def test_a_wrapped_introduction_behind_a_flat_heading_is_no_criterion() -> None:
    words = "Patients are not eligible for this study if they fulfill one or more of the        following criteria:"
    included = "Inclusion;        - Adults with a swollen joint of any kind"
    lines = drawn(f"{included}        Exclusion; {words}          - Fever          - Cough")
    assert lines[-2:] == ["E Fever", "E Cough"]  # NCT00658047


def test_a_list_that_begins_on_the_line_of_its_heading_has_one_level() -> None:
    lines = drawn("Inclusion Criteria: - Adults of any age          - Able to read          - Able to write")
    assert lines == ["I Adults of any age", "I Able to read", "I Able to write"]  # NCT02433340


def test_items_after_a_dash_in_a_text_without_line_breaks() -> None:
    lines = drawn(
        "Inclusion Criteria:        - Must have arthritis for at least three        months - Have been treated with"
        " gold - If using a cream, must        be on a stable dose - Patients with a fever"
    )
    assert [line.split()[1] for line in lines] == ["Must", "Have", "If", "Patients"]  # NCT00361335


def test_a_title_of_exclusions_among_inclusions_keeps_its_place() -> None:
    lines = drawn("Inclusion Criteria:\n\n* Adults\n\nMedical history exclusions:\n\n* Cancer\n* Pregnancy")
    assert len(lines) == 4 and lines[2].startswith("I   Cancer")


def test_a_nest_under_a_heading_without_a_blank_line_stays() -> None:
    lines = drawn("Inclusion Criteria:\n  - Any of the following\n    - Fever\n    - Cough\n  - Age 18")
    assert lines == ["I Any of the following [any]", "I   Fever", "I   Cough", "I Age 18"]


def test_groups_with_numbers_of_their_own_are_alternatives() -> None:
    lines = ("Population 1 (control): Raynaud's", "Population 2: early scleroderma", "Adults")
    assert drawn("Inclusion Criteria:\n" + "".join(f"* {line}\n" for line in lines)) == [
        f"I {lines[0]} (or 1)", f"I {lines[1]} (or 1)", "I Adults"
    ]  # fmt: skip
    lines = ("Cohort C: Tumours of grade 1-3", "Cohort C: Worse within 12 months")
    assert drawn("Inclusion Criteria:\n" + "".join(f"* {line}\n" for line in lines)) == [f"I {line}" for line in lines]
