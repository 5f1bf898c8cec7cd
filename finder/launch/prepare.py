"""Brings database and static files to where the code is: migrations, the sample on a first start, collected files."""

import contextlib
import hashlib
import io
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from finder.launch.commands import setup_django
from finder.launch.environment import REQUIREMENTS
from finder.launch.postgres import Cluster
from finder.launch.steps import ROOT, LaunchError, data_folder, exclusively, step

SAMPLE = ROOT / "trials" / "sample"
PREPARE_SECONDS = 600


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Two starts at once take turns; what a killed one left half-way is done again by the next."""
    with exclusively(data_folder() / "prepare.lock", seconds=PREPARE_SECONDS, doing="preparing the site"):
        yield


def database_rows(cluster: Cluster | None) -> None:
    """Bring tables and rows to where the code is: migrations, and the sample where there are no studies.

    For the embedded cluster a stamp beside its data says when there is nothing to do; loading Django to find that out
    costs a third of a start. Every other command removes the stamp.
    """
    digest = _digest(ROOT / "finder" / "settings.py", *sorted((ROOT / "trials" / "migrations").glob("*.py")))
    stamp = cluster and cluster.prepared_stamp
    if stamp and stamp.exists() and stamp.read_text() == digest:
        return
    setup_django()
    from django.db import connections

    migrate()
    _load_sample()
    connections.close_all()  # the workers make their own
    if stamp:
        stamp.write_text(digest)


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
            _quietly("migrate", interactive=False)


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


@contextmanager
def static_files() -> Iterator[None]:
    """Collect and compress the static files beside the block, if one has changed since: it takes seconds."""
    stamp = data_folder() / "static.stamp"
    digest = _digest(*_static_sources())
    if stamp.exists() and stamp.read_text() == digest and (data_folder() / "static").exists():
        yield
        return
    command = [sys.executable, str(ROOT / "manage.py"), "collectstatic", "--no-input", "--verbosity=0"]
    collecting = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        yield
        with step("Collecting the static files"):
            said, _ = collecting.communicate(timeout=PREPARE_SECONDS)
    finally:
        collecting.kill()
    if collecting.returncode:
        raise LaunchError(f"{said}\nCollecting the static files failed: see the lines above.")
    stamp.write_text(digest)


def _static_sources() -> Iterator[Path]:
    yield ROOT / "finder" / "settings.py"
    for folder in (ROOT / "static", ROOT / "finder" / "static", ROOT / "trials" / "static"):
        yield from sorted(path for path in folder.rglob("*") if path.is_file())


def _digest(*paths: Path) -> str:
    """A hash over the names and contents of files of ours, and over the pins of the packages."""
    digest = hashlib.sha256()
    for path in (REQUIREMENTS, *paths):
        digest.update(f"{path.relative_to(ROOT)}\0{path.stat().st_size}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _quietly(command: str, *arguments: str, **options: object) -> None:
    """Run a Django command; its output appears only when it fails."""
    from django.core.management import CommandError, call_command

    output = io.StringIO()
    try:
        with contextlib.redirect_stdout(output), contextlib.redirect_stderr(output):
            call_command(command, *arguments, **options)
    except CommandError as error:
        raise LaunchError(f"{output.getvalue()}{error}") from error
