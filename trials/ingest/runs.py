"""The book of imports: every run is opened, kept up to date, and closed with how it ended."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date
from types import FrameType

from django.db import Error, connection
from django.utils import timezone
from psycopg.pq import TransactionStatus

from trials.models import DataChange, ImportRun
from trials.models.run import SILENT_AFTER
from trials.trouble import reason_of


def start_run(kind: str, source: str, *, updated_since: date | None = None) -> ImportRun:
    """Open a run, and mark runs that were killed as stopped."""
    now = timezone.now()
    silent = ImportRun.objects.filter(state=ImportRun.State.RUNNING, heartbeat_at__lt=now - SILENT_AFTER)
    silent.update(state=ImportRun.State.STOPPED, error="The process ended without a word.")
    return ImportRun.objects.create(
        kind=kind, source=source, started_at=now, heartbeat_at=now, updated_since=updated_since
    )


def finish_run(run: ImportRun, state: str, error: str = "") -> None:
    run.state, run.error, run.finished_at = state, error, timezone.now()
    run.save(update_fields=["state", "error", "finished_at"])
    DataChange.forget_old()


@contextmanager
def closing(run: ImportRun) -> Iterator[ImportRun]:
    """Close the run however it ends: COMPLETE, STOPPED (Ctrl-C, SIGTERM) or FAILED with the error. Re-raises."""
    before = signal.signal(signal.SIGTERM, _interrupt)
    try:
        yield run
        finish_run(run, ImportRun.State.COMPLETE)
    except KeyboardInterrupt:
        hang_up_mid_command()
        finish_run(run, ImportRun.State.STOPPED, "Stopped by the operator.")
        raise
    except Exception as error:
        with suppress(Error):  # the database may be what failed
            finish_run(run, ImportRun.State.FAILED, reason_of(error))
        raise
    finally:
        signal.signal(signal.SIGTERM, before)


def hang_up_mid_command() -> None:
    """Close the connection that a stop struck in the middle of a command: it takes no other; Django opens a new one."""
    if connection.connection and connection.connection.info.transaction_status == TransactionStatus.ACTIVE:
        connection.close()


def _interrupt(_signum: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt
