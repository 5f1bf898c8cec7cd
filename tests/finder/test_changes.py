"""What changed in a study: its page version by version, and the newest change on the study's own page."""

import re
from html import unescape

import pytest

from tests.finder.conftest import html_of, section, words_of
from tests.studies import site, store, study, updated

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
    assert "The text on who can join changed. It may ask for something else now." in unfolded(newest)
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
