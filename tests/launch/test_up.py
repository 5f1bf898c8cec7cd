"""`manage.py up` and other commands, end to end, in a copy of the project: real server, real database, real kills."""

import contextlib
import http.client
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from finder.launch.processes import working_in
from finder.launch.steps import ROOT, remove_tree
from tests.launch.conftest import Starter, clean_environment, end_servers_under, free_port, servers_under

NOT_COPIED = shutil.ignore_patterns(".git", ".venv", ".data", "tests", "bench", ".*_cache", ".hypothesis")
STUBBORN = """
import time
from pathlib import Path
from django.core.management.base import BaseCommand

class Command(BaseCommand):
    def add_arguments(self, parser):
        parser.add_argument("paths", nargs="+")

    def handle(self, **options):
        Path(".data/loading").touch()
        while True:
            try:
                time.sleep(60)
            except KeyboardInterrupt:
                pass
"""
START_SECONDS = 120  # the first one loads the sample and the places
END_SECONDS = 20


@dataclass
class Site:
    """One running `up`."""

    process: "subprocess.Popen[str]"
    port: int
    output: Path

    def said(self) -> str:
        return self.output.read_text()

    def status(self, path: str = "/healthz") -> int | None:
        """The status code of a page; None when nothing answers."""
        with contextlib.suppress(OSError, http.client.HTTPException):
            return self.answer(path)[0]
        return None

    def answer(self, path: str) -> tuple[int, str]:
        with contextlib.closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)) as connection:
            connection.request("GET", path)
            response = connection.getresponse()
            return response.status, response.read().decode()

    def server(self) -> int:
        """The process id of its granian."""
        pids = [int(p) for p in Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()]
        return next(pid for pid in pids if b"finder.launch.serving" in Path(f"/proc/{pid}/cmdline").read_bytes())


def until(done: Callable[[], bool], seconds: float, said: Callable[[], str] = str) -> None:
    deadline = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < deadline, said()
        time.sleep(0.05)


@pytest.fixture(scope="module")
def project() -> Iterator[Path]:
    """A copy of the project where another system user can reach it. All tests here share its database."""
    parent = Path(tempfile.mkdtemp(prefix="launch-"))
    parent.chmod(0o755)
    shutil.copytree(ROOT, parent / "project", ignore=NOT_COPIED)
    yield parent / "project"
    end_servers_under(parent)
    remove_tree(parent)


@pytest.fixture
def up(start: Starter, project: Path, tmp_path: Path) -> Callable[..., Site]:
    """Start `up` on a port, and wait until it gives its address or ends."""

    def run(port: int | None = None, *, wait: bool = True, **variables: str) -> Site:
        port = port or free_port()
        output = tmp_path / f"{port}-{time.monotonic_ns()}.log"
        with output.open("w") as file:
            # Deaf to SIGINT at first, as what a script starts in the background.
            deaf = ("sh", "-c", "trap '' INT; exec \"$@\"", "sh")
            command = (*deaf, sys.executable, "manage.py", "up", "--port", str(port))
            process = start(*command, cwd=project, env=clean_environment(**variables), stdout=file)
        site = Site(process, port, output)
        if wait:
            until(lambda: f":{port}/ " in site.said() or process.poll() is not None, START_SECONDS, site.said)
        return site

    return run


def end(site: Site, number: int = signal.SIGTERM) -> int:
    site.process.send_signal(number)
    return site.process.wait(END_SECONDS)


@contextlib.contextmanager
def laid_over(path: Path, text: str) -> Iterator[None]:
    kept = path.read_text()
    path.write_text(text)
    try:
        yield
    finally:
        path.write_text(kept)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_stop_while_preparing_ends_the_start(up: Callable[..., Site], project: Path, number: int) -> None:
    site = up(wait=False)
    doing = "Migrating the database" if number == signal.SIGINT else "Loading the sample"
    until(lambda: doing in site.said(), START_SECONDS, site.said)
    os.killpg(site.process.pid, number)  # as the terminal does
    assert site.process.wait(END_SECONDS) == 128 + number
    assert "Traceback" not in site.said()
    assert "failed" not in site.said()
    assert servers_under(project) == []


def test_stop_that_is_lost_inside_django_ends_the_start(up: Callable[..., Site], project: Path) -> None:
    with laid_over(project / "trials" / "management" / "commands" / "import_trials.py", STUBBORN):
        site = up(wait=False)
        until((project / ".data" / "loading").exists, START_SECONDS, site.said)
        os.killpg(site.process.pid, signal.SIGINT)
        assert site.process.wait(END_SECONDS) == 128 + signal.SIGINT
    assert working_in(project) == []
    assert servers_under(project) == []


