"""Readings of eligibility texts into rows: criteria, warnings and ledger, and an editor's correction above them."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F

from trials import models as m
from trials.criteria.model import Study
from trials.ingest.bulk import copy_rows, next_ids
from trials.ingest.parse import ParsedBatch, ParsedRecord
from trials.ingest.readings import READER_VERSION, Reading, Readings, input_hash_of, study_of_record

_CRITERION = (
    *("id", "trial_id", "position", "key", "kind", "parent_id", "text", "source_start", "source_end"),
    *("join", "any_of", "rules", "from_editor"),
)
_READING = ("trial_id", "engine_version", "text_hash", "input_hash", "warnings", "ledger", "doubted")

# What `study_of_trial` reads.
STUDY_FIELDS = ("nct_id", "eligibility_criteria", "brief_title", "minimum_age_text", "maximum_age_text", "sex")

Criteria = Sequence[Mapping[str, Any]]  # in the contract's JSON form
State = tuple[str, str]  # what was read, and by which engine


@dataclass(frozen=True, slots=True)
class Shown:
    """The criteria that a trial shows."""

    trial_id: int
    criteria: Criteria
    from_editor: bool


def write_criteria(studies: Mapping[int, Study], readings: Readings, *, anew: bool = False) -> None:
    """Bring the criteria of trials (key → what the engine reads of each) in line with their texts.

    What was read from the same words by the same engine stays as it is, unless all shall be written `anew`.
    """
    stored = stored_states(studies)
    changed = {key: study for key, study in studies.items() if anew or stored.get(key) != state_of(study)}
    if not changed:
        return
    made = {key: readings.of(study) for key, study in changed.items()}
    known = [key for key in changed if key in stored]
    _replace_readings(made, known)
    replace_criteria(_shown(made, standing_corrections(changed)), known)


def state_of(study: Study) -> State:
    return input_hash_of(study), READER_VERSION


def wanted_readings(batch: ParsedBatch) -> list[Study]:
    """Which of a batch's studies the engine will have to read: so that it can do so before they are stored.

    Those with new content, and those that another version of the engine has read. A guess, for a record may be
    completed from others, or another batch may come first; what is missing is read later.
    """
    ids = {one.nct_id for one in batch.parsed}
    versions = m.RecordVersion.objects.filter(trial__nct_id__in=ids).values_list("trial__nct_id", "content_hash")
    held, states = set(versions), states_by_id(ids)

    def may_differ(one: ParsedRecord) -> bool:
        state = states.get(one.nct_id)
        return (one.nct_id, one.content_hash) not in held or state is None or state[1] != READER_VERSION

    studies = ((one.nct_id, study_of_record(one.study)) for one in batch.parsed if may_differ(one))
    return [study for nct_id, study in studies if states.get(nct_id) != state_of(study)]


def read_by_another(trials: m.TrialQuerySet) -> m.TrialQuerySet:
    """The trials whose text the present engine has not read: another version of it has, or none."""
    return trials.exclude(criteria_reading__engine_version=READER_VERSION)


def refresh_criteria(nct_ids: Iterable[str], readings: Readings) -> list[int]:
    """Read the stored texts of these studies anew where another engine has read them; returns their keys."""
    behind = read_by_another(m.Trial.objects.filter(nct_id__in=list(nct_ids)))
    trials = behind.only(*STUDY_FIELDS).prefetch_related("listed_conditions").order_by("pk")
    studies = {trial.pk: study_of_trial(trial) for trial in trials}
    write_criteria(studies, readings)
    return list(studies)


def stored_states(trial_ids: Iterable[int]) -> dict[int, State]:
    """What each trial's stored criteria were read from."""
    rows = m.CriteriaReading.objects.filter(trial__in=list(trial_ids))
    return {key: (read, by) for key, read, by in rows.values_list("trial_id", "input_hash", "engine_version")}


