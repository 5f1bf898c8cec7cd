"""The desk's page on eligibility text and rules: where each criterion comes from, and the form that loses nothing."""

import json
import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import reverse

from tests.trials.admin.criteria.conftest import form_of, page_of, put, url_of
from trials.models import CriteriaCorrection, CriteriaReading, Criterion, Trial


def test_shows_which_words_became_which_criterion_and_back(editor: Client, trial: Trial) -> None:
    html = page_of(editor, trial)
    rash = trial.criteria.get(text="Rash").key
    assert re.search(rf'<a class="desk-span" href="#c-{rash}" id="s-{rash}"[^>]*><sup>{rash}</sup>Rash</a>', html)
    assert re.search(rf'id="c-{rash}"><a href="#s-{rash}">{rash}</a> Rash', html)
    assert "pregnant_or_breastfeeding is true" in html
    assert (
        f'href="{url_of(trial)}"' in editor.get(reverse("admin:trials_trial_change", args=[trial.pk])).content.decode()
    )


def test_shows_repairs_with_their_reason_and_warnings_as_sentences(editor: Client, trial: Trial) -> None:
    place = {"source_start": 0, "source_end": 3}
    ledger = [
        {"reason": "word_doubled", "written": "of of", "shown": "of", "made": made, **place} for made in (True, False)
    ]
    warning = {"code": "missing_unit", "criterion": "I1", "words": "creatinine 1.4"}
    CriteriaReading.objects.update(
        ledger=ledger, warnings=[warning, {**warning, "code": "brand_new", "criterion": None}]
    )
    html = unescape(page_of(editor, trial))
    assert '<a href="#c-I1">I1</a>: A limit has no unit: “creatinine 1.4”.' in html
    assert "brand_new creatinine 1.4" in html
    assert "<td>of of</td><td>of</td><td>A word stands here twice.</td><td>made</td>" in html
    assert "<td>only proposed</td>" in html


def test_the_form_as_it_stands_is_what_is_shown_and_can_be_saved(editor: Client, trial: Trial) -> None:
    before = list(Criterion.objects.values_list("key", "kind", "text", "parent__key", "join", "rules", "source_start"))
    assert editor.post(url_of(trial), {**form_of(page_of(editor, trial)), "save": ""}).status_code == 302
    after = Criterion.objects.values_list("key", "kind", "text", "parent__key", "join", "rules", "source_start")
    assert list(after) == before and all(Criterion.objects.values_list("from_editor", flat=True))


def test_saves_a_correction_with_who_made_it(editor: Client, trial: Trial) -> None:
    form = form_of(page_of(editor, trial))
    rule = {"attribute": "diagnosis", "op": "in", "value": ["sle"]}
    put(form, "I1", text="  Lupus\r\n by a doctor ", rules=json.dumps(rule), kind="exclusion")
    put(form, "I2", join="any")
    assert editor.post(url_of(trial), {**form, "save": ""}).status_code == 302
    first = Criterion.objects.get(position=0)
    assert (first.key, first.kind, first.text, first.rules) == ("E1", "exclusion", "Lupus by a doctor", [rule])
    assert Criterion.objects.get(key="I1").join == "any" and Criterion.objects.get(text="Rash").parent.key == "I1"
    correction = CriteriaCorrection.objects.get()
    assert correction.editor.get_username() == "editor" and len(correction.criteria) == 5
    html = page_of(editor, trial)
    assert "editor corrected these criteria" in html and "shown now" in html


