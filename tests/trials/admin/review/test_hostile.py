"""The page on plain sentences against two editors at once, broken and hostile posts, and people without the right."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import reverse

from tests.trials.admin.review.conftest import form_of, page_of, publish, put, send, shown, url_of, with_text
from trials.models import PlainSummary, Trial
from trials.summaries import ReviewState


def test_nothing_is_saved_over_another_editor(editor: Client, second: Client, trial: Trial) -> None:
    form = form_of(page_of(editor, trial))
    put(form, "You are 18", "You are 18, typed for long.")
    publish(second, trial)
    for button in ("publish", "save"):
        html = send(editor, trial, form, button).content.decode()
        assert "have changed while you were writing" in html and PlainSummary.objects.count() == 1
    again = form_of(html)
    assert "You are 18, typed for long." in again["text"]
    assert send(editor, trial, again).status_code == 302
    html = editor.post(url_of(trial), {"take_back": "published", **form}, follow=True).content.decode()
    assert "Nothing was changed" in html and shown(trial).state is ReviewState.REVIEWED


def test_words_typed_for_a_text_that_is_gone_are_kept(editor: Client, trial: Trial, store: Any, study: Any) -> None:
    form = form_of(page_of(editor, trial))
    put(form, "You are 18", "You are 18, typed for long.")

    def newer(protocol: dict[str, Any]) -> None:
        with_text("Inclusion Criteria:\n\n* Lupus")(protocol)
        protocol["statusModule"]["lastUpdatePostDateStruct"] = {"date": "2026-07-01"}

    store(study(1, newer))
    html = send(editor, trial, form).content.decode()
    assert "You typed these sentences for places that are gone:" in html and "You are 18, typed for long." in html
    assert not PlainSummary.objects.exists()


@pytest.mark.parametrize(
    "change",
    [
        lambda form: form["text"].pop(),
        lambda form: form.update(key=[], text=[]),
        lambda form: form.update(key=form["key"] * 2, text=form["text"] * 2),
        lambda form: form.update(key=[str(n) for n in range(3000)], text=["x"] * 3000),
    ],
)
def test_a_form_that_did_not_arrive_whole_changes_nothing(editor: Client, trial: Trial, change: Any) -> None:
    form = form_of(page_of(editor, trial))
    change(form)
    response = editor.post(url_of(trial), {**form, "publish": ""}, follow=True)
    assert "The form did not arrive whole." in response.content.decode() and not PlainSummary.objects.exists()


def test_hostile_words_are_stored_as_words(editor: Client, trial: Trial) -> None:
    form = form_of(page_of(editor, trial))
    put(form, "You are 18", "18 <script>alert(1)</script> \x00\u202e{{ x }} %(count)s")
    html = send(editor, trial, form, reason="a\x00b").content.decode()
    assert "<script>alert" not in html
    response = send(editor, trial, form, "save")
    assert response.status_code == 302
    html = page_of(editor, trial)
    assert "<script>alert" not in html and "&lt;script&gt;alert(1)" in html
    form["key"][0], form["text"][1] = "no-such-key", "x" * 100_000
    assert send(editor, trial, form, "save", based_on="'; DROP TABLE").status_code == 200


def test_rights_decide_who_looks_writes_and_publishes(client: Client, trial: Trial) -> None:
    user = User.objects.create_user("reader", is_staff=True)
    client.force_login(user)
    assert client.get(url_of(trial)).status_code == 403
    assert client.get(reverse("admin:trials_reviewtrial_changelist")).status_code == 403

    def grant(codename: str) -> str:
        user.user_permissions.add(Permission.objects.get(codename=codename))
        return page_of(client, trial)

    html = grant("view_trial")
    assert "desk-words" in html and "<textarea" not in html and "Publish" not in html
    assert client.post(url_of(trial), {"publish": ""}).status_code == 403
    html = grant("change_trial")
    assert "Save as draft" in html and 'value="Publish"' not in html
    assert send(client, trial, form_of(html)).status_code == 403 and not PlainSummary.objects.exists()
    assert send(client, trial, form_of(html), "save").status_code == 302
    html = grant("publish_plainsummary")
    assert send(client, trial, form_of(html)).status_code == 302
    user.user_permissions.remove(Permission.objects.get(codename="publish_plainsummary"))
    assert client.post(url_of(trial), {"take_back": "published", **form_of(page_of(client, trial))}).status_code == 403
    assert shown(trial).state is ReviewState.REVIEWED


def test_a_language_or_trial_that_is_not_there_is_not_found(editor: Client, trial: Trial) -> None:
    assert editor.get(url_of(trial, "xx")).status_code == 404
    assert editor.get(reverse("admin:trials_reviewtrial_review", args=[trial.pk + 1, "en"])).status_code == 404
    for lang in ("es", "zh-hans"):
        html = page_of(editor, trial, lang)
        assert "Reading grades are made for English" in html and f'lang="{lang}"' in html


@pytest.mark.parametrize("number", [1, 150])
@pytest.mark.parametrize("is_published", [False, True])
def test_any_number_of_sentences_costs_the_same_queries(
    editor: Client, store: Any, study: Any, django_assert_num_queries: Any, number: int, is_published: bool
) -> None:
    text = "Exclusion Criteria:\n\n" + "\n".join(f"* Asthma of kind number {n}" for n in range(number))
    [trial] = store(study(1, with_text(text)))
    if is_published:
        publish(editor, trial)
    with django_assert_num_queries(20 if is_published else 19):
        assert len(form_of(page_of(editor, trial))["key"]) > number


def test_the_queue_costs_the_same_queries_for_any_number(
    editor: Client, store: Any, study: Any, django_assert_num_queries: Any
) -> None:
    for numbers in (range(1, 3), range(3, 12)):
        trials = store(*(study(n) for n in numbers))
        publish(editor, trials[0])
        with django_assert_num_queries(6):
            editor.get(reverse("admin:trials_reviewtrial_changelist")).content  # noqa: B018
