"""What an operator must know of the database and of the syncs: figures, and findings with what to do."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from trials.language import long_date
from trials.models import ImportRun
from trials.models.run import sync_is_at_work

LEAST_FREE_BYTES = 1_000_000_000
LEAST_FREE_SHARE = 0.05
OLD_AFTER_HOURS = 72  # a sync a day, and room for two that failed
_ON_THIS_MACHINE = ("", "localhost", "127.0.0.1", "::1")
_FIGURES = """
    SELECT pg_database_size(current_database()), current_setting('transaction_read_only') = 'on',
        (SELECT setting FROM pg_settings WHERE name = 'data_directory')
"""


@dataclass(frozen=True, slots=True)
class Finding:
    """`code` is for programs and stays; the sentence is for people."""

    code: str
    sentence: str


@dataclass(frozen=True, slots=True)
class SyncState:
    """The latest sync. `state` is that of its run in small letters, or `never` or `broken_off`."""

    state: str
    began_at: datetime | None = None
    hours_running: float | None = None
    hours_since_complete: float | None = None
    reason: str = ""
    is_silent: bool = False


@dataclass(frozen=True, slots=True)
class DatabaseState:
    """`free_bytes` of the disk, where the database is on this machine and lets us see its place; else None."""

    size_bytes: int
    read_only: bool
    free_bytes: int | None = None
    disk_bytes: int | None = None


def sync_state() -> SyncState:
    syncs = ImportRun.objects.syncs()
    complete = syncs.filter(state=ImportRun.State.COMPLETE, finished_at__isnull=False).order_by("-finished_at")
    since = _hours_since(complete.values_list("finished_at", flat=True).first())
    last = syncs.first()
    if last is None:
        return SyncState("never")
    running = last.state == ImportRun.State.RUNNING
    return SyncState(
        "broken_off" if running and not sync_is_at_work() else last.state.lower(),
        last.started_at,
        _hours_since(last.started_at) if running else None,
        since,
        last.error,
        last.is_silent,
    )


def database_state() -> DatabaseState:
    with connection.cursor() as cursor:
        cursor.execute(_FIGURES)
        size, read_only, folder = cursor.fetchone()
    host = connection.settings_dict["HOST"]
    if folder and (host in _ON_THIS_MACHINE or host.startswith("/")):
        try:
            disk = os.statvfs(folder)
            return DatabaseState(size, read_only, disk.f_bavail * disk.f_frsize, disk.f_blocks * disk.f_frsize)
        except OSError:  # another container, or not for our eyes
            pass
    return DatabaseState(size, read_only)


def findings(sync: SyncState, database: DatabaseState) -> list[Finding]:
    """What is not as it should be; empty when all is well. Visitors are served all the same."""
    return [*_of_database(database), *_of_sync(sync)]


def _of_database(database: DatabaseState) -> Iterator[Finding]:
    if database.read_only:
        yield Finding("read_only", _("The database takes no changes: it is a standby, or set so. Make it writable."))
    free, disk = database.free_bytes, database.disk_bytes
    if free is not None and disk and (free < LEAST_FREE_BYTES or free < LEAST_FREE_SHARE * disk):
        sentence = _("The disk of the database has %(megabytes)s MB left. Make room: a full disk stops every change.")
        yield Finding("disk", sentence % {"megabytes": f"{free / 1e6:,.0f}"})


def _of_sync(sync: SyncState) -> Iterator[Finding]:
    values = {"date": long_date(sync.began_at.date()) if sync.began_at else "", "reason": sync.reason}
    told = {
        "never": _("No study was read from the registry yet. Run manage.py sync_trials."),
        "broken_off": _("The sync of %(date)s broke off without a word. What it stored is whole."
                        " Run manage.py sync_trials again: it goes on from there."),
        "failed": _("The sync of %(date)s failed: %(reason)s"),
        "stopped": _("The sync of %(date)s stopped: %(reason)s Run it again: it goes on from there."),
    }  # fmt: skip
    if sync.state in told:
        yield Finding(f"sync_{sync.state}", told[sync.state] % values)
    elif sync.is_silent:
        sentence = _(
            "The sync of %(date)s gives no sign of life. Stop its process and run manage.py sync_trials again."
        )
        yield Finding("sync_silent", sentence % values)
    hours = sync.hours_since_complete
    if hours is not None and hours > OLD_AFTER_HOURS:
        sentence = _("The last complete sync was %(hours)s hours ago. Is the worker running?")
        yield Finding("sync_old", sentence % {"hours": f"{hours:,.0f}"})


def _hours_since(moment: datetime | None) -> float | None:
    return round((timezone.now() - moment).total_seconds() / 3600, 1) if moment else None
