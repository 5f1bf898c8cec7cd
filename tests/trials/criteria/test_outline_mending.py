"""Breaks, numbers and levels that the record lost, set right only where the rest of the list proves it."""

from tests.trials.criteria.trees import drawn, read


def test_a_lost_number_parts_its_neighbour_at_the_one_clean_break() -> None:
    text = (
        "Exclusion Criteria:\n\n8. History of bleeding; Within 30 days, plasma exchange has been performed;\n\n"
        r"10\. Live vaccine within one month; 11. Malignant tumors."
    )  # NCT07033299
    assert drawn(text) == [
        "E History of bleeding;",
        "E Within 30 days, plasma exchange has been performed;",
        "E Live vaccine within one month",
        "E Malignant tumors.",
    ]


def test_consent_and_contraception_leave_a_list_of_organ_tests() -> None:
    text = (
        "Inclusion criteria:\n4. ECOG 0 to 1;\n5. Organ function meets the following conditions:\n1. Hemoglobin"
        " ≥60g/L;\n2. LVEF ≥55%;\n3. eGFR ≥30;\n4. AST ≤ 3 ULN;\n5. Able to have blood drawn;\n"
        "6. Subjects of childbearing age use contraception;\n7. The patient signs an informed consent form"
    )  # SEED003: DQ11
    assert drawn(text)[-3:] == [
        "I   Able to have blood drawn;",
        "I Subjects of childbearing age use contraception;",
        "I The patient signs an informed consent form",
    ]
    assert tuple(code for code, _, _ in read(text)[1].notices) == ("level_unclear",)


def test_a_second_level_that_was_flattened_is_rebuilt_where_its_end_is_stated() -> None:
    text = (
        "Inclusion Criteria:\n\n* Stable dose of MTX.\n* Meets both of the following criteria:\n* ≥ 6 swollen joints\n"
        "* hsCRP ≥ 3mg/L at Screening Visit.\n* Signed consent"
    )  # NCT02706847
    assert drawn(text)[1:] == [
        "I Meets both of the following criteria: [all]",
        "I   ≥ 6 swollen joints",
        "I   hsCRP ≥ 3mg/L at Screening Visit.",
        "I Signed consent",
    ]


def test_two_criteria_on_wrapped_lines_part_where_their_siblings_begin_alike() -> None:
    text = (
        "Inclusion Criteria:\n* Had a diagnostic right heart catheterization\n* Had an average 6MWD ≥ 150 meters\n"
        "* Doses must remain stable for the duration of the study Had pulmonary function tests within 90 days"
    )  # NCT02657356
    assert drawn(text)[2:] == [
        "I Doses must remain stable for the duration of the study",
        "I Had pulmonary function tests within 90 days",
    ]


def test_a_sentence_does_not_part_without_such_siblings() -> None:
    text = (
        "Inclusion Criteria:\n* At the time of acquiring consent Patients over 18 years old\n* Patients with SSc\n* Age"
    )
    assert len(drawn(text)) == 3  # NCT03007004
