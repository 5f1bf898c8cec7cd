"""The pages in a clinic's frame: where they stand, who may show them, and what they leave out."""

import re

import pytest
from django.test import Client

from tests.studies import site, store, study
from trials.models import Partner, PartnerViews

pytestmark = pytest.mark.django_db
FRAMED = {"Sec-Fetch-Dest": "iframe"}
JOURNEY = (
    "studies/", "studies/?q=lupus", "studies/map/", "studies/NCT90000001/", "studies/NCT90000001/handout/",
    "studies/NCT90000001/changes/", "compare/", "compare/?ids=NCT90000001,NCT90000002",
    "saved/", "saved/?ids=NCT90000001,lupus",
    "check/", "learn/", "privacy/", "about/", "conditions/sle/",
)  # fmt: skip


def get(partner, path="", **headers):
    return Client().get(f"/embed/{partner.key}/{path}", headers=headers)


@pytest.fixture(autouse=True)
def studies(db):
    store(study(), study("NCT90000002"))


@pytest.mark.parametrize("language", ["en", "es", "zh-hans"])
@pytest.mark.parametrize("path", JOURNEY)
def test_the_journey_stays_in_the_frame_and_sets_no_cookie(partner, language, path):
    answer = get(partner, f"{language}/{path}")
    assert answer.status_code == 200
    assert not answer.cookies and "{{" not in answer.content.decode()
    root = f"/embed/{partner.key}/"
    within = re.sub(r'<[^<>]+ target="_blank"[^<>]*>', "", answer.content.decode())
    for address in re.findall(r'(?:href|action|hx-get|hx-post|data-suggest)="(/[^"]*)"', within):
        assert address.startswith((root, "/static/")), address


def test_the_entrance_leads_to_what_the_clinic_wants_in_its_language(lupus_partner):
    Partner.objects.update(language="es", near="Leeds", radius_km=100)
    answer = get(lupus_partner)
    wanted = "es/studies/?condition=sle&condition=systemic-sclerosis&near=Leeds&radius=100"
    assert (answer.status_code, answer["Location"]) == (302, f"/embed/{lupus_partner.key}/{wanted}")


@pytest.mark.parametrize(
    ("shows", "path"), [("check", "en/check/"), ("browse", "en/studies/"), ("both", "en/studies/")]
)
def test_the_entrance_of_a_clinic_that_shows_one_part_leads_there(partner, shows, path):
    Partner.objects.update(shows=shows)
    assert get(partner)["Location"] == f"/embed/{partner.key}/{path}"
    page = get(partner, "en/learn/").content.decode()
    assert ("Check what may fit" in page) is (shows != "browse")


def test_only_the_clinics_pages_may_frame_it(partner):
    answer = get(partner, "en/studies/")
    policy = answer["Content-Security-Policy"]
    assert "frame-ancestors https://clinic.example.org https://*.hospital.example;" in f"{policy};"
    assert "default-src 'none'" in policy
    assert "X-Frame-Options" not in answer
    ours = Client().get("/studies/")
    assert ours["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in ours["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("change", "headers", "status", "said"),
    [
        ({"key": "other"}, {}, 404, "There is no clinic with the key"),
        ({"active": False}, {}, 403, "is switched off"),
        ({}, {**FRAMED, "Referer": "https://stranger.example/"}, 403, "Pages of https://stranger.example may not show"),
        ({}, {**FRAMED, "Referer": "https://clinic.example.org.evil.example/"}, 403, "may not show"),
        ({}, {**FRAMED, "Referer": "http://clinic.example.org/"}, 403, "may not show"),
    ],
)
def test_who_may_not_show_it_gets_a_clear_page_that_stands_in_no_frame(partner, change, headers, status, said):
    Partner.objects.update(**change)
    for path in ("", "en/studies/", "en/nothing/"):
        answer = get(partner, path, **headers)
        assert (answer.status_code, answer["Cache-Control"]) == (status, "no-store")
        assert said in answer.content.decode()
        assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]


@pytest.mark.parametrize("key", ["%00", "a%0d%0ab", "%3Cscript%3E", "x" * 2_000, "ключ"])
def test_a_strange_key_is_an_unknown_one(key):
    answer = Client().get(f"/embed/{key}/en/studies/")
    assert answer.status_code == 404 and "<script>" not in answer.content.decode()


@pytest.mark.parametrize(
    "referer", ["https://clinic.example.org/a?b", "https://a.hospital.example", "", "http://testserver/"]
)
def test_who_may_show_it_or_does_not_tell_gets_the_page(partner, referer):
    assert get(partner, "en/studies/", **FRAMED, Referer=referer).status_code == 200


@pytest.mark.parametrize("path", ["studies/feed/", "studies/csv/", "conditions/sle/feed/"])
def test_feeds_are_the_sites_own(partner, path):
    assert get(partner, f"en/{path}?q=lupus")["Location"] == f"/{path}?q=lupus"
    assert get(partner, f"es/{path}")["Location"] == f"/es/{path}"
    assert get(partner, f"en//evil.example/{path}").status_code == 404


def test_the_web_editor_is_told_why(partner):
    assert "may not show" in get(partner, "why/?origin=https://stranger.example").content.decode()
    assert "The finder is ready" in get(partner, "why/?origin=https://clinic.example.org").content.decode()


def test_a_pages_views_are_counted_by_day_and_study_alone(partner):
    for path in ("en/studies/NCT90000001/", "es/studies/NCT90000001/", "en/studies/", "en/nothing/", "style.css"):
        get(partner, path)
    Client().post(f"/embed/{partner.key}/en/check/", {"do": "next"})
    get(partner, "en/suggest/?q=lu")
    counted = {row.nct_id: row.views for row in PartnerViews.objects.all()}
    assert counted == {"NCT90000001": 2, "": 1}
    assert {field.name for field in PartnerViews._meta.fields} == {"id", "partner", "day", "nct_id", "views"}


def test_the_clinics_colour_is_a_file_whose_words_can_be_read(partner):
    page = get(partner, "en/studies/").content.decode()
    [address] = re.findall(r'href="(/embed/[^"]*style\.css[^"]*)"', page)
    style = Client().get(address)
    assert style["Content-Type"] == "text/css"
    assert "#ffcc00" in style.content.decode()  # in the dark scheme
    assert "style=" not in page


def test_what_is_open_at_the_clinic_comes_first(partner):
    ours = site("Leeds Teaching Hospitals NHS Trust", "Leeds", "United Kingdom", status="RECRUITING")
    store(study("NCT90000002", contactsLocationsModule={"locations": [site(), ours]}))
    page = get(partner, "en/studies/").content.decode()
    assert re.findall(r'study-card" data-nct-id="(\w+)"', page) == ["NCT90000002", "NCT90000001"]
    assert page.count("Open at Example Clinic") == 1
    of_study = get(partner, "en/studies/NCT90000002/").content.decode()
    assert of_study.index('<h3 id="own">Example Clinic</h3>') < of_study.index("Charité")
    newest = get(partner, "en/studies/?sort=newest").content.decode()
    assert re.findall(r'study-card" data-nct-id="(\w+)"', newest) == ["NCT90000001", "NCT90000002"]
