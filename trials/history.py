"""The versions of a study's record that we hold, in their order, and what changed from each to the next.

Which one a trial shows: the newest by the registry's date, then the fuller, then the last read. A bundled sample is in
our words, so any record of the registry itself comes before it, and the two are never compared.
"""

import json
import logging
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import pairwise
from typing import Protocol

from django.utils import timezone

from trials.changes import Change, changes, holdings, matters
from trials.models import RecordVersion
from trials.records import StudyRecord
from trials.registries import ctgov

SAMPLE_SOURCE = "sample:"
_KEPT = 100  # comparisons: versions never change, and one page is asked for by many
_log = logging.getLogger(__name__)


class Ranked(Protocol):
    """What orders a version, stored or new, among the study's others."""

    id: int
    version_date: date | None
    is_complete: bool
    source: str


@dataclass(frozen=True, slots=True)
class Step:
    """From one version of a record to the next; both come without their texts.

    `changes` is None when one of the two can no longer be read. `in_part`: one holds less than the other or than a full
    record, so that a change may go unseen.
    """

    before: RecordVersion
    after: RecordVersion
    changes: tuple[Change, ...] | None
    in_part: bool


def is_sample(version: Ranked) -> bool:
    return version.source.startswith(SAMPLE_SOURCE)


def rank(version: Ranked) -> tuple[bool, date, bool, int]:
    """Orders the versions of a study; the highest is shown."""
    return (not is_sample(version), version.version_date or date.min, version.is_complete, version.id)


def in_order(versions: Iterable[RecordVersion]) -> list[RecordVersion]:
    """The versions of one study, the registry's oldest first."""
    return sorted(versions, key=rank)


def versions_of(trial_id: int) -> list[RecordVersion]:
    """All that can be compared with what the trial shows, newest first, without their texts. One query."""
    return _comparable(in_order(RecordVersion.objects.filter(trial_id=trial_id).defer("payload")))[::-1]


def steps(versions: Sequence[RecordVersion]) -> list[Step]:
    """What led to each of these versions, which come newest first, from the one that follows it. One query."""
    return steps_of([(before, after) for after, before in pairwise(versions)])


def changed_since(trial_ids: Sequence[int], day: date) -> dict[int, tuple[Change, ...]]:
    """What matters and changed in these trials since the day, most important first; trials without it are left out."""
    return {trial_id: tuple(filter(matters, step.changes or ())) for trial_id, step in since(trial_ids, day).items()}


def since(trial_ids: Sequence[int], day: date) -> dict[int, Step]:
    """For each trial that changed something which matters: from the last version that we showed before the day to the
    newest.

    A trial of which we hold none from before the day is compared with its first one. We may have missed versions, so
    the change itself may be older than the day: `Step.before` says since when it can have happened. A version without
    a date tells nothing here. Two queries.
    """
    return since_each(dict.fromkeys(trial_ids, day))


def since_each(days: Mapping[int, date]) -> dict[int, Step]:
    """The same with a day for each trial, by its key."""
    held: dict[int, list[RecordVersion]] = defaultdict(list)
    for version in RecordVersion.objects.filter(trial_id__in=days).defer("payload").order_by():
        held[version.trial_id].append(version)
    pairs = (_around(_comparable(in_order(held[key])), day) for key, day in days.items() if key in held)
    found = steps_of([pair for pair in pairs if pair])
    return {step.after.trial_id: step for step in found if any(map(matters, step.changes or ()))}


@lru_cache(maxsize=2)  # the older record of one step is the newer one of the next
def record_of(text: str) -> StudyRecord:
    """A stored version as the reader of today understands it. Raises RecordError or ValueError."""
    return ctgov.read_study(json.loads(text))


def _comparable(ordered: list[RecordVersion]) -> list[RecordVersion]:
    return [one for one in ordered if is_sample(one) == is_sample(ordered[-1])]


def _around(ordered: list[RecordVersion], day: date) -> tuple[RecordVersion, RecordVersion] | None:
    dated = [one for one in ordered if one.version_date]
    before = [one for one in dated if one.version_date and one.version_date < day]
    # The registry may date a change back, and we may read it late: by then nobody had seen it here.
    seen = [one for one in before if timezone.localtime(one.stored_at).date() < day] or before or dated[:1]
    return (seen[-1], dated[-1]) if seen and seen[-1] != dated[-1] else None


def steps_of(pairs: Sequence[tuple[RecordVersion, RecordVersion]]) -> list[Step]:
    keys = {version.pk for pair in pairs for version in pair}
    texts = dict(RecordVersion.objects.filter(pk__in=keys).order_by().values_list("pk", "payload"))
    return [_step(before, after, texts[before.pk], texts[after.pk]) for before, after in pairs]


def _step(before: RecordVersion, after: RecordVersion, old: str, new: str) -> Step:
    """A version that today's reader fails on is told as such; it must not take the page with it."""
    try:
        found, alike = compared(old, new)
    except Exception:
        _log.exception("Record versions %s and %s cannot be compared.", before.pk, after.pk)
        return Step(before, after, None, in_part=True)
    return Step(before, after, found, in_part=not (alike and before.is_complete and after.is_complete))


@lru_cache(maxsize=_KEPT)
def compared(old: str, new: str) -> tuple[tuple[Change, ...], bool]:
    """What changed, and whether both hold the same modules."""
    before, after = record_of(old), record_of(new)
    return changes(before, after), holdings(before) == holdings(after)
