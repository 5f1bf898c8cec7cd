"""What changed in a study: its page version by version, and the newest change on the study's own page."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest

from tests.finder.conftest import html_of, section, words_of
from tests.studies import site, store, study, updated
from trials.models import RecordVersion, Trial, TrialEditorial

pytestmark = pytest.mark.django_db

PAGE = "/studies/NCT90000001/changes/"
STUDY = "/studies/NCT90000001/"
WIDER = {"eligibilityModule": {"minimumAge": "14 Years"}}


def versions(client, path: str = PAGE) -> list[str]:
    """The HTML of each version, as the page orders them."""
    return re.findall(r'<section class="version.*?</section>', html_of(client, path), re.DOTALL)


def unfolded(html: str) -> str:
    """What a person reads before anything is opened."""
    return words_of(re.sub(r"<details\b(?! [^>]*open).*</details>", "", html, flags=re.DOTALL))


def sites(*places: tuple[str, str], status: str = "RECRUITING") -> dict:
    found = [site(f"Clinic {n}", city, country, status=status) for n, (city, country) in enumerate(places)]
    return {"contactsLocationsModule": {"locations": found}}


def test_versions_stand_newest_first_each_with_its_own_date_and_what_changed(client):
    store(study(), updated("2026-11-01", **WIDER))
    newest, first = versions(client)
    assert "1 November 2026" in words_of(newest) and "Now also takes ages 14 to 17." in unfolded(newest)
    assert "Compared with the version of 1 October 2026." in words_of(newest)
    assert "1 October 2026 We first read this record on 20 November 2026." in words_of(first)
    assert "Now also takes" not in first


def test_what_matters_to_who_may_join_stands_open_and_the_rest_is_folded(client):
    design = {"enrollmentInfo": {"count": 90, "type": "ESTIMATED"}}
    store(study(), updated("2026-11-01", **WIDER, designModule=design))
    newest = versions(client)[0]
    assert "Now also takes" in unfolded(newest)
    assert "The study now plans for 90 people." in words_of(newest) and "90 people" not in unfolded(newest)


def test_the_rest_stands_open_where_nothing_else_changed(client):
    store(study(), updated("2026-11-01", designModule={"enrollmentInfo": {"count": 90, "type": "ESTIMATED"}}))
    assert "The study now plans for 90 people." in unfolded(versions(client)[0])


def test_an_update_of_the_date_alone_says_that_nothing_changed(client):
    store(study(), updated("2026-11-01"))
    assert "Nothing changed that a reader would notice." in words_of(versions(client)[0])
    assert "Nothing changed that a reader would notice." in words_of(section(client, "changed", STUDY))


def test_many_sites_are_summed_by_country_with_all_of_them_beneath(client):
    old = [("Berlin", "Germany")] * 250
    places = [(f"Town {n}", country) for n, country in enumerate(["France", "Italy", "Spain", "Japan", "Chile"] * 50)]
    store(study(**sites(*old[:1])), updated("2026-11-01", **sites(*old[:1], *places)))
    newest = versions(client)[0]
    assert "250 new sites in 5 countries." in words_of(newest)
    listed = re.search(r'<ul class="each">(.*?)</ul>', newest, re.DOTALL).group(1)
    assert len(re.findall("<li>", listed)) == 250 and "Clinic 250, Town 249, Chile" in listed
    countries = [words_of(one).rpartition(", ")[2] for one in re.findall("<li>.*?</li>", listed)]
    assert countries == sorted(countries)
    assert "Clinic 250" not in unfolded(newest)


def test_sites_that_open_are_named_when_they_are_few_and_counted_when_they_are_not(client):
    few, many = [("Milan", "Italy")], [(f"Town {n}", "Italy") for n in range(4)]
    store(
        study(**sites(*few, status="NOT_YET_RECRUITING")),
        updated("2026-11-01", **sites(*few)),
        study("NCT90000002", **sites(*many, status="NOT_YET_RECRUITING")),
    )
    later = updated("2026-11-01", **sites(*many))
    later["protocolSection"]["identificationModule"]["nctId"] = "NCT90000002"
    store(later)
    assert "This site now takes people: Clinic 0, Milan, Italy." in words_of(versions(client)[0])
    assert "4 sites opened in Italy." in words_of(versions(client, "/studies/NCT90000002/changes/")[0])


def test_rules_show_the_words_that_went_and_came_to_eyes_and_to_ears(client):
    rules = "Inclusion Criteria:\n\n* {} disease \\> 6 &amp; stable\n\nExclusion Criteria:\n\n* Pregnancy"
    old, new = ({"eligibilityModule": {"eligibilityCriteria": rules.format(word)}} for word in ("Active", "Severe"))
    store(study(**old), updated("2026-11-01", **new))
    newest = versions(client)[0]
    assert "The rules on who can join are worded in a new way." in unfolded(newest)
    assert words_of(re.search(r"<del>.*?</del>", newest).group()) == "[No longer there:] Active [End]"
    assert words_of(re.search(r"<ins>.*?</ins>", newest).group()) == "[New:] Severe [End]"
    assert "disease > 6 & stable" in unescape(newest) and "\\" not in newest and "&amp;amp;" not in newest


def test_a_long_text_shows_what_stands_around_the_change_alone(client):
    lines = "\n".join(f"* Rule number {n} which stays as it was" for n in range(200))
    old, new = ({"eligibilityModule": {"eligibilityCriteria": f"{lines}\n* {one} disease\n{lines}"}} for one in "AB")
    store(study(**old), updated("2026-11-01", **new))
    words = words_of(re.search(r'<p class="diff".*?</p>', versions(client)[0], re.DOTALL).group())
    assert words.startswith("…") and words.endswith("…") and len(words) < 600
    assert "[No longer there:] A [End] [New:] B [End] disease" in words


def test_contacts_are_never_named_however_a_site_is_called(client):
    """A site that is called as a field of a contact must not make it tell."""

    def people(name: str) -> dict:
        one = {"name": name, "role": "CONTACT", "phone": f"+49 {len(name)}", "email": f"{name[:4]}@example.org"}
        official = {"name": f"Prof {name}", "affiliation": "Elsewhere", "role": "PRINCIPAL_INVESTIGATOR"}
        listed = [site("name", "", status="RECRUITING", contacts=[one]), site(status="RECRUITING", contacts=[one])]
        return {
            "contactsLocationsModule": {"locations": listed, "centralContacts": [one], "overallOfficials": [official]}
        }

    store(study(**people("Jane Roe")), updated("2026-11-01", **people("Richard Miles")))
    page = html_of(client, PAGE)
    assert "The contact for the study changed." in page
    assert "The contact at this site changed: Charité, Berlin." in page
    assert "The contact at this site changed: name." in page
    for told in ("Jane", "Roe", "Richard", "Miles", "+49", "@", "Elsewhere"):
        assert told not in page


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


def test_markup_of_a_record_is_shown_and_not_run(client):
    nasty = '<script>alert(1)</script><img src=x onerror="alert(2)">'
    rules = {"eligibilityCriteria": f"Inclusion Criteria:\n\n* Lupus {nasty}"}
    told = {**sites((nasty, "Germany")), "conditionsModule": {"conditions": [nasty]}, "eligibilityModule": rules}
    store(study(), updated("2026-11-01", **told))
    html = html_of(client, PAGE)
    assert "<script>alert" not in html and "<img src=x" not in html and "alert(1)" in html


@pytest.mark.parametrize("path", [PAGE, f"/es{PAGE}", f"/zh-hans{PAGE}", STUDY])
def test_nothing_that_is_not_stated_is_printed_as_none(read, path):
    bare = {"protocolSection": {"identificationModule": {"nctId": "NCT90000001"}}}
    store(bare, study(), updated("2026-11-01", **WIDER, outcomesModule={"primaryOutcomes": []}))
    page = read(path)
    assert not re.search(r"\bNone\b|%\(|\bnull\b", page)
