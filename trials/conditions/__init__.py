"""The conditions of this finder: a list with its hierarchy, and the code that recognises them in words.

The list is `conditions.toml`. Pure Python: no Django, no database, no network.
"""

from trials.conditions.folding import fold
from trials.conditions.mapping import ConditionLink, ConditionMap, conditions_of
from trials.conditions.resolving import Found, find_in_text, lung_disease_of, resolve
from trials.conditions.suggesting import Suggestion, suggest
from trials.conditions.vocabulary import (
    SYNC_QUERY,
    VERSION,
    Condition,
    ancestors,
    by_slug,
    conditions,
    descendants,
    family,
    known,
)

__all__ = [
    "SYNC_QUERY",
    "VERSION",
    "Condition",
    "ConditionLink",
    "ConditionMap",
    "Found",
    "Suggestion",
    "ancestors",
    "by_slug",
    "conditions",
    "conditions_of",
    "descendants",
    "family",
    "find_in_text",
    "fold",
    "known",
    "lung_disease_of",
    "resolve",
    "suggest",
]
