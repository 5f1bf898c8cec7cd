"""What one of a unit is in the contract's unit, reckoned here anew from what the units mean."""

from fractions import Fraction

import pytest

from trials.criteria.quantities.scales import CELLS, FACTORS
from trials.questions.model import Unit
from trials.questions.reading import field_of, questions

_CREATININE = Fraction("113.12")  # g/mol
_CELLS = ("platelets", "white_cells", "neutrophils", "lymphocytes")

# One and the same thing in two units: (attribute, unit, number, number in the contract's unit).
SAME = [
    ("creatinine", "umol-per-l", 88.4, 1.0),
    ("creatinine", "umol-per-l", 132.6, 1.5),
    ("creatinine", "umol-per-l", 176.8, 2.0),
    ("creatinine", "mg-per-dl", 1.4, 1.4),
    ("hemoglobin", "g-per-dl", 8.5, 85.0),
    ("hemoglobin", "g-per-l", 85, 85.0),
    ("hemoglobin", "mmol-per-l", 5, 80.57),
    ("weight", "lb", 100, 45.3592),
    ("disease_duration", "years", 1.5, 18.0),
    ("proteinuria", "mg-per-g", 500, 0.5),
    ("proteinuria", "mg-per-mmol", 113.12, 1.0),
    ("proteinuria", "mg-per-mmol", 50, float(round(50 / _CREATININE, 4))),
    ("proteinuria", "mg-per-day", 500, 0.5),
    *((cell, "per-ul", 100_000, 100.0) for cell in _CELLS),
    *((cell, "per-ul", 1_500, 1.5) for cell in _CELLS),
    *((cell, "billion-per-l", 4.2, 4.2) for cell in _CELLS),
]
# What counts like 5 mg of prednisone, by FDA labels (deflazacort: EMA and UK).
FIVE_MG_OF_PREDNISONE = {
    "prednisone": 5, "prednisolone": 5, "methylprednisolone": 4, "triamcinolone": 4, "hydrocortisone": 20,
    "cortisone": 25, "dexamethasone": 0.75, "betamethasone": 0.75, "deflazacort": 6,
}  # fmt: skip
# Our units as the criteria engine writes them.
_ENGINES = {
    "umol-per-l": "umol/L", "mg-per-dl": "mg/dL", "g-per-dl": "g/dL", "g-per-l": "g/L", "mmol-per-l": "mmol/L",
    "lb": "lb", "kg": "kg", "years": "years", "months": "months", "mg-per-g": "mg/g", "mg-per-mmol": "mg/mmol",
    "g-per-g": "g/g", "g-per-day": "g/day", "mg-per-day": "mg/day", "ml-per-min": "mL/min/1.73m2",
    "per-ul": "/uL", "billion-per-l": "10^9/L", "percent": "%", "percent-predicted": "% predicted",
    "points": "points", "x-uln": "x ULN", "kg-per-m2": "kg/m2",
}  # fmt: skip


def unit(attribute: str, slug: str) -> Unit:
    return next(one for one in field_of(attribute).units if one.slug == slug)


@pytest.mark.parametrize(("attribute", "slug", "number", "expected"), SAME)
def test_a_number_in_one_unit_is_the_same_in_the_other(
    attribute: str, slug: str, number: float, expected: float
) -> None:
    assert unit(attribute, slug).in_contract(number) == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("steroid", FIVE_MG_OF_PREDNISONE)
@pytest.mark.parametrize("times", [1, 1.5, 2, 3, 4, 8, 12, 20])
def test_steroids_count_as_prednisone_to_the_milligram_where_limits_lie(steroid: str, times: float) -> None:
    assert unit("prednisone_dose", steroid).in_contract(FIVE_MG_OF_PREDNISONE[steroid] * times) == 5 * times


def test_every_steroid_of_the_list_is_sourced() -> None:
    assert {one.slug for one in field_of("prednisone_dose").units} == set(FIVE_MG_OF_PREDNISONE)


def test_people_and_studies_are_reckoned_alike() -> None:
    for question in questions():
        for field in question.fields:
            for one in field.units if field.attribute != "prednisone_dose" else ():
                theirs = CELLS if field.attribute in _CELLS else FACTORS[field.attribute]
                assert one.factor == pytest.approx(theirs[_ENGINES[one.slug]], rel=1e-12), (field.attribute, one.slug)
