"""A backup: complete and readable, or not there at all."""

import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from finder.backup.programs import BackupError, programs

_SUFFIX = ".unfinished"
_LOCK_WAIT = "60s"  # for a migration that holds a table


def back_up(target: Path) -> int:
    """Write the database to `target`, readable by us alone, in place of what was there; returns the file's bytes.

    All of it is of one moment, and visitors and imports go on meanwhile. Editors' sessions are left out: after a
    restore everybody logs in again. The secrets of second factors are in it as they are.
    """
    if not target.parent.is_dir():
        raise BackupError(f"There is no folder {target.parent}. Make it, or name another one.")
    known = programs()
    _sweep(target)
    with _unfinished(target) as unfinished:
        known.run(
            "pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--lock-wait-timeout={_LOCK_WAIT}",
            "--exclude-table-data=public.django_session", f"--file={unfinished}", f"--dbname={known.address}",
        )  # fmt: skip
        known.run("pg_restore", "--file=/dev/null", str(unfinished))  # reads and unpacks every row
        _to_disk(unfinished)
        unfinished.replace(target)
        _to_disk(target.parent)
    return target.stat().st_size


def _sweep(target: Path) -> None:
    """Remove what a killed backup of this name has left."""
    for left in target.parent.glob(f".{target.name}.*{_SUFFIX}"):
        with suppress(FileNotFoundError, BlockingIOError), left.open("rb") as handle:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            left.unlink(missing_ok=True)


@contextmanager
def _unfinished(target: Path) -> Iterator[Path]:
    """A new file beside `target`, locked: a lock ends with us, and in containers ids of processes are all alike."""
    path = target.with_name(f".{target.name}.{secrets.token_hex(8)}{_SUFFIX}")
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield path
    finally:
        path.unlink(missing_ok=True)
        os.close(handle)


def _to_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
