"""One address is one page in one language; every page leads to itself in the others."""

import json
import re
from datetime import date
from html import unescape

import pytest
from django.conf import settings as configured
from django.test import Client, RequestFactory
from django.utils import translation

from finder.languages.addresses import language_links, language_of, path_in
from finder.presenters.condition_list import condition_name, ours
from tests.studies import site, store, study
from trials import language
from trials.conditions import resolve
from trials.plain_language.tongue import LANGUAGES, tongue
from trials.vocab import DatePrecision

CODES = ["en", "es", "zh-hans"]
OTHERS = CODES[1:]
PATHS = ["/", "/studies/", "/studies/NCT90000001/", "/conditions/", "/conditions/sle/"]
PATHS += ["/learn/", "/about/", "/privacy/", "/accessibility/", "/api/"]


@pytest.fixture
def one_study(db):
    store(study())


def links_of(html: str) -> dict[str, str]:
    """The list of languages: the code of each and where it leads."""
    listed = re.search(r'<ul id="languages"[^>]*>(.*?)</ul>', html, re.DOTALL).group(1)
    return {code: unescape(url) for url, code in re.findall(r'<a href="([^"]+)" lang="([^"]+)"', listed)}


def test_all_parts_know_the_same_languages():
    assert [code for code, _name in configured.LANGUAGES] == CODES == list(LANGUAGES)
    assert [name for _code, name in configured.LANGUAGES] == ["English", "Español", "简体中文"]


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/", "en"), ("/studies/", "en"), ("/es/", "es"), ("/es", "es"), ("/es/studies/", "es"),
        ("/zh-hans/learn/", "zh-hans"), ("/en/learn/", "en"), ("/es-mx/", "en"), ("/zh/", "en"), ("/ES/", "en"),
        ("/estudios/", "en"), ("/admin/", "en"), ("//es/", "en"), ("", "en"),
    ],
)  # fmt: skip
def test_the_first_part_of_a_path_names_its_language(path, code):
    assert language_of(path) == code


@pytest.mark.parametrize(
    ("code", "path", "expected"),
    [
        ("es", "/", "/es/"), ("en", "/es/", "/"), ("zh-hans", "/es/", "/zh-hans/"), ("es", "/es/", "/es/"),
        ("es", "/studies/?q=es/a&age=40", "/es/studies/?q=es/a&age=40"), ("en", "/zh-hans/learn/", "/learn/"),
        ("en", "/es//elsewhere.example/", "/%2Felsewhere.example/"),
        ("en", "//elsewhere.example/", "/%2Felsewhere.example/"),
    ],
)  # fmt: skip
def test_a_path_has_its_like_in_every_language(code, path, expected):
    assert path_in(code, path) == expected


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("path", PATHS)
def test_a_page_says_its_language_and_where_the_others_are(client, one_study, code, path):
    response = client.get(path_in(code, path))
    html = response.content.decode()
    assert (response.status_code, response.headers["Content-Language"]) == (200, code)
    assert f'<html lang="{code}" dir="ltr">' in html
    assert f'<link rel="canonical" href="http://testserver{path_in(code, path)}">' in html
    alternates = re.findall(r'<link rel="alternate" hreflang="([^"]+)" href="http://testserver([^"]+)">', html)
    assert alternates == [*((other, path_in(other, path)) for other in CODES), ("x-default", path)]
    assert links_of(html) == {other: path_in(other, path) for other in CODES}
    assert re.findall(r'lang="([^"]+)" hreflang="[^"]+" aria-current="true"', html) == [code]


@pytest.mark.parametrize("path", PATHS)
def test_what_a_browser_or_a_cookie_asks_for_changes_no_page(client, one_study, path):
    plain = client.get(path)
    other = Client(headers={"Accept-Language": "es,zh;q=0.5", "Cookie": "django_language=es"}).get(path)
    assert other.content == plain.content
    assert "Accept-Language" not in plain.headers.get("Vary", "") and "Cookie" not in plain.headers.get("Vary", "")


@pytest.mark.parametrize("code", OTHERS)
@pytest.mark.parametrize("path", PATHS)
def test_all_links_inside_stay_in_the_language(client, one_study, code, path):
    html = client.get(path_in(code, path)).content.decode()
    listed = re.search(r'<nav class="languages".*?</nav>', html, re.DOTALL).group()
    targets = re.findall(r'(?:href|action|hx-get)="(/[^"#]*)', html.replace(listed, ""))
    inside = [target for target in targets if not target.startswith("/static/")]
    assert len(inside) > 5 and [target for target in inside if not target.startswith(f"/{code}/")] == []


def test_the_list_of_languages_keeps_the_search(client, one_study):
    asked = "?q=lupus+%26+more&age=40&status=RECRUITING"
    whole = client.get(f"/es/studies/{asked}").content.decode()
    part = client.get(f"/es/studies/{asked}", headers={"HX-Request": "true"}).content.decode()
    expected = {code: path_in(code, f"/studies/{asked}") for code in CODES}
    assert links_of(whole) == links_of(part) == expected
    assert '<ul id="languages" hx-swap-oob="innerHTML">' in part and "hx-swap-oob" not in whole


