"""Plain sentences of stored trials: which of them an editor has checked, and what a changed record does to that."""

from typing import Any

import pytest

from tests.studies import store, stored, study, updated
from tests.trials.conftest import TEXT, drafted, eligibility, published, stale, unreviewed, whole
from trials.ingest.stale import refresh_summaries
from trials.ingest.summaries import Kept, pass_on, publish, save_draft, state_key
from trials.models import PlainSentence, PlainSummary, Trial
from trials.plain_language.model import Section
from trials.summaries import ReviewState, draft_of, shown_summary

pytestmark = pytest.mark.django_db


def about(words: str) -> set[str]:
    """The stored sentences whose official words hold these."""
    found = PlainSentence.objects.filter(source_words__contains=words, summary__ended_at=None)
    return set(found.values_list("text", flat=True))


def test_without_an_editor_all_is_a_draft(trial: Trial) -> None:
    shown = shown_summary(trial, "en")
    assert (shown.state, shown.checked_by, shown.checked_at) == (ReviewState.DRAFT, "", None)
    assert [one.text for one in shown.sentences] == [one.text for one in draft_of(trial, "en").sentences]
    assert shown.unreviewed == len(shown.sentences) > 5
    assert {one.section for one in shown.of(Section.MAY_NOT_JOIN)} == {"may_not_join"}


def test_published_sentences_are_shown_with_name_and_date(trial: Trial, editor: Any) -> None:
    summary = published(trial, editor, lambda text: "You are an adult, 18 or older." if "18 years" in text else text)
    shown = shown_summary(whole(trial), "en")
    assert (shown.state, shown.checked_by, shown.checked_at) == (ReviewState.REVIEWED, "Ada Reader", summary.checked_at)
    edited = [one for one in shown.sentences if one.origin == "edited"]
    assert [(one.text, one.sources) for one in edited] == [("You are an adult, 18 or older.", ("I1",))]


def test_the_page_pays_one_query_for_it(trial: Trial, editor: Any, django_assert_num_queries: Any) -> None:
    for _ in range(2):
        fresh = whole(trial)
        with django_assert_num_queries(1):
            shown_summary(fresh, "en")
        published(trial, editor)


def test_another_language_is_a_draft_of_its_own(trial: Trial, editor: Any) -> None:
    published(trial, editor)
    assert shown_summary(whole(trial), "es").state is ReviewState.DRAFT
    with pytest.raises(ValueError, match="No language"):
        shown_summary(trial, "xx")


def test_drafts_and_what_waits_are_not_shown(trial: Trial, editor: Any) -> None:
    change = lambda text: f"{text}!"  # noqa: E731
    save_draft(trial, "en", drafted(trial, change=change), editor=editor, based_on=state_key(trial, "en"))
    assert shown_summary(whole(trial), "en").state is ReviewState.DRAFT
    pass_on(trial, "en", drafted(trial, change=change), editor=editor, based_on=state_key(trial, "en"), reason="")
    assert shown_summary(whole(trial), "en").state is ReviewState.DRAFT


def test_a_changed_criterion_puts_exactly_its_sentences_back_in_the_queue(trial: Trial, editor: Any) -> None:
    summary = published(trial, editor)
    store(updated("2026-10-02", **eligibility(TEXT.replace("Hepatitis B", "Hepatitis C"))))
    # Who pays, and the like, is told after looking for it in the whole text.
    asked = {one.text for one in draft_of(whole(trial), "en").of(Section.NOT_STATED)}
    assert stale() == about("Hepatitis B") and stale() - asked == {"You have hepatitis B."}
    assert set(unreviewed(trial)) - asked == {"You have hepatitis C."}
    shown = shown_summary(whole(trial), "en")
    assert shown.state is ReviewState.PARTLY
    assert "You have hepatitis B." not in [one.text for one in shown.sentences]
    summary.refresh_from_db()
    assert summary.unreviewed == shown.unreviewed


def test_a_criterion_that_only_moved_stays_checked(trial: Trial, editor: Any) -> None:
    published(
        trial, editor, lambda text: text.replace("You have hepatitis B.", "You have the liver virus hepatitis B.")
    )
    store(updated("2026-10-02", **eligibility(TEXT.replace("* Pregnancy", "* Asthma\n* Pregnancy"))))
    shown = {one.text: one for one in shown_summary(whole(trial), "en").sentences}
    moved = shown["You have the liver virus hepatitis B."]
    assert (moved.sources, moved.reviewed) == (("E3",), True)
    assert not shown["You have asthma."].reviewed


