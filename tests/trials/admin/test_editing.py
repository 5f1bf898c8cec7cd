from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from trials.ingest.editorial import EditorialText, save_editorial
from trials.models import FieldNote, Trial, TrialEditorial


def url_of(trial: Trial) -> str:
    return reverse("admin:trials_trial_change", args=[trial.pk])


def form(**changed: str) -> dict[str, str]:
    return {
        "editorial-TOTAL_FORMS": "1",
        "editorial-INITIAL_FORMS": "0",
        "editorial-MIN_NUM_FORMS": "1",
        "editorial-MAX_NUM_FORMS": "1",
        "editorial-0-plain_title": "",
        "editorial-0-public_note": "",
        "editorial-0-hidden_reason": "",
        **{f"editorial-0-{name}": value for name, value in changed.items()},
    }


def test_editors_text_is_stored_beside_the_registrys(editor: Client, fill: Any) -> None:
    [trial] = fill(range(1, 2))
    before = Trial.objects.filter(pk=trial.pk).values().get()
    response = editor.post(url_of(trial), form(plain_title="A medicine for lupus", public_note="Call first."))
    assert response.status_code == 302
    stored = TrialEditorial.objects.get(trial=trial)
    assert (stored.plain_title, stored.public_note, stored.hidden) == ("A medicine for lupus", "Call first.", False)
    assert stored.edited_by is not None and stored.edited_by.get_username() == "editor"
    assert Trial.objects.filter(pk=trial.pk).values().get() == before


def test_each_changed_field_leaves_a_line_in_the_ledger(editor: Client, fill: Any) -> None:
    [trial] = fill(range(1, 2))
    editor.post(url_of(trial), form(plain_title="A medicine for lupus"))
    [note] = FieldNote.objects.filter(origin="EDITED")
    assert (note.path, note.shown) == ("editorial.plain_title", "A medicine for lupus")
    assert note.written == "Study of a Medicine in Lupus"
    assert note.editor is not None and note.edited_at is not None


def test_saving_the_same_text_again_leaves_no_second_line(editor: Client, fill: Any, django_user_model: Any) -> None:
    [trial] = fill(range(1, 2))
    user = django_user_model.objects.get()
    for _ in range(2):
        save_editorial(trial, EditorialText(public_note="Call first."), editor=user)
    assert FieldNote.objects.filter(origin="EDITED").count() == 1


def test_hiding_without_a_reason_is_refused_with_a_sentence(editor: Client, fill: Any) -> None:
    [trial] = fill(range(1, 2))
    for reason in ("", "   "):
        response = editor.post(url_of(trial), form(hidden="on", hidden_reason=reason))
        assert response.status_code == 200
        assert "Say why the study is taken off the pages." in response.content.decode()
    assert not TrialEditorial.objects.exists()
    assert not FieldNote.objects.filter(origin="EDITED").exists()


def test_hiding_without_a_reason_is_refused_by_the_ingest_side_too(fill: Any, django_user_model: Any) -> None:
    [trial] = fill(range(1, 2))
    user = django_user_model.objects.create_user("somebody")
    with pytest.raises(ValidationError, match="Say why"):
        save_editorial(trial, EditorialText(hidden=True), editor=user)
    assert not TrialEditorial.objects.filter(hidden=True).exists()
    assert not FieldNote.objects.filter(origin="EDITED").exists()


def test_hidden_study_has_no_link_to_its_page(editor: Client, fill: Any) -> None:
    [trial] = fill(range(1, 2))
    assert "View on site" in editor.get(url_of(trial)).content.decode()
    editor.post(url_of(trial), form(hidden="on", hidden_reason="Doubtful record."))
    assert TrialEditorial.objects.get().hidden
    assert "View on site" not in editor.get(url_of(trial)).content.decode()


def test_hostile_post_cannot_change_registry_text(editor: Client, fill: Any) -> None:
    [trial] = fill(range(1, 2))
    before = Trial.objects.filter(pk=trial.pk).values().get()
    hostile = {
        "brief_title": "Buy now",
        "nct_id": "NCT00000001",
        "overall_status": "WITHDRAWN",
        "eligibility_criteria": "",
        "in_scope": "",
        "editorial-0-edited_by": "1",
    }
    assert editor.post(url_of(trial), form() | hostile).status_code == 302
    assert editor.post(url_of(trial), form(plain_title="x", trial="999999")).status_code == 200
    assert Trial.objects.filter(pk=trial.pk).values().get() == before
    assert not TrialEditorial.objects.exists()


@pytest.mark.parametrize("model", ["site", "contact", "condition", "importrun", "recordversion", "fieldnote"])
def test_registry_rows_take_no_post(model: str, editor: Client, fill: Any) -> None:
    from django.apps import apps

    fill(range(1, 2))
    rows = apps.get_model("trials", model).objects
    before = list(rows.order_by("pk").values())
    row = rows.order_by("pk").first()
    change = reverse(f"admin:trials_{model}_change", args=[row.pk])
    assert editor.post(change, {"name": "x", "facility": "x", "payload": "{}"}).status_code == 403
    assert editor.get(reverse(f"admin:trials_{model}_add")).status_code == 403
    assert editor.post(reverse(f"admin:trials_{model}_delete", args=[row.pk]), {"post": "yes"}).status_code == 403
    assert list(rows.order_by("pk").values()) == before


def test_trial_cannot_be_added_or_deleted(editor: Client, fill: Any) -> None:
    [trial] = fill(range(1, 2))
    assert editor.get(reverse("admin:trials_trial_add")).status_code == 403
    assert editor.post(reverse("admin:trials_trial_delete", args=[trial.pk]), {"post": "yes"}).status_code == 403
    assert Trial.objects.filter(pk=trial.pk).exists()
