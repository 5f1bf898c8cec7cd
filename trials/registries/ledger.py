"""The ledger of one record: what was put right, hidden or doubted while it was read."""

import re

from trials import vocab as v
from trials.records import Note

# Postgres takes no NUL and no lone surrogate; no other control character means anything in a text for people. One that
# turns the direction of writing can turn "> 50" into "50 <", and one that is not seen hides a word from every check.
_UNSTORABLE = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069"
    r"\ud800-\udfff\ufeff\U000e0000-\U000e007f]"
)
_LONGEST_NOTE = 2000


def storable(text: str) -> str:
    """The text without the characters that cannot be stored or shown."""
    return _UNSTORABLE.sub("", text)


class Ledger:
    """Collects the notes of one record while it is read."""

    def __init__(self) -> None:
        self.notes: list[Note] = []

    def add(self, origin: v.Origin, path: str, rule: str, written: str = "", shown: str = "") -> None:
        self.notes.append(Note(origin, path, rule, storable(written)[:_LONGEST_NOTE], storable(shown)[:_LONGEST_NOTE]))
