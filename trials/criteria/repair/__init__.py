"""Repairs of the wording of one criterion: certain ones are made, uncertain ones only proposed, each with its reason.

Nothing but the words at fault is touched, and never a number. Pure Python: no Django, no database, no network.
"""

from trials.criteria.repair.core import proposals, repaired
from trials.criteria.repair.data import VERSION
from trials.criteria.repair.fix import Fix
from trials.criteria.repair.names import Names, known_names
from trials.criteria.repair.reasons import REASONS

__all__ = ["REASONS", "VERSION", "Fix", "Names", "known_names", "proposals", "repaired"]
