"""What the server writes down: nothing that a visitor sent, wherever they put it, and whatever goes wrong."""

import http.client
import json
import logging
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import urlencode

import psycopg
import pytest
from django.db import connection

from finder import logs
from finder.launch.steps import ROOT
from tests.launch.conftest import Starter, free_port
from tests.studies import store, study
from tests.trials.ingest.conftest import address

MARK = "zebrafish"  # a word that stands nowhere else
HEADERS = {
    "User-Agent": MARK, "Referer": f"https://{MARK}.example/", "Accept-Language": MARK, "X-Request-ID": MARK,
    "X-Forwarded-For": MARK, "Cookie": f"sessionid={MARK}; csrftoken={MARK}", "Authorization": f"Basic {MARK}",
}  # fmt: skip
FORM = {"q": MARK, "state": MARK, "at": "condition", "do": "next", "other": MARK, "username": MARK, "password": MARK}
PATHS = [
    f"/?q={MARK}", f"/studies/?q={MARK}&near={MARK}&age={MARK}", f"/studies/map/?q={MARK}&map={MARK}",
    f"/suggest/?q={MARK}", f"/suggest/places/?q={MARK}", f"/studies/{MARK}/", f"/studies/{MARK}/handout/",
    "/studies/NCT90000001/", f"/conditions/{MARK}/", f"/check/?study={MARK}", f"/learn/words/?q={MARK}",
    f"/api/v1/studies/?q={MARK}", f"/api/v1/studies/{MARK}/", f"/api/v1/{MARK}", f"/studies/csv/?q={MARK}",
    f"/studies/feed/?q={MARK}", f"/embed/{MARK}/en/", f"/{MARK}/{MARK}?{MARK}", f"/static/{MARK}.css",
    f"/admin/{MARK}/", f"/admin/login/?next=/{MARK}/", f"/es/{MARK}", f"/studies/%00{MARK}/", f"/%ff{MARK}",
    f"/about/?q={MARK}", f"/learn/?q={MARK}",
]  # fmt: skip


@contextmanager
def serving(start: Starter, tmp_path: Path, *command: str, **variables: str) -> Iterator[int]:
    """A server in a process of its own on the tests' database; what it says goes to `tmp_path/said`."""
    port = free_port()
    environment = os.environ | {"DATABASE_URL": address(), "FINDER_STATIC_ROOT": str(tmp_path)} | variables
    environment |= {"FINDER_ALLOWED_HOSTS": "127.0.0.1", "FINDER_STATEMENT_SECONDS": "1", "GRANIAN_PORT": str(port)}
    with (tmp_path / "said").open("w") as said:
        server = start(*(part.format(port=port) for part in command), cwd=ROOT, env=environment, stdout=said,
                       stderr=subprocess.STDOUT)  # fmt: skip
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline and server.poll() is None:
            with suppress(OSError):
                socket.create_connection(("127.0.0.1", port)).close()
                break
            time.sleep(0.05)
        assert server.poll() is None, (tmp_path / "said").read_text()
        yield port
        server.send_signal(signal.SIGTERM)
        server.wait(20)


def ask(port: int, path: str, form: dict[str, str] | None = None, **headers: str) -> tuple[int, str]:
    """Status and X-Request-ID."""
    to = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    body = urlencode(form) if form else None
    kind = {"Content-Type": "application/x-www-form-urlencoded"} if form else {}
    to.request("POST" if form else "GET", path, body, {**HEADERS, **kind, **headers})
    response = to.getresponse()
    response.read()
    to.close()
    return response.status, response.headers.get("X-Request-ID", "")


def ask_everything(port: int) -> list[tuple[int, str]]:
    answers = [ask(port, path) for path in PATHS]
    answers += [ask(port, path, FORM) for path in ("/check/", "/es/check/", "/admin/login/", f"/{MARK}/", "/studies/")]
    answers.append(ask(port, "/", Host=f"{MARK}.example"))
    answers.append(ask(port, "/check/", {f"{MARK}{number}": MARK for number in range(12_000)}))
    with psycopg.connect(**connection.get_connection_params()) as other:
        other.execute("LOCK TABLE trials_trial IN ACCESS EXCLUSIVE MODE")
        answers.append(ask(port, f"/studies/?q={MARK}"))
    return answers


