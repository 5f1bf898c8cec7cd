"""Brings tables and rows to where the code is: migrations, the sample where there are no studies, places where there
are none, golden patients, and the criteria.

`up` runs this as a process of its own. Inside Django a Ctrl-C can be lost: what strikes while a finaliser runs is
dropped, and Python goes on. A process can then still be ended.
"""

import contextlib
import hashlib
import io
import os
import signal
import sys
from types import FrameType

from finder.launch.commands import setup_django
from finder.launch.processes import end_with
from finder.launch.steps import ROOT, LaunchError, data_folder, step

SAMPLE = ROOT / "trials" / "sample"
STUDIES_A_SECOND = 25  # what a busy core reads the criteria of, and more


def main(parent: int) -> int:
    """Do all of it, unless the process `parent` ends or asks to stop; says what fails, and returns the exit code."""
    signal.signal(signal.SIGTERM, _leave)
    end_with(parent)
    try:
        setup_django()
        migrate()
        _load_sample()
        load_places()
        _load_golden_patients()
        read_criteria_anew()
        _index_studies()
    except LaunchError as error:
        print(f"\n{error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 128 + signal.SIGTERM
    return 0


def migrate() -> None:
    """Apply the migrations that are missing. Asking first costs a tenth of running the command."""
    from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections
    from django.db.migrations.executor import MigrationExecutor

    try:
        executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
    except DatabaseError as error:
        raise LaunchError(
            f"The database does not answer: {error} Check DATABASE_URL; see docs/deployment.md."
        ) from error
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        with step(f"Migrating the database, {len(plan)} to apply"):
            # A stop may fall between a first migration and the note that it was made.
            _quietly("migrate", interactive=False, fake_initial=True)


def _load_sample() -> None:
    """Load the bundled studies when there are none, or when an earlier load was cut short."""
    from trials.models import Trial

    started = data_folder() / f"sample-{hashlib.sha256(os.environ['DATABASE_URL'].encode()).hexdigest()[:8]}"
    if Trial.objects.exists() and not started.exists():
        return
    started.touch()
    with step("Loading the sample studies"):
        _quietly("import_trials", str(SAMPLE))
    started.unlink()


def load_places() -> None:
    """Load the smallest set of towns, and US ZIP codes, when there are none; `manage.py load_places` loads others."""
    from trials.models import Place

    if not Place.objects.exists():
        with step("Loading the towns of the world"):
            _quietly("load_places")


def _load_golden_patients() -> None:
    """An import does so, too; but a start with a new data file may import nothing."""
    from trials.ingest.golden import load_golden_patients

    load_golden_patients()


def read_criteria_anew() -> None:
    """Read the texts that another version of the criteria engine has read. Killed, the next start goes on."""
    from trials.ingest.criteria import read_by_another
    from trials.models import Trial

    count = read_by_another(Trial.objects.all()).count()
    if count:
        seconds = count // STUDIES_A_SECOND + 1
        longest = f"{seconds} s" if seconds < 100 else f"{seconds // 60 + 1} minutes"
        studies = "1 study" if count == 1 else f"{count:,} studies"
        with step(f"Reading the criteria of {studies} with the new engine, up to {longest}"):
            _quietly("reparse_criteria", outdated=True)


def _index_studies() -> None:
    """Make the search rows that an earlier release did not make, or made in another way."""
    from trials.ingest.index import index_missing, missing

    if count := missing().count():
        with step(f"Making {count:,} studies ready for the search"):
            index_missing()


def _quietly(command: str, *arguments: str, **options: object) -> None:
    """Run a Django command; its output appears only when it fails."""
    from django.core.management import CommandError, call_command

    output = io.StringIO()
    try:
        with contextlib.redirect_stdout(output), contextlib.redirect_stderr(output):
            call_command(command, *arguments, **options)
    except CommandError as error:
        raise LaunchError(f"{output.getvalue()}{error}") from error


def _leave(signum: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main(parent=int(sys.argv[1])))
