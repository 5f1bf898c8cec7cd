"""What holds on every public page."""

import re
from itertools import pairwise
from urllib.parse import urlsplit

import pytest
from django.test import Client

from finder.languages.addresses import language_of
from tests.studies import store, study

pytestmark = pytest.mark.django_db

PAGES = ["/", "/studies/", "/studies/?q=lupus&age=40", "/studies/NCT90000001/", "/conditions/", "/conditions/sle/"]
PAGES += ["/studies/map/", "/es/studies/map/?q=lupus&map=world", "/api/"]
PAGES += ["/learn/", "/learn/words/?q=lung&kind=test", "/about/", "/privacy/", "/accessibility/"]
PAGES += ["/compare/", "/es/compare/?ids=NCT90000001"]
PAGES += ["/saved/"]
PAGES += ["/studies/NCT90000001/changes/", "/es/studies/NCT90000001/changes/"]
PAGES += ["/es/", "/es/studies/?q=lupus&age=40", "/es/studies/NCT90000001/", "/zh-hans/conditions/sle/"]
MACHINE = ["/robots.txt", "/sitemap.xml"]
STUDY_WITH_MARKUP = {"briefTitle": 'A </script><b onclick="x">trial</b> & more', "officialTitle": "{{ official }}"}


@pytest.fixture(autouse=True, scope="module")
def one_study(shared_rows):
    store(study(identificationModule=STUDY_WITH_MARKUP))


@pytest.mark.parametrize("path", PAGES)
def test_has_one_heading_landmarks_language_and_description(client, path):
    html = client.get(path).content.decode()
    assert len(re.findall(r"<h1\b", html)) == 1
    language = f'<html lang="{language_of(path)}" dir="ltr">'
    for part in (language, "<main ", "<header ", "<footer ", 'class="skip" href="#main"'):
        assert part in html
    assert re.search(r'<meta name="description"[^>]* content="[^"]{20,}">', html)
    assert len(re.findall(r"<title[^>]*>[^<]+</title>", html)) == 1
    canonical = re.search(r'<link rel="canonical" href="([^"]+)">', html).group(1)
    assert canonical == f"http://testserver{urlsplit(path).path}"


@pytest.mark.parametrize("path", PAGES)
def test_ids_are_unique_and_headings_skip_no_level(client, path):
    html = client.get(path).content.decode()
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    levels = [int(level) for level in re.findall(r"<h([1-6])\b", html)]
    assert all(after <= before + 1 for before, after in pairwise(levels)), levels


@pytest.mark.parametrize("path", PAGES)
def test_no_inline_script_or_style_and_no_markup_from_the_registry(client, path):
    html = client.get(path).content.decode()
    assert not re.search(r"""<[a-z][^<>]*\s(style|on\w+)=(?=["'])|<style|href="javascript:""", html)
    inline = re.findall(r"<script(?![^>]*\bsrc=)([^>]*)>", html)
    assert all("application/ld+json" in attributes for attributes in inline)
    assert "<b onclick" not in html
    assert "script-src 'self'" in client.get(path).headers["Content-Security-Policy"]


@pytest.mark.parametrize("path", PAGES + MACHINE)
def test_is_public_for_five_minutes_and_sets_no_cookie(client, path):
    response = client.get(path)
    assert "public" in response.headers["Cache-Control"] and "max-age=300" in response.headers["Cache-Control"]
    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")
    assert response.headers["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize("path", PAGES)
def test_is_the_same_without_a_trace_of_who_asks(client, path):
    """A cache may give one visitor's page to another."""
    marked = Client(headers={"User-Agent": "x", "Cookie": "sessionid=abc"})
    assert marked.get(path).content == client.get(path).content


@pytest.mark.parametrize("path", PAGES)
def test_is_compressed(client, path):
    response = client.get(path, headers={"Accept-Encoding": "gzip"})
    assert response.headers["Content-Encoding"] == "gzip"
    assert len(response.content) < 20_000


@pytest.mark.parametrize("path", PAGES)
def test_reads_only(client, path):
    assert client.post(path).status_code == 405


def test_every_link_inside_leads_somewhere(client):
    """Each is followed once, from the first page that it stands on."""
    page_with: dict[str, str] = {}
    for path in PAGES:
        html = client.get(path).content.decode()
        for target in set(re.findall(r'(?:href|action|hx-get)="(/[^"#]*)', html)) - {"/admin/"}:
            if not target.startswith("/static/"):
                page_with.setdefault(target.replace("&amp;", "&"), path)
    answers = {(path, target): client.get(target).status_code for target, path in page_with.items()}
    assert len(answers) > 100 and {link: status for link, status in answers.items() if status != 200} == {}
