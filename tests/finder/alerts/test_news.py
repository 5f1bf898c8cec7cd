"""What an alert tells: studies that came into its search, changed, or left it, whatever the reason."""

import pytest
from django.test import Client
from django.utils import timezone

from finder.alerts.digest import queue_digests
from finder.alerts.paragraphs import MOST_STUDIES
from tests.finder.alerts.conftest import DAY, LUPUS, READER, digests, read, status, subscribed
from tests.finder.feeds.by_hand import released_by_hand
from tests.studies import study
from trials.ingest.mail_worker import send_what_is_due
from trials.models import Alert, Mail, Trial, TrialEditorial

NEW, CHANGED, LEFT = "New here:", "Changed:", "This search does not find them any more:"


def follow(post, search=LUPUS, **more):
    """An alert after its first round."""
    link = subscribed(post, search, **more)
    assert digests(post) == []
    return link


def told(post, later=DAY) -> str:
    (mail,) = digests(post, later)
    return mail.get_content()


@pytest.mark.parametrize(
    ("search", "before", "after"),
    [
        (
            "condition=dermatomyositis",
            {"conditionsModule": {"conditions": ["Systemic Lupus Erythematosus"]}},
            {"conditionsModule": {"conditions": ["Systemic Lupus Erythematosus", "Dermatomyositis"]}},
        ),
        ("phase=PHASE3", {"designModule": {"phases": ["PHASE2"]}}, {"designModule": {"phases": ["PHASE3"]}}),
    ],
)
def test_a_study_that_we_had_comes_into_a_search_and_leaves_it(post, search, before, after):
    read(status("RECRUITING", "2026-01-01", **before), ago=2 * DAY)
    follow(post, search)
    read(status("RECRUITING", "2026-02-01", **after))
    text = told(post)
    assert NEW in text and "NCT90000001" in text and LEFT not in text
    assert digests(post, 3 * DAY) == []
    read(status("RECRUITING", "2026-03-01", **before))
    text = told(post, 5 * DAY)
    assert text.index(LEFT) < text.index("NCT90000001") and NEW not in text


def test_who_looks_for_open_studies_hears_when_one_closes(post):
    read(status("RECRUITING", "2026-01-01"), ago=2 * DAY)
    follow(post, f"{LUPUS}&status=RECRUITING")
    read(status("COMPLETED", "2026-02-01"))
    text = told(post)
    assert text.index(LEFT) < text.index("\n- ") < text.index("/studies/NCT90000001/")


def test_a_study_that_an_editor_takes_off_and_shows_again_is_told_both_times(post):
    read(status("RECRUITING", "2026-01-01"), ago=2 * DAY)
    follow(post)
    editorial = TrialEditorial.objects.create(trial=Trial.objects.get(), hidden=True, hidden_reason="Wrong site")
    text = told(post)
    assert LEFT in text and "We do not show the study NCT90000001." in text and "Testumab" not in text
    editorial.hidden, editorial.hidden_reason = False, ""
    editorial.save()
    assert NEW in told(post, 3 * DAY)


def test_a_listing_by_hand_has_no_record_and_is_told_like_any_other(post):
    read(status("RECRUITING", "2026-01-01"), ago=2 * DAY)
    follow(post)
    trial = released_by_hand()
    assert NEW in (text := told(post)) and str(trial.nct_id) in text


def test_a_study_that_the_registry_does_not_list_any_more_is_told(post):
    read(status("RECRUITING", "2026-01-01"), ago=2 * DAY)
    follow(post, "q=NCT90000001")
    Trial.objects.update(gone_since=timezone.now())
    text = told(post)
    assert CHANGED in text and "NCT90000001" in text
    assert digests(post, 3 * DAY) == []


def test_a_mail_leads_to_all_that_the_search_finds(post):
    follow(post, f"{LUPUS}&status=RECRUITING")
    for number in range(MOST_STUDIES + 2):
        read(study(f"NCT9{number:07}"))
    text = told(post)
    assert "And 2 more studies." in text and text.count("\nStatus: ") == MOST_STUDIES
    assert "https://trials.example.org/studies/?condition=sle&status=RECRUITING" in text.replace("=\n", "")


def test_what_was_not_taken_counts_as_told_neither_by_its_day_nor_by_its_studies(post):
    follow(post)
    read(status("RECRUITING", "2026-02-01"))
    post.replies["reader-home"] = ["550 no"]
    assert digests(post) == []
    post.replies.clear()
    assert NEW in told(post)


def test_who_stops_gets_no_mail_that_was_waiting_and_leaves_no_address(post):
    link = follow(post)
    read(status("RECRUITING", "2026-02-01"))
    post.replies["reader-home"] = ["450 later"]
    queue_digests(timezone.now())
    send_what_is_due()
    assert Mail.objects.filter(settled_at=None).count() == 1
    post.replies.clear()
    Client().post(link, {"do": "stop"})
    assert not Alert.objects.exists() and not Mail.objects.filter(settled_at=None).exists()


def test_what_is_found_lies_in_the_database_sealed(post):
    read(status("RECRUITING", "2026-01-01"), ago=2 * DAY)
    follow(post)
    found = bytes(Alert.objects.get().found)
    assert found.startswith(b"gAAAA") and str(Trial.objects.get().pk).encode() not in found.split(b"\n")
    assert READER.encode() not in found
