"""Where two persons must read plain sentences before they are published."""

from django.test import Client

from tests.trials.admin.review.conftest import form_of, page_of, put, send, shown
from trials.models import PlainSummary, Trial
from trials.summaries import ReviewState


def test_two_persons_publish_together(editor: Client, second: Client, trial: Trial, two_persons: None) -> None:
    form = form_of(page_of(editor, trial))
    put(form, "You are 18", "You are 18 or older.")
    assert 'value="Pass on to a second reader"' in page_of(editor, trial)
    send(editor, trial, form)
    assert shown(trial).state is ReviewState.DRAFT
    html = page_of(editor, trial)
    assert "They wait for a second reader." in html and "somebody else than you" in html
    html = send(editor, trial, form_of(html)).content.decode()
    assert "Another person must read it first." in html and shown(trial).state is ReviewState.DRAFT
    html = page_of(second, trial)
    assert 'value="Publish"' in html and "somebody else than you" not in html
    assert send(second, trial, form_of(html)).status_code == 302
    read = shown(trial)
    assert (read.state, read.checked_by, read.second_by) == (ReviewState.REVIEWED, "", "Bea Second")
    assert "You are 18 or older." in [one.text for one in read.sentences]
    assert PlainSummary.objects.count() == 1


def test_who_changes_what_waits_is_its_first_reader(
    editor: Client, second: Client, trial: Trial, two_persons: None
) -> None:
    send(editor, trial, form_of(page_of(editor, trial)))
    form = form_of(page_of(second, trial))
    put(form, "You are 18", "You are 18 or older.")
    send(second, trial, form)
    waiting = PlainSummary.objects.get(ended_at=None)
    assert (waiting.state, waiting.checked_by.get_username()) == ("WAITING", "second")  # type: ignore[union-attr]
    send(editor, trial, form_of(page_of(editor, trial)))
    assert (shown(trial).checked_by, shown(trial).second_by) == ("Bea Second", "")
