"""Saved plain sentences: who may publish what, what every writer of a record does to them, what the database keeps."""

from collections.abc import Iterable
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction

from tests.studies import store, updated
from tests.trials.conftest import drafted, eligibility, published, stale, unreviewed, whole
from trials.ingest.by_hand import Listing, listing_of, store_by_hand
from trials.ingest.corrections import save_correction, take_back
from trials.ingest.criteria import as_json
from trials.ingest.readings import text_hash_of
from trials.ingest.reparse import reparse
from trials.ingest.stale import refresh_summaries
from trials.ingest.summaries import (
    ReviewedMeanwhileError,
    SamePersonError,
    end_summary,
    pass_on,
    publish,
    publish_second,
    save_draft,
    state_key,
)
from trials.models import PlainSentence, PlainSummary, Trial
from trials.summaries import ReviewState, shown_summary

pytestmark = pytest.mark.django_db


def test_a_correction_of_the_criteria_marks_what_it_changes(trial: Trial, editor: Any) -> None:
    published(trial, editor)
    criteria = as_json(trial.criteria.all())
    criteria[-1]["text"] = "Hepatitis C"
    save_correction(trial, criteria, editor=editor, text_hash=text_hash_of(trial.eligibility_criteria))
    assert stale() == {"You have hepatitis B."} and unreviewed(trial) == ["You have hepatitis C."]
    take_back(trial, editor=editor)
    assert not stale() and not unreviewed(trial)


def test_a_text_read_anew_marks_what_it_changes(trial: Trial, editor: Any) -> None:
    trial.criteria.filter(text="Hepatitis B").update(text="As another engine read it")
    published(trial, editor)
    reparse(Trial.objects.all())
    assert len(stale()) == 1 and unreviewed(trial) == ["You have hepatitis B."]


def test_a_listing_entered_anew_marks_what_it_changes(editor: Any) -> None:
    listing = Listing(
        "A study of a pill in lupus", "Exclusion Criteria:\n\n* Asthma", "https://example.org/a", ("Lupus",)
    )
    by_hand = store_by_hand(listing, editor=editor)
    published(by_hand, editor)
    changed = listing_of(by_hand).__class__(**{**listing_dict(listing), "text": "Exclusion Criteria:\n\n* Hepatitis B"})
    store_by_hand(changed, editor=editor, trial=by_hand)
    assert "You have asthma." in stale()


def listing_dict(listing: Listing) -> dict[str, Any]:
    return {name: getattr(listing, name) for name in Listing.__dataclass_fields__}


def test_a_batch_without_saved_summaries_costs_two_queries(trial: Trial, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(2):
        refresh_summaries(range(1000))


def test_the_second_reader_is_another_person_and_is_named(trial: Trial, editor: Any) -> None:
    pass_on(trial, "en", drafted(trial), editor=editor, based_on=state_key(trial, "en"), reason="")
    with pytest.raises(SamePersonError):
        publish_second(trial, "en", editor=editor, based_on=state_key(trial, "en"))
    second = get_user_model().objects.create_user("second", first_name="Bea", last_name="Second")
    publish_second(trial, "en", editor=second, based_on=state_key(trial, "en"))
    shown = shown_summary(whole(trial), "en")
    assert (shown.state, shown.checked_by, shown.second_by) == (ReviewState.REVIEWED, "Ada Reader", "Bea Second")
    with pytest.raises(IntegrityError), transaction.atomic():
        PlainSummary.objects.update(second_by=editor)


def test_nothing_is_published_over_what_somebody_else_did(trial: Trial, editor: Any) -> None:
    seen = state_key(trial, "en")
    published(trial, editor)
    for action in (save_draft, lambda *a, **k: publish(*a, **k, reason="")):
        with pytest.raises(ReviewedMeanwhileError):
            action(trial, "en", drafted(trial), editor=editor, based_on=seen)
    store(updated("2026-10-02", **eligibility("Exclusion Criteria:\n\n* Asthma")))
    with pytest.raises(ReviewedMeanwhileError):
        end_summary(trial, "en", published=True, editor=editor, based_on=state_key(trial, "en"))


def test_taking_back_ends_and_keeps_it(trial: Trial, editor: Any) -> None:
    published(trial, editor)
    assert end_summary(trial, "en", published=True, editor=editor, based_on=state_key(whole(trial), "en"))
    assert not end_summary(trial, "en", published=True, editor=editor, based_on=state_key(whole(trial), "en"))
    assert shown_summary(whole(trial), "en").state is ReviewState.DRAFT
    assert PlainSummary.objects.get().ended_by == editor


def test_the_same_draft_again_leaves_no_second_one(trial: Trial, editor: Any) -> None:
    for _ in range(2):
        save_draft(trial, "en", drafted(trial), editor=editor, based_on=state_key(trial, "en"))
    assert PlainSummary.objects.count() == 1


def broken(rows: Iterable[Any], **values: Any) -> Any:
    return lambda: rows.update(**values)  # type: ignore[attr-defined]


def test_the_database_keeps_the_rules(trial: Trial, editor: Any) -> None:
    published(trial, editor)
    summaries, sentences = PlainSummary.objects.all(), PlainSentence.objects.all()
    for act in (
        broken(summaries, state="OTHER"),
        broken(summaries, language="English"),
        broken(summaries, checked_by=None),
        broken(summaries, checked_by=None, checked_at=None),
        broken(summaries, ended_by=editor),
        broken(sentences, text=""),
        broken(sentences, sources=[]),
        broken(sentences, origin="machine"),
        broken(sentences, section="other"),
        broken(sentences, source_hash="x"),
        lambda: PlainSummary.objects.create(
            trial=trial, language="en", state="PUBLISHED", edited_by=editor, checked_by=editor,
            checked_at=PlainSummary.objects.get().checked_at, writer_version="1",
        ),
    ):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            act()
