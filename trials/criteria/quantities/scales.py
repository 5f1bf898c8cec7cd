"""Data for `convert`: what one of a unit is in the contract's unit, and which values an attribute can have at all."""

_MONTH = 30.4375  # days, by the contract
_YEAR = 365.25
_CREATININE = 88.4  # µmol/L in one mg/dL, by the contract
_MOLAR = 113.12  # g/mol creatinine
_HAEM = 16.114  # g/L haemoglobin in one mmol/L

# Blood cells, in 10^9/L.
CELLS: dict[str, float] = {
    "10^9/L": 1, "10^3/uL": 1, "10^3/mm3": 1, "10^6/mL": 1, "10^12/L": 1000, "10^6/L": 1e-3, "10^4/uL": 10,
    "10^4/mm3": 10, "10^8/L": 0.1, "10^10/L": 10, "10^11/L": 100, "10^6/uL": 1000, "10^5/uL": 100,
    "10^5/mm3": 100, "g/L": 1, "K/uL": 1, "K/mm3": 1, "K/mL": 1, "/uL": 1e-3, "cells/uL": 1e-3,
    "/mm3": 1e-3, "cells/mm3": 1e-3, "U/uL": 1e-3, "/nL": 1, "/L": 1e-9, "cells/L": 1e-9, "/mL": 1e-6,
    "cells/mL": 1e-6, "10^9": 1, "10^3": 1,
}  # fmt: skip
_ULN = {"x ULN": 1.0}
_PREDICTED = {"%": 1.0, "% predicted": 1.0, "predicted": 1.0}
_PERCENT = {"%": 1.0}
_POINTS = {"points": 1.0, "": 1.0, "units": 1.0}
_SCORES = ("sledai", "clinical_sledai", "mrss", "essdai", "das28", "bvas", "cdasi", "clasi", "mmt8", "ecog")

FACTORS: dict[str, dict[str, float]] = {
    "age": {"years": 1, "": 1, "months": 1 / 12, "weeks": 7 / _YEAR, "days": 1 / _YEAR},
    "weight": {"kg": 1, "lb": 0.45359237, "g": 1e-3},
    "bmi": {"kg/m2": 1, "": 1, "kg/m": 1, "points": 1},
    "disease_duration": {"months": 1, "years": 12, "weeks": 7 / _MONTH, "days": 1 / _MONTH},
    "fvc": _PREDICTED, "dlco": _PREDICTED,
    "spo2": {"%": 1, "": 1}, "hrct_extent": _PERCENT, "lvef": {"%": 1, "": 1},
    "egfr": {
        "mL/min/1.73m2": 1, "mL/min": 1, "mL/m": 1, "mL/min/m2": 1, "": 1, "mL/s": 60, "mL/s/1.73m2": 60,
        "mL/1.73m2": 1, "mL/m/1.73m2": 1, "mL": 1, "mL/1.73m2/min": 1,
    },
    "creatinine": {"mg/dL": 1, "umol/L": 1 / _CREATININE, "umol": 1 / _CREATININE,
                   "mmol/L": 1000 / _CREATININE, "mg/L": 0.1,
                   "": 1, "units": 1, "mg%": 1},
    "proteinuria": {
        "g/g": 1, "mg/mg": 1, "mg/g": 1e-3, "g/day": 1, "mg/day": 1e-3, "g": 1, "mg": 1e-3, "mg/mmol": 1 / _MOLAR,
        "g/mmol": 1000 / _MOLAR, "g/mol": 1 / _MOLAR, "": 1,
    },
    "hemoglobin": {"g/L": 1, "g/dL": 10, "mg/dL": 10, "g": 10, "g/mL": 10, "mmol/L": _HAEM, "": 10},
    "alt": _ULN, "ast": _ULN, "bilirubin": _ULN,
    "prednisone_dose": {"mg/day": 1, "mg": 1, "g/day": 1000},
    **dict.fromkeys(_SCORES, _POINTS),
}  # fmt: skip

# Second readings, tried when the first gives a value that cannot be: "1500/mL" is meant per µL, "hemoglobin 90" in g/L.
_PER_UL = {"/mL", "cells/mL", "ug", "", "/mm", "mm3", "uL", "cells", "/dL", "ug/L", "10^3/L", "/L", "cells/L"}
_COUNTS = ("platelets", "neutrophils", "white_cells", "lymphocytes")
FAULTS: dict[tuple[str, str], tuple[float, ...]] = {
    **{(count, unit): (1e-3,) for count in _COUNTS for unit in _PER_UL},
    **{(count, ""): (1e-3, 1.0) for count in _COUNTS},
    **{(count, unit): (1e-3,) for count in _COUNTS for unit in ("10^9/L", "g/L")},
    **{(count, unit): (1.0,) for count in _COUNTS for unit in ("10^3/L", "10^3/mL", "10^9/mL", "10^9/uL", "10^9/mm3")},
    ("hemoglobin", ""): (1.0,),
    ("hemoglobin", "g/L"): (10.0,),
    ("hemoglobin", "g/dL"): (1.0,),
    ("proteinuria", ""): (1e-3,),
    ("lvef", ""): (100.0,),
}

# The least and the most that a threshold can sensibly be, in the contract's unit. Outside it there is no rule.
PLAUSIBLE: dict[str, tuple[float, float]] = {
    "age": (0, 120), "weight": (0.3, 400), "bmi": (8, 90), "disease_duration": (0, 1200),
    "fvc": (5, 150), "dlco": (5, 150), "spo2": (50, 100), "hrct_extent": (0, 100), "lvef": (5, 90),
    "sledai": (0, 105), "clinical_sledai": (0, 105), "mrss": (0, 51), "essdai": (0, 123), "das28": (0, 10),
    "bvas": (0, 100), "cdasi": (0, 132), "clasi": (0, 136), "mmt8": (0, 300), "ecog": (0, 5),
    "egfr": (3, 200), "creatinine": (0.2, 15), "proteinuria": (0.1, 30), "hemoglobin": (30, 250),
    "platelets": (1, 2000), "neutrophils": (0.05, 50), "white_cells": (0.1, 200), "lymphocytes": (0.01, 50),
    "alt": (0.3, 50), "ast": (0.3, 50), "bilirubin": (0.3, 50), "prednisone_dose": (0, 2000),
}  # fmt: skip
ROUNDED = {"disease_duration": 2, "creatinine": 2, "proteinuria": 3}