def test_the_canonical_page_of_a_list_leaves_the_filters_out_in_every_language(client, one_study):
    html = client.get("/es/studies/?q=lupus&age=40").content.decode()
    assert '<link rel="canonical" href="http://testserver/es/studies/">' in html
    assert '<link rel="alternate" hreflang="en" href="http://testserver/studies/">' in html


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("/es/studies/nct90000001/", "/es/studies/NCT90000001/"),
        ("/zh-hans/conditions/SLE/", "/zh-hans/conditions/sle/"),
        ("/es/studies/?q=nct90000001", "/es/studies/NCT90000001/"),
        ("/es", "/es/"),
        ("/es/studies?age=40", "/es/studies/?age=40"),
    ],
)
@pytest.mark.django_db
def test_a_redirect_stays_in_the_language(client, path, target):
    assert client.get(path).url == target


@pytest.mark.django_db
@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("path", ["/nowhere/", "/studies/NCT12345678/", "/conditions/nope/"])
def test_a_page_that_is_not_there_is_missed_in_its_language(client, code, path):
    response = client.get(path_in(code, path))
    html = response.content.decode()
    assert (response.status_code, response.headers["Content-Language"]) == (404, code)
    assert f'<html lang="{code}"' in html and f'class="button" href="{path_in(code, "/")}"' in html


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/es/healthz", "/es/robots.txt", "/es/sitemap.xml", "/es/admin/", "/en/learn/"])
def test_pages_for_machines_and_editors_have_no_language_in_their_address(client, path):
    assert client.get(path).status_code == 404


def test_no_address_leads_to_another_host(rf: RequestFactory):
    request = rf.get("/")
    request.path = request.path_info = "//elsewhere.example/"
    assert [link.url[:2] for link in language_links(request)] == ["/%", "/e", "/z"]


@pytest.mark.django_db
@pytest.mark.parametrize(("asked", "code"), [("es-MX,es", "es"), ("zh-CN", "zh-hans"), ("fr", "en"), ("", "en")])
def test_the_admin_speaks_what_the_browser_asks_for(client, asked, code):
    response = client.get("/admin/login/", headers={"Accept-Language": asked})
    assert f'<html lang="{code}"' in response.content.decode()
    assert "Accept-Language" in response.headers["Vary"] and response.headers["Content-Language"] == code


@pytest.mark.django_db
def test_a_request_leaves_no_language_behind(client):
    client.get("/zh-hans/")
    assert translation.get_language() == "en"


@pytest.mark.parametrize("code", CODES)
def test_machines_are_told_the_language(client, one_study, code):
    for path, found in (("/", lambda data: data), ("/studies/NCT90000001/", lambda data: data["mainEntityOfPage"])):
        html = client.get(path_in(code, path)).content.decode()
        data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL).group(1))
        assert found(data)["inLanguage"] == code
        assert data["url"] == f"http://testserver{path_in(code, path)}"


@pytest.mark.parametrize("code", OTHERS)
def test_titles_of_the_registry_are_marked_as_english_and_said_to_be(client, one_study, code):
    note = "The titles of the studies are in English, as the registry has them."
    with translation.override(code):
        said = translation.gettext(note)
    for path in ("/studies/", "/conditions/sle/"):
        html = client.get(path_in(code, path)).content.decode()
        assert re.search(r'<a href="[^"]+" lang="en">Testumab in Lupus</a>', html) and said in html
        assert note not in client.get(path).content.decode()


@pytest.mark.parametrize(
    ("code", "day", "month", "year", "number", "parts", "country"),
    [
        ("en", "3 November 2026", "November 2026", "2026", "12,345", "A, B and C", "Germany"),
        ("es", "3 de noviembre de 2026", "noviembre de 2026", "2026", "12.345", "A, B y C", "Alemania"),
        ("zh-hans", "2026年11月3日", "2026年11月", "2026年", "12,345", "A、B和C", "德国"),
    ],
)
def test_dates_numbers_lists_and_countries_are_the_languages_own(code, day, month, year, number, parts, country):
    then = date(2026, 11, 3)
    with translation.override(code):
        assert [language.precise_date(then, p) for p in DatePrecision] == [
            {DatePrecision.YEAR: year, DatePrecision.MONTH: month}.get(p, day) for p in DatePrecision
        ]
        assert (language.number(12345), language.listing("ABC")) == (number, parts)
        assert language.country_name("DE") == tongue(code).country("DE") == country


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("en", ["Åland Islands", "Austria", "China", "Türkiye"]),
        ("es", ["África", "Alemania", "España", "Zambia"]),
        ("zh-hans", ["阿根廷", "德国", "美国", "中国"]),
    ],
)
def test_names_are_sorted_as_their_readers_expect(code, names):
    with translation.override(code):
        assert sorted(set(names), key=language.name_key) == names


def html_in(client, code):
    return client.get(path_in(code, "/studies/")).content.decode()


def test_countries_to_choose_from_stand_in_the_order_of_the_language(client, db):
    places = [site(city="Quito", country=one, status="RECRUITING") for one in ("Germany", "Spain", "Austria", "China")]
    store(study(contactsLocationsModule={"locations": places}))
    offered = {
        code: [one.upper() for one in re.findall(r'id="f-country-(\w\w)"', html_in(client, code))] for code in CODES
    }
    assert offered == {
        "en": ["AT", "CN", "DE", "ES"],
        "es": ["DE", "AT", "CN", "ES"],
        "zh-hans": ["AT", "DE", "ES", "CN"],
    }


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("condition", ours(), ids=lambda condition: condition.slug)
def test_a_search_for_the_shown_name_finds_its_condition(code, condition):
    """The first page offers these names, so what is chosen there must be understood."""
    with translation.override(code):
        name = condition_name(condition)
    assert condition.slug in {found.slug for found in resolve(name, typed=True)}, name
