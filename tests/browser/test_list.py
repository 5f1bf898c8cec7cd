"""The list of studies in a real browser: its first study soon, its folded parts within reach, the focus kept."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import fill_site
from tests.browser.looking import NONE, faults
from tests.places import store_places

TYPED = "?q=lupus+near+Leeds+recruiting"


@pytest.fixture(scope="module")
def list_url(shared_site: str) -> str:
    fill_site()
    store_places()
    return f"{shared_site}/studies/"


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 375, "height": 812})
    yield context.new_page()
    context.close()


def top_of_first_card(page: Page) -> float:
    return page.locator(".study-card").first.evaluate("card => card.getBoundingClientRect().top + scrollY")


@pytest.mark.parametrize("query", [TYPED, "?q=lupus&near=Leeds&age=40", "?condition=sle&status=RECRUITING"])
def test_the_first_study_stands_on_the_first_screen_of_a_phone(phone: Page, list_url: str, query: str):
    phone.goto(list_url + query)
    assert top_of_first_card(phone) <= 720


def test_on_a_wide_screen_fields_and_filters_stand_open_beside_the_list(page: Page, list_url: str):
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(list_url + TYPED)
    for part in ("#near", "#radius", "#f-status-recruiting", "#from-place"):
        expect(page.locator(part)).to_be_visible()
    expect(page.locator(".place-fields > summary")).to_be_hidden()
    assert top_of_first_card(page) <= 420


def test_a_phone_opens_the_fields_of_a_place_and_keeps_the_focus_there(phone: Page, list_url: str):
    phone.goto(list_url + "?q=lupus")
    expect(phone.locator("#near")).to_be_hidden()
    phone.get_by_text("Near which place?").click()
    phone.locator("#near").fill("Leeds")
    phone.keyboard.press("Enter")
    expect(phone.locator("#from-place")).to_contain_text("Leeds, United Kingdom")
    expect(phone.locator("#near")).to_be_focused()
    expect(phone.locator("#near")).to_have_value("Leeds, United Kingdom")


def test_an_order_is_chosen_from_its_fold_and_keeps_the_focus(phone: Page, list_url: str):
    phone.goto(list_url + TYPED)
    expect(phone.locator("#sort-newest")).to_be_hidden()
    phone.locator(".sorting > summary").click()
    phone.locator("#sort-newest").click()
    expect(phone.locator(".sorting > summary")).to_contain_text("Newest")
    expect(phone.locator("#sort-newest")).to_be_focused()
    expect(phone.locator("#sort-newest")).to_have_attribute("aria-current", "true")


def test_without_javascript_all_that_is_folded_can_be_used(browser: Browser, list_url: str):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 375, "height": 812})
    page = context.new_page()
    page.goto(list_url + "?q=lupus")
    page.get_by_text("Near which place?").click()
    page.fill("#near", "Leeds")
    page.locator("#search-button").click()
    expect(page.locator(".place-fields > summary")).to_have_text("Near: Leeds, United Kingdom")
    page.locator(".sorting > summary").click()
    page.locator("#sort-newest").click()
    expect(page.locator(".sorting > summary")).to_contain_text("Newest")
    page.locator(".filters > summary").click()
    page.locator("#f-phase > summary").click()
    page.locator("#f-phase-phase2").click()
    expect(page.locator(".filters > summary")).to_have_text("Filters (1)")
    context.close()


def test_axe_finds_nothing_and_nothing_scrolls_sideways(browser: Browser, list_url: str):
    paths = ["?q=lupus+within+50+miles+of+London,+zebrafish&age=40", "?q=zebrafish", "?near=Lodnon&sort=newest"]
    assert faults(browser, list_url, paths, 320) == dict.fromkeys(paths, NONE)


def test_what_stands_on_a_list_is_large_enough_for_a_finger(phone: Page, list_url: str):
    phone.goto(list_url + TYPED)
    phone.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    small = phone.evaluate(
        """() => [...document.querySelectorAll('main :is(button, select, input:not([type=hidden]), summary, li > a)')]
        .filter(e => e.checkVisibility()).map(e => [e.outerHTML.slice(0, 90), e.getBoundingClientRect().height])
        .filter(([html, height]) => height < 43.5)"""
    )
    assert small == []
