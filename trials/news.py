"""What came in between two moments, without a gap and without telling anything twice.

A moment is one of the clock of Postgres at which a version was stored; the day that a record bears says nothing of it.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import QuerySet

from trials.changes import matters
from trials.history import Step, in_order, is_sample, steps_of
from trials.models import RecordVersion

# Who has written, or runs a statement, may store what nobody else sees yet: not before its transaction began.
_HORIZON = """
    SELECT least(statement_timestamp(), min(xact_start)) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'
        AND (backend_xid IS NOT NULL OR state = 'active')
"""


@dataclass(frozen=True, slots=True)
class Window:
    """What was stored from `since` on, and before `until`."""

    since: datetime
    until: datetime

    def versions(self) -> QuerySet[RecordVersion]:
        return RecordVersion.objects.filter(stored_at__gte=self.since, stored_at__lt=self.until).order_by()


def horizon() -> datetime:
    """All that was stored before this moment can be seen, and nothing will be added to it any more: a transaction that
    has not ended yet stores with a later time.
    """
    with connection.cursor() as cursor:
        cursor.execute(_HORIZON)
        moment: datetime = cursor.fetchone()[0]
    return moment


def stored_in(window: Window, trial_ids: Sequence[int]) -> dict[int, Step | None]:
    """For each trial of which a newer record was stored in the window: from what it showed before, where that changed
    something which matters; None for a trial that we did not have. Bundled samples tell nothing. Three queries.
    """
    fresh = window.versions().filter(trial_id__in=trial_ids)
    known = RecordVersion.objects.filter(trial_id__in=fresh.values("trial_id"), stored_at__lt=window.until)
    held: dict[int, list[RecordVersion]] = defaultdict(list)
    for one in known.defer("payload").order_by():
        if not is_sample(one):
            held[one.trial_id].append(one)
    found: dict[int, Step | None] = {}
    pairs = []
    for trial_id, versions in held.items():
        newest = in_order(versions)[-1]
        before = in_order(one for one in versions if one.stored_at < window.since)
        if not before:
            found[trial_id] = None
        elif before[-1] != newest:
            pairs.append((before[-1], newest))
    changed = (step for step in steps_of(pairs) if any(map(matters, step.changes or ())))
    return found | {step.after.trial_id: step for step in changed}
