"""What changed between two versions of a study record, as plain data: no wording, no database.

The sentences that people read are in `trials.change_words`.
"""

from trials.changes.compare import changes
from trials.changes.holdings import holdings
from trials.changes.kinds import AgeRange, Change, ChangeKind, Enrollment, Value
from trials.changes.weight import matters
from trials.changes.wording import Edit, Run, word_diff

__all__ = [
    "AgeRange",
    "Change",
    "ChangeKind",
    "Edit",
    "Enrollment",
    "Run",
    "Value",
    "changes",
    "holdings",
    "matters",
    "word_diff",
]
