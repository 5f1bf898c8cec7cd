"""Changed trials into the database: the trial's row, all its parts, its versions and its ledger."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from trials import models as m
from trials import vocab as v
from trials.conditions import ConditionMap
from trials.ingest.accepted import accepted_diseases, with_accepted
from trials.ingest.bulk import copy_rows, next_ids
from trials.ingest.conditions import editor_terms, is_in_scope, mapping_of, store_terms
from trials.ingest.criteria import write_criteria
from trials.ingest.index import index_trials
from trials.ingest.readings import Readings, study_of_record
from trials.ingest.rows import COLUMNS, DELETE_ORDER, PartRows, trial_values
from trials.ingest.stale import refresh_summaries
from trials.ingest.versions import COLUMNS as VERSION_COLUMNS
from trials.ingest.versions import History, Version, load_payloads
from trials.records import Note, StudyRecord


@dataclass(slots=True)
class Shown:
    """A trial as it will be shown, and where each note comes from."""

    trial_id: int
    is_new: bool
    record: StudyRecord
    basis: Version
    filled: tuple[tuple[Note, int], ...]
    mapping: ConditionMap


def write_histories(changed: dict[str, History], readings: Readings) -> None:
    """Write all new versions, and rebuild what the trials show."""
    if not changed:
        return
    editors = editor_terms()
    load_payloads(changed.values())
    new_ids = iter(next_ids(m.Trial, sum(history.trial_id is None for history in changed.values())))
    shown = []
    for history in changed.values():
        is_new = history.trial_id is None
        trial_id = history.trial_id = next(new_ids) if history.trial_id is None else history.trial_id
        record, filled = history.shown_study()
        basis = next(version for version in history.stored + history.new if version.is_basis)
        shown.append(Shown(trial_id, is_new, record, basis, filled, mapping_of(record, editors)))
    _write_trials(shown)
    _write_versions(changed.values())
    _write_parts(shown, readings)


def write_without_versions(shown: list[Shown]) -> None:
    """Write trials that no registry's record stands behind."""
    _write_trials(shown)
    _write_parts(shown, Readings())


def _write_parts(shown: list[Shown], readings: Readings) -> None:
    write_criteria({one.trial_id: study_of_record(one.record) for one in shown}, readings)
    _add_accepted(shown)
    _replace_parts(shown)
    refresh_summaries(one.trial_id for one in shown if not one.is_new)
    index_trials(one.trial_id for one in shown)


def _add_accepted(shown: list[Shown]) -> None:
    """Conditions that only the criteria name may bring a study into our scope; they take none out of it."""
    accepted = accepted_diseases(one.trial_id for one in shown)
    concerned = [one for one in shown if one.trial_id in accepted]
    before = {one.trial_id for one in concerned if is_in_scope(one.mapping, one.record.conditions)}
    for one in concerned:
        one.mapping = with_accepted(one.mapping, accepted[one.trial_id])
    entered = {one.trial_id for one in concerned if is_in_scope(one.mapping, one.record.conditions)} - before
    if entered:
        m.Trial.objects.filter(pk__in=entered).update(in_scope=True)


def _write_trials(shown: list[Shown]) -> None:
    values = [(one, _values(one)) for one in shown]
    columns = tuple(values[0][1])
    new = [(one.trial_id, one.basis.fetched_at, *row.values()) for one, row in values if one.is_new]
    copy_rows(m.Trial, ("id", "last_read_at", *columns), new)
    # An upsert that always meets its row: far quicker than bulk_update's CASE for each of forty columns.
    known = [
        m.Trial(id=one.trial_id, last_read_at=one.basis.fetched_at, **row) for one, row in values if not one.is_new
    ]
    m.Trial.objects.bulk_create(known, update_conflicts=True, unique_fields=["id"], update_fields=columns)


def _values(one: Shown) -> dict[str, Any]:
    in_scope = is_in_scope(one.mapping, one.record.conditions)
    return trial_values(one.record) | {
        "in_scope": in_scope,
        "is_sample": one.basis.is_sample,
        "read_in_part": not one.basis.is_complete,
    }


def _write_versions(histories: Iterable[History]) -> None:
    kept, rows = [], []
    for history in histories:
        kept += [version.id for version in history.stored if version.is_basis]
        for x in history.new:
            facts = (x.content_hash, x.text, x.version_date, x.is_complete, x.is_basis, x.fetched_at, x.source)
            rows.append((x.id, history.trial_id, *facts))
    replaced = m.RecordVersion.objects.filter(trial__in={row[1] for row in rows}, is_basis=True).exclude(pk__in=kept)
    replaced.update(is_basis=False)
    copy_rows(m.RecordVersion, VERSION_COLUMNS, rows)


def _replace_parts(shown: list[Shown]) -> None:
    known = [one.trial_id for one in shown if not one.is_new]
    if known:
        for model in DELETE_ORDER:
            path = "arm__trial__in" if model is m.ArmIntervention else "trial__in"
            model._default_manager.filter(**{path: known})._raw_delete("default")
        m.FieldNote.objects.filter(trial__in=known).exclude(origin=v.Origin.EDITED).delete()
    parts = PartRows(_reserved_ids(shown))
    decisions = _decisions(known)
    for one in shown:
        parts.add(one.trial_id, one.record, *decisions.get(one.trial_id, (frozenset(), frozenset())))
        parts.rows[m.TrialCondition] += [
            (one.trial_id, link.slug, link.origin, link.matched) for link in one.mapping.links
        ]
        notes = [(note, one.basis.id) for note in one.record.notes] + list(one.filled)
        parts.rows[m.FieldNote] += [
            (one.trial_id, version_id, n.origin, n.path, n.rule, n.written, n.shown) for n, version_id in notes
        ]
    store_terms(text for one in shown for text in one.record.conditions)
    for table, columns in COLUMNS.items():
        if parts.rows[table]:
            copy_rows(table, columns, parts.rows[table])


def _reserved_ids(shown: list[Shown]) -> dict[type[Model], Iterator[int]]:
    counts = {
        m.Arm: sum(len(one.record.arms) for one in shown),
        m.Intervention: sum(len(one.record.interventions) for one in shown),
        m.Site: sum(len(one.record.sites) for one in shown),
    }
    return {model: iter(next_ids(model, count)) for model, count in counts.items()}


def _decisions(trial_ids: list[int]) -> dict[int, tuple[frozenset[str], frozenset[str]]]:
    """What editors decided on contacts: trial → fingerprints to show, fingerprints to hide."""
    found: dict[int, tuple[set[str], set[str]]] = {}
    rows = m.ContactDecision.objects.filter(trial__in=trial_ids).values_list("trial_id", "fingerprint", "show")
    for trial_id, fingerprint, show in rows:
        found.setdefault(trial_id, (set(), set()))[not show].add(fingerprint)
    return {trial_id: (frozenset(shown), frozenset(hidden)) for trial_id, (shown, hidden) in found.items()}
