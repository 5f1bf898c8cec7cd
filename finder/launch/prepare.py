"""Brings database and static files to where the code is: migrations, the sample on a first start, collected files."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from finder.launch.environment import REQUIREMENTS
from finder.launch.postgres import Cluster
from finder.launch.processes import end_group
from finder.launch.steps import ROOT, LaunchError, data_folder, exclusively, step

PREPARE_SECONDS = 600
ROWS_STOP_SECONDS = 5  # the statement that runs is cancelled, and the import noted as stopped


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Two starts at once take turns; what a killed one left half-way is done again by the next."""
    with exclusively(data_folder() / "prepare.lock", seconds=PREPARE_SECONDS, doing="preparing the site"):
        yield


def database_rows(cluster: Cluster | None) -> None:
    """Bring tables and rows to where the code is: migrations, the sample where there are no studies, places, golden
    patients, the criteria.

    For the embedded cluster a stamp beside its data says when there is nothing to do; loading Django to find that out
    costs a third of a start. Every other command removes the stamp.
    """
    trials = ROOT / "trials"
    readers = (trials / "criteria" / "engine.py", trials / "plain_language" / "writer.py")  # name their versions
    golden = trials / "golden" / "patients.toml"
    migrations = sorted((trials / "migrations").glob("*.py"))
    digest = _digest(ROOT / "finder" / "settings.py", *readers, golden, *migrations)
    stamp = cluster and cluster.prepared_stamp
    if stamp and stamp.exists() and stamp.read_text() == digest:
        return
    _make_rows()
    if stamp:
        stamp.write_text(digest)


def _make_rows() -> None:
    """Run `rows.py`. In a session of its own it gets no Ctrl-C from the terminal: it is told once, and then ended."""
    command = [sys.executable, "-m", "finder.launch.rows", str(os.getpid())]
    making = subprocess.Popen(command, cwd=ROOT, start_new_session=True, stdin=subprocess.DEVNULL)
    try:
        code = making.wait()
    finally:
        end_group(making, ROWS_STOP_SECONDS)
    if code:
        raise SystemExit(1)  # it has said why


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
