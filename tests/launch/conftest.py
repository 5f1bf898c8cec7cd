"""Folders, ports and processes for the launch tests. Everything that is started here is ended here."""

import os
import signal
import socket
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from finder.launch import place
from finder.launch.steps import remove_tree

Starter = Callable[..., "subprocess.Popen[str]"]


def clean_environment(**variables: str) -> dict[str, str]:
    """This process's environment without what the tests have set in it, and with `variables`."""
    ours = ("FINDER_", "DATABASE_URL", "DJANGO_")
    return {name: value for name, value in os.environ.items() if not name.startswith(ours)} | variables


@pytest.fixture
def folder(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A short-named folder which a system user other than root can pass through; pytest's own is private.

    What is to go under /var/tmp goes to a second such folder: nothing of a site that runs here is touched.
    """
    path, away = (Path(tempfile.mkdtemp(prefix="launch-")) for _ in range(2))
    for made in (path, away):
        made.chmod(0o755)
    monkeypatch.setattr(place, "VAR_TMP", away)
    yield path
    for made in (path, away):
        end_servers_under(made)
        remove_tree(made)


@pytest.fixture
def start(folder: Path) -> Iterator[Starter]:
    """Start a process in a group of its own; it is killed at the end of the test, before `folder` is removed."""
    started: list[subprocess.Popen[str]] = []

    def start_one(*command: str, **options: object) -> "subprocess.Popen[str]":
        process = subprocess.Popen(
            command,
            text=True,
            start_new_session=True,
            **{"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT} | options,
        )  # type: ignore[call-overload]
        started.append(process)
        return process

    yield start_one
    for process in started:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(10)
        for stream in (process.stdin, process.stdout):
            if stream:
                with suppress(BrokenPipeError):
                    stream.close()


def servers_under(folder: Path) -> list[int]:
    """Process ids of the Postgres servers whose data lies under `folder`."""
    parents: dict[int, int] = {}
    for entry in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            arguments = (entry / "cmdline").read_bytes().split(b"\0")
            if arguments[0].endswith(b"postgres") and any(a.startswith(os.fsencode(folder)) for a in arguments[1:]):
                parents[int(entry.name)] = int((entry / "stat").read_text().rpartition(") ")[2].split()[1])
    return [pid for pid, parent in parents.items() if parent not in parents]  # a new child bears its parent's name


def end_servers_under(folder: Path) -> None:
    for pid in servers_under(folder):
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
