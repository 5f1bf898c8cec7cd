"""The admin's page of a clinic: what may be entered, what is pasted, and how it will look."""

import re
from html import unescape
from io import BytesIO

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from tests.studies import site, store, study
from trials.models import Partner

pytestmark = pytest.mark.django_db
ADD = "/admin/trials/partner/add/"


@pytest.fixture
def editor(db):
    client = Client()
    client.force_login(get_user_model().objects.create_superuser("editor"))
    return client


def form(**changed):
    return {
        "name": "Example Clinic", "active": "on", "allowed_origins": "https://clinic.example.org", "language": "en",
        "shows": "both", "accent": "", "near": "", "radius_km": "", "own_sites": "", "letterhead": "", **changed,
    }  # fmt: skip


def logo():
    written = BytesIO()
    Image.new("RGB", (400, 100), "#8a1f5c").save(written, "PNG")
    return SimpleUploadedFile("logo.png", written.getvalue(), "image/png")


def test_a_clinic_is_entered_and_gets_its_snippets(editor):
    added = form(
        allowed_origins=" https://Clinic.example.org/\n\nhttps://*.example.org", accent="#8A1F5C", new_logo=logo()
    )
    assert editor.post(ADD, added).status_code == 302
    partner = Partner.objects.get()
    assert partner.allowed_origins == "https://clinic.example.org\nhttps://*.example.org"
    assert (partner.accent, partner.logo_width, partner.logo_height) == ("#8a1f5c", 200, 50)
    page = editor.get(f"/admin/trials/partner/{partner.pk}/change/")
    html = page.content.decode()
    assert f'<script src="http://testserver/embed.js" data-key="{partner.key}"' in unescape(html)
    assert f"http://testserver/embed/{partner.key}/" in html
    assert "frame-src 'self'" in page["Content-Security-Policy"]
    shown = Client().get(re.search(r'src="(/embed/\w+/logo\.png[^"]*)"', html)[1])
    assert (shown.status_code, shown["Content-Type"]) == (200, "image/png")
    assert editor.post(f"/admin/trials/partner/{partner.pk}/change/", form(remove_logo="on")).status_code == 302
    assert Client().get(f"/embed/{partner.key}/logo.png").status_code == 404


def test_the_words_of_the_snippet_are_in_the_language_of_the_clinics_page(editor):
    partner = Partner.objects.create(name="Clínica", allowed_origins="https://clinic.example.org", language="es")
    html = unescape(editor.get(f"/admin/trials/partner/{partner.pk}/change/").content.decode())
    words = dict(re.findall(r'data-(title|skip|open|trouble|why)="([^"]+)"', html))
    assert len(words) == 5 and words["title"] == "Buscador de estudios"
    assert not [word for word in words.values() if re.search(r"\b(the|trial|finder|why)\b", word, re.IGNORECASE)]


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"allowed_origins": "http://clinic.example.org"}, "is not safe on its way"),
        ({"allowed_origins": "https://*.co.uk"}, "would let in strangers"),
        ({"allowed_origins": ""}, "This field is required"),
        ({"allowed_origins": "\n".join(f"https://a{n}.example.org" for n in range(51))}, "Name at most 50 origins"),
        ({"accent": "red"}, "Write the colour as #rrggbb"),
        ({"near": "Nowhereville-on-Sea"}, "We do not know the place"),
        ({"radius_km": "50"}, "Name the place from which the distance is measured"),
        ({"own_sites": "MGH"}, "is too short"),
        ({"takes_messages": "on"}, "Name the mailbox to which messages of visitors go"),
        ({"takes_messages": "on", "message_address": '"ab"@clinic.org'}, "letters that every mail server takes"),
        (
            {"new_logo": SimpleUploadedFile("logo.svg", b"<svg onload=alert(1)>", "image/svg+xml")},
            "cannot read this file",
        ),
    ],
)
def test_what_cannot_be_used_gets_a_sentence_and_is_not_stored(editor, changed, sentence):
    answer = editor.post(ADD, form(**changed))
    assert answer.status_code == 200 and sentence in answer.content.decode()
    assert not Partner.objects.exists()


