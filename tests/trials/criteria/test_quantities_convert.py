import pytest

from trials.criteria.quantities import canonical

STATED = [
    ("age", 18, "years", 18),
    ("age", 16, "", 16),
    ("age", 6, "months", 0.5),
    ("weight", 100, "lb", 45.3592),
    ("bmi", 18.5, "kg/m2", 18.5),
    ("disease_duration", 24, "weeks", 5.52),
    ("disease_duration", 6, "weeks", 1.38),
    ("disease_duration", 10, "years", 120),
    ("hemoglobin", 8.5, "g/dL", 85),
    ("hemoglobin", 90, "g/L", 90),
    ("hemoglobin", 5.6, "mmol/L", 90.2384),
    ("hemoglobin", 9, "", 90),
    ("hemoglobin", 90, "", 90),
    ("platelets", 100_000, "/mm3", 100),
    ("platelets", 100, "10^9/L", 100),
    ("platelets", 100, "g/L", 100),  # "G/L", giga per litre
    ("platelets", 100_000, "", 100),
    ("platelets", 75, "10^3/uL", 75),
    ("platelets", 10_000, "/uL", 10),
    ("platelets", 100_000, "/mL", 100),  # meant per µL: 0.1 is no platelet count to ask for
    ("platelets", 100_000, "ug", 100),  # "100,000 micrograms" for microlitres
    ("neutrophils", 1500, "cells/mm3", 1.5),
    ("neutrophils", 1.5, "10^3/uL", 1.5),
    ("neutrophils", 1500, "", 1.5),
    ("neutrophils", 1000, "10^6/L", 1),
    ("white_cells", 3, "K/uL", 3),
    ("lymphocytes", 800, "/uL", 0.8),
    ("creatinine", 2.8, "mg/dL", 2.8),
    ("creatinine", 177, "umol/L", 2),
    ("creatinine", 1.4, "units", 1.4),
    ("proteinuria", 1, "g/g", 1),
    ("proteinuria", 500, "mg/g", 0.5),
    ("proteinuria", 500, "mg/day", 0.5),
    ("proteinuria", 50, "mg/mmol", 0.442),
    ("proteinuria", 3, "g/day", 3),
    ("egfr", 30, "mL/min", 30),
    ("egfr", 0.5, "mL/s", 30),
    ("alt", 3, "x ULN", 3),
    ("fvc", 45, "% predicted", 45),
    ("dlco", 40, "%", 40),
    ("lvef", 50, "%", 50),
    ("spo2", 92, "%", 92),
    ("sledai", 6, "points", 6),
    ("mmt8", 139, "", 139),
    ("prednisone_dose", 10, "mg", 10),
    ("prednisone_dose", 7.5, "mg/day", 7.5),
]
NOT_STATED = [
    ("alt", 120, "U/L"),
    ("bilirubin", 2, "mg/dL"),
    ("creatinine", 1.5, "x ULN"),
    ("fvc", 1.2, "L"),
    ("fvc", 45, ""),
    ("prednisone_dose", 1, "mg/kg/day"),
    ("prednisone_dose", 20, "mg/week"),
    ("hemoglobin", 900, "g/dL"),
    ("hemoglobin", 10, "%"),
    ("ecog", 70, "points"),
    ("age", 400, "years"),
    ("disease_duration", 6, ""),
    ("disease_duration", 12, "hours"),
    ("egfr", 60, "%"),
    ("platelets", 0.2, "/uL"),
    ("height", 180, "cm"),
]


@pytest.mark.parametrize("attribute, value, unit, expected", STATED)
def test_values_come_out_in_the_unit_of_the_contract(attribute, value, unit, expected):
    assert canonical(attribute, value, unit) == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("attribute, value, unit", NOT_STATED)
def test_what_cannot_be_stated_gives_none(attribute, value, unit):
    assert canonical(attribute, value, unit) is None
