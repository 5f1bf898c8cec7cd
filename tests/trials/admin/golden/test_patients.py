"""The desk's lists of golden patients and expected verdicts, and the form of a patient."""

import json
import re
from html import unescape
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from trials.models import GoldenPatient, GoldenVerdict, Trial

LIST = "admin:trials_goldenpatient_changelist"
VERDICTS = "admin:trials_goldenverdict_changelist"


def page(client: Client, name: str, *args: Any) -> str:
    response = client.get(reverse(name, args=args))
    assert response.status_code == 200
    return unescape(response.content.decode())


def cells(html: str, *names: str) -> list[list[str]]:
    rows = [re.findall(rf'class="field-({"|".join(names)})[^"]*">(.*?)</t[dh]>', row) for row in html.split("<tr>")]
    return [[re.sub("<[^>]*>", "", text) for _name, text in row] for row in rows if row]


def form(patient: GoldenPatient, **changed: Any) -> dict[str, Any]:
    rows = list(patient.expected.all())
    answers = json.dumps(patient.answers)
    sent = {"name": patient.name, "answers": answers, "note": "", "active": "on"}
    sent |= {"expected-TOTAL_FORMS": len(rows), "expected-INITIAL_FORMS": len(rows)}
    for n, row in enumerate(rows):
        fields = {"id": row.pk, "patient": patient.pk, "nct_id": row.nct_id, "verdict": row.verdict}
        sent |= {f"expected-{n}-{name}": value for name, value in {**fields, "reason": row.reason}.items()}
    return sent | changed


def send(client: Client, patient: GoldenPatient, **changed: Any) -> str:
    url = reverse("admin:trials_goldenpatient_change", args=[patient.pk])
    return unescape(client.post(url, form(patient, **changed), follow=True).content.decode())


def test_the_list_counts_what_agrees_and_what_differs(editor: Client, patients: Any) -> None:
    found = cells(page(editor, LIST), "name", "agrees", "differs")
    assert found == [["Lupus, 34", "1", "0"], ["Lupus, 31, pregnant", "0", "1"], ["Lupus, 12", "1", "0"],
                     ["Scleroderma, 50", "0", "0"]]  # fmt: skip


def test_a_verdict_on_a_study_that_is_not_held_neither_agrees_nor_differs(editor: Client, patients: Any) -> None:
    patients["Scleroderma, 50"].expected.create(nct_id="NCT99999999", verdict="unknown")
    assert cells(page(editor, LIST), "name", "agrees", "differs")[-1] == ["Scleroderma, 50", "0", "0"]
    assert ["NCT99999999", "not known", "–"] in cells(page(editor, VERDICTS), "study", "verdict", "found_now")


def test_answers_that_can_no_longer_be_read_stop_no_list(editor: Client, patients: Any) -> None:
    GoldenPatient.objects.update(answers={"shoes": 42})
    assert {tuple(row[1:]) for row in cells(page(editor, LIST), "name", "agrees", "differs")} == {("0", "0")}
    page(editor, "admin:trials_goldenpatient_change", patients["Lupus, 34"].pk)


def test_the_list_of_verdicts_marks_what_differs(editor: Client, patients: Any, trial: Trial) -> None:
    html = page(editor, VERDICTS)
    assert f'<a href="{reverse("admin:trials_trial_change", args=[trial.pk])}">{trial.nct_id}</a>' in html
    assert cells(html, "verdict", "found_now").count(["may fit", "does not fit"]) == 1
    assert html.count("<strong>does not fit</strong>") == 1


