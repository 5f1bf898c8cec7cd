"""Numbers in eligibility texts: thresholds (`comparisons`), look-backs (`windows`), contract units (`canonical`)."""

from trials.criteria.quantities.convert import canonical
from trials.criteria.quantities.lookbacks import Window, windows
from trials.criteria.quantities.thresholds import Comparison, comparisons

__all__ = ["Comparison", "Window", "canonical", "comparisons", "windows"]
