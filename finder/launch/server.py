"""The Postgres server process of one cluster: is it there, start it, stop it. `postgres.py` knows who may."""

import os
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from finder.launch.place import SOCKET_NAME, Place, run_as
from finder.launch.processes import command_line, is_running, working_in
from finder.launch.steps import LaunchError

START_SECONDS = 120  # recovery after a crash reads up to max_wal_size again
STOP_SECONDS = 60
SETTLE_SECONDS = 20  # after `kill -9`, the server's children need a moment to notice
PROGRAM_SECONDS = 180
POLL_SECONDS = 0.02

# Starts a program that outlives us, with its output in a file, and says its number. Nothing is quoted by hand: a folder
# name may hold anything, which `pg_ctl` (it pastes a shell line together) does not survive.
DETACHED = 'log=$1; shift; "$@" </dev/null >>"$log" 2>&1 & echo $!'


def server_pid(place: Place) -> int | None:
    """The process id of our server, None when it does not run: the number may since belong to another program."""
    lines = _pid_file(place)
    return int(lines[0]) if lines and _serves(place, lines[0]) else None


def ready(place: Place) -> bool:
    """Whether the server runs, has said that it takes connections, and its socket answers."""
    if server_pid(place) is None or _pid_file(place)[7:8] != ["ready"]:
        return False
    with socket.socket(socket.AF_UNIX) as probe, suppress(OSError):
        probe.settimeout(5)
        probe.connect(str(place.sockets / SOCKET_NAME))
        return True
    return False


def start(place: Place) -> None:
    """Start the server and wait until it takes connections."""
    _clear_leftovers(place)
    began = log_file(place).stat().st_size if log_file(place).exists() else 0
    command = [str(place.programs / "postgres"), "-D", str(place.data)]
    pid = _run(place, "sh", "-c", DETACHED, "sh", str(log_file(place)), *command, new_session=True)
    if _wait(lambda: ready(place) or not is_running(pid), START_SECONDS) and ready(place):
        return
    said = log_file(place).read_bytes()[began:].decode(errors="replace").strip()
    raise LaunchError(f"{said[-1500:]}\nPostgres did not start. Its log: {log_file(place)}")


def stop(place: Place) -> None:
    """Stop the server; open connections are cut, what was committed is on disk."""
    pid = server_pid(place)
    if pid is None:
        return
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGINT)  # Postgres's "fast shutdown"
    if not _wait(lambda: not _serves(place, str(pid)), STOP_SECONDS):
        raise LaunchError(f"Postgres did not stop within {STOP_SECONDS} s. Its log: {log_file(place)}")


def run_program(place: Place, program: str, *arguments: str, given: str = "") -> str:
    """Run one of the Postgres programs to its end, as the server's user; returns what it prints."""
    return _run(place, str(place.programs / program), *arguments, given=given)


def log_file(place: Place) -> Path:
    return place.run_folder / "postgres.log"


def _pid_file(place: Place) -> list[str]:
    """The lines of postmaster.pid: process id, data folder, …, and eighth the state of the server."""
    try:
        return [line.strip() for line in (place.data / "postmaster.pid").read_text().splitlines()]
    except OSError:
        return []


def _serves(place: Place, pid: str) -> bool:
    return str(place.data) in command_line(pid)


def _clear_leftovers(place: Place) -> None:
    """After `kill -9`, wait for the last of the server's children, then remove its lock files.

    Postgres removes them itself, but not while any process has its number, be it a stranger's or one not yet reaped.
    """
    if not _wait(lambda: not working_in(place.data), SETTLE_SECONDS):
        raise LaunchError(f"Processes of a killed Postgres still work in {place.data}. Try again in a moment.")
    for path in (place.data / "postmaster.pid", place.sockets / SOCKET_NAME, place.sockets / f"{SOCKET_NAME}.lock"):
        path.unlink(missing_ok=True)


def _wait(done: Callable[[], bool], seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while not done():
        if time.monotonic() > deadline:
            return False
        time.sleep(POLL_SECONDS)
    return True


def _run(place: Place, *command: str, given: str = "", new_session: bool = False) -> str:
    # Files instead of pipes: a pipe would stay open in the server that is left behind.
    with tempfile.TemporaryFile("w+") as output, tempfile.TemporaryFile("w+") as stdin:
        stdin.write(given)
        stdin.seek(0)
        done = subprocess.run(
            command, stdin=stdin, stdout=output, stderr=subprocess.STDOUT, check=False, timeout=PROGRAM_SECONDS,
            start_new_session=new_session, **run_as(place.user),
        )  # fmt: skip
        output.seek(0)
        said = output.read().strip()
    if done.returncode:
        raise LaunchError(f"{said[-800:]}\n{Path(command[0]).name} failed, with exit code {done.returncode}.")
    return said
