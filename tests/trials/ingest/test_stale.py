"""What a batch does to saved plain sentences when the writer fails, and when our rules have changed."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model

from tests.studies import store, stored, study
from trials.ingest.summaries import Kept, publish, state_key
from trials.models import PlainSentence, PlainSummary, Trial
from trials.summaries import draft_of

pytestmark = pytest.mark.django_db


def published(trial: Trial) -> PlainSummary:
    """All sentences of our rules, as checked by one editor."""
    whole = Trial.objects.with_parts().get(pk=trial.pk)
    editor, _ = get_user_model().objects.get_or_create(username="editor")
    kept = [Kept(one.section, one.text, one.text, one.origin, one.sources) for one in draft_of(whole, "en").sentences]
    return publish(whole, "en", kept, editor=editor, based_on=state_key(whole, "en"), reason="")


@pytest.fixture
def fault(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Calling it makes the wording of criteria fail from there on."""

    def fail(*_: object) -> None:
        raise RuntimeError

    return lambda: monkeypatch.setattr("trials.plain_language.writer.reworded", fail)


def test_a_fault_of_the_writer_keeps_no_record_out(fault: Any) -> None:
    published(stored("NCT90000101"))
    fault()
    # What was written of the same words is kept, and the fault would not show; so they are others.
    run = store(study("NCT90000101", eligibilityModule={"eligibilityCriteria": "Exclusion Criteria:\n\n* Asthma"}))
    assert run.failed == 0 and not PlainSentence.objects.filter(stale=False).exists()
