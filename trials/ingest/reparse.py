"""All stored texts through the engine anew, after it has learned something; batch by batch, each in its transaction."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields

from django.db import transaction
from django.db.models import F

from trials.ingest.criteria import (
    STUDY_FIELDS,
    Criteria,
    as_json,
    read_by_another,
    standing_corrections,
    study_of_trial,
    write_criteria,
)
from trials.ingest.readings import READER_VERSION, Reading, Readings
from trials.ingest.relink import relink_at_once
from trials.ingest.stale import refresh_summaries, refresh_those_behind
from trials.ingest.turns import writers_turn
from trials.models import CriteriaReading, Criterion, Trial, TrialQuerySet

_BATCH = 200


@dataclass(slots=True)
class Reparsed:
    """How much was read and what came out otherwise. A criterion is known by its kind and its words."""

    studies: int = 0
    studies_changed: int = 0
    added: int = 0
    removed: int = 0
    rules_changed: int = 0
    placed_otherwise: int = 0
    corrections_kept: int = 0
    failed: int = 0

    def __iadd__(self, other: "Reparsed") -> "Reparsed":
        for one in fields(self):
            setattr(self, one.name, getattr(self, one.name) + getattr(other, one.name))
        return self


def reparse(
    trials: TrialQuerySet, *, dry_run: bool = False, on_batch: Callable[[Reparsed], None] = lambda done: None
) -> Reparsed:
    """Read the texts of the trials anew and store what differs; with `dry_run` only tell.

    Editors' corrections stay in force. Those that another version of the engine has read come first, so a run that was
    killed goes on, when it is run again, with what it had left. Before that, all that editors saved is compared with
    what the rules write now.
    """
    if not dry_run:
        refresh_those_behind()
    done = Reparsed()
    for keys in _batches(_in_order(trials)):
        done += _reparse_batch(keys, dry_run=dry_run)
        on_batch(done)
    return done


def _in_order(trials: TrialQuerySet) -> list[int]:
    ahead = set(read_by_another(trials.order_by()).values_list("pk", flat=True))
    keys = set(trials.order_by().values_list("pk", flat=True))
    return sorted(ahead) + sorted(keys - ahead)


def _batches(keys: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(keys), _BATCH):
        yield keys[start : start + _BATCH]


def _reparse_batch(keys: Sequence[int], *, dry_run: bool) -> Reparsed:
    readings = Readings()
    for trial in _trials(keys):  # the long part, before anybody has to wait for us
        readings.of(study_of_trial(trial))
    with transaction.atomic():
        if not dry_run:
            writers_turn()
        return _compared(keys, readings, dry_run=dry_run)


def _compared(keys: Sequence[int], readings: Readings, *, dry_run: bool) -> Reparsed:
    studies = {trial.pk: study_of_trial(trial) for trial in _trials(keys)}
    stored = {row.trial_id: row for row in CriteriaReading.objects.filter(trial__in=keys)}
    shown, corrected = _stored_criteria(keys), standing_corrections(keys)
    done = Reparsed(studies=len(studies))
    changed: list[int] = []
    same: list[int] = []
    for key, study in studies.items():
        new = readings.of(study)
        kept = key in corrected and not corrected[key].outdated
        done.corrections_kept += kept
        done.failed += new.failed
        difference = Reparsed() if kept else compare(shown.get(key, []), new.criteria)
        done += difference
        (same if difference == Reparsed() and _says_the_same(stored.get(key), new) else changed).append(key)
    done.studies_changed = len(changed)
    if not dry_run:
        write_criteria({key: studies[key] for key in changed}, readings, anew=True)
        relink_at_once(changed)
        refresh_summaries(changed)
        CriteriaReading.objects.filter(trial__in=same).exclude(engine_version=READER_VERSION).update(
            engine_version=READER_VERSION
        )
    return done


def _trials(keys: Sequence[int]) -> Iterable[Trial]:
    return Trial.objects.filter(pk__in=keys).only(*STUDY_FIELDS).prefetch_related("listed_conditions").order_by("pk")


def _stored_criteria(keys: Sequence[int]) -> dict[int, Criteria]:
    rows: dict[int, list[Criterion]] = {}
    for row in Criterion.objects.filter(trial__in=keys).order_by(F("trial"), "position"):
        rows.setdefault(row.trial_id, []).append(row)
    return {key: as_json(of_trial) for key, of_trial in rows.items()}


def _says_the_same(stored: CriteriaReading | None, new: Reading) -> bool:
    """Whether all but the criteria is stored already."""
    return stored is not None and (stored.input_hash, stored.warnings, stored.ledger, stored.doubted) == (
        new.input_hash,
        list(new.warnings),
        list(new.ledger),
        list(new.doubted),
    )


def compare(old: Criteria, new: Criteria) -> Reparsed:
    """What a list of criteria has more, less or otherwise than the one before."""
    before, after = (Counter((one["kind"], one["text"]) for one in criteria) for criteria in (old, new))
    difference = Reparsed(added=(after - before).total(), removed=(before - after).total())
    if difference != Reparsed():
        known = {(one["kind"], one["text"]): one["rules"] for one in old}
        shared = (one for one in new if (one["kind"], one["text"]) in known)
        difference.rules_changed = sum(known[one["kind"], one["text"]] != one["rules"] for one in shared)
        return difference
    for was, now in zip(old, new, strict=True):
        if was["rules"] != now["rules"]:
            difference.rules_changed += 1
        elif was != dict(now):
            difference.placed_otherwise += 1
    return difference
