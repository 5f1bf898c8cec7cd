"""The queue of studies whose plain sentences wait, and how a changed record comes back to it."""

import re
from html import unescape
from typing import Any

from django.test import Client
from django.urls import reverse

from tests.trials.admin.review.conftest import TEXT, form_of, page_of, publish, send, shown, with_text
from trials.models import Trial, TrialEditorial
from trials.summaries import ReviewState


def test_a_changed_source_comes_back_to_the_queue_with_the_old_words(
    editor: Client, trial: Trial, store: Any, study: Any
) -> None:
    publish(editor, trial)

    def newer(protocol: dict[str, Any]) -> None:
        with_text(TEXT.replace("12 months", "6 months"))(protocol)
        protocol["statusModule"]["lastUpdatePostDateStruct"] = {"date": "2026-07-01"}

    store(study(1, newer))
    html = unescape(page_of(editor, trial))
    assert "Not shown any more, for the source has changed" in html and "in the last 12 months" in html
    assert re.search(r"(?:is|are) new or ha(?:s|ve) changed since, and (?:is|are) shown as not checked", html)
    queue = editor.get(reverse("admin:trials_reviewtrial_changelist") + "?state=partly").content.decode()
    assert str(trial.nct_id) in queue and "Partly out of date" in queue
    send(editor, trial, form_of(page_of(editor, trial)))
    assert shown(trial).state is ReviewState.REVIEWED
    assert (
        str(trial.nct_id)
        not in editor.get(reverse("admin:trials_reviewtrial_changelist") + "?state=partly").content.decode()
    )


def test_the_queue_names_states_by_language_and_leaves_hidden_studies_out(
    editor: Client, store: Any, study: Any
) -> None:
    first, second_one, hidden = store(*(study(n, with_text(TEXT)) for n in (1, 2, 3)))
    TrialEditorial.objects.create(trial=hidden, hidden=True, hidden_reason="Doubtful.")
    publish(editor, first)
    send(editor, second_one, form_of(page_of(editor, second_one)), "save")
    base = reverse("admin:trials_reviewtrial_changelist")

    def listed(query: str) -> list[str]:
        return re.findall(r"NCT9\d{7}(?=</a>)", editor.get(f"{base}?{query}").content.decode())

    assert listed("") == [second_one.nct_id, first.nct_id]  # what is done stands last
    assert listed("state=published") == [first.nct_id] and listed("state=draft") == [second_one.nct_id]
    assert listed("state=unchecked") == [] and len(listed("state=unchecked&lang=es")) == 2
    assert len(listed("lang=xx")) == len(listed("state=xx")) == 2
    index = editor.get(reverse("admin:index")).content.decode()
    assert "Plain sentences" in index and "not checked yet" not in index


def test_the_first_page_counts_what_waits(
    editor: Client, trial: Trial, two_persons: None, store: Any, study: Any
) -> None:
    store(study(2))
    send(editor, trial, form_of(page_of(editor, trial)))
    index = unescape(editor.get(reverse("admin:index")).content.decode())
    assert "1 waits for a second reader (English)" in index and "1 is not checked yet (English)" in index
