"""Whatever editors do on the desk stands in the audit log: what, by whom, from what to what."""

from typing import Any

import pytest
from auditlog.models import LogEntry
from django.contrib.admin.utils import quote
from django.contrib.auth.models import Permission, User
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from tests.trials.admin.criteria import conftest as criteria_desk
from tests.trials.admin.review import conftest as review_desk
from trials.ingest.editorial import EditorialText, save_editorial
from trials.ingest.golden import load_golden_patients
from trials.models import ConditionTerm, Contact, GoldenPatient, Partner, Trial

ANY_TEXT = "Inclusion Criteria:\n\n* Age 18 years or older\n* Lupus\n\nExclusion Criteria:\n\n* Pregnancy"


@pytest.fixture
def trial(store: Any, study: Any) -> Trial:
    [one] = store(study(1, review_desk.with_text(ANY_TEXT)))
    return one


def entries(model: str) -> list[LogEntry]:
    """What was logged of the model, the oldest first; all of it by the editor, and none with an address."""
    found = list(LogEntry.objects.filter(content_type__model=model).order_by("pk"))
    assert {str(one.actor) for one in found} <= {"editor"}
    assert {(one.remote_addr, one.remote_port, one.cid) for one in found} <= {(None, None, None)}
    return found


def test_an_editors_text(editor: Client, trial: Trial) -> None:
    url = reverse("admin:trials_trial_change", args=[trial.pk])
    form = {f"editorial-{name}_FORMS": number for name, number in
            {"TOTAL": "1", "INITIAL": "0", "MIN_NUM": "1", "MAX_NUM": "1"}.items()}  # fmt: skip
    form |= {"editorial-0-public_note": "Call first.", "editorial-0-plain_title": "", "editorial-0-hidden_reason": ""}
    assert editor.post(url, form).status_code == 302
    assert entries("trialeditorial")[-1].changes["public_note"] == ["", "Call first."]


def test_a_decision_on_a_contact(editor: Client, trial: Trial) -> None:
    contact = Contact.objects.filter(trial=trial).first()
    assert contact
    url = reverse("admin:trials_contact_changelist")
    for action in ("keep_hidden", "show_contact"):
        editor.post(url, {"action": action, "_selected_action": [contact.pk]})
    made, changed = entries("contactdecision")
    assert (made.get_action_display(), made.changes["show"]) == ("create", ["None", "False"])
    assert changed.changes == {"show": ["False", "True"]}


def test_a_term(editor: Client, trial: Trial) -> None:
    term = ConditionTerm.objects.get(text="Unheard Of Ailment")
    url = reverse("admin:trials_conditionterm_change", args=[quote(term.pk)])
    assert editor.post(url, {"decision": "means", "conditions": ["sle"]}).status_code == 302
    told = [one.changes for one in entries("conditionterm")]
    assert {"state": ["UNMAPPED", "EDITED"]} in told
    assert [one["conditions"]["operation"] for one in told if "conditions" in one] == ["add"]


def test_corrected_criteria(editor: Client, trial: Trial) -> None:
    form = criteria_desk.form_of(criteria_desk.page_of(editor, trial))
    form["text"][0] = "Age 21 years or older"
    answer = editor.post(criteria_desk.url_of(trial), {**form, "save": "", "confirmed": ""})
    assert answer.status_code == 302
    [made] = entries("criteriacorrection")
    assert "Age 21 years or older" in made.changes["criteria"][1]
    standing = criteria_desk.form_of(criteria_desk.page_of(editor, trial))["based_on"]
    editor.post(criteria_desk.url_of(trial), {"take_back": "", "based_on": standing})
    [_made, ended] = entries("criteriacorrection")
    assert ended.changes["ended_by"] == ["None", "editor"]


def test_plain_sentences(editor: Client, trial: Trial) -> None:
    form = review_desk.form_of(review_desk.page_of(editor, trial))
    review_desk.put(form, "You are 18", "You are 18 or older.")
    review_desk.send(editor, trial, form, "save")
    made, sentences = entries("plainsummary")
    assert made.changes["state"] == ["None", "DRAFT"]
    assert list(sentences.changes.values()) == [["You are 18 years or older.", "You are 18 or older."]]
    form = review_desk.form_of(review_desk.page_of(editor, trial))
    review_desk.put(form, "You are 18", "You are at least 18.")
    review_desk.send(editor, trial, form, "save")
    last = entries("plainsummary")[-1]
    assert list(last.changes.values()) == [["You are 18 or older.", "You are at least 18."]]


def test_a_clinic_without_its_picture(editor: Client) -> None:
    partner = Partner.objects.create(name="A clinic", allowed_origins="https://clinic.example", logo=b"x" * 500)
    made = LogEntry.objects.get(content_type__model="partner")
    assert "name" in made.changes and "logo" not in made.changes
    editor.post(reverse("admin:trials_partner_delete", args=[partner.pk]), {"post": "yes"})
    last = LogEntry.objects.filter(content_type__model="partner").latest("pk")
    assert (last.get_action_display(), str(last.actor)) == ("delete", "editor")


def test_golden_patients(db: None) -> None:
    load_golden_patients()
    assert not LogEntry.objects.exists()  # the data file says what changed there
    patient = GoldenPatient.objects.first()
    assert patient
    patient.name = "Another name"
    patient.save()
    assert LogEntry.objects.get().changes["name"][1] == "Another name"


def permissions(count: int) -> list[int]:
    """Keys of some rights: a flushed database numbers them anew."""
    return list(Permission.objects.order_by("pk").values_list("pk", flat=True)[:count])


def test_rights_and_passwords(editor: Client) -> None:
    user = User.objects.create_user("ada", password="a long enough password")
    url = reverse("admin:auth_user_change", args=[user.pk])
    form = {"username": "ada", "is_active": "on", "is_staff": "on", "user_permissions": permissions(1),
            "date_joined_0": "2026-01-01", "date_joined_1": "12:00"}  # fmt: skip
    assert editor.post(url, form).status_code == 302
    password = {"password1": "another long password", "password2": "another long password", "usable_password": "true"}
    assert editor.post(reverse("admin:auth_user_password_change", args=[user.pk]), password).status_code == 302
    told = [one.changes for one in LogEntry.objects.filter(object_repr="ada")]
    assert any(one.get("is_staff") == ["False", "True"] for one in told)
    assert any("user_permissions" in one for one in told)
    assert {"password": ["***", "***"]} in told
    user.refresh_from_db()
    assert not LogEntry.objects.filter(changes__icontains=user.password[-8:]).exists()


def test_rights_of_a_group(editor: Client) -> None:
    editor.post(reverse("admin:auth_group_add"), {"name": "editors", "permissions": permissions(2)})
    assert [sorted(one.changes) for one in entries("group")] == [["name"], ["permissions"]]


def test_an_import_leaves_no_entry(store: Any, study: Any) -> None:
    store(study(1), study(2))
    call_command("relink_conditions", verbosity=0)
    assert not LogEntry.objects.exists()


def test_what_is_done_without_a_page_has_no_actor(trial: Trial, django_user_model: Any) -> None:
    somebody = django_user_model.objects.create_user("operator")
    save_editorial(trial, EditorialText(public_note="Call first."), editor=somebody)
    last = LogEntry.objects.filter(content_type__model="trialeditorial").latest("pk")
    assert (last.actor, last.changes["public_note"]) == (None, ["", "Call first."])
