"""Every list and page of the desk answers, with the same number of queries for 1 and for 30 rows."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.admin.utils import quote
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from trials import models as m
from trials.admin.filters import WORTH_A_LOOK
from trials.criteria.checks import MESSAGES as WARNINGS
from trials.ingest.readings import FAILED

MODELS = [
    *(m.Trial, m.Site, m.Contact, m.Condition, m.ConditionTerm),
    *(m.ImportRun, m.ImportFailure, m.RecordVersion, m.FieldNote),
]
Fill = Callable[[range], list[m.Trial]]


def queries(client: Client, url: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as seen:
        response = client.get(url)
        content = response.content
    assert response.status_code == 200, (url, response.status_code)
    assert b"</html>" in content
    return len(seen)


def list_of(model: Any) -> str:
    return reverse(f"admin:trials_{model._meta.model_name}_changelist")


def page_of(row: Any) -> str:
    return reverse(f"admin:trials_{row._meta.model_name}_change", args=[quote(row.pk)])


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_list_has_same_query_count_for_1_and_30_rows(model: Any, editor: Client, fill: Fill) -> None:
    fill(range(1, 2))
    queries(editor, list_of(model))  # fills caches that live as long as the process
    one = queries(editor, list_of(model))
    fill(range(2, 31))
    assert model.objects.count() >= 30 or model in (m.ConditionTerm, m.ImportRun)
    assert queries(editor, list_of(model)) == one


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_page_has_same_query_count_for_1_and_30_rows(model: Any, editor: Client, fill: Fill) -> None:
    fill(range(1, 2))
    row = model.objects.order_by("pk").first()
    queries(editor, page_of(row))
    one = queries(editor, page_of(row))
    fill(range(2, 31))
    assert queries(editor, page_of(row)) == one


def test_trial_page_has_same_query_count_for_1_and_20_sites(editor: Client, store: Any, study: Any) -> None:
    def many(protocol: dict[str, Any]) -> None:
        protocol["contactsLocationsModule"]["locations"] = [
            {"facility": f"Hospital {n}", "city": "Berlin", "country": "Germany", "contacts": [{"name": f"Desk {n}"}]}
            for n in range(20)
        ]
        protocol["conditionsModule"]["conditions"] = ["Lupus", "Myositis", "Scleroderma", "Vasculitis"]

    small, large = store(study(1), study(2, many))
    queries(editor, page_of(small))
    assert queries(editor, page_of(small)) == queries(editor, page_of(large))


def test_trial_page_shows_first_part_of_long_list_and_way_to_all(editor: Client, store: Any, study: Any) -> None:
    def many(protocol: dict[str, Any]) -> None:
        protocol["contactsLocationsModule"]["locations"] = [
            {"facility": f"Hospital {n}", "city": "Berlin", "country": "Germany"} for n in range(40)
        ]

    [trial] = store(study(1, many))
    page = editor.get(page_of(trial)).content.decode()
    assert "The first 25 of 40 are shown." in page
    assert f"{list_of(m.Site)}?trial__id__exact={trial.pk}" in page


@pytest.mark.parametrize(
    "query",
    [
        *("overall_status__exact=COMPLETED", "phase=PHASE2", "condition=sle", "country=DE", "notes=FLAGGED"),
        *("contact=yes", "stale=no", "gone=no", "in_scope__exact=1", "off=no", "registry__exact=ctgov"),
    ],
)
def test_each_trial_filter_keeps_the_studies_it_names(query: str, editor: Client, fill: Fill) -> None:
    fill(range(1, 3))
    assert editor.get(f"{list_of(m.Trial)}?{query}").context["cl"].result_count == 2


@pytest.mark.parametrize(
    "query",
    [
        *(
            "overall_status__exact=RECRUITING",
            "phase=PHASE3",
            "condition=anca-vasculitis",
            "country=FR",
            "notes=FILLED",
        ),
        *("contact=no", "stale=yes", "gone=yes", "in_scope__exact=0", "off=yes", "registry__exact=hand"),
        *("criteria=outdated", "criteria=corrected", "criteria=unread"),
    ],
)
def test_each_trial_filter_drops_the_others(query: str, editor: Client, fill: Fill) -> None:
    fill(range(1, 3))
    elsewhere = m.Site.objects.filter(city="Toronto").order_by("pk")[:1]
    m.Site.objects.filter(pk__in=elsewhere).update(country_code="FR")
    expected = 1 if query == "country=FR" else 0
    assert editor.get(f"{list_of(m.Trial)}?{query}").context["cl"].result_count == expected


def test_studies_whose_criteria_need_a_look_are_found_and_counted(editor: Client, fill: Fill) -> None:
    first, second, third, fourth = fill(range(1, 5))
    m.CriteriaReading.objects.update(warnings=[])
    user, base = m.TrialEditorial.edited_by.field.related_model.objects.get(), {"criteria": [], "text_hash": "x"}
    m.CriteriaCorrection.objects.create(trial=first, editor=user, outdated=True, **base)
    m.CriteriaCorrection.objects.create(trial=second, editor=user, **base)
    m.Criterion.objects.filter(trial=third).delete()
    warnings = [{"code": "missing_unit", "criterion": None, "words": "5"}]
    m.CriteriaReading.objects.filter(trial=fourth).update(warnings=warnings)
    for value, trial in (("outdated", first), ("corrected", second), ("unread", third), ("doubts", fourth)):
        found = editor.get(f"{list_of(m.Trial)}?criteria={value}").context["cl"].queryset
        assert [one.nct_id for one in found] == [trial.nct_id], value
    page = editor.get(reverse("admin:index")).content.decode()
    assert "1 has a new text since it was corrected" in page and "?criteria=outdated" in page
    assert "1 has doubts about its criteria" in page and "?criteria=doubts" in page


def test_doubts_wait_that_may_change_who_can_join_until_an_editor_has_settled_them(editor: Client, fill: Fill) -> None:
    trials = fill(range(1, 6))
    codes = ("asked_by_team", "exclusion_missing", "and_or_unclear", "uncertain_repair", "criteria_missing")
    for trial, code in zip(trials, codes, strict=True):
        warnings = [{"code": other, "criterion": None, "words": "x"} for other in ("exception_inside", code)]
        m.CriteriaReading.objects.filter(trial=trial).update(warnings=warnings)
    user, base = m.TrialEditorial.edited_by.field.related_model.objects.get(), {"criteria": [], "text_hash": "x"}
    m.CriteriaCorrection.objects.create(trial=trials[3], editor=user, **base)
    m.Trial.objects.filter(pk=trials[4].pk).update(eligibility_criteria="")  # nothing to look at

    def found(value: str) -> set[str]:
        return {one.nct_id for one in editor.get(f"{list_of(m.Trial)}?criteria={value}").context["cl"].queryset}

    assert found("doubts") == {trials[1].nct_id, trials[2].nct_id}
    assert len(found("warnings")) == 5
    assert "2 have doubts about their criteria" in editor.get(reverse("admin:index")).content.decode()


def test_every_doubt_worth_a_look_has_a_sentence() -> None:
    assert set(WORTH_A_LOOK) <= {*WARNINGS, FAILED}


def test_first_page_names_what_waits(editor: Client, fill: Fill) -> None:
    fill(range(1, 3))
    page = editor.get(reverse("admin:index")).content.decode()
    assert "CTD Trial Finder – review desk" in page
    assert "2 wait for a decision" in page
    assert "1 maps to nothing yet" in page
    assert page.index("Registry terms") < page.index("Import runs") < page.index("Record versions")


def test_no_page_carries_inline_script_or_style(editor: Client, fill: Fill) -> None:
    [trial] = fill(range(1, 2))
    urls = [list_of(model) for model in MODELS]
    urls += [page_of(model.objects.order_by("pk").first()) for model in MODELS]
    urls += [reverse("admin:index"), reverse("admin:trials_trial_changes", args=[trial.pk])]
    urls += [reverse("admin:trials_trial_criteria", args=[trial.pk]), reverse("admin:trials_trial_paste")]
    for url in urls:
        page = editor.get(url).content.decode()
        assert "<style" not in page
        assert " style=" not in page
        assert " onclick=" not in page
        assert "<script>" not in page