def states_by_id(nct_ids: Iterable[str]) -> dict[str, State]:
    """The same, by the studies' ids."""
    rows = m.CriteriaReading.objects.filter(trial__nct_id__in=list(nct_ids)).annotate(study=F("trial__nct_id"))
    return {study: (read, by) for study, read, by in rows.values_list("study", "input_hash", "engine_version")}


def standing_corrections(trial_ids: Iterable[int]) -> dict[int, m.CriteriaCorrection]:
    """Editors' corrections that nobody has taken back, whether or not the text is still the one they were made for."""
    found = m.CriteriaCorrection.objects.filter(trial__in=list(trial_ids), ended_at=None)
    return {correction.trial_id: correction for correction in found}


def _shown(made: Mapping[int, Reading], corrections: Mapping[int, m.CriteriaCorrection]) -> list[Shown]:
    """An editor's correction wins while the text is the one it was made for; its flag is set to match."""
    shown = []
    for key, reading in made.items():
        correction = corrections.get(key)
        if correction and correction.outdated != (correction.text_hash != reading.text_hash):
            correction.outdated = not correction.outdated
            correction.save(update_fields=["outdated"])
        holds = correction is not None and not correction.outdated
        shown.append(Shown(key, correction.criteria if holds and correction else reading.criteria, holds))
    return shown


def _replace_readings(made: Mapping[int, Reading], known: Sequence[int]) -> None:
    if known:
        m.CriteriaReading.objects.filter(trial__in=known)._raw_delete("default")
    rows = (
        (
            key,
            r.engine_version,
            r.text_hash,
            r.input_hash,
            *map(_json, (list(r.warnings), list(r.ledger), list(r.doubted))),
        )
        for key, r in made.items()
    )
    copy_rows(m.CriteriaReading, _READING, rows)


def replace_criteria(shown: Sequence[Shown], known: Sequence[int]) -> None:
    """Store criteria in place of those that the `known` trials have."""
    if known:
        m.Criterion.objects.filter(trial__in=known)._raw_delete("default")
    ids = iter(next_ids(m.Criterion, sum(len(one.criteria) for one in shown)))
    copy_rows(m.Criterion, _CRITERION, (row for one in shown for row in _rows(one, ids)))


def _rows(shown: Shown, ids: Iterator[int]) -> Iterator[tuple[Any, ...]]:
    keys: dict[str, int] = {}
    for position, one in enumerate(shown.criteria):
        keys[one["id"]] = row_id = next(ids)
        parent = keys[one["parent"]] if one["parent"] else None
        join = "" if one["join"] is None else str(one["join"])
        place = (one["text"], one["source_start"], one["source_end"])
        combined = (join, one.get("any_of"), _json(one["rules"]), shown.from_editor)
        yield (row_id, shown.trial_id, position, one["id"], one["kind"], parent, *place, *combined)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def as_json(criteria: Iterable[m.Criterion]) -> list[dict[str, Any]]:
    """Stored criteria of one trial, in reading order, back in the contract's form."""
    rows = list(criteria)
    keys = {row.pk: row.key for row in rows}
    return [
        {
            "id": row.key,
            "kind": row.kind,
            "parent": keys.get(row.parent_id) if row.parent_id else None,
            "text": row.text,
            "source_start": row.source_start,
            "source_end": row.source_end,
            "join": int(row.join) if row.join.isdecimal() else row.join or None,
            **({"any_of": row.any_of} if row.any_of is not None else {}),
            "rules": row.rules,
        }
        for row in rows
    ]


def study_of_trial(trial: m.Trial) -> Study:
    """What the engine reads, of a stored trial; the same as of the record that it was stored from."""
    return Study(
        nct_id=trial.nct_id,
        text=trial.eligibility_criteria,
        title=trial.brief_title,
        conditions=tuple(listed.text for listed in trial.listed_conditions.all()),
        minimum_age=trial.minimum_age_text,
        maximum_age=trial.maximum_age_text,
        sex=trial.sex,
    )
