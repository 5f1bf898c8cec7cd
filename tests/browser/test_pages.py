"""Every kind of page in a real browser: accessible, nothing sideways, nobody else asked, light."""

import gzip
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Response

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
    "/es/", "/es/studies/?q=lupus&age=40", "/zh-hans/conditions/sle/", "/zh-hans/studies/NCT90000001/",
]  # fmt: skip
FIRST_VISIT_BYTES = 60_000
SCRIPT_BYTES = 20_000
ALL_WORDS = "/learn/words/"  # thousands of elements of a few kinds, which the search among them shows, too
CUT_SHORT = "document.querySelectorAll('li:nth-child(n+13)').forEach(e => e.remove())"


def test_axe_finds_nothing(browser: Browser, site_url: str):
    """Every page whole on a phone; then as it is in the dark, and wide, with the first twelve of each long list."""
    # No transition: colours are measured at once after the scheme has changed.
    context = browser.new_context(color_scheme="light", reduced_motion="reduce")
    page = context.new_page()
    found = {}
    for path in PATHS:
        page.set_viewport_size({"width": 375, "height": 900})
        page.emulate_media(color_scheme="light")
        page.goto(site_url + path)
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        found[path, 375, "light"] = violations(page, "light")
        if path == ALL_WORDS:
            continue
        page.evaluate(CUT_SHORT)
        for width, scheme in ((375, "dark"), (1280, "dark"), (1280, "light")):
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=scheme)
            found[path, width, scheme] = violations(page, scheme)
    context.close()
    assert {at: bad for at, bad in found.items() if bad} == {}


def test_nothing_scrolls_sideways_on_the_narrowest_screen(browser: Browser, site_url: str):
    context = browser.new_context(viewport={"width": 320, "height": 640})
    page = context.new_page()
    wide = {}
    for path in PATHS:
        page.goto(site_url + path)
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        wide[path] = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    context.close()
    assert {path: pixels for path, pixels in wide.items() if pixels > 0} == {}


def test_targets_are_large_enough_for_a_finger(browser: Browser, site_url: str):
    context = browser.new_context(viewport={"width": 375, "height": 812})
    page = context.new_page()
    small = []
    for path in PATHS:
        page.goto(site_url + path)
        small += page.evaluate(
            """() => [...document.querySelectorAll(
                'button, select, input:not([type=hidden]), summary, nav a, .chip[href], .option')]
            .filter(e => e.checkVisibility()).map(e => [e.outerHTML.slice(0, 90), e.getBoundingClientRect().height])
            .filter(([html, height]) => height < 43.5)"""
        )
    context.close()
    assert small == []


@pytest.fixture
def watched(page: Page) -> Iterator[tuple[Page, list[Response]]]:
    responses: list[Response] = []
    page.on("response", lambda response: responses.append(response))
    yield page, responses


def test_asks_no_other_host_and_leaves_nothing_behind(watched, site_url: str):
    page, responses = watched
    messages: list[str] = []
    page.on("console", lambda message: messages.append(message.text))
    for path in PATHS[:20]:
        page.goto(site_url + path)
        page.wait_for_load_state("networkidle")
        stored = page.evaluate("[document.cookie, localStorage.length, sessionStorage.length]")
        assert stored == ["", 0, 0], path
    hosts = {urlsplit(response.url).netloc for response in responses}
    assert hosts == {urlsplit(site_url).netloc}
    assert page.context.cookies() == []
    assert messages == []  # no blocked style or script, no missing file


def test_a_first_visit_is_light(page: Page, site_url: str):
    """Pages as they are sent; static files compressed, as whitenoise serves them once they are collected."""
    page.context.new_cdp_session(page).send("Network.setCacheDisabled", {"cacheDisabled": True})  # as on a first visit
    sizes: dict[str, int] = {}
    page.on("requestfinished", lambda request: sizes.update({request.url: request.sizes()["responseBodySize"]}))
    compressed: dict[str, int] = {}
    heavy = {}
    for path in PATHS[:20]:
        sizes.clear()
        page.goto(site_url + path, wait_until="networkidle")
        static = {url for url in sizes if "/static/" in url}
        for url in static - compressed.keys():
            compressed[url] = len(gzip.compress(page.request.get(url).body()))
        sizes |= {url: compressed[url] for url in static}
        scripts = sum(sizes[url] for url in static if url.endswith(".js"))
        total = sum(sizes.values())
        if scripts >= SCRIPT_BYTES or total >= FIRST_VISIT_BYTES or not total:
            heavy[path] = (total, scripts)
    assert heavy == {}


def test_print_shows_all_sites_and_no_navigation(page: Page, site_url: str):
    page.goto(site_url + "/studies/NCT90000000/")
    page.emulate_media(media="print")
    assert page.locator(".site-header nav:visible").count() == 0
    assert page.locator(".sites li").count() == 200
    heights = page.evaluate("[...document.querySelectorAll('.sites li')].map(e => e.getBoundingClientRect().height)")
    assert all(height > 10 for height in heights)


def test_the_words_of_the_timeline_stay_inside_the_drawing(browser: Browser, site_url: str):
    dates = {
        "startDateStruct": {"date": "2025-03", "type": "ACTUAL"},
        "primaryCompletionDateStruct": {"date": "2028-12", "type": "ESTIMATED"},
        "completionDateStruct": {"date": "2028-12", "type": "ESTIMATED"},
    }
    store(study("NCT90000050", statusModule=dates))
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