def test_what_stands_under_a_changed_criterion_is_checked_anew(trial: Trial, editor: Any) -> None:
    published(trial, editor)
    store(updated("2026-10-02", **eligibility(TEXT.replace("at least 2", "at least 1"))))
    assert {key for one in shown_summary(whole(trial), "en").sentences if not one.reviewed for key in one.sources} >= {
        "I2",
        "I3",
        "I4",
    }


def test_the_old_text_brings_the_old_check_back(trial: Trial, editor: Any) -> None:
    published(trial, editor)
    store(updated("2026-10-02", **eligibility(TEXT.replace("Pregnancy", "Asthma"))))
    assert stale() and unreviewed(trial)
    store(updated("2026-10-03", **eligibility(TEXT)))
    assert not stale() and not unreviewed(trial)
    assert PlainSummary.objects.get().unreviewed == 0


@pytest.mark.parametrize(
    "modules, section",
    [
        ({"designModule": {"phases": ["PHASE3"]}}, Section.STAGE),
        ({"designModule": {"enrollmentInfo": {"count": 61, "type": "ESTIMATED"}}}, Section.SIZE),
        ({"sponsorCollaboratorsModule": {"leadSponsor": {"name": "Another", "class": "OTHER"}}}, Section.SPONSOR),
        ({"contactsLocationsModule": {"locations": []}}, Section.WHERE),
        ({"identificationModule": {"briefTitle": "Another title"}}, Section.HEADLINE),
    ],
)
def test_a_changed_field_leaves_all_other_sections_checked(
    trial: Trial, editor: Any, modules: dict[str, Any], section: Section
) -> None:
    published(trial, editor)
    before = study(**eligibility(TEXT))["protocolSection"]
    laid = {name: {**before[name], **content} for name, content in modules.items()}
    store(updated("2026-10-02", **eligibility(TEXT), **laid))
    assert {one.section for one in shown_summary(whole(trial), "en").sentences if not one.reviewed} == {section}


def test_a_new_status_is_never_shown_as_checked(trial: Trial, editor: Any) -> None:
    published(trial, editor)
    status = {"lastUpdatePostDateStruct": {"date": "2026-10-02", "type": "ACTUAL"}, "overallStatus": "COMPLETED"}
    store(study(statusModule=status, **eligibility(TEXT)))
    [sentence] = shown_summary(whole(trial), "en").of(Section.STATUS)
    assert sentence.text == "The study is finished." and not sentence.reviewed


def test_a_sentence_that_the_same_rules_write_otherwise_is_checked_anew(trial: Trial, editor: Any) -> None:
    """What it depends on has changed, though the fields that it names have not."""
    published(trial, editor)
    PlainSentence.objects.filter(section="headline").update(text="Old", written="Old")
    assert unreviewed(trial) == [draft_of(trial, "en").sentences[0].text]
    refresh_summaries([trial.pk])
    assert stale() == {"Old"}


def test_other_rules_leave_the_check_and_are_noted(trial: Trial, editor: Any) -> None:
    published(trial, editor)
    PlainSummary.objects.update(writer_version="0.0.1")
    PlainSentence.objects.filter(section="headline").update(text="As checked", written="As checked")
    assert unreviewed(trial) == []
    refresh_summaries([])  # another batch comes by
    headline = PlainSentence.objects.get(section="headline")
    assert (headline.text, headline.written) == ("As checked", draft_of(trial, "en").sentences[0].text)
    assert not stale() and unreviewed(trial) == []


def test_equal_criteria_keep_their_own_sentences(editor: Any) -> None:
    twice = whole(stored(**eligibility("Exclusion Criteria:\n\n* Asthma\n* Hepatitis B\n* Asthma")))
    count = iter(("First: asthma.", "Second: asthma."))
    published(twice, editor, lambda text: next(count) if "asthma" in text else text)
    sources = {one.text: one.sources for one in shown_summary(whole(twice), "en").of(Section.MAY_NOT_JOIN)}
    assert sources == {"First: asthma.": ("E1",), "You have hepatitis B.": ("E2",), "Second: asthma.": ("E3",)}


def test_what_an_editor_left_out_is_not_shown_and_counts_as_checked(trial: Trial, editor: Any) -> None:
    found = [
        Kept(one.section, one.text, one.written, one.origin, one.sources, "travel" in one.text)
        for one in drafted(trial)
    ]
    publish(trial, "en", found, editor=editor, based_on=state_key(trial, "en"), reason="")
    shown = shown_summary(whole(trial), "en")
    assert shown.state is ReviewState.REVIEWED and not any("travel" in one.text for one in shown.sentences)
