"""Every kind of page in a real browser: accessible, nothing sideways, nobody else asked, light."""

import gzip
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Response

from tests.browser.conftest import fill_site
from tests.browser.looking import violations
from tests.studies import store, study

PATHS = [
    "/", "/studies/", "/studies/?q=lupus&age=40&status=RECRUITING", "/studies/?q=zebrafish&age=x",
    "/studies/NCT90000000/", "/studies/NCT90000001/", "/studies/NCT90000099/",
    "/studies/NCT90000000/handout/", "/studies/NCT90000099/handout/", "/studies/NCT90000000/changes/",
    "/learn/words/", "/learn/words/?q=lupus", "/learn/words/?q=xyzzy", "/studies/map/",
    "/conditions/", "/conditions/sle/", "/conditions/neonatal-lupus/",
    "/learn/", "/about/", "/privacy/", "/accessibility/", "/api/", "/zh-hans/api/",
    "/studies/NCT12345678/", "/nowhere/",
    "/saved/", "/saved/open/",
    "/es/", "/es/studies/?q=lupus&age=40", "/zh-hans/conditions/sle/", "/zh-hans/studies/NCT90000001/",
]  # fmt: skip
FIRST_VISIT_BYTES = 60_000
SCRIPT_BYTES = 20_000
ALL_WORDS = "/learn/words/"  # thousands of elements of a few kinds, which the search among them shows, too
BEYOND = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
SMALL = """() => [...document.querySelectorAll(
    'button, select, input:not([type=hidden]), summary, nav a, .chip[href], .option')]
    .filter(e => e.checkVisibility()).map(e => [e.outerHTML.slice(0, 90), e.getBoundingClientRect().height])
    .filter(([html, height]) => height < 43.5)"""
CUT_SHORT = "document.querySelectorAll('li:nth-child(n+13)').forEach(e => e.remove())"


DATES = {
    "startDateStruct": {"date": "2025-03", "type": "ACTUAL"},
    "primaryCompletionDateStruct": {"date": "2028-12", "type": "ESTIMATED"},
    "completionDateStruct": {"date": "2028-12", "type": "ESTIMATED"},
}


@pytest.fixture(scope="module")
def site_url(shared_site: str) -> str:
    fill_site()
    store(study("NCT90000050", statusModule=DATES))
    return shared_site


@dataclass
class Seen:
    """What one walk over all pages found: by path, width in pixels and colours; by path; and each small element."""

    violations: dict[tuple[str, int, str], list[str]] = field(default_factory=dict)
    pixels_beyond: dict[str, int] = field(default_factory=dict)
    small: list[Any] = field(default_factory=list)


@pytest.fixture(scope="module")
def seen(browser: Browser, site_url: str) -> Seen:
    """Every page whole on a phone; then as it is in the dark, and wide, with the first twelve of each long list."""
    # No transition: colours are measured at once after the scheme has changed.
    context = browser.new_context(color_scheme="light", reduced_motion="reduce")
    page = context.new_page()
    found = Seen()
    for path in PATHS:
        page.set_viewport_size({"width": 375, "height": 900})
        page.emulate_media(color_scheme="light")
        page.goto(site_url + path)
        found.small += page.evaluate(SMALL)
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        found.violations[path, 375, "light"] = violations(page, "light")
        page.set_viewport_size({"width": 320, "height": 640})
        found.pixels_beyond[path] = page.evaluate(BEYOND)
        if path == ALL_WORDS:
            continue
        page.evaluate(CUT_SHORT)
        for width, scheme in ((375, "dark"), (1280, "dark"), (1280, "light")):
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=scheme)
            found.violations[path, width, scheme] = violations(page, scheme)
    context.close()
    return found


def test_axe_finds_nothing(seen: Seen):
    assert {at: bad for at, bad in seen.violations.items() if bad} == {}


def test_nothing_scrolls_sideways_on_the_narrowest_screen(seen: Seen):
    assert {path: pixels for path, pixels in seen.pixels_beyond.items() if pixels > 0} == {}


def test_targets_are_large_enough_for_a_finger(seen: Seen):
    assert seen.small == []


