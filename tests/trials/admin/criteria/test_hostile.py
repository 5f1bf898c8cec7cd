"""The form on criteria against two editors at once, broken and hostile posts; and that it leads to what is wrong."""

import json
import re
from html import unescape
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.trials.admin.criteria.conftest import FIELDS, form_of, page_of, put, url_of
from trials.ingest.corrections import save_correction
from trials.ingest.criteria import as_json
from trials.ingest.readings import text_hash_of
from trials.models import CriteriaCorrection, CriteriaReading, Criterion, Trial

AGE = {"attribute": "age", "op": ">=", "value": 18, "unit": "years"}


def correct_meanwhile(trial: Trial) -> CriteriaCorrection:
    """What another editor saves while the first is typing."""
    criteria = [{**one, "text": f"{one['text']}!"} for one in as_json(trial.criteria.all())]
    other = User.objects.create_user("other")
    return save_correction(trial, criteria, editor=other, text_hash=text_hash_of(trial.eligibility_criteria))


def lines(number: int, form: dict[str, list[str]], **fields: str) -> dict[str, Any]:
    """A form of so many equal lines."""
    made: dict[str, Any] = {name: [fields.get(name, "")] * number for name in FIELDS}
    labels = {"label": [f"I{n}" for n in range(1, number + 1)], "kind": ["inclusion"] * number}
    texts = [fields.get("text", "Lupus")] * number
    return {**made, **labels, "text": texts, "text_hash": form["text_hash"], "based_on": [""], "save": ""}


def test_what_another_editor_saved_meanwhile_is_not_overwritten(editor: Client, trial: Trial) -> None:
    form = form_of(page_of(editor, trial))
    put(form, "I1", text="Typed for long")
    theirs = correct_meanwhile(trial)
    html = editor.post(url_of(trial), {**form, "save": ""}).content.decode()
    assert "somebody has corrected these criteria in the meantime" in html and "other corrected these criteria" in html
    assert CriteriaCorrection.objects.get() == theirs and Criterion.objects.get(position=0).text == "Lupus!"
    again = form_of(html)
    assert again["text"][0] == "Typed for long" and again["based_on"] == [str(theirs.pk)]
    assert editor.post(url_of(trial), {**again, "save": ""}).status_code == 302
    assert Criterion.objects.get(position=0).text == "Typed for long"


def test_a_correction_made_meanwhile_is_not_taken_back_unseen(editor: Client, trial: Trial) -> None:
    editor.post(url_of(trial), {**form_of(page_of(editor, trial)), "save": ""})
    seen = form_of(page_of(editor, trial))["based_on"]
    theirs = correct_meanwhile(trial)
    html = editor.post(url_of(trial), {"take_back": "1", "based_on": seen}, follow=True).content.decode()
    assert "Nothing was changed: somebody has corrected these criteria" in html
    theirs.refresh_from_db()
    assert theirs.ended_at is None


def test_after_saving_the_message_is_in_sight(editor: Client, trial: Trial) -> None:
    response = editor.post(url_of(trial), {**form_of(page_of(editor, trial)), "save": ""})
    assert response.headers["Location"] == f"{url_of(trial)}#top"


def test_the_form_begins_with_links_to_what_is_wrong(editor: Client, trial: Trial) -> None:
    form = form_of(page_of(editor, trial))
    put(form, "I3", text="")
    put(form, "E1", rules="[{")
    html = editor.post(url_of(trial), {**form, "save": ""}).content.decode()
    note = re.search(r'id="form">.*?<p class="errornote">(.*?)</p>', html, re.DOTALL)
    assert note and re.findall(r'href="#(line-\w+)"', note[1]) == ["line-I3", "line-E1"]


def test_each_criterion_leads_to_its_box_and_each_button_back_to_it(editor: Client, trial: Trial) -> None:
    html = page_of(editor, trial)
    for label in form_of(html)["label"]:
        assert f'href="#line-{label}"' in html and f'id="line-{label}"' in html
        assert f'name="split" value="{label}" class="button" formaction="#line-{label}"' in html


def test_a_line_can_be_moved_up(editor: Client, trial: Trial) -> None:
    form = form_of(page_of(editor, trial))
    moved = form_of(editor.post(url_of(trial), {**form, "up": "I4"}).content.decode())
    assert moved["text"][2:4] == ["Fever", "Rash"] and moved["parent"][2:4] == ["I2", "I2"]
    moved = form_of(editor.post(url_of(trial), {**moved, "up": "I2"}).content.decode())
    assert moved["text"][:2] == ["Signs, at least 2 of the following:", "Lupus"]
    assert moved["parent"][2:4] == ["I1", "I1"]
    for label in ("I1", "I99", ""):
        same = form_of(editor.post(url_of(trial), {**moved, "up": label}).content.decode())
        assert same["text"] == moved["text"]
    assert editor.post(url_of(trial), {**moved, "save": ""}).status_code == 302
    assert Criterion.objects.get(text="Rash").parent.key == "I1"


