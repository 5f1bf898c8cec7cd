"""`manage.py up`: database, migrations, sample, static files, server; and all of it down again at the end."""

import argparse
import errno
import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from finder.launch.commands import database, development_settings
from finder.launch.postgres import Cluster
from finder.launch.prepare import database_rows, one_at_a_time, static_files
from finder.launch.processes import end_group
from finder.launch.steps import ROOT, FileLock, LaunchError, data_folder, step

HOST = "127.0.0.1"
FIRST_PAGE_SECONDS = 60
FREE_SECONDS = 5
STOP_SECONDS = 8  # granian can miss the asking while it starts
Server = subprocess.Popen[bytes]


def up(arguments: list[str]) -> int:
    """Run the site on this machine until Ctrl-C; returns the exit code."""
    port = _port(arguments)
    with hold_port(port), ExitStack() as running:
        development_settings()
        named = bool(os.environ.get("DATABASE_URL"))
        with one_at_a_time(), static_files():
            with step("Using the database of DATABASE_URL" if named else "Starting Postgres"):
                cluster = running.enter_context(database())
            database_rows(cluster)
        server = running.enter_context(serving(port))
        print(f"The trial finder is at http://{HOST}:{port}/  (Ctrl-C stops it)", flush=True)
        return _watch(server, cluster)


def parser() -> argparse.ArgumentParser:
    """What `up` takes on its command line."""
    asked = argparse.ArgumentParser(prog="manage.py up", description="Run the site on this machine until Ctrl-C.")
    asked.add_argument("--port", type=int, default=8000, help="the port on 127.0.0.1 (8000 unless told otherwise)")
    return asked


def _port(arguments: list[str]) -> int:
    port: int = parser().parse_args(arguments).port
    if not 0 < port < 65536:
        parser().error("a port is a number from 1 to 65535")
    return port


@contextmanager
def hold_port(port: int) -> Iterator[None]:
    """Keep another `up` of this project off the port, and see that no other program has it."""
    lock = FileLock(data_folder() / f"port-{port}.lock")
    another = f"`up --port {port % 65535 + 1}`"
    taken = f"Port {port} is in use. Open http://{HOST}:{port}/ if that is this site, or choose another: {another}."
    try:
        if not lock.take():
            raise LaunchError(taken)
        # Without SO_REUSEPORT: granian's workers share the port by it, and two servers would too, unnoticed.
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            _bind(probe, port, taken)
        yield
    finally:
        lock.free()


def _bind(probe: socket.socket, port: int, taken: str) -> None:
    """Try the port for a few seconds: workers of an `up` that was killed need a moment to notice."""
    deadline = time.monotonic() + FREE_SECONDS
    while True:
        try:
            return probe.bind((HOST, port))
        except PermissionError as error:
            raise LaunchError(
                f"Port {port} is for the system only. Choose one above 1023: `up --port 8000`."
            ) from error
        except OSError as error:
            if error.errno != errno.EADDRINUSE or time.monotonic() > deadline:
                raise LaunchError(taken) from error
            time.sleep(0.2)


@contextmanager
def serving(port: int) -> Iterator[Server]:
    """Have the server running, in a process group of its own, from the first answered page to the end of the block."""
    command = [sys.executable, "-m", "finder.launch.serving", str(port), str(os.getpid())]
    with step("Starting the server"):
        server = subprocess.Popen(command, cwd=ROOT, start_new_session=True)
        try:
            _wait_for_page(server, port)
        except BaseException:
            end_group(server, STOP_SECONDS)
            raise
    try:
        yield server
    finally:
        end_group(server, STOP_SECONDS)


def _wait_for_page(server: Server, port: int) -> None:
    deadline = time.monotonic() + FIRST_PAGE_SECONDS
    while time.monotonic() < deadline:
        if server.poll() is not None:
            raise LaunchError(f"The server ended at once, with exit code {server.returncode}: see the lines above.")
        connection = http.client.HTTPConnection(HOST, port, timeout=FIRST_PAGE_SECONDS)
        try:
            connection.request("GET", "/healthz")
            connection.getresponse().read()
            return
        except OSError:
            time.sleep(0.05)
        finally:
            connection.close()
    raise LaunchError(f"The server did not answer within {FIRST_PAGE_SECONDS} s.")


def _watch(server: Server, cluster: Cluster | None) -> int:
    """Wait for the server's end; meanwhile start Postgres again should it die."""
    while server.poll() is None:
        if cluster and not cluster.ready():
            with step("Postgres has gone away; starting it again"):
                cluster.ensure_running()
        time.sleep(0.5)
    raise LaunchError(f"The server ended by itself, with exit code {server.returncode}. Start it again with `up`.")
