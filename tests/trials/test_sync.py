"""What a sync asks for, stores, counts and marks as missing: against a real server, into a real database."""

import io
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from tests.fake_registry import Answering, FakeRegistry, instead, nct_id, study
from trials.ingest.batch import store_batch
from trials.ingest.parse import RawRecord
from trials.ingest.runs import start_run
from trials.ingest.sync import Order, registry_http, sync
from trials.models import ImportRun, Partner, PartnerViews, RecordVersion, Trial

pytestmark = pytest.mark.django_db
Sync = Callable[..., ImportRun]
Kind, State = ImportRun.Kind, ImportRun.State


@pytest.fixture
def registry(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Any:
    """It has seven studies, on pages of three."""
    monkeypatch.setenv("NO_PROXY", "*")
    monkeypatch.setattr("trials.ingest.sync.PAGE_SIZE", 3)
    with FakeRegistry(study(number) for number in range(1, 8)) as fake:
        settings.CTGOV_API_URL = fake.url
        settings.CTGOV_REQUESTS_PER_MINUTE = 60_000
        yield fake


@pytest.fixture
def read(registry: FakeRegistry) -> Sync:
    """Syncs once; forgets what was asked before."""

    def once(**order: Any) -> ImportRun:
        registry.asked.clear()
        with registry_http() as http:
            return sync(Order(**order), http, io.StringIO())

    return once


def gone() -> set[str | None]:
    return set(Trial.objects.exclude(gone_since=None).values_list("nct_id", flat=True))


# What is read


def test_a_sync_forgets_page_views_that_are_too_old(read: Sync) -> None:
    partner = Partner.objects.create(name="Example Clinic", allowed_origins="https://clinic.example.org")
    today = timezone.localdate()
    for ago in (0, 399, 400, 500):
        PartnerViews.objects.create(partner=partner, day=today - timedelta(days=ago))
    read()
    assert {(today - row.day).days for row in PartnerViews.objects.all()} == {0, 399}


def test_first_sync_reads_everything(read: Sync, registry: FakeRegistry) -> None:
    run = read()
    assert (run.kind, run.state, run.created, run.total, run.page_token) == (Kind.FULL, State.COMPLETE, 7, 7, "")
    assert set(Trial.objects.values_list("nct_id", flat=True)) == set(registry.studies)
    assert "filter.advanced" not in registry.asked[0].parameters
    assert registry.asked[0].headers["User-Agent"].startswith("CTD-Trial-Finder/0.")


def test_record_is_stored_as_the_registry_wrote_it(read: Sync, registry: FakeRegistry) -> None:
    written = '{"protocolSection": {"identificationModule":  {"nctId": "NCT90000001"}}, "hasResults":false }'
    registry.faults += [instead(f'{{"studies":[ {written} ]}}'.encode())]
    read(full=True)
    version = RecordVersion.objects.get(trial__nct_id="NCT90000001")
    assert (version.payload, version.source) == (written, "api:clinicaltrials.gov")


def test_next_sync_reads_what_changed_since_the_day_before_the_last_one(read: Sync, registry: FakeRegistry) -> None:
    first = read()
    yesterday = first.started_at.date() - timedelta(days=1)
    registry.put(study(2, updated=str(yesterday), title="A new title"))
    registry.put(study(8, updated=str(yesterday + timedelta(days=1))))
    run = read()
    assert registry.asked[0].parameters["filter.advanced"] == f"AREA[LastUpdatePostDate]RANGE[{yesterday},MAX]"
    assert (run.kind, run.state, run.updated_since) == (Kind.INCREMENTAL, State.COMPLETE, yesterday)
    assert (run.read, run.created, run.updated) == (2, 1, 1)
    assert Trial.objects.get(nct_id=nct_id(2)).brief_title == "A new title"


def test_unchanged_record_is_only_counted(read: Sync) -> None:
    read()
    before = list(RecordVersion.objects.order_by("pk").values())
    run = read(full=True)
    assert (run.unchanged, run.updated, run.created) == (7, 0, 0)
    assert list(RecordVersion.objects.order_by("pk").values()) == before
    assert not Trial.objects.filter(last_read_at__lt=run.started_at).exists()


def test_changed_scope_is_read_in_full(read: Sync, registry: FakeRegistry, monkeypatch: pytest.MonkeyPatch) -> None:
    read()
    monkeypatch.setattr("trials.ingest.sync.SYNC_QUERY", "lupus OR gout")
    assert read().kind == Kind.FULL
    assert registry.asked[0].parameters["query.cond"] == "lupus OR gout"


def test_run_since_a_later_day_leaves_no_gap_behind_it(read: Sync) -> None:
    began = timezone.now() - timedelta(days=5)
    ImportRun.objects.filter(pk=read().pk).update(started_at=began)
    assert read(since=timezone.now().date()).state == State.COMPLETE
    closed = read()
    assert closed.updated_since == began.date() - timedelta(days=1)
    assert read().updated_since == closed.started_at.date() - timedelta(days=1)


def test_run_with_a_limit_does_not_count(read: Sync, registry: FakeRegistry) -> None:
    run = read(limit=4)
    assert (run.state, run.read, run.page_token) == (State.STOPPED, 4, "")
    assert len(registry.asked) == 2
    again = read()
    assert (again.kind, again.read, again.state) == (Kind.FULL, 7, State.COMPLETE)


def test_once_a_week_all_is_read_for_only_that_finds_what_has_left_the_registry(read: Sync) -> None:
    first = read()
    assert read().kind == Kind.INCREMENTAL
    ImportRun.objects.filter(pk=first.pk).update(started_at=timezone.now() - timedelta(days=8))
    assert read().kind == Kind.FULL


# What is missing


def test_full_sync_marks_a_study_as_gone_that_a_file_brought_first(read: Sync, registry: FakeRegistry) -> None:
    run = start_run(Kind.FILES, "test")
    text = json.dumps(registry.studies[nct_id(5)])
    store_batch(run, [RawRecord(text, timezone.now(), "file:x.json", "line 1")])
    read()
    registry.studies.pop(nct_id(5))
    assert read(full=True).gone == 1


def test_full_sync_marks_what_the_registry_lost_and_clears_what_came_back(read: Sync, registry: FakeRegistry) -> None:
    read()
    lost = registry.studies.pop(nct_id(5))
    run = read(full=True)
    assert (run.state, run.gone, gone()) == (State.COMPLETE, 1, {nct_id(5)})
    assert RecordVersion.objects.filter(trial__nct_id=nct_id(5)).count() == 1
    assert read(full=True).gone == 0
    assert gone() == {nct_id(5)}
    registry.put(lost)
    assert read(full=True).state == State.COMPLETE
    assert gone() == set()


def test_sync_of_changes_marks_nothing(read: Sync, registry: FakeRegistry) -> None:
    read()
    del registry.studies[nct_id(5)]
    assert read().kind == Kind.INCREMENTAL
    assert gone() == set()


def test_study_that_left_our_scope_is_not_missing(read: Sync, registry: FakeRegistry) -> None:
    read()
    registry.not_in_scope = {nct_id(5)}
    registry.put(study(5, title="Now about gout", updated="2026-11-20"))
    run = read(full=True)
    assert registry.asked[-1].parameters["filter.ids"] == nct_id(5)
    assert (run.state, run.gone, gone()) == (State.COMPLETE, 0, set())
    assert Trial.objects.get(nct_id=nct_id(5)).brief_title == "Now about gout"


def test_study_that_slipped_to_a_page_already_read_is_not_missing(read: Sync, registry: FakeRegistry) -> None:
    read()

    def renew(answering: Answering, body: bytes) -> None:
        del registry.studies[nct_id(1)]  # the list moves up, and study 4 with it, onto the page that is just sent
        answering.send(200, body, {})

    registry.faults += [renew]
    assert read(full=True).state == State.COMPLETE
    assert "filter.ids" in registry.asked[-1].parameters
    assert gone() == set()


def test_study_that_cannot_be_stored_is_not_missing(read: Sync, registry: FakeRegistry, settings: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE trials_recordversion ADD CHECK (payload NOT LIKE '%Refused%')")
    read()
    settings.SYNC_FAILURE_SHARE_LIMIT = 0.5
    registry.put(study(5, title="Refused"))
    run = read(full=True)
    assert (run.state, run.failed, gone()) == (State.COMPLETE, 2, set())  # in the list, and asked for by its id


def test_study_from_a_file_is_not_missing(read: Sync, registry: FakeRegistry) -> None:
    read()
    files = start_run(Kind.FILES, "some.jsonl")
    record = '{"protocolSection": {"identificationModule": {"nctId": "NCT90000099"}}}'
    store_batch(files, [RawRecord(record, timezone.now(), "file:some.jsonl", "line 1")])
    assert read(full=True).gone == 0


@pytest.mark.parametrize("left", [0, 3])
def test_absurdly_short_list_marks_nothing(read: Sync, registry: FakeRegistry, left: int) -> None:
    read()
    registry.studies = {nct_id(number): study(number) for number in range(1, left + 1)}
    run = read(full=True)
    assert (run.state, gone()) == (State.FAILED, set())
    assert "less than half" in run.error
    assert read().updated_since is not None  # the last complete run still holds


# What fails


def test_record_without_an_id_is_stored_as_a_failure(read: Sync, registry: FakeRegistry, settings: Any) -> None:
    settings.SYNC_FAILURE_SHARE_LIMIT = 0.2
    nameless = study(9, title="Nobody")
    del nameless["protocolSection"]["identificationModule"]["nctId"]
    registry.put(nameless)
    run = read()
    failure = run.failures.get()
    assert (run.state, run.created, run.failed) == (State.COMPLETE, 7, 1)
    assert failure.place == "study 8 of the registry's list"
    assert "NCT id" in failure.reason
    assert "Nobody" in failure.excerpt


def test_too_many_failures_fail_the_run(read: Sync, registry: FakeRegistry, settings: Any) -> None:
    settings.SYNC_FAILURE_SHARE_LIMIT = 0.1
    del registry.studies[nct_id(3)]["protocolSection"]["identificationModule"]["nctId"]
    run = read()
    assert (run.state, run.created) == (State.FAILED, 6)
    assert read().kind == Kind.FULL
    with pytest.raises(CommandError, match=r"7 records read: .* 1 failed.* Too many records failed"):
        call_command("sync_trials", "--full")


def test_command_ends_with_the_counts(registry: FakeRegistry, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("sync_trials", limit=2)
    assert capsys.readouterr().out == "2 records read: 2 created, 0 updated, 0 unchanged, 0 failed.\n"


@pytest.mark.parametrize("option", ["--since=yesterday", "--limit=0", "--full --since=2026-01-01"])
def test_wrong_option_is_refused(option: str) -> None:
    with pytest.raises(CommandError):
        call_command("sync_trials", *option.split())