def test_doubts_of_the_engine_point_to_none_of_an_editors_own_criteria(editor: Client, trial: Trial) -> None:
    CriteriaReading.objects.update(warnings=[{"code": "missing_unit", "criterion": "I1", "words": "creatinine 1.4"}])
    correct_meanwhile(trial)
    html = unescape(page_of(editor, trial))
    assert "<li>A limit has no unit: “creatinine 1.4”.</li>" in html


@pytest.mark.parametrize(
    "fields",
    [
        {"join": "999999999"},
        {"any_of": "4294967296"},
        {"parent": "<script>alert(1)</script>"},
        {"start": "-1", "end": "9"},
        {"start": "0", "end": "9" * 400},
        {"rules": "[" * 100_000},
        {"rules": json.dumps([AGE] * 3) + "}"},
        {"rules": '[{"attribute": "age", "op": ">=", "unit": "years", "value": NaN}]'},
        {"rules": '[{"attribute": "age", "op": ">=", "unit": "years", "value": 1e999}]'},
        {"rules": '[{"attribute": "age", "op": ">=", "unit": "years", "value": ' + "9" * 5000 + "}]"},
        {"rules": '[{"attribute": "\\u0000", "op": "\\ud800", "value": "<script>alert(1)</script>"}]'},
        {"rules": '[{"attribute": ' + '{"a":' * 500 + "1" + "}" * 500 + "}]"},
        {"rules": '"age"'},
        {"text": "\x00\x07 \t"},
    ],
)
def test_what_cannot_be_stored_is_said_in_a_sentence(editor: Client, trial: Trial, fields: dict[str, str]) -> None:
    form = form_of(page_of(editor, trial))
    response = editor.post(url_of(trial), lines(1, form, **fields))
    html = response.content.decode()
    assert response.status_code == 200 and 'class="errorlist"' in html and "<script>alert" not in html
    assert not CriteriaCorrection.objects.exists() and Criterion.objects.count() == 5


def test_markup_in_every_field_is_shown_as_text_on_the_desk_and_to_visitors(editor: Client, trial: Trial) -> None:
    form = form_of(page_of(editor, trial))
    text = "</span><script>alert(1)</script><img src=x onerror=alert(1)>"
    assert editor.post(url_of(trial), lines(2, form, text=text)).status_code == 302
    for html in (page_of(editor, trial), Client().get(trial.get_absolute_url()).content.decode()):
        assert "<script>alert" not in html and "<img src=x" not in html
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html


@pytest.mark.parametrize("number, status", [(10_000, 413), (1_001, 302)])
def test_a_form_of_too_many_lines_changes_nothing(editor: Client, trial: Trial, number: int, status: int) -> None:
    form = form_of(page_of(editor, trial))
    assert editor.post(url_of(trial), lines(number, form)).status_code == status
    assert not CriteriaCorrection.objects.exists()


def test_rules_of_megabytes_are_refused_before_they_are_read(editor: Client, trial: Trial) -> None:
    form = form_of(page_of(editor, trial))
    response = editor.post(url_of(trial), lines(1, form, rules=json.dumps([AGE] * 80_000)))
    assert response.status_code == 413 and "That was too much at once" in response.content.decode()
    assert not CriteriaCorrection.objects.exists()


def test_without_the_forms_token_nothing_is_saved(trial: Trial, editor: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(User.objects.get(username="editor"))
    form = form_of(page_of(editor, trial))
    assert strict.post(url_of(trial), {**form, "save": ""}).status_code == 403
    assert strict.post(url_of(trial), {"take_back": "1", "based_on": ""}).status_code == 403
    assert not CriteriaCorrection.objects.exists()


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_refused(editor: Client, trial: Trial, method: str) -> None:
    assert getattr(editor, method)(url_of(trial)).status_code == 405


def test_a_correction_of_another_study_cannot_be_put_into_the_form(editor: Client, store: Any, study: Any) -> None:
    one, other = store(study(1), study(2))
    theirs = correct_meanwhile(other)
    for asked in (theirs.pk, "0", "-1", "9" * 30, "x", "%00"):
        assert editor.get(f"{url_of(one)}?from={asked}").status_code == 404
