"""JSON text → records that are ready to be stored. Touches no database, so it can run ahead of what does."""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import Any

from trials.criteria.model import Study
from trials.ingest.readings import Readings
from trials.records import RecordError, StudyRecord
from trials.registries import ctgov

_CLOCK_SKEW = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class RawRecord:
    """A record as it was read: JSON text, when, from where, and its place there; or why it could not be read.

    `is_dated` is False when `fetched_at` is only when a file was written: such a file may hold an old copy, so the
    record is then taken to be as old as its own last update.
    """

    text: str
    fetched_at: datetime
    source: str
    place: str
    error: str = ""
    is_dated: bool = True


@dataclass(frozen=True, slots=True)
class ParsedRecord:
    """A record with what its version needs. `study` is what it says by itself, without the study's other versions."""

    raw: RawRecord
    fetched_at: datetime
    nct_id: str
    payload: dict[str, Any]
    content_hash: str
    version_date: date | None
    is_complete: bool
    study: StudyRecord


@dataclass(frozen=True, slots=True)
class ParsedBatch:
    """`refused` pairs a record that cannot be read with the reason; `readings` are of the criteria, made ahead."""

    parsed: tuple[ParsedRecord, ...]
    refused: tuple[tuple[RawRecord, str], ...]
    readings: Readings = field(default_factory=Readings)

    def with_readings_of(self, studies: Iterable[Study]) -> "ParsedBatch":
        """The same batch, after the engine has read these."""
        for study in studies:
            self.readings.of(study)
        return self


Wanted = Callable[[ParsedBatch], Iterable[Study]]


def parse_batch(records: Sequence[RawRecord]) -> ParsedBatch:
    parsed, refused = [], []
    for raw in records:
        try:
            parsed.append(_parse(raw))
        except RecordError as error:
            refused.append((raw, str(error)))
    return ParsedBatch(tuple(parsed), tuple(refused))


def _parse(raw: RawRecord) -> ParsedRecord:
    if raw.error:
        raise RecordError(raw.error)
    try:
        payload = json.loads(raw.text)
        canonical = json.dumps(payload, sort_keys=True, separators=(",", ":"))
    except (ValueError, RecursionError) as error:
        raise RecordError(f"This is no JSON that can be read: {error}") from error
    nct_id = ctgov.study_id(payload)
    content_hash = hashlib.sha256(canonical.encode()).hexdigest()
    dated, complete = ctgov.version_date(payload), ctgov.is_complete(payload)
    if dated and dated > datetime.now(UTC).date() + _CLOCK_SKEW:
        dated = None  # a slip of the pen in the year would outrank every later version for ever
    fetched_at = raw.fetched_at
    if dated and not raw.is_dated:
        fetched_at = min(fetched_at, datetime(dated.year, dated.month, dated.day, tzinfo=UTC))
    return ParsedRecord(raw, fetched_at, nct_id, payload, content_hash, dated, complete, _study(payload))


def _study(payload: dict[str, Any]) -> StudyRecord:
    try:
        return ctgov.read_study(payload)
    except Exception as error:
        # A fault of ours in one record must not keep all others from being stored; its reason is.
        raise RecordError(f"The record could not be read: {type(error).__name__}: {error}") from error


def parsed_ahead(records: Iterator[RawRecord], size: int, wanted: Wanted) -> Iterator[ParsedBatch]:
    """Batches of `size`, each parsed in a thread while the database is busy with the ones before.

    `wanted` is asked, in the caller's thread, whose criteria will have to be read.
    """

    def following() -> ParsedBatch | None:
        batch = list(islice(records, size))
        return parse_batch(batch) if batch else None

    with ThreadPoolExecutor(max_workers=1) as parser:
        ahead: Future[ParsedBatch | None] = parser.submit(following)
        reading: Future[ParsedBatch] | None = None
        while batch := ahead.result():
            before, reading = reading, parser.submit(batch.with_readings_of, wanted(batch))
            ahead = parser.submit(following)
            if before:
                yield before.result()
        if reading:
            yield reading.result()
