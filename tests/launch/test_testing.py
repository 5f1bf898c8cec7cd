"""`manage.py test` itself, in a process of its own: its cluster goes away however it ends."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from finder.launch import testing
from finder.launch.steps import ROOT
from tests.launch.conftest import Starter, clean_environment, servers_under


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
    assert run.wait(20) != 0
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