def test_first_start_brings_the_sample_and_ends_without_a_trace(up: Callable[..., Site], project: Path) -> None:
    site = up()
    assert site.status() == 200, site.said()
    assert site.status("/") == 200
    assert site.status("/studies/") == 200
    assert "Loading the sample studies" in site.said()
    assert "Leeds, United Kingdom" in site.answer("/suggest/places/?q=leeds")[1]
    assert "10001" in site.answer("/suggest/places/?q=10001")[1]
    assert not (project / ".venv").exists()  # the environment of these tests is complete
    assert (project / ".data" / "secret_key").stat().st_mode & 0o777 == 0o600
    assert end(site) == 128 + signal.SIGTERM
    assert servers_under(project) == []
    assert working_in(project) == []
    assert site.status() is None


def test_next_start_has_nothing_to_do_and_outlives_its_postgres(up: Callable[..., Site], project: Path) -> None:
    site = up()
    steps = [line.split(" …")[0] for line in site.said().splitlines()]
    assert steps[:-1] == ["Starting Postgres", "Starting the server"]
    (killed,) = servers_under(project)
    os.kill(killed, signal.SIGKILL)
    until(lambda: servers_under(project) not in ([], [killed]), END_SECONDS, site.said)
    until(lambda: site.status("/studies/") == 200, END_SECONDS, site.said)
    assert end(site, signal.SIGINT) == 128 + signal.SIGINT
    assert "Traceback" not in site.said()
    assert servers_under(project) == []


def test_killed_workers_are_replaced_and_visitors_answered(up: Callable[..., Site], project: Path) -> None:
    site = up()
    first = workers(site)
    for pid in first:
        os.kill(pid, signal.SIGKILL)
        until(lambda gone=pid: gone not in workers(site) and len(workers(site)) == len(first), END_SECONDS, site.said)
        until(lambda: site.status("/") == 200, END_SECONDS, site.said)
    assert not set(first) & set(workers(site))
    assert end(site) == 128 + signal.SIGTERM


def workers(site: Site) -> list[int]:
    """The process ids of granian's workers."""
    server = site.server()
    pids = Path(f"/proc/{server}/task/{server}/children").read_text().split()
    return [int(pid) for pid in pids if b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()]


def test_two_at_once_share_the_database_until_the_last_leaves(up: Callable[..., Site], project: Path) -> None:
    first, second = up(wait=False), up(wait=False)
    until(lambda: first.status() == 200, START_SECONDS, first.said)
    until(lambda: second.status() == 200, START_SECONDS, second.said)
    assert len(servers_under(project)) == 1
    third = up(first.port)
    assert third.process.wait(END_SECONDS) == 1
    assert third.said().strip().startswith(f"Port {first.port} is in use.")
    end(first)
    assert second.status() == 200
    end(second)
    assert servers_under(project) == []


def test_kills_lose_nothing_and_the_next_start_recovers(up: Callable[..., Site], project: Path) -> None:
    first = up()
    os.kill(first.process.pid, signal.SIGKILL)
    first.process.wait(END_SECONDS)
    assert len(servers_under(project)) == 1  # nobody was left to stop it

    second = up(first.port)  # the killed one's server has let go of the port
    assert second.status("/studies/") == 200, second.said()
    assert "Loading" not in second.said()
    os.kill(second.server(), signal.SIGKILL)
    assert second.process.wait(END_SECONDS) == 1
    assert "The server ended by itself" in second.said()
    assert "Traceback" not in second.said()
    until(lambda: working_in(project) == [], END_SECONDS)  # workers end once they notice
    assert servers_under(project) == []


def test_wrong_setting_and_broken_code_end_the_start(up: Callable[..., Site], project: Path) -> None:
    site = up(FINDER_HTTPS="perhaps")
    assert site.process.wait(END_SECONDS) == 1
    assert "FINDER_HTTPS is “perhaps”: set it to true or false" in site.said()
    assert "Traceback" not in site.said()

    urls = project / "finder" / "urls.py"
    with laid_over(urls, f"{urls.read_text()}\nimport no_such_module\n"):
        site = up()
        assert site.process.wait(END_SECONDS) == 1
    assert "No module named 'no_such_module'" in site.said()
    assert "is at http" not in site.said()
    assert servers_under(project) == []


def test_unreachable_database_is_named_in_a_sentence(up: Callable[..., Site]) -> None:
    site = up(DATABASE_URL="postgresql://nobody@127.0.0.1:1/finder")
    assert site.process.wait(END_SECONDS) == 1
    assert "The database does not answer" in site.said()
    assert "DATABASE_URL" in site.said()
    assert "Traceback" not in site.said()


def test_any_command_brings_the_database_and_takes_it_down(start: Starter, project: Path) -> None:
    code = "from django.db import connection as c; c.ensure_connection(); print('up', flush=True); input()"
    shell = start(sys.executable, "manage.py", "shell", "-v0", "-c", code, cwd=project, env=clean_environment())
    assert shell.stdout
    assert shell.stdout.readline() == "up\n"
    assert len(servers_under(project)) == 1
    shell.terminate()
    assert shell.wait(END_SECONDS) == 128 + signal.SIGTERM
    assert servers_under(project) == []
