"""What keeps plain sentences from being published, and what an editor can do about it."""

import re
from html import unescape

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client

from tests.trials.admin.review.conftest import box, form_of, page_of, put, send, shown
from trials.models import PlainSummary, Trial


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
