"""`manage.py test` itself, in a process of its own: its cluster goes away however it ends."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import pytest

from finder.launch import place, testing
from finder.launch.steps import ROOT, remove_tree
from tests.launch.conftest import Starter, clean_environment, servers_under

QUICK = """
def test_it(tmp_path):
    print("in", tmp_path, flush=True)
"""


def clusters(temporary: Path) -> list[Path]:
    return list(temporary.glob(f"{testing.PREFIX}*"))


@pytest.fixture
def run(start: Starter, folder: Path, tmp_path: Path) -> "subprocess.Popen[str]":
    """A test run of one test that never ends, with its temporary files under `folder`."""
    endless = tmp_path / "test_endless.py"
    endless.write_text("import time\n\ndef test_it():\n    print('in', flush=True)\n    time.sleep(60)\n")
    arguments = ["-p", "no:cacheprovider", "-s", str(endless)]
    process = start(
        sys.executable, "manage.py", "test", *arguments, cwd=ROOT, env=clean_environment(TMPDIR=str(folder))
    )
    assert process.stdout
    while "in\n" not in (line := process.stdout.readline()):
        assert line, "the run ended early"
    assert len(servers_under(folder)) == 1
    return process


def test_stopped_run_leaves_nothing(run: "subprocess.Popen[str]", folder: Path) -> None:
    run.terminate()
    assert run.wait(90) != 0  # a busy machine takes long; Postgres itself may take a minute
    assert servers_under(folder) == []
    assert clusters(folder) == []


def test_next_run_removes_what_a_killed_one_left(
    run: "subprocess.Popen[str]", folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    testing.sweep()
    assert len(servers_under(folder)) == 1  # in use: left alone
    os.kill(run.pid, signal.SIGKILL)
    run.wait(10)
    testing.sweep()
    deadline = time.monotonic() + 5
    while servers_under(folder):
        assert time.monotonic() < deadline
    assert clusters(folder) == []


def test_finished_run_leaves_nothing_in_the_temporary_folder(start: Starter, folder: Path, tmp_path: Path) -> None:
    quick = tmp_path / "test_quick.py"
    quick.write_text(QUICK)
    command = [sys.executable, "manage.py", "test", "-p", "no:cacheprovider", "-s", str(quick)]
    said, _ = start(*command, cwd=ROOT, env=clean_environment(TMPDIR=str(folder))).communicate(timeout=90)
    assert f"in {folder}/{testing.PREFIX}" in said
    assert "1 passed" in said
    assert list(folder.iterdir()) == []


def test_throw_away_database_leaves_nothing_under_var_tmp(folder: Path) -> None:
    inner = folder / ("x" * 90)  # too long for a socket, which then lies under /var/tmp
    with testing.throw_away_database(inner):
        assert list(place.VAR_TMP.glob("*/run"))
    assert not inner.exists()
    assert [path for path in place.VAR_TMP.iterdir() if not (path / "programs").exists()] == []


def test_folder_in_which_others_still_delete_and_write_is_removed(folder: Path) -> None:
    inner = folder / "inner"
    for number in range(300):
        (inner / str(number) / "deep").mkdir(parents=True)
    others = [
        threading.Thread(target=shutil.rmtree, args=(inner, True)),
        threading.Thread(target=write_in, args=(inner,)),
    ]
    for other in others:
        other.start()
    remove_tree(inner)
    for other in others:
        other.join(10)
    assert not inner.exists()


def write_in(inner: Path) -> None:
    """Write for a while, as a server does whose end was not waited for."""
    deadline = time.monotonic() + 0.5
    while time.monotonic() < deadline:
        for number in range(300):
            with contextlib.suppress(OSError):
                (inner / str(number) / "late").touch()
