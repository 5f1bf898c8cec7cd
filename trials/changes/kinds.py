"""The shape of a change."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from trials import vocab as v
from trials.records import Arm, Contact, Intervention, Outcome, RecordDate, SecondaryId, Site, Sponsor


class ChangeKind(StrEnum):
    STATUS = "STATUS"
    AGES = "AGES"
    SEX = "SEX"
    CRITERIA_TEXT = "CRITERIA_TEXT"
    SITE_OPENED = "SITE_OPENED"
    SITE_CLOSED = "SITE_CLOSED"
    SITE_ADDED = "SITE_ADDED"
    SITE_REMOVED = "SITE_REMOVED"
    SITE_CHANGED = "SITE_CHANGED"  # its name, address, or a status that is open neither before nor after
    CONTACT = "CONTACT"
    DATE = "DATE"
    ENROLLMENT = "ENROLLMENT"
    PHASE = "PHASE"
    TITLE = "TITLE"
    SUMMARY_TEXT = "SUMMARY_TEXT"
    ARM = "ARM"
    INTERVENTION = "INTERVENTION"
    OUTCOME = "OUTCOME"
    CONDITION = "CONDITION"
    SPONSOR = "SPONSOR"
    OTHER = "OTHER"


@dataclass(frozen=True, slots=True)
class AgeRange:
    """Ages in years from `minimum` (0 without a limit) up to, not including, `below` (None without a limit)."""

    minimum: float
    below: float | None


@dataclass(frozen=True, slots=True)
class Enrollment:
    count: int | None
    type: v.DateType | None


Value: TypeAlias = (
    str
    | bool
    | tuple[str, ...]
    | AgeRange
    | Arm
    | Contact
    | Enrollment
    | Intervention
    | Outcome
    | RecordDate
    | SecondaryId
    | Site
    | Sponsor
    | None
)


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that differs. `before` None means that it is new, `after` None that it is no longer there.

    `detail` is the field's name where a kind covers several ("brief_title", "START", a part's "description", a site's
    "address"); for a site's own contact it names the site. AGES are the ages gained (`after`) or lost (`before`). The
    values of a part are whole parts.
    """

    kind: ChangeKind
    before: Value
    after: Value
    detail: str = ""

    @property
    def texts(self) -> tuple[str, str] | None:
        """The two texts to lay over each other word by word, where the change is one of wording."""
        old, new = (_text(value, self.detail) for value in (self.before, self.after))
        return (old, new) if old and new else None


def _text(value: Value, field: str) -> str:
    """The text in a value, or in the named field of a part."""
    found = value if isinstance(value, str) else getattr(value, field, "") if field else ""
    return found if isinstance(found, str) and not isinstance(found, StrEnum) else ""
