"""The pages on what changed: in sentences, word by word, and line by line."""

from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from trials.admin.comparison import MAX_DIFF_LINES, raw_diff
from trials.models import RecordVersion, Trial


def compare_url(version: RecordVersion) -> str:
    return reverse("admin:trials_recordversion_compare", args=[version.pk])


def newest(trial: Trial) -> RecordVersion:
    version = trial.versions.first()
    assert version is not None
    return version


def later(month: int, **changed: Any) -> Any:
    def change(protocol: dict[str, Any]) -> None:
        protocol["statusModule"]["lastUpdatePostDateStruct"] = {"date": f"2026-{month:02}-01"}
        for module, values in changed.items():
            protocol[module] |= values

    return change


def test_version_is_compared_with_the_one_before_it(editor: Client, store: Any, study: Any) -> None:
    wider = later(6, eligibilityModule={"minimumAge": "14 Years"})
    [trial, *_rest] = store(study(1), study(1, wider))
    page = editor.get(compare_url(newest(trial))).content.decode()
    assert "Now also takes ages 14 to 17." in page
    assert "&quot;minimumAge&quot;: &quot;14 Years&quot;" in page
    assert "&quot;minimumAge&quot;: &quot;18 Years&quot;" in page


def test_any_two_versions_of_a_trial_can_be_compared(editor: Client, store: Any, study: Any) -> None:
    ages = ["14 Years", "16 Years"]
    versions = [study(1, later(6 + n, eligibilityModule={"minimumAge": age})) for n, age in enumerate(ages)]
    [trial, *_rest] = store(study(1), *versions)
    oldest = trial.versions.last()
    page = editor.get(compare_url(newest(trial)), {"with": oldest.pk}).content.decode()
    assert "Now also takes ages 16 to 17." in page


def test_version_of_another_trial_is_not_compared(editor: Client, store: Any, study: Any) -> None:
    one, other = store(study(1), study(2))
    assert editor.get(compare_url(newest(one)), {"with": newest(other).pk}).status_code == 404


def test_oldest_version_says_that_there_is_none_before(editor: Client, store: Any, study: Any) -> None:
    [trial] = store(study(1))
    page = editor.get(compare_url(newest(trial))).content.decode()
    assert "This is the oldest version of the record." in page


def test_markup_in_a_record_is_shown_not_run(editor: Client, store: Any, study: Any) -> None:
    nasty = '<script>alert(1)</script><img src=x onerror="alert(2)">'
    criteria = later(6, eligibilityModule={"eligibilityCriteria": f"Inclusion Criteria:\n\n* Lupus {nasty}"})
    place = {"locations": [{"facility": f"Clinic {nasty}", "city": nasty, "country": "Germany"}]}

    def change(protocol: dict[str, Any]) -> None:
        criteria(protocol)
        protocol["contactsLocationsModule"] |= place
        protocol["identificationModule"]["briefTitle"] = f"Title {nasty}"
        protocol["conditionsModule"]["conditions"] = [f"Ailment {nasty}"]

    [trial, *_rest] = store(study(1), study(1, change))
    site, term = trial.sites.first(), trial.listed_conditions.first().term
    from django.contrib.admin.utils import quote

    for url in (
        compare_url(newest(trial)),
        reverse("admin:trials_trial_changes", args=[trial.pk]),
        reverse("admin:trials_trial_change", args=[trial.pk]),
        reverse("admin:trials_trial_changelist"),
        reverse("admin:trials_recordversion_change", args=[newest(trial).pk]),
        reverse("admin:trials_site_change", args=[site.pk]),
        reverse("admin:trials_conditionterm_change", args=[quote(term.pk)]),
    ):
        page = editor.get(url).content.decode()
        assert "<script>alert" not in page, url
        assert "<img src=x" not in page, url


def test_every_step_of_a_trial_is_told_newest_first(editor: Client, store: Any, study: Any) -> None:
    closed = later(7, statusModule={"overallStatus": "COMPLETED"})
    older = later(6, eligibilityModule={"maximumAge": "N/A"})
    [trial, *_rest] = store(study(1), study(1, older), study(1, closed))
    page = editor.get(reverse("admin:trials_trial_changes", args=[trial.pk])).content.decode()
    assert page.index("The study is finished.") < page.index("Now also takes people aged 76 and older.")


def test_history_has_same_query_count_for_2_and_6_versions(editor: Client, store: Any, study: Any) -> None:
    def count(number: int, versions: int) -> int:
        [trial, *_rest] = store(*(study(number, later(1 + n)) for n in range(versions)))
        with CaptureQueriesContext(connection) as seen:
            assert editor.get(reverse("admin:trials_trial_changes", args=[trial.pk])).status_code == 200
        return len(seen)

    assert count(1, 2) == count(2, 6)


def test_record_that_cannot_be_read_still_shows_its_lines(editor: Client, store: Any, study: Any) -> None:
    [trial, *_rest] = store(study(1), study(1, later(6)))
    RecordVersion.objects.filter(pk=newest(trial).pk).update(payload='{"protocolSection": {}}')
    page = editor.get(compare_url(newest(trial))).content.decode()
    assert "This record cannot be put into sentences: The record has no NCT id." in page
    assert "desk-gone" in page


def test_long_difference_is_cut_with_a_sentence() -> None:
    lines, cut = raw_diff(list(range(10_000)), list(range(20_000, 30_000)))
    assert len(lines) == MAX_DIFF_LINES
    assert cut == f"Only the first {MAX_DIFF_LINES} lines are shown."
    assert raw_diff([1, 2], [1, 2]) == ([], "")


def test_staff_without_permission_sees_nothing(client: Client, store: Any, study: Any, django_user_model: Any) -> None:
    [trial] = store(study(1))
    client.force_login(django_user_model.objects.create_user("clerk", is_staff=True))
    assert "You do not have permission to see anything here." in client.get(reverse("admin:index")).content.decode()
    for url in (
        reverse("admin:trials_trial_changelist"),
        reverse("admin:trials_trial_change", args=[trial.pk]),
        reverse("admin:trials_trial_changes", args=[trial.pk]),
        reverse("admin:trials_contact_changelist"),
        reverse("admin:trials_conditionterm_changelist"),
        compare_url(newest(trial)),
    ):
        assert client.get(url).status_code == 403, url


def test_visitor_is_sent_to_the_sign_in_page(client: Client, store: Any, study: Any) -> None:
    [trial] = store(study(1))
    for url in (compare_url(newest(trial)), reverse("admin:trials_trial_changes", args=[trial.pk])):
        assert client.get(url).status_code == 302