def docker_variables() -> dict[str, str]:
    """What the image sets for granian."""
    return dict(re.findall(r"^(?:ENV )? *((?:GRANIAN|FINDER_LOG)\w+)=(\S+)", (ROOT / "Dockerfile").read_text(), re.M))


@pytest.mark.django_db(transaction=True)
def test_the_server_of_the_image_writes_objects_and_nothing_of_a_visitor(start: Starter, tmp_path: Path) -> None:
    store(study())
    variables = docker_variables() | {"GRANIAN_HOST": "127.0.0.1", "GRANIAN_WORKERS": "1"}
    assert "GRANIAN_LOG_CONFIG" in variables
    command = (sys.executable, "-m", "granian", "tests.launch.broken_site:application")
    with serving(start, tmp_path, *command, **variables) as port:
        answers = ask_everything(port)
    said = (tmp_path / "said").read_text()
    lines = [json.loads(line) for line in said.splitlines()]
    assert MARK not in said and "127.0.0.1" not in "".join(line for line in said.splitlines() if "granian" not in line)
    requests = [line for line in lines if line.get("event") == "request"]
    assert [(line["status"], line["request_id"]) for line in requests] == answers
    assert {200, 400, 404, 500, 503} <= {status for status, _ in answers}
    assert all(re.fullmatch(r"[0-9a-f]{16}", own_id) for _, own_id in answers)
    assert {"/", "/studies/<slug:nct_id>/", "/static/…", "/embed/<key>/en/", "/…"} <= {
        line["path"] for line in requests
    }
    assert all(line["duration_ms"] >= 0 and line["method"] in ("GET", "POST") for line in requests)
    faults = {line["exception"]: line for line in lines if line.get("exception") and line.get("status") == 500}
    assert faults["RuntimeError"]["place"].startswith("finder/views/about.py:")
    assert any("UndefinedTable" in kinds for kinds in faults)
    [slow] = [line for line in lines if line.get("event") == "database_busy"]
    assert (slow["sqlstate"], slow["request_id"]) == ("57014", answers[-1][1])


@pytest.mark.django_db(transaction=True)
def test_the_server_of_up_writes_lines_and_nothing_of_a_visitor(start: Starter, tmp_path: Path) -> None:
    store(study())
    command = (sys.executable, "-m", "finder.launch.serving", "{port}", str(os.getpid()))
    with serving(start, tmp_path, *command) as port:
        answers = ask_everything(port)
    said = (tmp_path / "said").read_text()
    assert MARK not in said
    assert {200, 400, 404, 503} <= {status for status, _ in answers}
    assert "WARNING django.request: Not Found status=404" in said
    assert "event=database_busy sqlstate=57014" in said


@pytest.mark.parametrize("form", [logs.ForPeople, logs.ForPrograms])
def test_no_words_of_an_error_or_of_others_are_written_down(form: type[logging.Formatter]) -> None:
    def record(name: str, text: str, *arguments: object, **extra: object) -> logging.LogRecord:
        made = logging.LogRecord(name, logging.ERROR, __file__, 1, text, arguments, sys.exc_info())
        made.__dict__ |= extra
        return made

    try:
        try:
            raise ValueError(MARK)
        except ValueError as error:
            raise LookupError(f"{MARK}\n{MARK}") from error
    except LookupError:
        made = [
            record("finder.views", "It failed."),
            record("django.security.DisallowedHost", f"Invalid HTTP_HOST header: '{MARK}'", status_code=400),
            record("django.request", "Not Found: %s", MARK, status_code=404),
            record("elsewhere", "Got %s", MARK),
            record("_granian", f"Application callable raised an exception\nTraceback: {MARK}"),
        ]
    lines = [form().format(one) for one in made]
    assert MARK not in "".join(lines)
    assert all("LookupError < ValueError" in line and "tests/launch/test_logs.py:" in line for line in lines)


def test_ids_from_outside_are_not_taken_over(client) -> None:
    given = client.get("/nothing/here/", headers={"X-Request-ID": "mine"}).headers["X-Request-ID"]
    assert re.fullmatch(r"[0-9a-f]{16}", given)
    assert client.get("/nothing/here/").headers["X-Request-ID"] != given
