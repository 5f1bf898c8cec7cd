"""The sites of a study by distance, in a real browser: by keyboard, without scripts, on a narrow screen, on paper."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import fill_site
from tests.browser.looking import both_schemes
from tests.places import store_places
from tests.studies import site, store, study

PATH = "/studies/NCT90000060/"


def located(name: str, city: str, country: str, latitude: float, longitude: float, status: str = "RECRUITING"):
    desk = [{"name": f"Desk {name}", "phone": "+44 20 1234567", "email": "desk@example.org"}]
    point = {"lat": latitude, "lon": longitude}
    return site(f"Hospital {name}", city, country, status=status, contacts=desk, geoPoint=point)


SITES = [
    *(located(f"L{n}", "London", "United Kingdom", 51.51, -0.13) for n in range(8)),
    located("York", "York", "United Kingdom", 53.96, -1.08),
    located("Hull", "Hull", "United Kingdom", 53.74, -0.33, "UNKNOWN"),
    site("Hospital Ripon", "Ripon", "United Kingdom", status="RECRUITING"),
    *(located(f"P{n}", "Paris", "France", 48.85, 2.35) for n in range(6)),
]


@pytest.fixture(scope="module")
def near_url(shared_site: str) -> str:
    fill_site()
    store_places()
    store(study("NCT90000060", contactsLocationsModule={"locations": SITES}))
    return shared_site + PATH


@pytest.fixture(params=[True, False], ids=["script", "no-script"])
def phone(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    context = browser.new_context(java_script_enabled=request.param, viewport={"width": 375, "height": 812})
    yield context.new_page()
    context.close()


def test_a_town_is_typed_and_the_page_opens_where_the_sites_stand(phone: Page, near_url: str):
    phone.goto(near_url)
    phone.get_by_label("Your town or ZIP code").fill("leeds")
    phone.keyboard.press("Enter")
    phone.wait_for_url("**near=leeds#where")
    heading = phone.locator("#where").bounding_box()
    assert heading is not None and -20 < heading["y"] < 400
    assert phone.locator(".sites.nearest li").count() == 5
    first = phone.locator(".sites.nearest li").first.inner_text()
    assert first.startswith("Hospital York") and "22 miles (36 km)" in first


def test_the_keyboard_reaches_the_field_the_button_and_the_other_places(page: Page, near_url: str):
    page.goto(near_url + "?near=London#where")
    page.locator("#near").focus()
    reached = []
    for _ in range(3):
        reached.append(page.evaluate("document.activeElement.innerText || document.activeElement.value"))
        page.keyboard.press("Tab")
    assert reached == ["London, United Kingdom", "Show distances", "London, Canada"]
    page.get_by_role("link", name="London, Canada").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**near=g6058560#where")
    assert page.locator("#near").input_value() == "London, Canada"


@pytest.mark.parametrize("query", ["?near=London", "?near=Leedz", "?near=United Kingdom", "handout/?near=Leeds"])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(browser: Browser, near_url: str, query: str):
    context = browser.new_context(viewport={"width": 320, "height": 640}, reduced_motion="reduce")
    page = context.new_page()
    page.goto(near_url + query)
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    small = page.evaluate(
        """() => [...document.querySelectorAll('.near-form input, .near-form button, .near-links a')]
        .map(e => e.getBoundingClientRect().height).filter(height => height < 43.5)"""
    )
    found = both_schemes(page)
    context.close()
    assert (wide, small, found) == (0, [], [])


def test_paper_shows_distances_and_every_site_but_no_form(page: Page, near_url: str):
    page.goto(near_url + "?near=London")
    page.emulate_media(media="print")
    assert page.locator(".near-form:visible, .near-links:visible").count() == 0
    assert page.locator(".near-said:visible").count() == 1
    heights = page.evaluate(
        "[...document.querySelectorAll('.country .sites > li')].map(e => e.getBoundingClientRect().height)"
    )
    assert len(heights) == len(SITES) and all(height > 10 for height in heights)
    page.goto(near_url + "handout/")
    assert page.locator("text=/\\d km/").count() == 0
