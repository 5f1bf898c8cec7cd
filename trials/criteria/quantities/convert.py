"""From the unit a text uses into the one unit of each attribute: g/dL → g/L, 100,000/mm3 → 100, weeks → months.

Factors: creatinine 1 mg/dL = 88.4 µmol/L and months of 30.4375 days by the contract; the molar mass of creatinine is
113.12 g/mol (PubChem CID 588), so 1 g/g protein is 113.12 mg/mmol; haemoglobin 1 mmol/L (one haem chain,
as laboratories report it) is 16.114 g/L (IFCC); a pound is 0.45359237 kg by definition.
"""

from trials.criteria.quantities.scales import CELLS, FACTORS, FAULTS, PLAUSIBLE, ROUNDED


def canonical(attribute: str, value: float, unit: str) -> float | None:
    """`value` in the contract's unit of `attribute`; None when it cannot be stated or makes no sense for it.

    `unit` is the spelling of `Comparison.unit`. A missing unit is filled in only where the size of the value leaves one
    reading: platelets 100,000 are per µL, hemoglobin 9 is g/dL.
    """
    if attribute not in PLAUSIBLE:
        return None
    for factor in _factors(attribute, unit):
        if _plausible(attribute, converted := value * factor):
            return round(converted, ROUNDED.get(attribute, 4))
    return None


def _factors(attribute: str, unit: str) -> tuple[float, ...]:
    """Possible factors, the likeliest first: the first whose result is plausible is taken."""
    table = FACTORS.get(attribute, CELLS)
    if unit in table:
        return (table[unit], *FAULTS.get((attribute, unit), ()))
    return FAULTS.get((attribute, unit), ())


def _plausible(attribute: str, value: float) -> bool:
    low, high = PLAUSIBLE[attribute]
    return low <= value <= high
