"""The worker as a process of its own: killed in the middle, and started again."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings as _settings
from django.db import connection

from tests.mail_server import FROM, KEYS, Journal
from trials.ingest.mails import queue_mail
from trials.mail.text import MailText
from trials.models import Mail

ROOT = Path(__file__).resolve().parents[3]
MAILS = 150


def environment(server: Journal) -> dict[str, str]:
    database = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}")
    return os.environ | {
        "DATABASE_URL": database.geturl(),
        "FINDER_MAIL_HOST": "127.0.0.1",
        "FINDER_MAIL_PORT": str(server.port),
        "FINDER_MAIL_TLS": "off",
        "FINDER_MAIL_FROM": FROM,
        "FINDER_MAIL_KEYS": ",".join(KEYS),
    }


@pytest.fixture
def start(server: Journal) -> Iterator[Callable[..., subprocess.Popen[bytes]]]:
    started: list[subprocess.Popen[bytes]] = []

    def starting(*arguments: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "manage.py", "send_mails", *arguments]
        started.append(subprocess.Popen(command, cwd=ROOT, env=environment(server)))
        return started[-1]

    yield starting
    for process in started:
        if process.poll() is None:
            process.kill()
        process.wait(10)


def queued(number: int) -> str:
    """Its Message-ID."""
    mail = queue_mail(MailText("Hello", "Text"), purpose="test", to=f"reader{number}@study-team.org")
    return f"<{mail.pk}@finder-host.org>"


def until(condition: Callable[[], object], seconds: float = 60) -> None:
    due = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < due, Counter(Mail.objects.values_list("state", flat=True))
        time.sleep(0.02)


def test_a_worker_that_is_killed_sends_nothing_twice_and_loses_nothing(server, start):
    mails = [queued(n) for n in range(MAILS)]
    for share in (0.2, 0.5):
        worker = start()
        until(lambda share=share: len(server.taken) >= share * MAILS)
        worker.send_signal(signal.SIGKILL)
        worker.wait(10)
    start()
    until(lambda: not Mail.objects.filter(settled_at=None).exists(), 120)
    times = Counter(one["Message-ID"] for one in server.taken)
    states = {f"<{pk}@finder-host.org>": state for pk, state in Mail.objects.values_list("pk", "state")}
    assert set(times.values()) == {1} and states.keys() == set(mails)
    # Accepted by the server's own journal, or in doubt and said so.
    assert {one for one, state in states.items() if state == Mail.State.ACCEPTED} <= set(times)
    assert {one for one, state in states.items() if one not in times} <= {
        one for one, state in states.items() if state == Mail.State.IN_DOUBT
    }
    assert list(states.values()).count(Mail.State.IN_DOUBT) <= 2 * _settings.MAILS_AT_ONCE


def test_a_worker_that_is_asked_to_stop_leaves_nothing_in_doubt(server, start):
    for n in range(MAILS):
        queued(n)
    worker = start()
    until(lambda: len(server.taken) >= 20)
    worker.terminate()
    assert worker.wait(40) == 0
    assert Mail.objects.filter(state=Mail.State.ACCEPTED).count() == len(server.taken)
    assert not Mail.objects.filter(state=Mail.State.HANDING_OVER).exists()


def test_sends_what_comes_while_it_runs(server, start):
    start()
    until(lambda: Mail.objects.count() == 0)
    queued(1)
    until(lambda: len(server.taken) == 1)


def test_ends_when_nothing_is_due_any_more(server, start):
    queued(1)
    assert start("--once").wait(60) == 0
    assert len(server.taken) == 1 and not Mail.objects.filter(settled_at=None).exists()


def test_without_a_mail_server_it_says_what_to_set():
    command = [sys.executable, "manage.py", "send_mails"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.returncode and "FINDER_MAIL_HOST" in done.stderr and "Traceback" not in done.stderr
