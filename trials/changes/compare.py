"""Compares two versions of a study record, field by field.

The order of lists is no change; nor is white space, an escape, or the date on which the registry posted the update (it
names the version).
"""

from collections.abc import Iterator
from dataclasses import fields

from trials import vocab as v
from trials.changes.holdings import holdings, stated_by_both
from trials.changes.kinds import AgeRange, Change, ChangeKind, Enrollment, Value
from trials.changes.pairing import pair_up
from trials.changes.parts import arm_changes, contact_changes, outcome_changes, sponsor_changes
from trials.changes.sites import site_changes
from trials.changes.wording import readable
from trials.places.names import fold
from trials.records import Design, StudyRecord

_TEXTS = {
    ChangeKind.TITLE: ("brief_title", "official_title", "acronym"),
    ChangeKind.SUMMARY_TEXT: ("brief_summary", "detailed_description"),
}
_OTHER_TEXTS = ("why_stopped", "org_study_id", "last_known_status")
_LISTS = {
    ChangeKind.CONDITION: ("conditions",),
    ChangeKind.OTHER: ("keywords", "mesh_terms"),
}
_COUNTED = ("phases", "enrollment_count", "enrollment_type")  # told by a kind of their own


def changes(old: StudyRecord, new: StudyRecord) -> tuple[Change, ...]:
    """Return what differs, most important first; empty when a reader would find nothing.

    When the two hold different modules (one was fetched in part), what only one of them holds tells nothing: only what
    both state is compared.
    """
    found = (change for comparer in _COMPARERS for change in comparer(old, new))
    if holdings(old) != holdings(new):
        found = (change for change in found if stated_by_both(change, old, new))
    return tuple(sorted(found, key=lambda change: _ORDER[change.kind]))


def _status(old: StudyRecord, new: StudyRecord) -> Iterator[Change]:
    yield from _field(ChangeKind.STATUS, old.overall_status, new.overall_status)


def _ages(old: StudyRecord, new: StudyRecord) -> Iterator[Change]:
    before, after = _age_range(old), _age_range(new)
    yield from (Change(ChangeKind.AGES, None, ages) for ages in _only_in(after, before))
    yield from (Change(ChangeKind.AGES, ages, None) for ages in _only_in(before, after))


def _age_range(record: StudyRecord) -> AgeRange:
    return AgeRange(record.eligibility.minimum_age_years or 0, record.eligibility.below_age_years)


def _only_in(one: AgeRange, other: AgeRange) -> Iterator[AgeRange]:
    """The ages of the one range that lie under, and those that lie over, the other."""
    endless = float("inf")
    top, other_top = one.below or endless, other.below or endless
    if one.minimum < (under := min(top, other.minimum)):
        yield AgeRange(one.minimum, under)
    if (over := max(one.minimum, other_top)) < top:
        yield AgeRange(over, one.below)


def _who(old: StudyRecord, new: StudyRecord) -> Iterator[Change]:
    before, after = old.eligibility, new.eligibility
    yield from _field(ChangeKind.SEX, before.sex, after.sex)
    yield from _field(ChangeKind.OTHER, before.healthy_volunteers, after.healthy_volunteers, "healthy_volunteers")
    for name in ("criteria_text", "study_population", "gender_description"):
        yield from _field(ChangeKind.CRITERIA_TEXT, getattr(before, name), getattr(after, name), name)


def _contacts(old: StudyRecord, new: StudyRecord) -> Iterator[Change]:
    yield from contact_changes(old.contacts, new.contacts)


def _dates(old: StudyRecord, new: StudyRecord) -> Iterator[Change]:
    for kind in v.DateKind:
        if kind != v.DateKind.LAST_UPDATE_POSTED:
            yield from _field(ChangeKind.DATE, old.date_of(kind), new.date_of(kind), kind)


def _design(old: StudyRecord, new: StudyRecord) -> Iterator[Change]:
    before, after = old.design, new.design
    planned, counted = (Enrollment(d.enrollment_count, d.enrollment_type) for d in (before, after))
    if planned != counted and counted.count is not None:
        yield Change(ChangeKind.ENROLLMENT, planned if planned.count is not None else None, counted)
    elif planned != counted:
        yield Change(ChangeKind.ENROLLMENT, planned if planned.count is not None else None, None)
    if set(before.phases) != set(after.phases):
        yield Change(ChangeKind.PHASE, tuple(before.phases) or None, tuple(after.phases) or None)
    for name in (field.name for field in fields(Design) if field.name not in _COUNTED):
        yield from _field(ChangeKind.OTHER, getattr(before, name) or None, getattr(after, name) or None, name)


def _texts(old: StudyRecord, new: StudyRecord) -> Iterator[Change]:
    for kind, names in _TEXTS.items():
        for name in names:
            yield from _field(kind, getattr(old, name), getattr(new, name), name)


def _lists(old: StudyRecord, new: StudyRecord) -> Iterator[Change]:
    for kind, names in _LISTS.items():
        for name in names:
            before, after = getattr(old, name), getattr(new, name)
            _, gone, come = pair_up(before, after, exact=(fold,))
            yield from (Change(kind, None, after[j], name) for j in come)
            yield from (Change(kind, before[i], None, name) for i in gone)


def _others(old: StudyRecord, new: StudyRecord) -> Iterator[Change]:
    for name in _OTHER_TEXTS:
        yield from _field(ChangeKind.OTHER, getattr(old, name), getattr(new, name), name)
    if old.date_of(v.DateKind.RESULTS_FIRST_POSTED) == new.date_of(v.DateKind.RESULTS_FIRST_POSTED):
        yield from _field(ChangeKind.OTHER, old.has_results or None, new.has_results or None, "has_results")
    _, gone, come = pair_up(old.secondary_ids, new.secondary_ids, exact=(lambda one: fold(one.identifier),))
    yield from (Change(ChangeKind.OTHER, None, new.secondary_ids[j], "secondary_ids") for j in come)
    yield from (Change(ChangeKind.OTHER, old.secondary_ids[i], None, "secondary_ids") for i in gone)


def _field(kind: ChangeKind, before: Value, after: Value, detail: str = "") -> Iterator[Change]:
    """One change, when a reader would see a difference; an empty text is as good as none."""
    old, new = (value if value != "" else None for value in (before, after))
    if isinstance(old, tuple) and isinstance(new, tuple) and set(old) == set(new):
        return
    if isinstance(old, str) and isinstance(new, str) and readable(old) == readable(new):
        return
    if old != new:
        yield Change(kind, old, new, detail)


_ORDER = {kind: place for place, kind in enumerate(ChangeKind)}
_COMPARERS = (
    _status,
    _ages,
    _who,
    site_changes,
    _contacts,
    _dates,
    _design,
    _texts,
    arm_changes,
    outcome_changes,
    _lists,
    sponsor_changes,
    _others,
)
