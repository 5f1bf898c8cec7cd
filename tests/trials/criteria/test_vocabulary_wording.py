"""Real wording against the vocabulary files: the longest term that matches has the right role."""

import pytest

from tests.trials.criteria.conftest import MEASURES, Term, diagnosis_terms, folded, terms_of


def longest(text: str, terms: dict[Term, str]) -> list[str]:
    """The roles of the longest terms of one attribute in a text, in order."""
    words, found, at = folded(text), [], 0
    longest_term = max(map(len, terms))
    while at < len(words):
        sizes = (n for n in range(min(longest_term, len(words) - at), 0, -1) if words[at : at + n] in terms)
        size = next(sizes, 0)
        if size:
            found.append(terms[words[at : at + size]])
        at += size or 1
    return found


@pytest.mark.parametrize(
    ("attribute", "text", "expected"),
    [
        (
            "heart_disease",
            "Known coronary artery disease or severe congestive heart failure",
            ["parts.infarction", "parts.failure"],
        ),
        ("heart_disease", "New York Heart Association [NYHA] Functional Class II", ["not_these"]),
        ("heart_disease", "or other clinically significant heart diseases", ["whole"]),
        ("cancer", "previous anti-tumor necrosis factor therapy", ["not_these"]),
        (
            "cancer",
            "History of cancer, including solid tumors, hematologic malignancies",
            ["whole", "parts.solid", "parts.hematologic"],
        ),
        ("hepatitis_b", "Active hepatitis B, hepatitis C or HIV infection", ["whole", "not_these"]),
        ("hepatitis_b", "Hepatitis B surface antigen (HBsAg) positive", ["tests"]),
        ("hepatitis_b", "completed hepatitis B vaccination", ["not_these"]),
        ("tuberculosis", "Active tuberculosis at the time of screening", ["parts.active"]),
        ("tuberculosis", "positive QuantiFERON®-TB blood test", ["tests"]),
        ("active_infection", "excluding fungal infection of nail beds", ["not_these"]),
        ("active_infection", "Evidence of active infection", ["whole"]),
        (
            "kidney_failure",
            "end stage renal disease or receiving hemodialysis treatment",
            ["whole", "parts.hemodialysis"],
        ),
        ("kidney_failure", "Adequate renal function", ["not_these"]),
        ("pregnant_or_breastfeeding", "measures to prevent pregnancy", ["not_these"]),
        ("ssa_positive", "anti-Ro/SSA antibody", ["tests"]),
        ("dsdna_positive", "HBV DNA test positive", ["not_these"]),
        ("substance_abuse", "History of drug or alcohol abuse", ["whole"]),
        ("other_lung_disease", "SSc with interstitial lung disease", ["not_these"]),
    ],
)
def test_longest_term_of_real_wording(attribute: str, text: str, expected: list[str]) -> None:
    assert longest(text, dict(terms_of(attribute))) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Dry syndrome (SS), 2016 ACR/EULAR criteria", ["sjogren"]),
        ("granulomatous polyangitis (GPA), or microscopic vasculitis (MPA)", ["gpa", "mpa"]),
        ("European League Against Rheumatism/American College of Rheumatology", ["not_these", "not_these"]),
        ("Systematic Sclerosis (SSc) and diffuse cutaneous SSc", ["systemic-sclerosis", "diffuse-ssc"]),
        ("rheumatoid factor positive rheumatoid arthritis", ["not_these", "rheumatoid-arthritis"]),
        ("sine scleroderma", ["not_these"]),
        ("biopsy-proven lupus nephritis", ["lupus-nephritis"]),
        ("Felty's syndrome in a person with RA", ["other.felty"]),
        ("Amyopathic dermatomyositis", ["dermatomyositis"]),
        ("discoid lupus erythematosus", ["cutaneous-lupus"]),
        ("first non-Raynaud symptom", ["not_these"]),
        ("CNS lupus or lupus cerebritis", ["neuropsychiatric-lupus", "neuropsychiatric-lupus"]),
        ("chronic plaque psoriasis", ["other.psoriasis"]),
    ],
)
def test_longest_diagnosis_of_real_wording(text: str, expected: list[str]) -> None:
    assert longest(text, dict(diagnosis_terms())) == expected


@pytest.mark.parametrize(
    ("attribute", "text", "found"),
    [
        ("creatinine", "Serum creatine > 2.8 mg/dl", True),
        ("creatinine", "creatinine clearance (Cockcroft-Gault)", False),
        ("creatinine", "elevated creatinine phosphokinase", False),
        ("proteinuria", "urine protein/creatinine ratio > 0.5", True),
        ("fvc", "FEV1/FVC < 0.7", False),
        ("hemoglobin", "Hemoglobin A1c > 8%", False),
        ("sledai", "non-renal SLEDAI", False),
        ("clinical_sledai", "'Clinical' SLEDAI-2K score ≥4", True),
        ("neutrophils", "anti-neutrophil cytoplasmic antibody", False),
        ("neutrophils", "Neutrophil granulocytes less than 0.5", True),
        ("platelets", "platelet transfusions", False),
        ("ast", "SGOT > 2.5 x N", True),
        ("white_cells", "Leucocyte counts >= 4000/uL", True),
    ],
)
def test_measure_names_in_real_wording(attribute: str, text: str, found: bool) -> None:
    table = MEASURES[attribute]
    terms = {folded(term): "" for term in table["not_these"]} | {folded(term): attribute for term in table["words"]}
    assert (attribute in longest(text, terms)) is found
