"""The booklet for a clinic's waiting room: which studies, what of each, and on paper."""

import io
import re
from html import unescape

import pytest
import segno
import zxingcpp
from django.test import Client
from PIL import Image

from finder.embed import booklet
from finder.embed.qr import qr_code
from tests.pdf_text import pages_of
from tests.studies import site, store, study
from trials.ingest.conditions import load_conditions
from trials.models import Partner, PartnerViews

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def conditions(db):
    """Before any clinic chooses of them."""
    load_conditions()


def html_of(partner, language="en"):
    answer = Client().get(f"/embed/{partner.key}/{language}/booklet/")
    assert answer.status_code == 200
    return answer.content.decode()


def listed(html):
    return re.findall(r'booklet-study" id="study-\d+" data-nct-id="(\w+)"', html)


def closed(nct_id):
    return study(nct_id, statusModule={"overallStatus": "COMPLETED"})


def some(count, **modules):
    return [study(f"NCT900000{n:02}", **modules) for n in range(1, count + 1)]


def test_the_open_studies_with_which_the_list_begins_stand_in_it(lupus_partner):
    other = study("NCT90000003", conditionsModule={"conditions": ["Sjögren's Syndrome"], "keywords": []},
                  identificationModule={"briefTitle": "Other", "officialTitle": "Other"},
                  descriptionModule={"briefSummary": "Other."})  # fmt: skip
    ours = site("Leeds Teaching Hospitals NHS Trust", "Leeds", "United Kingdom", status="RECRUITING")
    invited = study("NCT90000005", statusModule={"overallStatus": "ENROLLING_BY_INVITATION"})
    at_home = study("NCT90000004", contactsLocationsModule={"locations": [site(), ours]})
    store(study(), closed("NCT90000002"), other, at_home, invited)
    html = html_of(lupus_partner)
    assert listed(html) == ["NCT90000004", "NCT90000001"]
    assert "<dt>Conditions</dt><dd>Lupus (SLE) and Systemic sclerosis (scleroderma)</dd>" in html
    first, second = html.split('id="study-2"')
    assert "Open at Example Clinic:</strong>" in first and "Leeds Teaching Hospitals NHS Trust" in first
    assert "1 more open site" in first and "Charité" not in first
    assert "Charité" in second and "Open at" not in second
    assert "Tel. 0000 000" in first and "This is not medical advice." in first
    assert PartnerViews.objects.get().nct_id == ""


def test_a_study_says_what_one_needs_to_call(partner):
    contact = {"name": "Jane Example", "phone": "+49 30 0000", "email": "study@example.org", "role": "CONTACT"}
    old = {"lastUpdatePostDateStruct": {"date": "2024-01-01", "type": "ACTUAL"}}
    store(study(statusModule=old, contactsLocationsModule={"locations": [site(status="RECRUITING")],
                                                           "centralContacts": [contact]}))  # fmt: skip
    html = html_of(partner)
    for said in ("Open to join", "NCT90000001", "18 years to 75 years", "Testumab", "Charité", "Berlin", "Germany",
                 "+49 30 0000", "study@example.org", "Call first.", "more than 12 months ago"):  # fmt: skip
        assert said in html, said


def test_what_lies_outside_the_distance_is_left_out_and_the_search_is_told(partner):
    store(study())
    Partner.objects.update(near="Germany")
    assert "<dt>Near</dt><dd>Germany</dd>" in html_of(partner)
    Partner.objects.update(near="France")
    html = html_of(partner)
    assert listed(html) == [] and "No study is open to join here at the moment." in html
    assert "http://testserver/studies/" in html
    Partner.objects.update(near="Nowhereville-on-Sea")
    assert "We do not know the place “Nowhereville-on-Sea”" in html_of(partner)


def test_the_contents_stand_before_more_than_eight_studies_alone(partner):
    store(*some(8))
    assert "The studies in this booklet" not in html_of(partner)
    store(study("NCT90000009"))
    html = html_of(partner)
    assert html.count('<li><a href="#study-') == 9 == len(listed(html))