@pytest.mark.parametrize(
    "wrong, sentence",
    [
        ({"rules": '[{"attribute": "height", "op": ">=", "value": 3}]'}, "I1: we have no attribute “height”."),
        (
            {"rules": '[{"attribute": "age", "op": ">=", "value": 18, "unit": "months"}]'},
            "the unit of “age” is “years”",
        ),
        ({"rules": '[{"attribute": "age", "op": "is", "value": 18, "unit": "years"}]'}, "cannot be compared with “is”"),
        ({"rules": '[{"attribute": "age", "op": ">=", "value": "18", "unit": "years"}]'}, "is a number, not “18”"),
        ({"rules": '[{"attribute": "cancer", "op": "is", "value": 1}]'}, "is true or false, not “1”"),
        ({"rules": '[{"attribute": "sex", "op": "in", "value": ["all"]}]'}, "“all” is no choice of “sex”"),
        ({"rules": "[{]"}, "I1: the rules are no JSON: look at line 1, character 3."),
        ({"parent": "I77"}, "I1 stands under “I77”, which does not exist."),
        ({"parent": "I1"}, "I1 stands under itself, by way of I1."),
        ({"parent": "I2"}, "I1 stands under I2, so it must come after it."),
        ({"join": "some"}, "“some” is none of “all”, “any” and a number from 1."),
        ({"any_of": "x"}, "the group of alternatives is a whole number, not “x”."),
        ({"kind": "maybe"}, "is neither “inclusion” nor “exclusion”."),
        ({"text": " "}, "I1 has no text."),
        ({"end": "99999"}, "does not point into the official text"),
    ],
)
def test_what_is_wrong_is_said_beside_the_line_and_nothing_typed_is_lost(
    editor: Client, trial: Trial, wrong: dict[str, str], sentence: str
) -> None:
    form = form_of(page_of(editor, trial))
    put(form, "I4", text="Fever above 38 <b>degrees</b>")
    put(form, "I1", **wrong)
    response = editor.post(url_of(trial), {**form, "save": ""})
    html = response.content.decode()
    assert response.status_code == 200 and not CriteriaCorrection.objects.exists()
    line = re.search(r'<fieldset class="desk-line-form desk-wrong" id="line-I1">.*?</fieldset>', html, re.DOTALL)
    assert line and sentence in unescape(line.group())
    sent = form_of(html)
    assert sent["text"][sent["label"].index("I4")] == "Fever above 38 <b>degrees</b>"
    if set(wrong) - {"kind"}:
        [(name, value)] = wrong.items()
        assert sent[name][0] == value


def test_two_lines_that_stand_under_each_other_are_refused(editor: Client, trial: Trial) -> None:
    form = form_of(page_of(editor, trial))
    put(form, "I1", parent="I2")
    put(form, "I2", parent="I1")
    html = unescape(editor.post(url_of(trial), {**form, "save": ""}).content.decode())
    assert "I1 stands under itself, by way of I2." in html and "I2 stands under itself, by way of I1." in html


def test_a_line_can_be_added_split_and_removed(editor: Client, trial: Trial) -> None:
    form = form_of(page_of(editor, trial))
    put(form, "E1", text="Pregnancy\nbreastfeeding")
    form = form_of(editor.post(url_of(trial), {**form, "split": "E1"}).content.decode())
    assert form["label"] == ["I1", "I2", "I3", "I4", "E1", "E2"] and form["text"][4:] == ["Pregnancy", "breastfeeding"]
    assert form["start"][4] == form["start"][5] and form["rules"][5] == ""
    form = form_of(editor.post(url_of(trial), {**form, "add": "I3"}).content.decode())
    assert form["label"] == ["I1", "I2", "I3", "I4", "I5", "E1", "E2"] and form["parent"][3] == "I2"
    put(form, "I4", text="Lupus")
    assert not CriteriaCorrection.objects.exists()
    assert editor.post(url_of(trial), {**form, "remove": ["I2", "E2"], "save": ""}).status_code == 302
    rows = Criterion.objects.values_list("key", "text", "parent__key")
    assert list(rows) == [("I1", "Lupus", None), ("I2", "Rash", None), ("I3", "Lupus", None), ("I4", "Fever", None),
                          ("E1", "Pregnancy", None)]  # fmt: skip
    added = Criterion.objects.get(key="I3")
    assert trial.eligibility_criteria[added.source_start : added.source_end] == "Lupus"


def test_a_failed_save_keeps_what_was_to_be_removed(editor: Client, trial: Trial) -> None:
    form = form_of(page_of(editor, trial))
    put(form, "I1", text="")
    html = editor.post(url_of(trial), {**form, "remove": ["E1"], "save": ""}).content.decode()
    assert 'name="remove" value="E1" checked' in html and form_of(html)["text"][-1] == "Pregnancy"


