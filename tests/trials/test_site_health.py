"""Whatever becomes of a sync, of the disk or of the database: an operator sees it, and visitors are served."""

import io
from collections.abc import Callable, Iterator
from datetime import timedelta

import psycopg
import pytest
from django.contrib.auth import get_user_model
from django.db import OperationalError, connection
from django.test import Client
from django.utils import timezone

from tests.fake_registry import FakeRegistry, drip, drip_headers, instead, redirect, stall, status, study
from trials import site_health
from trials.asking import Patience
from trials.ingest.runs import closing, start_run
from trials.ingest.sync import Order, sync
from trials.models import ImportRun, Trial
from trials.models.run import SYNC_LOCK
from trials.registries.http import Pace, RegistryHttp
from trials.site_health import DatabaseState, SyncState, findings

pytestmark = pytest.mark.django_db
IMPATIENT = Patience(timeout=0.3, total=0.4, attempts=2, first_wait=0.01, longest_wait=0.01, jitter=0)
Kind, State = ImportRun.Kind, ImportRun.State


@pytest.fixture
def registry(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeRegistry]:
    monkeypatch.setenv("NO_PROXY", "*")
    monkeypatch.setattr("trials.ingest.sync.PAGE_SIZE", 3)
    with FakeRegistry(study(number) for number in range(1, 8)) as fake:
        yield fake


@pytest.fixture
def read(registry: FakeRegistry) -> Callable[[], ImportRun]:
    def once() -> ImportRun:
        with RegistryHttp(registry.url, user_agent="Finder/1", pace=Pace(60_000), patience=IMPATIENT) as http:
            return sync(Order(), http, io.StringIO())

    return once


@pytest.fixture
def editor() -> Client:
    browser = Client()
    browser.force_login(get_user_model().objects.create_superuser("editor", password="only for this test"))
    return browser


def told(client: Client) -> tuple[str, str, list[str]]:
    """State and reason of the last sync, and the codes of the warnings."""
    response = client.get("/healthz")
    assert response.status_code == 200
    known = response.json()
    return known["sync"]["state"], known["sync"]["reason"], [one["code"] for one in known["warnings"]]


STUCK = {
    "accepts and never answers": (stall(2), "could not be read"),
    "sends its headers byte by byte": (drip_headers(0.05), "took longer than 0.4 seconds"),
    "sends its answer byte by byte": (drip(0.05), "took longer than 0.4 seconds"),
    "is out of order": (status(500), "500"),
    "is busy": (status(429), "429"),
    "is busy for long": (status(429, retry_after="9999"), "asks us to wait 9999 seconds"),
    "sends garbage": (instead(b"\x00{]"), "broken answer"),
    "redirects for ever": (redirect("/api/v2/studies"), "circle of redirects"),
}


@pytest.mark.parametrize(("fault", "words"), STUCK.values(), ids=STUCK)
def test_a_stuck_registry_ends_the_sync_and_shows(client, read, registry, editor, fault, words):
    registry.faults += [fault] * 8
    run = read()
    state, reason, warnings = told(client)
    assert (run.state, state) == (State.FAILED, "failed") and "sync_failed" in warnings
    assert words in reason
    assert "The sync of" in editor.get("/admin/").content.decode()
    registry.faults.clear()
    assert read().state == State.COMPLETE
    assert told(client) == ("complete", "", [])


def begin(kind: str = Kind.FULL, hours: float = 1) -> ImportRun:
    then = timezone.now() - timedelta(hours=hours)
    return ImportRun.objects.create(kind=kind, source="x", started_at=then, heartbeat_at=then)


def test_a_killed_sync_is_broken_off_and_a_living_one_is_running(client, editor):
    run = begin(hours=0.5)
    assert told(client)[::2] == ("broken_off", ["sync_broken_off"])
    pages = [editor.get(path).content.decode() for path in ("/admin/", f"/admin/trials/importrun/{run.pk}/change/")]
    assert all("broken off" in page for page in pages)
    with psycopg.connect(**connection.get_connection_params()) as other:
        other.execute("SELECT pg_advisory_lock(%s)", [SYNC_LOCK])
        assert told(client)[::2] == ("running", [])
        assert client.get("/healthz").json()["sync"]["hours_running"] == 0.5
        assert "broken off" not in editor.get("/admin/trials/importrun/").content.decode()


def test_a_sync_that_lives_and_does_nothing_shows(client):
    begin(hours=2)
    with psycopg.connect(**connection.get_connection_params()) as other:
        other.execute("SELECT pg_advisory_lock(%s)", [SYNC_LOCK])
        assert told(client)[::2] == ("running", ["sync_silent"])


def test_an_import_of_files_counts_as_broken_off_after_an_hour():
    assert not begin(Kind.FILES, hours=0.9).is_broken_off
    assert begin(Kind.FILES, hours=1.1).is_broken_off


def test_a_full_disk_ends_the_sync_with_what_to_do_and_changes_nothing(client, read):
    """A trigger gives the very code that Postgres gives when a file cannot grow."""
    with connection.cursor() as cursor:
        cursor.execute("""CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS
            $$BEGIN RAISE EXCEPTION 'could not extend file "base/1/2"' USING ERRCODE = 'disk_full'; END$$""")
        cursor.execute("CREATE TRIGGER no_room BEFORE INSERT ON trials_recordversion EXECUTE FUNCTION no_room()")
    with pytest.raises(OperationalError):
        read()
    state, reason, warnings = told(client)
    assert (state, warnings, Trial.objects.count()) == ("failed", ["sync_failed"], 0)
    assert reason == "There is no room left on the disk, or in memory. Make room, then run the same command again."
    with connection.cursor() as cursor:
        cursor.execute("DROP FUNCTION no_room CASCADE")
    assert (read().state, Trial.objects.count()) == (State.COMPLETE, 7)


def test_the_reason_of_a_failure_quotes_nothing():
    with pytest.raises(ValueError), closing(start_run(Kind.FILES, "x")) as run:
        raise ValueError("a word of the record")
    assert run.error == "The program failed: ValueError. The log says where."


COMPLETE = SyncState("complete", timezone.now(), None, 5.0)
ROOMY = DatabaseState(10**9, False, 50 * 10**9, 100 * 10**9)


@pytest.mark.parametrize(
    ("sync_state", "database", "codes"),
    [
        (COMPLETE, ROOMY, []),
        (COMPLETE, DatabaseState(10**9, False), []),  # another machine's disk
        (COMPLETE, DatabaseState(10**9, True), ["read_only"]),
        (COMPLETE, DatabaseState(10**9, False, 900 * 10**6, 10 * 10**9), ["disk"]),
        (COMPLETE, DatabaseState(10**9, False, 4 * 10**9, 100 * 10**9), ["disk"]),
        (SyncState("complete", timezone.now(), None, 80.0), ROOMY, ["sync_old"]),
        (SyncState("stopped", timezone.now(), None, 80.0, "Stopped."), ROOMY, ["sync_stopped", "sync_old"]),
    ],
)
def test_findings_name_what_to_look_after(sync_state, database, codes):
    assert [one.code for one in findings(sync_state, database)] == codes


def test_a_disk_that_is_not_ours_to_see_is_left_out(monkeypatch):
    monkeypatch.setitem(connection.settings_dict, "HOST", "db.example")
    assert site_health.database_state().free_bytes is None