@pytest.mark.parametrize("name", [LIST, VERDICTS])
def test_a_list_costs_the_same_queries_however_long(
    editor: Client, patients: Any, store: Any, study: Any, name: str
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            page(editor, name)
        return len(seen)

    queries()
    few = queries()
    for trial in store(*(study(n) for n in range(2, 12))):
        for n in range(3):
            more = GoldenPatient.objects.create(name=f"{n}", answers={"age": n}, from_editor=True)
            more.expected.create(nct_id=trial.nct_id, verdict="unknown")
    assert queries() == few


def test_what_is_wrong_with_answers_is_said_in_a_sentence(editor: Client, patients: Any) -> None:
    one = patients["Lupus, 34"]
    assert "“shoes” is no question of ours." in send(editor, one, answers='{"shoes": 42}')
    assert "The answers have to be a JSON object" in send(editor, one, answers="[]")
    assert "Enter a valid JSON." in send(editor, one, answers="{")
    one.refresh_from_db()
    assert one.answers["age"] == 34 and not one.from_editor


def test_the_form_shows_what_is_found_and_refuses_studies_that_we_do_not_hold(editor: Client, patients: Any) -> None:
    one = patients["Lupus, 31, pregnant"]
    html = page(editor, "admin:trials_goldenpatient_change", one.pk)
    assert "<strong>does not fit</strong>" in html and '"age": 31,\n' in html and ">None<" not in html
    assert "We hold no study “NCT00000000”." in send(editor, one, **{"expected-0-nct_id": "nct00000000"})


def test_what_an_editor_changes_is_theirs_and_what_was_only_looked_at_is_not(editor: Client, patients: Any) -> None:
    one, two, three = list(patients.values())[:3]
    send(editor, one, answers='{"age": 35}')
    send(editor, two, **{"expected-0-verdict": "unknown"})
    send(editor, three)
    assert list(GoldenPatient.objects.order_by("pk").values_list("from_editor", flat=True))[:3] == [True, True, False]
    assert two.expected.get().verdict == "unknown"


def test_a_new_patient_is_the_editors_and_can_be_deleted_but_a_bundled_one_cannot(
    editor: Client, patients: Any
) -> None:
    new = {"name": "Own", "answers": "{}", "note": "", "active": "on"}
    empty = {"expected-TOTAL_FORMS": 0, "expected-INITIAL_FORMS": 0}
    assert editor.post(reverse("admin:trials_goldenpatient_add"), {**new, **empty}).status_code == 302
    own = GoldenPatient.objects.get(name="Own")
    assert own.from_editor and own.slug is None
    own.expected.create(nct_id="NCT90000001", verdict="unknown")
    delete = "admin:trials_goldenpatient_delete"
    bundled = patients["Scleroderma, 50"]
    assert editor.post(reverse(delete, args=[bundled.pk]), {"post": "yes"}).status_code == 403
    chosen = {"action": "delete_selected", "_selected_action": [bundled.pk, own.pk], "post": "yes"}
    editor.post(reverse(LIST), chosen)
    assert GoldenPatient.objects.count() == 5
    assert editor.post(reverse(delete, args=[own.pk]), {"post": "yes"}).status_code == 302
    assert GoldenPatient.objects.count() == 4


def test_what_is_found_can_be_expected_of_the_chosen(editor: Client, patients: Any) -> None:
    GoldenVerdict.objects.update(verdict="unknown")
    chosen = [patients[name].pk for name in ("Lupus, 34", "Lupus, 31, pregnant")]
    html = editor.post(reverse(LIST), {"action": "expect_found", "_selected_action": chosen}, follow=True)
    assert "2 expected verdicts are now what is found." in html.content.decode()
    assert list(GoldenVerdict.objects.values_list("verdict", flat=True)) == ["may_fit", "does_not_fit", "unknown"]
    assert LogEntry.objects.filter(object_id__in=chosen).count() == 2


def test_who_may_only_look_can_change_nothing(client: Client, patients: Any) -> None:
    user = User.objects.create_user("reader", is_staff=True)
    client.force_login(user)
    assert client.get(reverse(LIST)).status_code == 403
    user.user_permissions.add(Permission.objects.get(codename="view_goldenpatient"))
    assert "expect_found" not in page(client, LIST)
    client.post(reverse(LIST), {"action": "expect_found", "_selected_action": [p.pk for p in patients.values()]})
    assert not GoldenPatient.objects.filter(from_editor=True).exists()
    url = reverse("admin:trials_goldenpatient_change", args=[patients["Lupus, 34"].pk])
    assert client.post(url, form(patients["Lupus, 34"])).status_code == 403