def test_a_booklet_has_an_end_and_says_how_many_are_missing(partner, monkeypatch):
    monkeypatch.setattr(booklet, "MOST_STUDIES", 2)
    store(*some(5))
    html = html_of(partner)
    assert len(listed(html)) == 2 and "5 studies are open to join" in html
    assert "3 more studies are open to join. You find them on the site." in html


@pytest.mark.parametrize("number", [1, 20])
def test_the_number_of_queries_does_not_grow(lupus_partner, django_assert_num_queries, number):
    store(*some(number))
    html_of(lupus_partner)  # what a process asks once
    with django_assert_num_queries(QUERIES):
        html_of(lupus_partner)


QUERIES = 25  # the partner, its conditions, the search, the studies with all their parts, and the count of this view


@pytest.mark.parametrize(("language", "prefix"), [("en", ""), ("es", "es/"), ("zh-hans", "zh-hans/")])
def test_each_code_leads_out_of_the_frame_in_the_language_of_the_page(partner, language, prefix):
    store(study())
    html = html_of(partner, language)
    address = f"http://testserver/{prefix}studies/NCT90000001/"
    [code] = re.findall(r'<svg viewBox="0 0 (\d+) \d+" class="qr".*?<path d="([^"]+)".*?</svg>\s*<p[^>]*>([^<]+)</p>',
                        html, re.DOTALL)  # fmt: skip
    assert unescape(code[2]) == address
    assert (int(code[0]), code[1]) == (qr_code(address).size, qr_code(address).path)
    assert 'role="img" aria-label="' in html and "style=" not in html and "<script>" not in html


@pytest.mark.parametrize("text", ["http://testserver/studies/NCT90000001/", "https://a.example/" + "x" * 300])
def test_the_drawing_has_exactly_the_modules_of_the_code(text):
    made, drawn = segno.make(text, error="m", micro=False, boost_error=False), qr_code(text)
    assert made.error == "M" and drawn.size == len(made.matrix) + 8
    dark = set()
    strokes = re.findall(r"M(\d+) (\d+)h(\d+)v1H(\d+)z", drawn.path)
    assert "".join(f"M{x} {y}h{length}v1H{back}z" for x, y, length, back in strokes) == drawn.path
    for x, y, length, back in strokes:
        assert x == back
        dark |= {(int(x) + n - 4, int(y) - 4) for n in range(int(length))}
    assert dark == {(x, y) for y, row in enumerate(made.matrix) for x, module in enumerate(row) if module}


def test_on_paper_no_study_is_broken_and_the_codes_are_large_enough(partner, page, live_server):
    store(*some(12))
    page.goto(f"{live_server.url}/embed/{partner.key}/en/booklet/")
    assert page.locator("[data-print]").is_visible()
    page.emulate_media(media="print", color_scheme="dark")
    assert not page.locator("[data-print]").is_visible()
    millimetres = page.locator(".qr").first.evaluate("e => e.getBoundingClientRect().width * 25.4 / 96")
    drawing = page.locator(".qr").first.evaluate("e => [e.viewBox.baseVal.width]")[0]
    assert millimetres * (drawing - 8) / drawing >= 25
    picture = Image.open(io.BytesIO(page.locator(".qr").nth(4).screenshot()))
    [read] = zxingcpp.read_barcodes(picture)
    assert read.text == f"{live_server.url}/studies/NCT90000005/"
    colours = page.locator(".booklet a").evaluate_all("all => all.map(one => getComputedStyle(one).color)")
    assert set(colours) == {"rgb(0, 0, 0)"}  # whatever colour the clinic has
    sheets = pages_of(page.pdf(format="A4", prefer_css_page_size=True))
    for n in range(1, 13):
        [sheet] = [sheet for sheet in sheets if f"RegistryidNCT900000{n:02}" in sheet]
        assert f"/studies/NCT900000{n:02}/" in sheet and f"{n}.Astudyof" in sheet
        assert "Welastreaditon" in sheet.partition(f"RegistryidNCT900000{n:02}")[2]
    assert [sheet[-len(f"{n}/{len(sheets)}") :] for n, sheet in enumerate(sheets, 1)]
