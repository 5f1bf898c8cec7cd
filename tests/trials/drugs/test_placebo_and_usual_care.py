"""A placebo is never taken for the medicine that it looks like, nor usual care for a medicine of the study."""

import pytest

from trials.drugs import find, find_all


@pytest.mark.parametrize(
    "name",
    [
        "Placebo",
        "Oral Placebo",
        "Placebo of belimumab",
        "Placebo to match anifrolumab",
        "Placebo matching 50 mg Udenafil",
        "Matching placebo for BIIB059",
        "Placebo for Baricitinib and Methotrexate",
        "Belimumab placebo",
        "sildenafil matching placebo",
        "TQC2731 Placebo",
        "placebo (tadalafil)",
        "Placebo (for HCP1302)",
        "Placebo Infusion (Plasmalyte A with 0.5% human serum albumin)",
        "Dapagliflozin/Rosuvastatin placebo",
        "Sugar Pill",
        "Saline - placebo comparator",
        "placebo fecal transplantation",
    ],
)
def test_a_placebo_is_a_placebo(name: str) -> None:
    found = find(name)
    assert found is not None
    assert found.kind == "placebo"
    assert find_all(name) == (found,)


@pytest.mark.parametrize("name", ["Sham", "Sham TENS", "sham acupuncture", "Sham injection", "Sham laser"])
def test_a_sham_is_a_sham(name: str) -> None:
    assert [drug.kind for drug in find_all(name)] == ["sham"]


@pytest.mark.parametrize("name", ["Vehicle", "Vehicle cream", "Vehicle Only 0.5%"])
def test_a_vehicle_is_a_vehicle(name: str) -> None:
    assert [drug.kind for drug in find_all(name)] == ["vehicle"]


def test_a_drug_in_a_vehicle_is_the_drug() -> None:
    assert [drug.name for drug in find_all("Alprostadil in Vehicle 2.5%")] == ["alprostadil"]


@pytest.mark.parametrize(
    ("name", "named"),
    [
        ("Placebo + MTX", ["placebo", "methotrexate"]),
        ("Abatacept (CTLA4-Ig) and nasal placebo (0.9% sodium chloride)", ["abatacept", "placebo"]),
        ("Anifrolumab or placebo", ["anifrolumab", "placebo"]),
        ("Placebo/dapagliflozin", ["placebo", "dapagliflozin"]),
        ("Ocrelizumab Compared to Placebo", ["ocrelizumab", "placebo"]),
    ],
)
def test_a_placebo_beside_a_drug_leaves_the_drug(name: str, named: list[str]) -> None:
    assert [drug.name for drug in find_all(name)] == named
    assert find(name) is None


def test_a_placebo_controlled_study_names_no_placebo() -> None:
    assert [drug.name for drug in find_all("Placebo-Controlled Study of Denosumab")] == ["denosumab"]


@pytest.mark.parametrize(
    "name",
    [
        "Standard of Care",
        "SOC",
        "SoC",
        "Usual Care",
        "Treatment As Usual",
        "Enhanced usual care",
        "Standard Therapy",
        "Best supportive care",
        "Standard of Care (rituximab or cyclophosphamide)",
        "standard therapy with hydroxychloroquine",
    ],
)
def test_usual_care_is_usual_care(name: str) -> None:
    found = find(name)
    assert found is not None
    assert found.kind == "usual-care"


@pytest.mark.parametrize(
    "name", ["No Intervention", "no treatment", "wait-list control", "No intervention is provided"]
)
def test_no_treatment_is_no_treatment(name: str) -> None:
    found = find(name)
    assert found is not None
    assert found.kind == "no-treatment"


def test_usual_care_and_a_drug_are_two_things() -> None:
    assert find("Standard of care + belimumab") is None
    assert [drug.name for drug in find_all("Standard of care + belimumab")] == ["usual care", "belimumab"]
