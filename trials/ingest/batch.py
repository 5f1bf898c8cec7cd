"""One batch of raw records into the database, all or nothing, safe to repeat.

A record whose very content is stored already changes nothing; only its criteria are read anew where another version of
the engine has read them. A record that cannot be stored becomes an `ImportFailure` with its reason; the others of its
batch are stored all the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import DatabaseError, DataError, IntegrityError, connection, transaction
from django.utils import timezone
from psycopg.errors import ProgramLimitExceeded

from trials.ingest.bulk import next_ids
from trials.ingest.criteria import refresh_criteria, wanted_readings
from trials.ingest.index import index_trials
from trials.ingest.parse import ParsedBatch, ParsedRecord, RawRecord, parse_batch
from trials.ingest.readings import Readings
from trials.ingest.relink import relink_at_once
from trials.ingest.stale import refresh_summaries
from trials.ingest.turns import writers_turn
from trials.ingest.versions import REGISTRY_SOURCE, Version, histories
from trials.ingest.write import write_histories
from trials.models import ImportFailure, ImportRun, RecordVersion, Trial

_EXCERPT = 500
_NOTE_READING = """
    UPDATE trials_trial SET last_read_at = read.at
    FROM (
        SELECT nct_id, content_hash, max(at) AS at
        FROM unnest(%s::text[], %s::text[], %s::timestamptz[]) AS all_read (nct_id, content_hash, at)
        GROUP BY nct_id, content_hash
    ) AS read
    JOIN trials_recordversion AS version ON version.content_hash = read.content_hash AND version.is_basis
    WHERE trials_trial.nct_id = read.nct_id AND version.trial_id = trials_trial.id
        AND trials_trial.last_read_at < read.at
"""


@dataclass(slots=True)
class _Outcome:
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    failures: list[ImportFailure] = field(default_factory=list)

    def __iadd__(self, other: "_Outcome") -> "_Outcome":
        self.created += other.created
        self.updated += other.updated
        self.unchanged += other.unchanged
        self.failures += other.failures
        return self


def store_batch(run: ImportRun, records: Sequence[RawRecord], *, page_token: str | None = None) -> None:
    """Parse and store the records."""
    batch = parse_batch(records)
    store_parsed(run, batch.with_readings_of(wanted_readings(batch)), page_token=page_token)


@transaction.atomic
def store_parsed(run: ImportRun, batch: ParsedBatch, *, page_token: str | None = None) -> None:
    """Store the records, their failures, the run's counts and sign of life (and its page token) in one transaction."""
    writers_turn()
    outcome = _Outcome(failures=[_failure(raw, reason) for raw, reason in batch.refused])
    outcome += _store(batch.parsed, batch.readings)
    for failure in outcome.failures:
        failure.run = run
    ImportFailure.objects.bulk_create(outcome.failures)
    run.created += outcome.created
    run.updated += outcome.updated
    run.unchanged += outcome.unchanged
    run.failed += len(outcome.failures)
    run.heartbeat_at = timezone.now()
    if page_token is not None:
        run.page_token = page_token
    run.save(update_fields=["created", "updated", "unchanged", "failed", "heartbeat_at", "page_token"])


def _store(parsed: Sequence[ParsedRecord], readings: Readings) -> _Outcome:
    """Store the batch at once; where that fails, each record alone, to find the one at fault."""
    try:
        with transaction.atomic():
            return _store_at_once(parsed, readings)
    except Exception as error:
        if not _is_of_a_record(error):
            raise
        if len(parsed) == 1:
            reason = f"The record could not be stored: {type(error).__name__}: {error}".strip()
            return _Outcome(failures=[_failure(parsed[0].raw, reason, parsed[0].nct_id)])
    outcome = _Outcome()
    for one in parsed:
        outcome += _store([one], readings)
    return outcome


def _is_of_a_record(error: Exception) -> bool:
    """Whether a record is at fault, and not the connection or the server: then nothing else could be stored either."""
    if not isinstance(error, DatabaseError):
        return True
    # The last: a value too long for an index.
    return isinstance(error, DataError | IntegrityError) or isinstance(error.__cause__, ProgramLimitExceeded)


def _store_at_once(parsed: Sequence[ParsedRecord], readings: Readings) -> _Outcome:
    known = histories({one.nct_id for one in parsed})
    outcome = _Outcome()
    for one, version_id in zip(parsed, next_ids(RecordVersion, len(parsed)), strict=True):
        history = known[one.nct_id]
        if history.knows(one.content_hash):
            outcome.unchanged += 1
            continue
        if history.stored or history.new:
            outcome.updated += 1
        else:
            outcome.created += 1
        history.new.append(_new_version(version_id, one))
    write_histories({nct_id: history for nct_id, history in known.items() if history.new}, readings)
    if behind := refresh_criteria((nct_id for nct_id, history in known.items() if not history.new), readings):
        relink_at_once(behind)
        refresh_summaries(behind)
    _note_reading(parsed)
    return outcome


def _new_version(version_id: int, one: ParsedRecord) -> Version:
    return Version(
        id=version_id,
        content_hash=one.content_hash,
        version_date=one.version_date,
        is_complete=one.is_complete,
        study=one.study,
        payload=one.payload,
        text=one.raw.text,
        fetched_at=one.fetched_at,
        source=one.raw.source,
    )


def _note_reading(parsed: Sequence[ParsedRecord]) -> None:
    """Remember when what each study shows was last read, also unchanged; what the registry sends is not gone.

    Reading an older version again says nothing about the one that is shown.
    """
    columns = zip(*((one.nct_id, one.content_hash, one.fetched_at) for one in parsed), strict=True)
    with connection.cursor() as cursor:
        cursor.execute(_NOTE_READING, [list(column) for column in columns] or [[], [], []])
    sent = {one.nct_id: one.fetched_at for one in parsed if one.raw.source.startswith(REGISTRY_SOURCE)}
    if sent:
        back = list(Trial.objects.filter(nct_id__in=sent, gone_since__isnull=False).values_list("pk", flat=True))
        Trial.objects.filter(nct_id__in=sent).update(registry_read_at=max(sent.values()), gone_since=None)
        index_trials(back)


def _failure(raw: RawRecord, reason: str, nct_id: str = "") -> ImportFailure:
    def plain(text: str) -> str:
        return text.encode("utf-8", "replace").decode().replace("\x00", "")

    return ImportFailure(nct_id=nct_id, place=raw.place, reason=plain(reason), excerpt=plain(raw.text[:_EXCERPT]))