def test_the_engines_version_comes_back_and_the_history_stays(editor: Client, trial: Trial) -> None:
    before = list(Criterion.objects.values_list("text", flat=True))
    form = form_of(page_of(editor, trial))
    put(form, "I1", text="Lupus, said otherwise")
    editor.post(url_of(trial), {**form, "save": ""})
    assert "Lupus, said otherwise" not in form_of(page_of(editor, trial, "?from=engine"))["text"]
    editor.post(url_of(trial), {"take_back": "1", "based_on": form_of(page_of(editor, trial))["based_on"]})
    assert list(Criterion.objects.values_list("text", flat=True)) == before
    html = page_of(editor, trial)
    assert "replaced or taken back" in html and "Ended on" in html and "Lupus, said otherwise" in html
    again = form_of(page_of(editor, trial, f"?from={CriteriaCorrection.objects.get().pk}"))
    assert again["text"][0] == "Lupus, said otherwise"


def test_a_text_that_changed_while_somebody_wrote_is_said_and_keeps_what_was_typed(
    editor: Client, trial: Trial, store: Any, study: Callable[..., Any]
) -> None:
    form = form_of(page_of(editor, trial))
    put(form, "I1", text="Typed for long")

    def newer(protocol: dict[str, Any]) -> None:
        protocol["eligibilityModule"]["eligibilityCriteria"] = "Inclusion Criteria:\n\n* Another"
        protocol["statusModule"]["lastUpdatePostDateStruct"] = {"date": "2026-07-01"}

    store(study(1, newer))
    html = editor.post(url_of(trial), {**form, "save": ""}).content.decode()
    assert "the official text has changed while you were writing" in html
    assert form_of(html)["text"][0] == "Typed for long" and not CriteriaCorrection.objects.exists()


def test_a_correction_of_an_older_text_is_offered_with_places_in_the_new_one(
    editor: Client, trial: Trial, store: Any, study: Callable[..., Any]
) -> None:
    editor.post(url_of(trial), {**form_of(page_of(editor, trial)), "save": ""})

    def newer(protocol: dict[str, Any]) -> None:
        protocol["eligibilityModule"]["eligibilityCriteria"] = "Exclusion Criteria:\n\n* Pregnancy"
        protocol["statusModule"]["lastUpdatePostDateStruct"] = {"date": "2026-07-01"}

    store(study(1, newer))
    html = page_of(editor, trial)
    assert "The registry changed the text after editor corrected the criteria" in html
    form = form_of(page_of(editor, trial, f"?from={CriteriaCorrection.objects.get().pk}"))
    assert (form["start"][0], form["start"][-1]) == ("", "23")


def test_a_form_that_did_not_arrive_whole_changes_nothing(editor: Client, trial: Trial) -> None:
    form = form_of(page_of(editor, trial))
    form["text"].pop()
    response = editor.post(url_of(trial), {**form, "save": ""}, follow=True)
    assert "The form did not arrive whole." in response.content.decode() and not CriteriaCorrection.objects.exists()


def test_who_may_only_look_sees_no_form_and_cannot_save(client: Client, trial: Trial) -> None:
    user = User.objects.create_user("reader", is_staff=True)
    client.force_login(user)
    assert client.get(url_of(trial)).status_code == 403
    user.user_permissions.add(Permission.objects.get(codename="view_trial"))
    html = client.get(url_of(trial)).content.decode()
    assert "desk-source" in html and "desk-line-form" not in html and "Take the engine" not in html
    assert client.post(url_of(trial), {"take_back": "1"}).status_code == 403


@pytest.mark.parametrize("number", [1, 150])
def test_any_number_of_criteria_costs_the_same_queries(
    editor: Client, store: Any, study: Any, django_assert_num_queries: Any, number: int
) -> None:
    text = "Inclusion Criteria:\n\n" + "\n".join(f"* Sign number {n} is there" for n in range(number))
    [trial] = store(study(1, lambda protocol: protocol["eligibilityModule"].update(eligibilityCriteria=text)))
    with django_assert_num_queries(7):
        assert len(form_of(page_of(editor, trial))["label"]) == number
    assert editor.post(url_of(trial), {**form_of(page_of(editor, trial)), "save": ""}).status_code == 302
