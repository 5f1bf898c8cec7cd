"""Which changes matter to somebody who thinks of joining."""

from trials.changes.kinds import Change, ChangeKind
from trials.records import Contact
from trials.vocab import ContactKind

_KINDS = frozenset(
    {
        ChangeKind.STATUS,
        ChangeKind.AGES,
        ChangeKind.SEX,
        ChangeKind.CRITERIA_TEXT,
        ChangeKind.SITE_OPENED,
        ChangeKind.SITE_CLOSED,
        ChangeKind.SITE_ADDED,
        ChangeKind.SITE_REMOVED,
    }
)
_FIELDS = frozenset(
    {
        (ChangeKind.SITE_CHANGED, "status"),
        (ChangeKind.OTHER, "healthy_volunteers"),
        (ChangeKind.OTHER, "why_stopped"),
    }
)


def matters(change: Change) -> bool:
    """Whether it is about the status, who can join, where, or whom to ask; not about dates, texts or addresses."""
    if change.kind == ChangeKind.CONTACT:
        one = change.after or change.before
        return not (isinstance(one, Contact) and one.kind == ContactKind.OFFICIAL)  # who answers is not whom to ask
    return change.kind in _KINDS or (change.kind, change.detail) in _FIELDS
