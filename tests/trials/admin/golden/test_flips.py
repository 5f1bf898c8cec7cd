"""Before criteria are saved the desk shows whose verdict would flip; and what rules out most of the patients."""

import json
import re
from html import unescape
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client

from tests.trials.admin.criteria.conftest import form_of, page_of, put, url_of
from trials.models import CriteriaCorrection, GoldenPatient, Trial

AGE = json.dumps({"attribute": "age", "op": ">=", "value": 33, "unit": "years"})
NOT_SAVED = "Nothing was saved yet."


def typed(editor: Client, trial: Trial, **changed: str) -> dict[str, list[str]]:
    form = form_of(page_of(editor, trial))
    put(form, "E1", **changed)
    return {**form, "save": [""]}


def sent(editor: Client, trial: Trial, form: dict[str, Any]) -> str:
    return unescape(editor.post(url_of(trial), form, follow=True).content.decode())


def key_in(html: str) -> list[str]:
    return re.findall(r'name="confirmed" value="(\w+)"', html)


def flipped(html: str) -> list[list[str]]:
    table = html[html.index('class="desk-notice desk-flips"') :]
    rows = re.findall(r"<tr>(.*?)</tr>", table[: table.index("</table>")], re.DOTALL)[1:]
    cells = [re.findall(r"<t[dh]\b.*?</t[dh]>", row, re.DOTALL) for row in rows]
    return [[" ".join(re.sub("<[^>]*>", " ", cell).split()) for cell in row] for row in cells]


@pytest.fixture
def open_to_pregnant(editor: Client, trial: Trial, patients: Any) -> dict[str, list[str]]:
    """The form with the exclusion's rule taken out."""
    return typed(editor, trial, rules="")


def test_flips_are_shown_before_anything_is_saved_and_only_these(
    editor: Client, trial: Trial, open_to_pregnant: Any
) -> None:
    html = sent(editor, trial, open_to_pregnant)
    assert "The verdict of 1 of 4 golden patients would change. Nothing was saved yet." in html
    assert flipped(html) == [["Lupus, 31, pregnant", "does not fit", "may fit", "may fit", "–"]]
    assert "Save all the same" in html and not CriteriaCorrection.objects.exists()
    assert form_of(html)["rules"] == open_to_pregnant["rules"]


def test_what_was_shown_can_be_saved_all_the_same(editor: Client, trial: Trial, open_to_pregnant: Any) -> None:
    [key] = key_in(sent(editor, trial, open_to_pregnant))
    html = sent(editor, trial, {**open_to_pregnant, "confirmed": key})
    assert "The criteria were saved." in html and "The verdict of 1 golden patient has changed." in html
    assert CriteriaCorrection.objects.count() == 1 and NOT_SAVED not in html
    assert LogEntry.objects.count() == 1


def test_another_proposal_is_shown_again(editor: Client, trial: Trial, open_to_pregnant: Any) -> None:
    [key] = key_in(sent(editor, trial, open_to_pregnant))
    put(open_to_pregnant, "I1", rules=AGE)
    html = sent(editor, trial, {**open_to_pregnant, "confirmed": key})
    assert NOT_SAVED in html and not CriteriaCorrection.objects.exists() and key_in(html) != [key]
    assert sent(editor, trial, {**open_to_pregnant, "confirmed": key_in(html)[0]}).count("were saved") == 1


def test_other_flips_of_the_same_proposal_are_shown_again(editor: Client, trial: Trial, open_to_pregnant: Any) -> None:
    [key] = key_in(sent(editor, trial, open_to_pregnant))
    answers = {"age": 20, "diagnosis": ["sle"], "pregnant_or_breastfeeding": True}
    GoldenPatient.objects.create(name="Another", answers=answers, from_editor=True)
    html = sent(editor, trial, {**open_to_pregnant, "confirmed": key})
    assert [row[0] for row in flipped(html)] == ["Lupus, 31, pregnant", "Another"]
    assert not CriteriaCorrection.objects.exists()


