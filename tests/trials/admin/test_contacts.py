from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from trials.models import Contact, ContactDecision, Trial

QUEUE = "?decision=waiting"


@pytest.fixture
def strange(store: Any, study: Any) -> Trial:
    """A study whose record names a person of a body that has nothing to do with it."""
    [trial] = store(study(1, _strange))
    return trial


def _strange(protocol: dict[str, Any]) -> None:
    protocol["contactsLocationsModule"]["overallOfficials"] = [
        {
            "name": "Study lead elsewhere",
            "affiliation": "National Institute of Allergy and Infectious Diseases (NIAID)",
            "role": "PRINCIPAL_INVESTIGATOR",
        }
    ]
    protocol["contactsLocationsModule"]["locations"] = [
        {"facility": "Zhejiang University Hospital", "city": "Hangzhou", "country": "China"}
    ]
    protocol["sponsorCollaboratorsModule"]["leadSponsor"] = {"name": "Zhejiang University", "class": "OTHER"}


def decide(client: Client, contact: Contact, action: str) -> Any:
    url = reverse("admin:trials_contact_changelist") + QUEUE
    return client.post(url, {"action": action, "_selected_action": [contact.pk]}, follow=True)


def hidden(trial: Trial) -> str:
    return Contact.objects.get(trial=trial, kind="OFFICIAL").hidden


def again(store: Any, study: Any) -> None:
    """A later record with the same contact, spelled with other blanks and capitals."""

    def later(protocol: dict[str, Any]) -> None:
        _strange(protocol)
        protocol["contactsLocationsModule"]["overallOfficials"][0]["name"] = "study  lead ELSEWHERE"
        protocol["statusModule"]["lastUpdatePostDateStruct"] = {"date": "2026-07-01"}

    store(study(1, later))


def test_strange_contact_waits_in_the_queue(strange: Trial, editor: Client) -> None:
    page = editor.get(reverse("admin:trials_contact_changelist") + QUEUE)
    assert [contact.name for contact in page.context["cl"].result_list] == ["Study lead elsewhere"]


def test_shown_contact_stays_shown_after_the_next_import(
    strange: Trial, editor: Client, store: Any, study: Any
) -> None:
    response = decide(editor, Contact.objects.get(kind="OFFICIAL"), "show_contact")
    assert "Decided on 1 contact." in response.content.decode()
    assert hidden(strange) == ""
    again(store, study)
    assert hidden(strange) == ""
    decision = ContactDecision.objects.get()
    assert decision.show and decision.decided_by is not None


def test_contact_kept_hidden_leaves_the_queue_for_good(strange: Trial, editor: Client, store: Any, study: Any) -> None:
    decide(editor, Contact.objects.get(kind="OFFICIAL"), "keep_hidden")
    assert hidden(strange) == "editor"
    again(store, study)
    assert hidden(strange) == "editor"
    page = editor.get(reverse("admin:trials_contact_changelist") + QUEUE)
    assert list(page.context["cl"].result_list) == []


def test_a_decision_can_be_turned_round(strange: Trial, editor: Client) -> None:
    contact = Contact.objects.get(kind="OFFICIAL")
    decide(editor, contact, "keep_hidden")
    url = reverse("admin:trials_contact_changelist") + "?decision=kept"
    editor.post(url, {"action": "show_contact", "_selected_action": [contact.pk]})
    assert hidden(strange) == ""
    assert ContactDecision.objects.get().show


def test_looking_is_not_deciding(strange: Trial, client: Client, django_user_model: Any) -> None:
    from django.contrib.auth.models import Permission

    reader = django_user_model.objects.create_user("reader", is_staff=True)
    reader.user_permissions.add(Permission.objects.get(codename="view_contact"))
    client.force_login(reader)
    assert client.get(reverse("admin:trials_contact_changelist")).status_code == 200
    decide(client, Contact.objects.get(kind="OFFICIAL"), "show_contact")
    assert hidden(strange) != ""
    assert not ContactDecision.objects.exists()
