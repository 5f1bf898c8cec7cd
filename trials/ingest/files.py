"""Study records from files: `.json` (a study, a list, an API answer), `.jsonl`, with or without `.gz`, and folders."""

import gzip
import json
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, cast

from trials.history import SAMPLE_SOURCE
from trials.ingest.parse import RawRecord

SAMPLE = Path(__file__).resolve().parent.parent / "sample"
SAMPLE_READ_AT = datetime(2026, 11, 21, tzinfo=UTC)  # when its facts were collected
_KINDS = (".json", ".jsonl", ".ndjson", ".json.gz", ".jsonl.gz", ".ndjson.gz")
_LONGEST_RECORD = 64 * 1024 * 1024
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_VERSION_HOLDER = re.compile(r'"versionHolder"\s*:\s*"(\d{4}-\d\d-\d\d)"')


class FilesError(ValueError):
    """A path that cannot be imported, with what to do."""


@dataclass
class Files:
    """The files under some paths. `share` tells how much of their bytes has been read, for the progress line."""

    paths: list[Path]
    total_bytes: int = 0
    done_bytes: int = 0  # a plain number, for `share` is asked while another thread reads

    def __post_init__(self) -> None:
        named = ", ".join(map(str, self.paths))
        self.paths = [found for path in self.paths for found in _found(path)]
        if not self.paths:
            raise FilesError(f"There is no study file in {named}. They end in .json or .jsonl, with or without .gz.")
        self.total_bytes = sum(path.stat().st_size for path in self.paths)

    @property
    def share(self) -> float:
        return min(1.0, self.done_bytes / self.total_bytes) if self.total_bytes else 1.0

    def records(self) -> Iterator[RawRecord]:
        before = 0
        for path in self.paths:
            yield from self._of(path, before)
            before += path.stat().st_size
            self.done_bytes = before

    def _of(self, path: Path, before: int) -> Iterator[RawRecord]:
        now = datetime.now(UTC)  # a date in a name may be anything, but nothing was read in the future
        written = datetime.fromtimestamp(path.stat().st_mtime, UTC)
        named = _day(_DATE.search(path.name))
        is_sample = SAMPLE in path.resolve().parents
        source = f"{SAMPLE_SOURCE if is_sample else 'file:'}{path.name}"
        if is_sample:
            written = SAMPLE_READ_AT
        for place, text, error in self._texts(path, before):
            dated = _day(_VERSION_HOLDER.search(text)) or named
            where, is_dated = f"{path.name} {place}".strip(), is_sample or dated is not None
            yield RawRecord(text, min(dated or written, now), source, where, error, is_dated)

    def _texts(self, path: Path, before: int) -> Iterator[tuple[str, str, str]]:
        """Place, text and error of each record in the file."""
        with path.open("rb") as file:
            unpacked = gzip.GzipFile(fileobj=file) if path.suffix == ".gz" else file
            stream = cast(BinaryIO, unpacked)
            try:
                if path.name.removesuffix(".gz").endswith(".json"):
                    found = _of_document(stream.read(_LONGEST_RECORD + 1))
                else:
                    found = _of_lines(stream)
                for record in found:
                    self.done_bytes = before + file.tell()
                    yield record
            except (OSError, EOFError, zlib.error) as error:
                yield "", "", f"The file is damaged; what stands before the damage was read: {error}"


def _of_lines(stream: BinaryIO) -> Iterator[tuple[str, str, str]]:
    number = 0
    while data := stream.readline(_LONGEST_RECORD + 1):
        number += 1
        if data.strip():
            yield (f"line {number}", *_decoded(data))


def _of_document(data: bytes) -> Iterator[tuple[str, str, str]]:
    text, error = _decoded(data)
    try:
        document = json.loads(text) if not error else None
    except (ValueError, RecursionError):
        document = None  # what is wrong with it is said where every record is parsed
    studies = document.get("studies") if isinstance(document, dict) else document
    if isinstance(studies, list):
        for number, study in enumerate(studies, 1):
            yield f"study {number}", json.dumps(study, ensure_ascii=False), ""
    elif text.strip() or error:
        yield "", text, error


def _decoded(data: bytes) -> tuple[str, str]:
    if len(data) > _LONGEST_RECORD:
        return "", f"The record is longer than {_LONGEST_RECORD // 1024 // 1024} MB."
    try:
        return data.decode("utf-8-sig").strip(), ""
    except UnicodeDecodeError as error:
        return data.decode("utf-8", "replace")[:1000], f"The record is not UTF-8 text: {error}"


def _found(path: Path) -> list[Path]:
    if path.is_dir():
        return sorted(found for found in path.rglob("*") if found.is_file() and found.name.endswith(_KINDS))
    if not path.is_file():
        raise FilesError(f"{path} does not exist. Name a file or a folder.")
    if not path.name.endswith(_KINDS):
        raise FilesError(f"{path} is no study file. Name a .json or .jsonl file, with or without .gz.")
    return [path]


def _day(match: re.Match[str] | None) -> datetime | None:
    try:
        return datetime.fromisoformat(match[match.lastindex or 0]).replace(tzinfo=UTC) if match else None
    except ValueError:
        return None
