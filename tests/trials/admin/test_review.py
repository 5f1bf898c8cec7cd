"""The desk's page on plain sentences: sources beside them, drafts, publishing, two readers, and what is refused."""

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from trials.models import PlainSentence, PlainSummary, Trial, TrialEditorial
from trials.summaries import ReviewState, shown_summary

TEXT = """Inclusion Criteria:

* Age 18 years or older
* SLEDAI score of at least 6 by the 2019 criteria (see Table 3)

Exclusion Criteria:

* Pregnancy
* Hepatitis B in the last 12 months"""

Form = dict[str, list[str]]


def with_text(text: str) -> Callable[[dict[str, Any]], None]:
    def change(protocol: dict[str, Any]) -> None:
        protocol["eligibilityModule"]["eligibilityCriteria"] = text

    return change


@pytest.fixture
def trial(store: Any, study: Any) -> Trial:
    [one] = store(study(1, with_text(TEXT)))
    return one


@pytest.fixture
def two_persons(settings: Any) -> None:
    settings.TWO_PERSON_REVIEW = True


@pytest.fixture
def second() -> Client:
    """Another editor, in a browser of their own."""
    client = Client()
    client.force_login(User.objects.create_superuser("second", first_name="Bea", last_name="Second"))
    return client


def url_of(trial: Trial, lang: str = "en") -> str:
    return reverse("admin:trials_reviewtrial_review", args=[trial.pk, lang])


def page_of(editor: Client, trial: Trial, lang: str = "en") -> str:
    response = editor.get(url_of(trial, lang))
    assert response.status_code == 200
    return response.content.decode()


def form_of(html: str) -> Form:
    """What a browser would send of the form as it stands, button aside."""
    return {
        "key": re.findall(r'name="key" value="([^"]*)"', html),
        "text": [
            unescape(text) for text in re.findall(r'<textarea name="text"[^>]*>\n(.*?)</textarea>', html, re.DOTALL)
        ],
        "left_out": re.findall(r'name="left_out" value="([^"]*)" checked', html),
        "based_on": re.findall(r'name="based_on" value="(\w*)"', html)[:1],
    }


def put(form: Form, old: str, new: str) -> str:
    """Type over the sentence that begins so; returns its key."""
    [place] = [place for place, text in enumerate(form["text"]) if text.startswith(old)]
    form["text"][place] = new
    return form["key"][place]


def send(editor: Client, trial: Trial, form: Form, button: str = "publish", **more: str) -> Any:
    return editor.post(url_of(trial), {**form, **more, button: ""})


def publish(editor: Client, trial: Trial) -> None:
    assert send(editor, trial, form_of(page_of(editor, trial))).status_code == 302


def shown(trial: Trial) -> Any:
    return shown_summary(Trial.objects.with_parts().get(pk=trial.pk), "en")


def box(html: str, key: str) -> str:
    found = re.search(rf'<fieldset[^>]* id="s-{key}">.*?</fieldset>', html, re.DOTALL)
    assert found
    return unescape(found.group())


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


@pytest.mark.parametrize(
    "old, new, sentence",
    [
        ("You are 18", "You are 21 years or older.", "The official words do not have this number: 21."),
        ("You are 18", "You are an adult.", "A number of the official words is missing: 18."),
        ("You are 18", "", "Write a sentence here, or leave it out."),
        ("You are 18", "18 " * 3000, "This is too long for a sentence."),
        ("40 people", "Many people are to take part.", "A number of the official words is missing: 40."),
        ("40 people", "41 people are to take part.", "The official words do not have this number: 41."),
    ],
)
def test_what_is_wrong_blocks_publishing_and_loses_nothing(
    editor: Client, trial: Trial, old: str, new: str, sentence: str
) -> None:
    form = form_of(page_of(editor, trial))
    put(form, "You are pregnant", "You expect a <b>child</b> or feed one.")
    key = put(form, old, new)
    html = send(editor, trial, form, reason="No reason outweighs it.").content.decode()
    assert sentence in box(html, key) and not PlainSummary.objects.exists()
    note = re.search(r'<p class="errornote">(.*?)</p>', html, re.DOTALL)
    assert note and f'href="#s-{key}"' in note[1]
    again = form_of(html)
    assert again["text"][again["key"].index(key)] == " ".join(new.split())
    assert "You expect a <b>child</b> or feed one." in again["text"]


def test_numbers_that_only_point_elsewhere_may_go(editor: Client, trial: Trial) -> None:
    form = form_of(page_of(editor, trial))
    place = form["text"].index(next(text for text in form["text"] if "2019" in text))
    form["text"][place] = "Your SLEDAI score is at least six by the 2019 criteria."
    assert send(editor, trial, form).status_code == 302


def test_dishonest_words_need_a_reason_that_is_kept(editor: Client, trial: Trial) -> None:
    form = form_of(page_of(editor, trial))
    key = put(form, "40 people", "40 people get a new treatment.")
    html = send(editor, trial, form).content.decode()
    assert "“new treatment”: Say “investigational”" in box(html, key) and not PlainSummary.objects.exists()
    assert 'name="reason"' in html and "a reason outweighs it" in html
    assert send(editor, trial, form, reason="  Said so by the <i>board</i>. ").status_code == 302
    assert PlainSummary.objects.get().reason == "Said so by the <i>board</i>."
    assert "In spite of a finding: Said so by the <i>board</i>." in LogEntry.objects.get().get_change_message()
    assert "Said so by the &lt;i&gt;board&lt;/i&gt;." in page_of(editor, trial)


def test_an_exclusion_of_everybody_is_found(editor: Client, trial: Trial) -> None:
    form = form_of(page_of(editor, trial))
    put(form, "You are pregnant", "You are pregnant, or have an immune system disorder.")
    html = unescape(send(editor, trial, form).content.decode())
    assert "This keeps out everybody who has the disease of the study" in html


def test_a_false_sentence_can_be_left_out_but_no_criterion(editor: Client, trial: Trial) -> None:
    form = form_of(page_of(editor, trial))
    place = next(place for place, text in enumerate(form["text"]) if "travel" in text)
    assert send(editor, trial, {**form, "left_out": [form["key"][place]]}).status_code == 302
    assert not any("travel" in one.text for one in shown(trial).sentences)
    html = page_of(editor, trial)
    assert form_of(html)["left_out"] == [form["key"][place]]
    form = form_of(html)
    pregnant = form["key"][form["text"].index("You are pregnant.")] if "You are pregnant." in form["text"] else ""
    pregnant = (
        pregnant or form["key"][next(n for n, text in enumerate(form["text"]) if text.startswith("You are preg"))]
    )
    html = unescape(send(editor, trial, {**form, "left_out": [pregnant]}, reason="Why not").content.decode())
    assert "No sentence stands for this criterion: “Pregnancy”." in html
    assert any("pregnant" in one.text for one in shown(trial).sentences)


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


def test_what_is_published_can_be_taken_back(editor: Client, trial: Trial) -> None:
    publish(editor, trial)
    based_on = form_of(page_of(editor, trial))["based_on"]
    html = editor.post(url_of(trial), {"take_back": "published", "based_on": based_on}, follow=True).content.decode()
    assert "Pages show what our rules write again." in html and "Before this" in html and "Ended on" in html
    assert shown(trial).state is ReviewState.DRAFT


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
