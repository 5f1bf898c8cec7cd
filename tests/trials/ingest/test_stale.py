"""What a batch does to saved plain sentences when the writer fails, and when our rules have changed."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.studies import store, stored, study
from trials.admin.queue import with_review
from trials.ingest.reparse import reparse
from trials.ingest.stale import refresh_summaries
from trials.ingest.summaries import Kept, publish, state_key
from trials.models import PlainSentence, PlainSummary, ReviewTrial, Trial
from trials.plain_language.writer import WRITER_VERSION
from trials.summaries import draft_of

pytestmark = pytest.mark.django_db


def published(trial: Trial) -> PlainSummary:
    """All sentences of our rules, as checked by one editor."""
    whole = Trial.objects.with_parts().get(pk=trial.pk)
    editor, _ = get_user_model().objects.get_or_create(username="editor")
    kept = [Kept(one.section, one.text, one.text, one.origin, one.sources) for one in draft_of(whole, "en").sentences]
    return publish(whole, "en", kept, editor=editor, based_on=state_key(whole, "en"), reason="")


@contextmanager
def fault() -> Iterator[None]:
    """The wording of criteria fails."""

    def fail(*_: object) -> None:
        raise RuntimeError

    with pytest.MonkeyPatch.context() as writer:
        writer.setattr("trials.plain_language.writer.reworded", fail)
        yield


def in_phase_3(nct_id: str) -> dict[str, Any]:
    """The record must differ, for what was written of the same words is kept, and the fault would not show."""
    return study(nct_id, designModule={"phases": ["PHASE3"]})


def test_a_fault_of_the_writer_keeps_no_record_out() -> None:
    published(stored("NCT90000101"))
    with fault():
        run = store(in_phase_3("NCT90000101"))
    assert run.failed == 0 and not PlainSentence.objects.filter(stale=False).exists()


def test_after_a_fault_all_is_to_be_checked_until_other_rules_look_again() -> None:
    summary = published(stored("NCT90000102"))
    count = summary.sentences.count()
    PlainSummary.objects.update(writer_version="0.9.0")
    with fault():
        store(in_phase_3("NCT90000102"))
    summary.refresh_from_db()
    assert (summary.unreviewed, summary.writer_version) == (count, "0.9.0")
    [waiting] = with_review(ReviewTrial.objects.all(), "en")
    assert waiting._review == "partly"
    refresh_summaries([])
    summary.refresh_from_db()
    assert (summary.unreviewed, summary.writer_version) == (2, WRITER_VERSION)  # what the phase means


def test_a_batch_asks_for_few_of_other_rules(monkeypatch: Any) -> None:
    published(stored("NCT90000103"))
    published(stored("NCT90000104"))
    PlainSummary.objects.update(writer_version="0.9.0")
    monkeypatch.setattr("trials.ingest.stale._AT_ONCE", 1)
    with CaptureQueriesContext(connection) as queries:
        refresh_summaries([])
    assert queries[0]["sql"].endswith(" LIMIT 1")
    assert PlainSummary.objects.filter(writer_version=WRITER_VERSION).count() == 1


def test_reading_texts_anew_leaves_no_summary_behind(monkeypatch: Any) -> None:
    faulty = published(stored("NCT90000105"))
    published(stored("NCT90000106"))
    published(stored("NCT90000107"))
    PlainSummary.objects.update(writer_version="0.9.0")
    monkeypatch.setattr("trials.ingest.stale._AT_ONCE", 1)
    reparse(Trial.objects.none(), dry_run=True)
    assert not PlainSummary.objects.filter(writer_version=WRITER_VERSION).exists()
    with fault():
        store(in_phase_3("NCT90000105"))
        reparse(Trial.objects.none())
    assert PlainSummary.objects.exclude(writer_version=WRITER_VERSION).get() == faulty
