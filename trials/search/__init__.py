"""The reading of a search box: what the words that somebody typed ask for, and what to offer while they type.

Pure Python: no Django, no database, no network. What the database knows by name comes in as `Names`.
"""

from trials.search.kinds import members
from trials.search.model import Free, Kind, Names, NoNames, Part, Reading
from trials.search.reading import LONGEST_TEXT, read
from trials.search.removing import without
from trials.search.suggesting import Suggestion, suggestions

__all__ = [
    "LONGEST_TEXT",
    "Free",
    "Kind",
    "Names",
    "NoNames",
    "Part",
    "Reading",
    "Suggestion",
    "members",
    "read",
    "suggestions",
    "without",
]
