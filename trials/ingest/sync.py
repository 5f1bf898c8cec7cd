"""Brings the registry's studies of our scope into the database, page by page, and can be stopped at any moment.

Each page is stored with the token of the next one in the same transaction, so a run that was stopped or killed goes on
where it was. Only a full run may say that a study is missing from the registry, and nothing is ever deleted.
"""

import contextlib
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TextIO

from django.conf import settings
from django.db import Error, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from trials import VERSION
from trials import vocab as v
from trials.asking import Patience
from trials.conditions import SYNC_QUERY
from trials.ingest.batch import store_batch
from trials.ingest.conditions import load_conditions
from trials.ingest.golden import load_golden_patients
from trials.ingest.index import index_trials
from trials.ingest.mail_worker import forget_what_is_old
from trials.ingest.parse import RawRecord
from trials.ingest.partner_views import forget_old_views
from trials.ingest.progress import Progress
from trials.ingest.runs import finish_run, hang_up_mid_command, start_run
from trials.ingest.turns import writers_turn
from trials.ingest.versions import REGISTRY_SOURCE
from trials.models import ImportRun, Trial, TrialQuerySet
from trials.models.run import SYNC_LOCK
from trials.registries.ctgov.client import PAGE_SIZE, PageTokenRefusedError, Study, pages, pages_by_id
from trials.registries.http import Pace, RegistryError, RegistryHttp
from trials.trouble import reason_of

SOURCE = f"{REGISTRY_SOURCE}clinicaltrials.gov"
OVERLAP = timedelta(days=1)  # the registry dates its updates by day, in its own time zone
FULL_EVERY = timedelta(days=7)  # only a full run finds out what has left the registry
RESUMABLE_FOR = timedelta(days=1)  # nothing says how long a page token lives
_State = ImportRun.State


class SyncRunningError(Exception):
    """Another sync is at work; the message says since when."""


@dataclass(frozen=True, slots=True)
class Order:
    """What to read: all (`full`), the changes since a day, or, with neither, the changes since the last complete run.

    With `limit` only the first so many studies are read, for a try: such a run is never complete.
    """

    full: bool = False
    since: date | None = None
    limit: int | None = None


def sync(order: Order, http: RegistryHttp, stream: TextIO) -> ImportRun:
    """Carry out the order and return the run, which says how it ended. Raises SyncRunningError."""
    with _only_one():
        load_conditions()
        load_golden_patients()
        forget_what_is_old(timezone.now())
        forget_old_views(timezone.localdate())  # before the registry is asked: its silence must not keep them
        _close_killed_runs()
        source = f"{http.address}, scope {hashlib.sha256(SYNC_QUERY.encode()).hexdigest()[:8]}"
        since = None if order.full else order.since or _next_since(source)
        kind = ImportRun.Kind.FULL if since is None else ImportRun.Kind.INCREMENTAL
        if order.limit is None and (stopped := _stopped_run(kind, source, since)):
            print(_("Going on with the run that began %(time)s.") % {"time": _when(stopped)}, file=stream)
            try:
                return _carry_out(order, stopped, http, stream)
            except PageTokenRefusedError:
                print(_("The registry no longer knows where it was: we start over."), file=stream)
        return _carry_out(order, start_run(kind, source, updated_since=since), http, stream)


def registry_http() -> RegistryHttp:
    """The connection to ClinicalTrials.gov that the settings describe."""
    contact = settings.CONTACT_URL
    return RegistryHttp(
        settings.CTGOV_API_URL,
        user_agent=f"CTD-Trial-Finder/{VERSION}" + (f" (+{contact})" if contact else ""),
        pace=Pace(settings.CTGOV_REQUESTS_PER_MINUTE),
        patience=Patience(timeout=settings.CTGOV_TIMEOUT_SECONDS, total=6 * settings.CTGOV_TIMEOUT_SECONDS),
    )


