"""The desk's page on plain sentences: sources beside them, drafts, publishing and taking back."""

from django.contrib.admin.models import LogEntry
from django.test import Client
from django.urls import reverse

from tests.trials.admin.review.conftest import box, form_of, page_of, publish, put, send, shown, url_of
from trials.models import PlainSentence, PlainSummary, Trial
from trials.summaries import ReviewState


def test_each_sentence_stands_beside_its_official_words(editor: Client, trial: Trial) -> None:
    html = page_of(editor, trial)
    form = form_of(html)
    place = form["text"].index("You are 18 years or older.")
    told = box(html, form["key"][place])
    assert "<legend>I1 " in told and ">Age 18 years or older</div>" in told and "written by our rules" in told
    assert "Reading grade" in told and "not checked yet" in told
    assert "not yet checked by an editor" in html and "Nothing keeps it from being published." in html
    assert "<code>statusModule.overallStatus</code>" in html and ">Open to join</div>" in html


def test_the_trials_page_and_the_queue_lead_here(editor: Client, trial: Trial) -> None:
    for page in (reverse("admin:trials_trial_change", args=[trial.pk]), reverse("admin:trials_reviewtrial_changelist")):
        assert f'href="{url_of(trial)}"' in editor.get(page).content.decode()
    row = reverse("admin:trials_reviewtrial_change", args=[trial.pk])
    assert editor.get(row).headers["Location"] == url_of(trial)


def test_publishing_as_it_stands_checks_every_sentence(editor: Client, trial: Trial) -> None:
    response = send(editor, trial, form_of(page_of(editor, trial)))
    assert response.headers["Location"] == f"{url_of(trial)}#top"
    assert (shown(trial).state, shown(trial).checked_by) == (ReviewState.REVIEWED, "")
    assert LogEntry.objects.get().get_change_message() == "Published the plain sentences. (en)"
    html = page_of(editor, trial)
    assert "editor checked these sentences on" in html and "not checked yet" not in html
    assert "Pages do not name who checked them: an account has no full name." in html
    assert not PlainSentence.objects.filter(origin="edited").exists()


def test_an_edited_sentence_keeps_its_source_and_what_the_rules_wrote(editor: Client, trial: Trial) -> None:
    form = form_of(page_of(editor, trial))
    key = put(form, "You are 18", "You are an adult.\r\n You are 18 or older. ")
    send(editor, trial, form)
    stored = PlainSentence.objects.get(origin="edited")
    assert (stored.text, stored.sources) == ("You are an adult. You are 18 or older.", ["I1"])
    assert (stored.written, stored.source_words) == ("You are 18 years or older.", "Age 18 years or older")
    told = box(page_of(editor, trial), key)
    assert "The rules write:" in told and "written by an editor" in told
    form = form_of(page_of(editor, trial))
    put(form, "You are an adult", "You are 18 years or older.")
    send(editor, trial, form)
    assert not PlainSentence.objects.filter(origin="edited", summary__ended_at=None).exists()


def test_a_draft_is_kept_and_not_shown(editor: Client, trial: Trial) -> None:
    form = form_of(page_of(editor, trial))
    put(form, "You are 18", "You are 18 or older, and this is safe.")
    assert send(editor, trial, form, "save").status_code == 302
    assert shown(trial).state is ReviewState.DRAFT
    html = page_of(editor, trial)
    assert "The form holds a draft that editor saved on" in html
    assert "You are 18 or older, and this is safe." in form_of(html)["text"]
    editor.post(url_of(trial), {"take_back": "work", "based_on": form_of(html)["based_on"]})
    assert "You are 18 years or older." in form_of(page_of(editor, trial))["text"]
    assert PlainSummary.objects.get().ended_by is not None


def test_what_is_published_can_be_taken_back(editor: Client, trial: Trial) -> None:
    publish(editor, trial)
    based_on = form_of(page_of(editor, trial))["based_on"]
    html = editor.post(url_of(trial), {"take_back": "published", "based_on": based_on}, follow=True).content.decode()
    assert "Pages show what our rules write again." in html and "Before this" in html and "Ended on" in html
    assert shown(trial).state is ReviewState.DRAFT
