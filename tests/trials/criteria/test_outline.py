"""Lists and their levels, in the layouts in which the records write them: real wording, with the record's number."""

import pytest

from tests.trials.criteria.trees import drawn

WRAPPED = """
        Inclusion Criteria:

          -  Male or female > 18 years

          -  Parotid gland biopsy (paraffine material and fresh frozen tissue) with characteristic
             features of SS performed at time of inclusion (no longer than 12 months ago)

        Exclusion Criteria:

          -  Serious infections
"""  # NCT00363350

LEVELS = """
        Exclusion Criteria:

          -  Has more than two of the following clinical risk factors:

               -  Age > 65 years;

               -  BMI ≥ 30 kg/m2;

          -  Hemoglobin (Hgb) concentration < 8.5 g/dL at Screening;
"""  # NCT02657356

LETTERS = """
        A diagnosis of classic or definite polymyositis:

          1. Symmetrical proximal muscle weakness;

          2. Muscle biopsy abnormalities at some time during their disease:

        i. degeneration and regeneration of muscle fibers

        ii. necrosis

        c. Elevation of serum creatinine phosphokinase (CPK);

        d. Electromyography (EMG) triad of changes

        i. small amplitude potentials

        e. Typical skin rash of DM.

        Willingness to undergo 2 muscle biopsies.
"""  # NCT00001421

ONE_LEVEL = r"""
- Inclusion Criteria:
- • 1. Age: 18\~75 years old;
- 2. Diagnosis of one of the following diseases:
- • 1. Systemic Lupus Erythematosus (SLE), ANA \> 1:80;
- • 2. Dry syndrome (SS);
- • 3. Systemic sclerosis (SSc);
- 3. Patients whose disease activity meets the following criteria:
- • 1. For SLE patients, SLEDAI≥ 8 points;
- 2. For DM patients, the following conditions are met:
- • ① Rash VAS score ≥ 3 cm;
- • ②Muscle biopsy suggestive of active inflammation;
- • 3. For SS patients, ESSDAI ≥ 14 points;
- • 4. For ANCA-AAV patients, BVAS score ≥15.
- • 4. Eastern Cooperative Oncology Group (ECOG) 0 to 1 point;
"""  # SEED003: DQ09, DQ10


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        pytest.param(
            WRAPPED,
            [
                "I Male or female > 18 years",
                "I Parotid gland biopsy (paraffine material and fresh frozen tissue) with characteristic features of "
                "SS performed at time of inclusion (no longer than 12 months ago)",
                "E Serious infections",
            ],
            id="wrapped lines are one criterion",
        ),
        pytest.param(
            LEVELS,
            [
                "E Has more than two of the following clinical risk factors: [3]",
                "E   Age > 65 years;",
                "E   BMI ≥ 30 kg/m2;",
                "E Hemoglobin (Hgb) concentration < 8.5 g/dL at Screening;",
            ],
            id="levels by indentation",
        ),
        pytest.param(
            LETTERS,
            [
                "I A diagnosis of classic or definite polymyositis:",
                "I   Symmetrical proximal muscle weakness;",
                "I   Muscle biopsy abnormalities at some time during their disease:",
                "I     degeneration and regeneration of muscle fibers",
                "I     necrosis",
                "I   Elevation of serum creatinine phosphokinase (CPK);",
                "I   Electromyography (EMG) triad of changes [all]",
                "I     small amplitude potentials",
                "I   Typical skin rash of DM.",
                "I Willingness to undergo 2 muscle biopsies.",
            ],
            id="numbers go on as letters, Roman numerals stand below",
        ),
        pytest.param(
            ONE_LEVEL,
            [
                "I Age: 18~75 years old;",
                "I Diagnosis of one of the following diseases: [any]",
                "I   Systemic Lupus Erythematosus (SLE), ANA > 1:80;",
                "I   Dry syndrome (SS);",
                "I   Systemic sclerosis (SSc);",
                "I Patients whose disease activity meets the following criteria: [all]",
                "I   For SLE patients, SLEDAI≥ 8 points;",
                "I   For DM patients, the following conditions are met: [all]",
                "I     Rash VAS score ≥ 3 cm;",
                "I     Muscle biopsy suggestive of active inflammation;",
                "I   For SS patients, ESSDAI ≥ 14 points;",
                "I   For ANCA-AAV patients, BVAS score ≥15.",
                "I Eastern Cooperative Oncology Group (ECOG) 0 to 1 point;",
            ],
            id="levels by numbers alone",
        ),
    ],
)
def test_nests_as_the_author_meant(text: str, tree: list[str]) -> None:
    assert drawn(text) == tree


def test_a_series_within_a_line_is_a_list() -> None:
    text = (
        "• Exclusion Criteria:\n  • (1) Severe pulmonary hypertension; (2) have previously received CAR T cell therapy;"
        " (3) patients with active central nervous system diseases, such as epilepsy"
    )  # NCT06792344: DQ06
    assert drawn(text) == [
        "E Severe pulmonary hypertension",
        "E have previously received CAR T cell therapy",
        "E patients with active central nervous system diseases, such as epilepsy",
    ]


def test_an_item_that_fell_out_and_one_glued_to_a_sub_item_come_back() -> None:
    text = (
        "Inclusion Criteria:\n\n  3. positive ANA.\n  4. SLEDAI-2K score >6.\n\n1)Note: 'Clinical' SLEDAI-2K excludes"
        " laboratory findings: 2)-Includes arthritis; 3)-excludes fever.\n\n5.BILAG score of at least one of the"
        " following:\n\n  1. ≥1 organ system grade A\n  2. ≥2 organ system Grade B disorders 6.Physician's General"
        " Assessment ≥1.0."
    )  # NCT06675422: DQ07, DQ08
    assert drawn(text) == [
        "I positive ANA.",
        "I SLEDAI-2K score >6. 1)Note: 'Clinical' SLEDAI-2K excludes laboratory findings: 2)-Includes arthritis; "
        "3)-excludes fever.",
        "I BILAG score of at least one of the following: [any]",
        "I   ≥1 organ system grade A",
        "I   ≥2 organ system Grade B disorders",
        "I Physician's General Assessment ≥1.0.",
    ]


@pytest.mark.parametrize(
    "line",
    [
        "25-OH vitamin D level < 20 ng/mL",
        "6-minute walk of at least 100 meters",
        "S. aureus infection",
        "i.v. immunoglobulin in the eight weeks prior",
        "2.5 mg or more of prednisone",
        "18-75 years old",
        "Grade 2. No other toxicity, type 1. Diabetes",
    ],
)
def test_a_figure_or_letter_that_counts_nothing_stays(line: str) -> None:
    assert drawn(f"Inclusion Criteria:\n\n{line}\n\nOther text.")[0] == f"I {line}"


def test_paragraphs_under_an_item_are_its_own_or_its_children() -> None:
    text = """
        Exclusion Criteria:

          1. At Screening, confirmation of:

             SLEDAI-2K Criteria: score ≥6 points.

          2. Change of major co-medication:

             RA, SpA and PsA: Initiation of steroids.

             UC and CD: Initiation of steroids.
"""  # NCT02446899, NCT02148640
    assert drawn(text) == [
        "E At Screening, confirmation of: SLEDAI-2K Criteria: score ≥6 points.",
        "E Change of major co-medication: [any]",
        "E   RA, SpA and PsA: Initiation of steroids.",
        "E   UC and CD: Initiation of steroids.",
    ]
