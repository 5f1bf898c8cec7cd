"""The history of a study as its page tells it: one version or many, in part, by hand, gone, and page by page."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from tests.finder.conftest import html_of, section, words_of
from tests.finder.test_changes import PAGE, STUDY, WIDER, versions
from tests.studies import store, study, updated
from trials.models import RecordVersion, Trial, TrialEditorial

pytestmark = pytest.mark.django_db


def test_one_version_alone_says_that_nothing_changed_and_since_when(client, read):
    store(study())
    store(study(), read_at=datetime(2026, 11, 22, tzinfo=UTC))
    said = "No change since we first read it on 20 November 2026. We last read it on 22 November 2026."
    assert said in read(PAGE)
    assert said in words_of(section(client, "changed", STUDY))
    assert len(versions(client)) == 1


def test_the_study_page_tells_the_newest_change_in_one_line_and_leads_to_all(client):
    closed = {"overallStatus": "SUSPENDED", "lastUpdatePostDateStruct": {"date": "2026-11-01", "type": "ACTUAL"}}
    store(study(), study(statusModule=closed, **WIDER))
    html = section(client, "changed", STUDY)
    assert "1 November 2026: The study is paused. And 1 more change." in words_of(html)
    assert f'href="{PAGE}"' in html
    assert 'href="/es/studies/NCT90000001/changes/"' in section(client, "changed", f"/es{STUDY}")


def test_a_record_read_in_part_says_that_changes_may_be_missing(read):
    part = {
        "protocolSection": {
            "identificationModule": {"nctId": "NCT90000001", "briefTitle": "Testumab in Lupus"},
            "statusModule": {
                "overallStatus": "SUSPENDED",
                "lastUpdatePostDateStruct": {"date": "2026-11-01", "type": "ACTUAL"},
            },
        }
    }
    store(study(), part)
    page = read(PAGE)
    assert "The study is paused." in page
    assert "We read at least one of these two versions only in part." in page
    assert "no longer" not in page  # what the part does not hold has not gone


def test_a_sample_in_our_words_is_not_compared_with_the_registrys_record(read):
    store(study(descriptionModule={"briefSummary": "In our words."}), source="sample:NCT90000001.json")
    store(updated("2026-11-01"))
    assert "No change since we first read it" in read(PAGE)


def test_a_study_gone_from_the_registry_says_so(read):
    store(study(), updated("2026-11-01", **WIDER))
    Trial.objects.update(gone_since="2026-11-02T00:00:00Z")
    page = read(PAGE)
    assert "The registry no longer lists this study. We noticed on 2 November 2026." in page
    assert "Now also takes ages 14 to 17." in page


def test_a_study_entered_by_hand_has_no_versions_and_says_so(client, read):
    store(study())
    RecordVersion.objects.all().delete()
    Trial.objects.update(registry="hand", nct_id="HAND-00001", listing_url="https://example.org/")
    page = read("/studies/HAND-00001/changes/")
    assert "This study is not from a registry." in page and "We hold no versions of this study to compare." in page
    html = html_of(client, "/studies/HAND-00001/")
    assert 'id="changed"' not in html and "tab=history" not in html_of(client, "/studies/HAND-00001/changes/")


def test_each_version_leads_to_the_registrys_own_history(client):
    store(study(), updated("2026-11-01", **WIDER))
    for html in versions(client):
        assert 'href="https://clinicaltrials.gov/study/NCT90000001?tab=history"' in html


def test_a_version_without_a_date_is_called_so(client):
    store(study(statusModule={"lastUpdatePostDateStruct": {}}), updated("2026-11-01", **WIDER))
    newest, first = (words_of(html) for html in versions(client))
    assert "Compared with a version without a date." in newest and first.startswith("Version without a date We first")


def test_a_version_that_cannot_be_read_any_more_keeps_its_place(client, caplog):
    store(study(), updated("2026-10-15"), updated("2026-11-01", **WIDER))
    RecordVersion.objects.filter(version_date="2026-10-15").update(payload='{"protocolSection": {}}')
    newest, middle, _first = (words_of(html) for html in versions(client))
    assert "We cannot compare this version with the one before it." in newest
    assert "We cannot compare this version with the one before it." in middle
    assert "cannot be compared" in caplog.text
    assert "We cannot compare this version" in words_of(section(client, "changed", STUDY))


def test_a_long_history_is_paged_and_no_version_is_lost(client):
    days = [datetime(2025, 1, 1) + timedelta(days=n) for n in range(20)]
    store(
        *(updated(f"{day:%Y-%m-%d}", eligibilityModule={"minimumAge": f"{40 - n} Years"}) for n, day in enumerate(days))
    )
    pages = [PAGE, *(f"{PAGE}?page={n}" for n in (2, 3, 4))]
    found = [re.search(r"<h2[^>]*>(.*?)</h2>", one).group(1) for path in pages for one in versions(client, path)]
    assert found == [f"{day.day} January 2025" for day in reversed(days)]
    assert "Now also takes people aged 28." in words_of(versions(client, pages[1])[2])
    first, second, _third, last = (html_of(client, path) for path in pages)
    assert f'rel="next" href="{PAGE}?page=2"' in first and 'rel="prev"' not in first
    assert (
        f'rel="prev" href="{PAGE}"' in second
        and f'<link rel="canonical" href="http://testserver{PAGE}?page=2">' in second
    )
    assert 'rel="next"' not in last
    assert versions(client, f"{PAGE}?page=x") == versions(client, PAGE)
    assert versions(client, f"{PAGE}?page=99") == versions(client, pages[3])


@pytest.mark.parametrize("number", [2, 6, 30])
def test_any_number_of_versions_costs_the_same_queries(client, django_assert_num_queries, number):
    store(*(updated(f"2025-01-{n + 1:02}", **WIDER) for n in range(number)))
    client.get(PAGE)
    with django_assert_num_queries(4):
        client.get(PAGE)


@pytest.mark.parametrize(("asked", "status"), [("NCT90000009", 404), ("NCT90000002", 404), ("nct90000001", 301)])
def test_a_study_that_is_not_shown_has_no_history(client, asked, status):
    store(study(), study("NCT90000002"))
    hidden = Trial.objects.get(nct_id="NCT90000002")
    TrialEditorial.objects.create(trial=hidden, hidden=True, hidden_reason="Asked for by the sponsor.")
    assert client.get(f"/studies/{asked}/changes/").status_code == status