def test_what_was_not_changed_is_not_said_to_be(editor):
    lines = {"own_sites": "First Hospital\r\nSecond Hospital", "letterhead": "Clinic\r\nStreet 1"}
    assert editor.post(ADD, form(**lines)).status_code == 302
    address = f"/admin/trials/partner/{Partner.objects.get().pk}/"
    assert editor.post(f"{address}change/", form(**lines, accent="#8a1f5c")).status_code == 302
    history = editor.get(f"{address}history/").content.decode()
    assert "Changed Colour" in history and "own sites" not in history and "Head of the page" not in history


def test_the_preview_shows_what_is_not_stored_yet(editor):
    store(study())
    typed = {"language": "es", "accent": "#8a1f5c", "shows": "browse", "conditions": "sle"}
    answer = editor.get("/admin/partner-preview/", typed)
    html = answer.content.decode()
    assert answer.status_code == 200 and '<html lang="es"' in html and "Lupus" in html
    assert "frame-ancestors 'self'" in answer["Content-Security-Policy"]
    assert "X-Frame-Options" not in answer
    assert 'href="/admin/partner-preview/style.css?accent=%238a1f5c"' in html
    assert "#8a1f5c" in editor.get("/admin/partner-preview/style.css", {"accent": "#8a1f5c"}).content.decode()
    assert "4.5 is needed" in editor.get("/admin/partner-preview/contrast/", {"accent": "#ffcc00"}).content.decode()
    assert Client().get("/studies/").status_code == 200  # the addresses of other pages are what they were
    assert not Partner.objects.exists()


STRANGE = [
    {},
    {"accent": "</style>", "near": "\0", "radius_km": "²", "language": "xx", "shows": "?", "key": "\0"},
    {"conditions": ["\0", "sle", "no-such"], "name": "x" * 900, "radius_km": "99999", "near": "Leeds"},
    {"shows": "check", "own_sites": "%_\\" * 500, "own_sites_first": "on"},
]


@pytest.mark.parametrize("typed", STRANGE)
def test_the_preview_takes_whatever_stands_in_the_form(editor, typed):
    assert editor.get("/admin/partner-preview/", typed).status_code == 200


def test_the_preview_is_kept_by_nobody_and_shown_to_no_other_site(editor):
    answer = editor.get("/admin/partner-preview/", {"name": "Example Clinic"})
    assert answer["Cache-Control"] == "no-store, private"
    assert "Access-Control-Allow-Origin" not in answer
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert editor.get("/admin/partner-preview/contrast/")["Cache-Control"] == "no-store, private"


@pytest.mark.parametrize("typed", ["Investigative Site", "Investigative Site |"])
def test_a_name_that_sites_of_many_towns_have_needs_its_town(editor, typed):
    places = [site("Investigative Site", city, "Germany", status="RECRUITING") for city in ("Jena", "Bonn")]
    store(study(contactsLocationsModule={"locations": places}))
    answer = editor.post(ADD, form(own_sites=typed))
    assert "is in the names of sites in 2 towns, such as Bonn (DE) and Jena (DE)" in unescape(answer.content.decode())
    assert editor.post(ADD, form(own_sites="Investigative Site | Jena", own_sites_first="on")).status_code == 302
    page = Client().get(f"/embed/{Partner.objects.get().key}/en/studies/NCT90000001/").content.decode()
    [own] = re.findall(r'<h3 id="own">.*?</ul>', page, re.DOTALL)
    assert "Jena" in own and "Bonn" not in own


def test_the_preview_is_for_editors_of_clinics_alone(db):
    reader = Client()
    reader.force_login(get_user_model().objects.create_user("reader", is_staff=True))
    assert reader.get("/admin/partner-preview/").status_code == 403
    assert Client().get("/admin/partner-preview/").status_code == 302
