"""A sync that is stopped, killed, refused or not alone: the next one goes on, and the result is the same."""

import io
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from tests.fake_registry import FakeRegistry, break_off, stall, status, study
from trials.asking import Patience
from trials.ingest.sync import Order, registry_http, sync
from trials.models import ImportRun, RecordVersion, Site, Trial
from trials.registries.http import Pace, RegistryHttp

ROOT = Path(__file__).resolve().parents[2]
QUICK = Patience(timeout=5, total=5, attempts=2, first_wait=0.01, longest_wait=0.01, jitter=0)
Kind, State = ImportRun.Kind, ImportRun.State


@pytest.fixture
def registry(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Iterator[FakeRegistry]:
    monkeypatch.setenv("NO_PROXY", "*")
    with FakeRegistry(study(number) for number in range(1, 8)) as fake:
        settings.CTGOV_API_URL = fake.url
        settings.CTGOV_REQUESTS_PER_MINUTE = 60_000
        yield fake


@pytest.fixture
def read(registry: FakeRegistry, monkeypatch: pytest.MonkeyPatch) -> Callable[..., ImportRun]:
    """Syncs once, on pages of three; forgets what was asked before."""
    monkeypatch.setattr("trials.ingest.sync.PAGE_SIZE", 3)

    def once(**order: Any) -> ImportRun:
        registry.asked.clear()
        with RegistryHttp(registry.url, user_agent="Finder/1", pace=Pace(60_000), patience=QUICK) as http:
            return sync(Order(**order), http, io.StringIO())

    return once


Sync = Callable[..., ImportRun]


# A fault of the registry


@pytest.mark.django_db
def test_run_goes_on_from_the_page_where_the_registry_failed(read: Sync, registry: FakeRegistry) -> None:
    registry.faults += [None, break_off, status(500)]
    stopped = read()
    assert (stopped.state, stopped.read) == (State.STOPPED, 3)
    assert "500" in stopped.error
    run = read()
    assert (run.pk, run.state, run.created, run.total, run.error) == (stopped.pk, State.COMPLETE, 7, 7, "")
    assert [bool(asked.parameters.get("pageToken")) for asked in registry.asked] == [True, True]


@pytest.mark.django_db
def test_failure_on_the_first_page_leaves_nothing_to_go_on_with(read: Sync, registry: FakeRegistry) -> None:
    registry.faults += [status(403)]
    assert read().state == State.FAILED
    assert read().state == State.COMPLETE
    assert ImportRun.objects.count() == 2


@pytest.mark.django_db
def test_run_that_stopped_long_ago_is_not_gone_on_with(read: Sync, registry: FakeRegistry) -> None:
    registry.faults += [None, status(500), status(500)]
    stopped = read()
    ImportRun.objects.filter(pk=stopped.pk).update(heartbeat_at=timezone.now() - timedelta(hours=25))
    run = read()
    assert (run.state, run.read) == (State.COMPLETE, 7)
    assert run.pk != stopped.pk


@pytest.mark.django_db
def test_refused_page_token_starts_over(read: Sync, registry: FakeRegistry) -> None:
    registry.faults += [None, status(500), status(500)]
    stopped = read()
    registry.token_age += 1
    run = read()
    assert (run.state, run.created, run.unchanged) == (State.COMPLETE, 4, 3)
    assert run.pk != stopped.pk
    stopped.refresh_from_db()
    assert (stopped.state, stopped.page_token) == (State.FAILED, "")


@pytest.mark.django_db
def test_page_tokens_that_are_always_refused_end_the_sync(read: Sync, registry: FakeRegistry) -> None:
    registry.faults += [None, status(500), status(500)]
    read()
    registry.faults += [status(400), None, status(400)]
    run = read()
    assert run.state == State.FAILED
    assert len(registry.asked) == 3


@pytest.mark.django_db
def test_other_order_does_not_go_on_with_a_stopped_run(read: Sync, registry: FakeRegistry) -> None:
    read()
    registry.faults += [None, status(500), status(500)]
    full = read(full=True)
    registry.faults += [None, status(500), status(500)]
    since = read(since=date(2026, 1, 1))
    assert {full.state, since.state} == {State.STOPPED}
    assert read().pk not in {full.pk, since.pk}
    assert read(full=True).pk == full.pk
    assert read(since=date(2026, 1, 1)).pk == since.pk


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("mid_query", [False, True])
@pytest.mark.parametrize("stop", [KeyboardInterrupt, SystemExit, RuntimeError])
def test_stop_between_pages_is_written_down(read: Sync, stop: type[BaseException], mid_query: bool,
                                            monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    def show(self: object, run: ImportRun) -> None:
        if mid_query:
            connection.connection.pgconn.send_query(b"SELECT 1")  # asked, and the answer never fetched
        raise stop

    with monkeypatch.context() as patch, pytest.raises(stop):
        patch.setattr("trials.ingest.progress.Progress.show", show)
        read()
    run = ImportRun.objects.get()
    assert (run.state, run.read) == (State.STOPPED, 3)
    assert run.error
    assert (read().pk, Trial.objects.count()) == (run.pk, 7)


# Two at once


@pytest.mark.django_db
def test_second_sync_says_that_one_is_running(registry: FakeRegistry) -> None:
    ImportRun.objects.create(kind=Kind.FULL, source="x", started_at=timezone.now(), heartbeat_at=timezone.now())
    with psycopg.connect(**connection.get_connection_params()) as other:
        other.execute("SELECT pg_advisory_lock(7364002)")
        with pytest.raises(CommandError, match=r"Another sync is running; it began 20\d\d-") as raised:
            call_command("sync_trials")
        other.execute("SELECT pg_advisory_unlock(7364002)")
    assert raised.value.returncode == 3
    assert registry.asked == []
    call_command("sync_trials")  # the other has gone, so its run was killed
    assert set(ImportRun.objects.values_list("state", flat=True)) == {State.FAILED, State.COMPLETE}


# A process that is killed


def snapshot() -> list[list[Any]]:
    """All that a sync has written, without row ids and times."""
    versions = RecordVersion.objects.order_by("trial__nct_id", "content_hash")
    return [
        list(Trial.objects.order_by("nct_id").values_list("nct_id", "brief_title", "minimum_age_years", "gone_since")),
        list(versions.values_list("trial__nct_id", "content_hash", "payload", "is_basis", "source")),
        list(Site.objects.order_by("trial__nct_id", "pk").values_list("trial__nct_id", "facility", "country_code")),
    ]


@pytest.fixture
def started(registry: FakeRegistry) -> Callable[[], subprocess.Popen[str]]:
    """Starts `manage.py sync_trials --full` as a process of its own, on the database of the tests."""
    database = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}")
    environment = os.environ | {
        "DATABASE_URL": database.geturl(),
        "FINDER_CTGOV_API_URL": registry.url,
        "FINDER_CTGOV_REQUESTS_PER_MINUTE": "60000",
    }

    def start() -> subprocess.Popen[str]:
        command = [sys.executable, "manage.py", "sync_trials", "--full"]
        return subprocess.Popen(command, cwd=ROOT, env=environment, text=True, stdout=-1, stderr=-1)

    return start


def wait_for(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < end, "waited 30 seconds in vain"
        time.sleep(0.01)


def wait_for_requests(registry: FakeRegistry, count: int) -> None:
    wait_for(lambda: len(registry.asked) >= count)


def lock_to_go() -> bool:
    """Whether the database has noticed that the process which held the lock is dead."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND objid = 7364002")
        return cursor.fetchone() is None


@pytest.mark.django_db(transaction=True)
def test_killed_sync_that_runs_again_ends_as_an_undisturbed_one(registry: FakeRegistry, started: Any) -> None:
    for number in range(1, 451):
        registry.put(study(number))
    with registry_http() as http:
        assert sync(Order(full=True), http, io.StringIO()).read == 450
    undisturbed = snapshot()
    call_command("flush", interactive=False)

    for good_pages in (1, 2):  # of five
        registry.asked.clear()
        registry.faults.clear()
        registry.faults += [None] * good_pages + [stall(20)] * 3
        process = started()
        wait_for_requests(registry, good_pages)
        time.sleep(random.random() / 5)  # it is storing that page, or asking for the next
        process.kill()
        process.communicate(timeout=30)
        wait_for(lock_to_go)
    registry.faults.clear()
    process = started()
    out, error = process.communicate(timeout=60)
    assert process.returncode == 0, error
    assert "450 records read" in out
    assert "Going on with the run" in error
    assert snapshot() == undisturbed
    assert ImportRun.objects.filter(state=State.COMPLETE).count() == 1


@pytest.mark.django_db(transaction=True)
def test_terminated_sync_is_written_down_as_stopped(registry: FakeRegistry, started: Any) -> None:
    registry.studies |= {str(number): study(number) for number in range(8, 121)}
    registry.faults += [None, stall(20)]
    process = started()
    wait_for_requests(registry, 2)
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=30)
    assert process.returncode == 128 + signal.SIGTERM
    run = ImportRun.objects.get()
    assert (run.state, run.read) == (State.STOPPED, 100)
