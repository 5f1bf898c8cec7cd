"""What a record holds at all: some were fetched with a few fields only, and what is not there tells nothing."""

from collections.abc import Sequence

from trials.changes.kinds import Change, ChangeKind
from trials.records import RecordDate, Site, StudyRecord
from trials.vocab import SponsorRole

_SITE_KINDS = frozenset(kind for kind in ChangeKind if kind.startswith("SITE_"))
_PARTS = {
    ChangeKind.ARM: "arms",
    ChangeKind.INTERVENTION: "interventions",
    ChangeKind.OUTCOME: "outcomes",
    ChangeKind.CONDITION: "conditions",
    ChangeKind.SPONSOR: "sponsors",
}


def holdings(record: StudyRecord) -> tuple[bool, ...]:
    """Which of the things that every full record states are in this one; alike for records fetched alike."""
    stated: Sequence[object] = (
        record.brief_title,
        record.overall_status,
        record.brief_summary,
        record.eligibility.criteria_text,
        record.eligibility.sex,
        record.design.study_type,
        record.sponsors,
        record.outcomes,
    )
    return tuple(bool(value) for value in stated)


def stated_by_both(change: Change, old: StudyRecord, new: StudyRecord) -> bool:
    """Whether both records speak of what differs, so that the difference is the registry's and not the file's."""
    if change.kind in _SITE_KINDS:
        return all(_names_facilities(record.sites) for record in (old, new)) and _both(change)
    if change.kind == ChangeKind.CONTACT:
        return all(_has_contacts(record, of_sites=bool(change.detail)) for record in (old, new))
    if change.kind == ChangeKind.AGES:
        return all(r.eligibility.minimum_age_text or r.eligibility.maximum_age_text for r in (old, new))
    if isinstance(change.before, RecordDate) and isinstance(change.after, RecordDate):
        typed = change.before.type is not None and change.after.type is not None
        return typed or change.before.date != change.after.date
    if change.kind == ChangeKind.SPONSOR and None in (change.before, change.after):
        return all(any(one.role == SponsorRole.COLLABORATOR for one in record.sponsors) for record in (old, new))
    if change.kind in _PARTS:
        return all(getattr(record, _PARTS[change.kind]) for record in (old, new)) and _both(change)
    if change.detail in ("keywords", "mesh_terms", "secondary_ids"):
        return all(getattr(record, change.detail) for record in (old, new))
    return change.before is not None and change.after is not None


def _both(change: Change) -> bool:
    """Whether a part that came or went whole, or whose field both versions fill."""
    if change.before is None or change.after is None:
        return True
    return all(getattr(value, change.detail, True) for value in (change.before, change.after))


def _names_facilities(sites: Sequence[Site]) -> bool:
    return any(site.facility for site in sites)


def _has_contacts(record: StudyRecord, *, of_sites: bool) -> bool:
    return any(site.contacts for site in record.sites) if of_sites else bool(record.contacts)
