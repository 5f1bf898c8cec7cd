from typing import Any

import pytest
from django.contrib.admin.utils import quote
from django.test import Client
from django.urls import reverse

from trials.models import ConditionTerm, Trial, TrialCondition

State = ConditionTerm.State


@pytest.fixture
def term(store: Any, study: Any) -> ConditionTerm:
    def nameless(protocol: dict[str, Any]) -> None:
        protocol["conditionsModule"] = {"conditions": ["Unheard Of Ailment"]}
        protocol["identificationModule"] |= {"briefTitle": "A Study", "officialTitle": "A Study"}

    store(study(1), study(2, nameless), study(3, nameless))
    return ConditionTerm.objects.get(text="Unheard Of Ailment")


def post(client: Client, term: ConditionTerm, decision: str, *slugs: str) -> Any:
    url = reverse("admin:trials_conditionterm_change", args=[quote(term.pk)])
    return client.post(url, {"decision": decision, "conditions": list(slugs), "text": "changed", "state": "MAPPED"})


def links() -> set[tuple[str | None, str]]:
    return {(link.trial.nct_id, link.condition_id) for link in TrialCondition.objects.select_related("trial")}


def test_queue_lists_unmapped_terms_most_listed_first(term: ConditionTerm, editor: Client) -> None:
    page = editor.get(reverse("admin:trials_conditionterm_changelist") + "?state__exact=UNMAPPED")
    rows = page.context["cl"].result_list
    assert [(row.text, row._trials) for row in rows] == [("Unheard Of Ailment", 3)]


def test_mapping_a_term_links_every_study_that_lists_it(term: ConditionTerm, editor: Client) -> None:
    assert not Trial.objects.get(nct_id="NCT90000002").in_scope
    assert post(editor, term, "means", "sle").status_code == 302
    term.refresh_from_db()
    assert (term.state, term.text) == (State.EDITED, "Unheard Of Ailment")
    assert {("NCT90000001", "sle"), ("NCT90000002", "sle"), ("NCT90000003", "sle")} <= links()
    assert Trial.objects.get(nct_id="NCT90000002").in_scope


def test_ignored_term_leaves_the_queue(term: ConditionTerm, editor: Client) -> None:
    assert post(editor, term, "none").status_code == 302
    term.refresh_from_db()
    assert term.state == State.IGNORED
    page = editor.get(reverse("admin:trials_conditionterm_changelist") + "?state__exact=UNMAPPED")
    assert list(page.context["cl"].result_list) == []


def test_mapping_can_be_given_back_to_our_list(term: ConditionTerm, editor: Client) -> None:
    before = links()
    post(editor, term, "means", "sle")
    assert links() != before
    post(editor, term, "list")
    term.refresh_from_db()
    assert term.state == State.UNMAPPED
    assert links() == before


@pytest.mark.parametrize(
    ("decision", "slugs", "sentence"),
    [
        ("means", (), "Choose at least one condition, or another answer above."),
        ("none", ("sle",), "Take the conditions out, or choose the first answer above."),
    ],
)
def test_contradictory_decision_is_refused_with_a_sentence(
    decision: str, slugs: tuple[str, ...], sentence: str, term: ConditionTerm, editor: Client
) -> None:
    response = post(editor, term, decision, *slugs)
    assert response.status_code == 200
    assert sentence in response.content.decode()
    term.refresh_from_db()
    assert term.state == State.UNMAPPED


def test_conditions_can_be_found_while_typing(term: ConditionTerm, editor: Client) -> None:
    asked = {"app_label": "trials", "model_name": "conditionterm", "field_name": "conditions", "term": "lupus"}
    found = editor.get(reverse("admin:autocomplete"), asked).json()["results"]
    assert "sle" in {row["id"] for row in found}