@contextlib.contextmanager
def _only_one() -> Iterator[None]:
    """Hold the lock that only one sync can have. It goes with the connection, so a killed sync leaves none behind."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [SYNC_LOCK])
        if not cursor.fetchone()[0]:
            running = ImportRun.objects.syncs().filter(state=_State.RUNNING).order_by("started_at").last()
            began = _when(running) if running else _("a moment ago")
            raise SyncRunningError(_("Another sync is running; it began %(time)s.") % {"time": began})
    try:
        yield
    finally:
        with contextlib.suppress(Error), connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [SYNC_LOCK])


def _close_killed_runs() -> None:
    """We hold the lock, so a sync that is written down as running was killed."""
    for run in ImportRun.objects.syncs().filter(state=_State.RUNNING):
        _stop(run, _("The process ended without a word."))


def _next_since(source: str) -> date | None:
    """From which day on updates are still to be read; None when all is, for want of a full run or of a recent one.

    Runs count as far as they leave no gap: one that began later than the runs before it reach does not.
    """
    complete = ImportRun.objects.syncs().filter(source=source, state=_State.COMPLETE).order_by("started_at")
    latest = complete.filter(kind=ImportRun.Kind.FULL).last()
    if latest is None or timezone.now() - latest.started_at > FULL_EVERY:
        return None
    covered: date | None = None
    for kind, since, started_at in complete.values_list("kind", "updated_since", "started_at"):
        if kind == ImportRun.Kind.FULL or (covered and since and since <= covered):
            covered = started_at.date()
    return covered - OVERLAP if covered else None


def _stopped_run(kind: str, source: str, since: date | None) -> ImportRun | None:
    """A run with the same aim that can go on from its page token, set to running again."""
    recent = timezone.now() - RESUMABLE_FOR
    same = ImportRun.objects.filter(kind=kind, source=source, updated_since=since, state=_State.STOPPED)
    run = same.filter(heartbeat_at__gte=recent).exclude(page_token="").order_by("started_at").last()
    if run is not None:
        run.state, run.error, run.finished_at = _State.RUNNING, "", None
        run.save(update_fields=["state", "error", "finished_at"])
    return run


def _carry_out(order: Order, run: ImportRun, http: RegistryHttp, stream: TextIO) -> ImportRun:
    was_stopped = bool(run.page_token)
    try:
        _store_pages(order, run, http, stream)
        _conclude(order, run, http)
    except PageTokenRefusedError as error:
        run.page_token = ""
        run.save(update_fields=["page_token"])
        _stop(run, str(error))
        if was_stopped:
            raise
    except RegistryError as error:
        _stop(run, str(error))
    except (KeyboardInterrupt, SystemExit):
        _stop(run, _("Stopped by the operator."))
        raise
    except Exception as error:
        with contextlib.suppress(Error):
            _stop(run, reason_of(error))
        raise
    return run


def _store_pages(order: Order, run: ImportRun, http: RegistryHttp, stream: TextIO) -> None:
    page_size = min(PAGE_SIZE, order.limit or PAGE_SIZE)
    progress = Progress(run.total, stream, already=run.read)
    for page in pages(http, condition_query=SYNC_QUERY, updated_since=run.updated_since,
                      page_size=page_size, page_token=run.page_token):  # fmt: skip
        if page.total_count is not None:
            run.total = progress.total = min(page.total_count, order.limit or page.total_count)
            run.save(update_fields=["total"])
        if order.limit is None:
            store_batch(run, _raw(run, page.studies), page_token=page.next_page_token)
        else:  # without a token: such a run is not to be gone on with
            store_batch(run, _raw(run, page.studies[: order.limit - run.read]))
        progress.show(run)
        if order.limit is not None and run.read >= order.limit:
            return


def _raw(run: ImportRun, studies: Sequence[Study]) -> list[RawRecord]:
    now, first = timezone.now(), run.read + 1
    place = _("study %(number)d of the registry's list")
    return [RawRecord(one.text, now, SOURCE, place % {"number": n}) for n, one in enumerate(studies, first)]


def _conclude(order: Order, run: ImportRun, http: RegistryHttp) -> None:
    """Close a run that has read what it was to read."""
    if run.failed > settings.SYNC_FAILURE_SHARE_LIMIT * run.read:
        problem = _("Too many records failed; the reasons are in the admin under import failures.")
        finish_run(run, _State.FAILED, problem)
    elif order.limit is not None:
        finish_run(run, _State.STOPPED, _("Only the first studies were asked for, so this run does not count."))
    elif run.kind == ImportRun.Kind.FULL:
        _conclude_full(run, http)
    else:
        finish_run(run, _State.COMPLETE)


def _conclude_full(run: ImportRun, http: RegistryHttp) -> None:
    """Mark what the registry no longer has.

    A study that the pass did not meet may just have left our scope, or slipped through while the registry renewed its
    data. So each is asked for by its id, and only what the registry does not know even then counts as missing.
    """
    missing = _held().filter(registry_read_at__lt=run.started_at)
    if not run.read or 2 * missing.in_scope().count() > _held().in_scope().count():
        finish_run(run, _State.FAILED, _("The registry sent less than half of the studies that we have of it."
                                         " No study was marked as missing."))  # fmt: skip
        return
    lost = {nct_id for nct_id in missing.values_list("nct_id", flat=True) if nct_id}
    for page in pages_by_id(http, lost.copy()):
        store_batch(run, _raw(run, page.studies))
        lost -= {study.nct_id for study in page.studies}
    with transaction.atomic():
        writers_turn()
        gone = list(Trial.objects.filter(nct_id__in=lost).values_list("pk", flat=True))
        run.gone = Trial.objects.filter(pk__in=gone).update(gone_since=timezone.now())
        index_trials(gone)
        run.save(update_fields=["gone"])
        finish_run(run, _State.COMPLETE)


def _held() -> TrialQuerySet:
    """The trials that we have from the registry itself, and that it had when we last looked."""
    return Trial.objects.filter(registry=v.Registry.CTGOV, registry_read_at__isnull=False, gone_since=None)


def _stop(run: ImportRun, reason: str) -> None:
    """Close a run before its end: STOPPED when it can go on from its page token, else FAILED."""
    hang_up_mid_command()
    run.refresh_from_db()  # a batch that was rolled back has left its counts in memory
    finish_run(run, _State.STOPPED if run.page_token else _State.FAILED, reason)


def _when(run: ImportRun) -> str:
    return f"{timezone.localtime(run.started_at):%Y-%m-%d %H:%M %Z}"