def test_what_decides_then_is_named_with_its_words_and_what_is_expected_otherwise_stands_out(
    editor: Client, trial: Trial, patients: Any
) -> None:
    patients["Lupus, 31, pregnant"].expected.all().delete()
    html = sent(editor, trial, typed(editor, trial, rules='{"attribute": "hiv", "op": "is", "value": true}'))
    assert flipped(html) == [
        ["Lupus, 34", "may fit", "not known", "may fit", "Still open: hiv"],
        ["Lupus, 31, pregnant", "does not fit", "not known", "–", "Still open: hiv"],
    ]
    assert '<strong class="desk-gone">may fit</strong>' in html
    rules = AGE.replace(">=", "<").replace("33", "35")
    assert flipped(sent(editor, trial, typed(editor, trial, rules=rules)))[0] == [
        "Lupus, 34", "may fit", "does not fit", "may fit", "E1 Pregnancy age",
    ]  # fmt: skip


def test_without_a_flip_it_is_saved_at_once_and_says_so(editor: Client, trial: Trial, patients: Any) -> None:
    html = sent(editor, trial, typed(editor, trial, text="Pregnancy, or breastfeeding"))
    assert "The criteria were saved." in html and "No verdict of 4 golden patients changes." in html
    assert CriteriaCorrection.objects.count() == 1


def test_where_nobody_is_active_nothing_is_said_of_patients(editor: Client, trial: Trial, patients: Any) -> None:
    GoldenPatient.objects.update(active=False)
    html = sent(editor, trial, typed(editor, trial, rules=""))
    assert "The criteria were saved." in html and "golden patient" not in html


def test_mistakes_come_before_flips(editor: Client, trial: Trial, open_to_pregnant: Any) -> None:
    put(open_to_pregnant, "I1", rules="[{")
    html = sent(editor, trial, open_to_pregnant)
    assert "Put right what is marked below" in html and "would change" not in html


def test_taking_the_engines_version_back_shows_flips_too(editor: Client, trial: Trial, open_to_pregnant: Any) -> None:
    [key] = key_in(sent(editor, trial, open_to_pregnant))
    html = sent(editor, trial, {**open_to_pregnant, "confirmed": key})
    back = {"take_back": "1", "based_on": form_of(html)["based_on"]}
    html = sent(editor, trial, back)
    assert flipped(html) == [["Lupus, 31, pregnant", "may fit", "does not fit", "may fit",
                              "E1 Pregnancy pregnant_or_breastfeeding"]]  # fmt: skip
    assert "Take it back all the same" in html and CriteriaCorrection.objects.get().ended_at is None
    html = sent(editor, trial, {**back, "confirmed": key_in(html)[0]})
    assert "The engine's version is shown again." in html and CriteriaCorrection.objects.get().ended_at


def test_the_desk_tells_which_criteria_rule_out_most_of_those_with_the_disease(
    editor: Client, trial: Trial, patients: Any
) -> None:
    html = unescape(page_of(editor, trial))
    part = html[html.index("What rules out most golden patients") :]
    told = [" ".join(re.sub("<[^>]*>", " ", one).split()) for one in re.findall(r"<li>(.*?)</li>", part, re.DOTALL)[:2]]
    assert "Of 4 golden patients, 3 have the disease of this study" in part
    assert told == ["1 patient: E1 Pregnancy", "1 patient: the record's minimum age"]


def test_a_study_that_rules_nobody_out_says_so(editor: Client, store: Any, study: Any, patients: Any) -> None:
    [trial] = store(study(2, lambda protocol: protocol.update(eligibilityModule={"eligibilityCriteria": "Adults"})))
    assert "No criterion rules out any of them." in page_of(editor, trial)


def test_where_nobody_has_the_disease_the_criterion_that_asks_for_another_is_named(
    editor: Client, trial: Trial, patients: Any
) -> None:
    trial.criteria.filter(key="I1").update(rules=[{"attribute": "diagnosis", "op": "in", "value": ["myositis"]}])
    html = unescape(page_of(editor, trial))
    assert "None of 4 golden patients has the disease of this study." in html
    assert re.search(r'4 patients: <a href="#c-I1">I1</a> Systemic lupus erythematosus', html)


def test_the_queries_do_not_grow_with_the_patients(
    editor: Client, trial: Trial, patients: Any, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(7):
        page_of(editor, trial)
    GoldenPatient.objects.bulk_create(
        GoldenPatient(name=f"{n}", answers={"age": n}, from_editor=True) for n in range(30)
    )
    with django_assert_num_queries(7):
        page_of(editor, trial)
