"""The site as production starts it, on a port of this machine, for as long as a measurement lasts."""

import http.client
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.management import call_command

from finder.launch.processes import end_group
from finder.launch.rows import SAMPLE

ROOT = Path(__file__).resolve().parent.parent.parent
START_SECONDS = 60
STOP_SECONDS = 8
LIMITED = ("API_REQUESTS", "SEARCHES", "SUGGESTIONS", "FORMS")


def answer(port: int, path: str, headers: dict[str, str]) -> tuple[int, http.client.HTTPMessage, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=START_SECONDS)
    try:
        connection.request("GET", path, headers=headers)
        response = connection.getresponse()
        return response.status, response.headers, response.read()
    finally:
        connection.close()


@contextmanager
def serving(application: str, variables: dict[str, str]) -> Iterator[int]:
    """granian with this application, as the Dockerfile starts it; yields the port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    options = ["--interface", "wsgi", "--workers", "2", "--blocking-threads", "1", "--no-ws", "--log-level", "warning"]
    command = [sys.executable, "-m", "granian", *options, "--host", "127.0.0.1", "--port", str(port), application]
    server = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **variables}, start_new_session=True)
    try:
        deadline = time.monotonic() + START_SECONDS
        while True:
            try:
                answer(port, "/", {})
                break
            except OSError:
                if server.poll() is not None or time.monotonic() > deadline:
                    raise
                time.sleep(0.1)
        yield port
    finally:
        end_group(server, STOP_SECONDS)


@contextmanager
def site(more: dict[str, str] | None = None) -> Iterator[int]:
    """Our site with the bundled studies, pages kept in memory and `more` variables; yields the port."""
    call_command("import_trials", str(SAMPLE), verbosity=0)
    with tempfile.TemporaryDirectory() as folder:
        variables = {"FINDER_STATIC_ROOT": folder, "FINDER_KEPT_PAGES_MB": "64", **(more or {})}
        collect = [sys.executable, "manage.py", "collectstatic", "--no-input", "--verbosity=0"]
        subprocess.run(collect, cwd=ROOT, env={**os.environ, **variables}, check=True)
        with serving("finder.wsgi:application", variables) as port:
            yield port


@contextmanager
def prepared(url: str, files: list[str], password: str) -> Iterator[dict[str, str]]:
    """A database with tables, studies and an account `editor`, and collected files: the variables of a server on it."""
    with tempfile.TemporaryDirectory() as folder:
        variables = {"DATABASE_URL": url, "FINDER_STATIC_ROOT": folder, "FINDER_KEPT_PAGES_MB": "64"}
        variables |= {f"FINDER_{what}_PER_MINUTE": "1000000" for what in LIMITED}  # all visitors have one address here
        variables["DJANGO_SUPERUSER_PASSWORD"] = password
        account = ["createsuperuser", "--no-input", "--username=editor", "--email=editor@example.org"]
        for command in (["migrate"], ["import_trials", *files], account, ["collectstatic", "--no-input"]):
            told = [sys.executable, "manage.py", *command, "--verbosity=0"]
            subprocess.run(told, cwd=ROOT, env={**os.environ, **variables}, check=True, stderr=subprocess.DEVNULL)
        yield variables