@dataclass
class Visits:
    """What twenty first visits asked for, said and left behind."""

    responses: list[Response] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)
    cookies: list[Any] = field(default_factory=list)
    kept: dict[str, list[Any]] = field(default_factory=dict)
    bytes_by_path: dict[str, dict[str, int]] = field(default_factory=dict)


@pytest.fixture(scope="module")
def visits(browser: Browser, site_url: str) -> Visits:
    """Pages as they are sent; static files compressed, as whitenoise serves them once they are collected."""
    context = browser.new_context()
    page = context.new_page()
    page.context.new_cdp_session(page).send("Network.setCacheDisabled", {"cacheDisabled": True})  # as on a first visit
    made = Visits()
    sizes: dict[str, int] = {}
    page.on("requestfinished", lambda request: sizes.update({request.url: request.sizes()["responseBodySize"]}))
    page.on("response", lambda response: made.responses.append(response))
    page.on("console", lambda message: made.messages.append(message.text))
    compressed: dict[str, int] = {}
    for path in PATHS[:20]:
        sizes.clear()
        page.goto(site_url + path, wait_until="networkidle")
        made.kept[path] = page.evaluate("[document.cookie, localStorage.length, sessionStorage.length]")
        static = {url for url in sizes if "/static/" in url}
        for url in static - compressed.keys():
            compressed[url] = len(gzip.compress(page.request.get(url).body()))
        made.bytes_by_path[path] = sizes | {url: compressed[url] for url in static}
    made.cookies += context.cookies()
    context.close()
    return made


def test_asks_no_other_host_and_leaves_nothing_behind(visits: Visits, site_url: str):
    assert len(visits.kept) == 20
    assert {path: kept for path, kept in visits.kept.items() if kept != ["", 0, 0]} == {}
    hosts = {urlsplit(response.url).netloc for response in visits.responses}
    assert hosts == {urlsplit(site_url).netloc}
    assert visits.cookies == []
    assert visits.messages == []  # no blocked style or script, no missing file


def test_a_first_visit_is_light(visits: Visits):
    heavy = {}
    for path, sizes in visits.bytes_by_path.items():
        scripts = sum(size for url, size in sizes.items() if "/static/" in url and url.endswith(".js"))
        total = sum(sizes.values())
        if scripts >= SCRIPT_BYTES or total >= FIRST_VISIT_BYTES or not total:
            heavy[path] = (total, scripts)
    assert len(visits.bytes_by_path) == 20 and heavy == {}


def test_print_shows_all_sites_and_no_navigation(page: Page, site_url: str):
    page.goto(site_url + "/studies/NCT90000000/")
    page.emulate_media(media="print")
    assert page.locator(".site-header nav:visible").count() == 0
    assert page.locator(".sites li").count() == 200
    heights = page.evaluate("[...document.querySelectorAll('.sites li')].map(e => e.getBoundingClientRect().height)")
    assert all(height > 10 for height in heights)


def test_the_words_of_the_timeline_stay_inside_the_drawing(browser: Browser, site_url: str):
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(site_url + "/studies/NCT90000050/")
    assert page.locator(".timeline text", has_text="Main results measured by").count() == 1
    beyond = page.evaluate(
        """() => [...document.querySelectorAll('.timeline text')]
        .filter(t => t.getBBox().x + t.getBBox().width > t.ownerSVGElement.viewBox.baseVal.width)
        .map(t => t.textContent)"""
    )
    context.close()
    assert beyond == []


def test_fields_are_wide_enough_to_be_read(browser: Browser, site_url: str):
    context = browser.new_context(viewport={"width": 375, "height": 812})
    page = context.new_page()
    page.goto(site_url)
    assert page.locator("#near").bounding_box()["width"] > 200
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(site_url + "/studies/")
    assert page.locator("#q").bounding_box()["width"] > 240
    context.close()


def test_no_contact_begins_with_a_separator(browser: Browser, site_url: str):
    context = browser.new_context(viewport={"width": 375, "height": 812})
    page = context.new_page()
    page.goto(site_url + "/studies/NCT90000000/")
    marks = page.evaluate(
        """() => [...document.querySelectorAll('.contact > *')].map(e => getComputedStyle(e, '::before').content)"""
    )
    context.close()
    assert marks and set(marks) == {"none"}
