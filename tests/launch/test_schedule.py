"""The worker of docker-compose.yml: the loop and its health check, as processes."""

import http.server
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from finder.launch import health
from finder.launch.steps import ROOT
from tests.launch.conftest import Starter, clean_environment


@pytest.fixture
def schedule(start: Starter, tmp_path: Path) -> Callable[..., None]:
    """Start the loop over a command which writes a line to `runs` each time."""

    def run(code: int, hours: str, *then: str) -> None:
        command = f"echo run >> {tmp_path}/runs; exit {code}"
        environment = clean_environment(TMPDIR=str(tmp_path), FINDER_SYNC_HOURS=hours)
        start(sys.executable, "-m", "finder.launch.schedule", "sh", "-c", command, *then, cwd=ROOT, env=environment)

    return run


@pytest.fixture
def healthy(start: Starter, tmp_path: Path) -> Callable[[], bool]:
    def ask() -> bool:
        environment = clean_environment(TMPDIR=str(tmp_path))
        check = start(sys.executable, "-m", "finder.launch.health", "sync", cwd=ROOT, env=environment)
        return check.wait(20) == 0

    return ask


def wait_for_runs(tmp_path: Path, number: int) -> None:
    deadline = time.monotonic() + 20
    while not (tmp_path / "runs").exists() or len((tmp_path / "runs").read_text().splitlines()) < number:
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_good_runs_are_repeated_and_healthy(
    schedule: Callable[..., None], healthy: Callable[[], bool], tmp_path: Path
) -> None:
    assert not healthy()
    schedule(code=0, hours="0.00005")
    wait_for_runs(tmp_path, 3)
    assert healthy()


def test_bad_run_is_unhealthy_until_a_good_one(
    schedule: Callable[..., None], healthy: Callable[[], bool], tmp_path: Path
) -> None:
    schedule(code=1, hours="0.00005")
    wait_for_runs(tmp_path, 2)
    assert not healthy()


def test_loop_that_has_died_is_unhealthy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    state = tmp_path / "state"
    state.write_text("ok")
    monkeypatch.setattr(health, "STATE", state)
    assert health.sync() is None
    monkeypatch.setattr(health, "TICK_SECONDS", -1)
    assert "no sign" in str(health.sync())


@pytest.mark.parametrize("hours", ["often", "0", "-3", "1e9"])
def test_unreadable_interval_is_refused(start: Starter, hours: str) -> None:
    environment = clean_environment(FINDER_SYNC_HOURS=hours)
    process = start(sys.executable, "-m", "finder.launch.schedule", "true", cwd=ROOT, env=environment)
    said, _ = process.communicate(timeout=20)
    assert process.returncode == 1
    assert said.startswith(f"FINDER_SYNC_HOURS is “{hours}”: set it to a number of hours above 0; see docs/")


@pytest.fixture
def site() -> Iterator[tuple[int, list[str]]]:
    """A server on loopback that answers /healthz by the host it is asked for; yields its port and the hosts."""
    hosts: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            hosts.append(self.headers["Host"])
            self.send_response(200 if self.path == "/healthz" and len(hosts) == 1 else 503)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None: ...

    with http.server.HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield server.server_port, hosts
        server.shutdown()
        thread.join()


def test_web_check_asks_by_an_allowed_host(site: tuple[int, list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    port, hosts = site
    monkeypatch.setenv("FINDER_ALLOWED_HOSTS", ".finder.example, other.example")
    assert health.web(port) is None
    assert hosts == ["finder.example"]
    assert health.web(port) == "/healthz answers 503"


def test_web_check_fails_where_nothing_answers() -> None:
    assert "does not answer" in str(health.web(1))


def test_what_follows_a_good_run_is_run_after_it_and_its_failure_stops_nothing(
    schedule: Callable[..., None], healthy: Callable[[], bool], tmp_path: Path
) -> None:
    schedule(0, "0.00005", "--then", "sh", "-c", f"cat {tmp_path}/runs >> {tmp_path}/after; exit 3")
    wait_for_runs(tmp_path, 3)
    assert healthy()
    assert (tmp_path / "after").read_text().startswith("run\nrun\nrun\n")


def test_nothing_follows_a_bad_run(schedule: Callable[..., None], tmp_path: Path) -> None:
    schedule(1, "0.00005", "--then", "touch", f"{tmp_path}/after")
    wait_for_runs(tmp_path, 2)
    assert not (tmp_path / "after").exists()
