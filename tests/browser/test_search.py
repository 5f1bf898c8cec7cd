"""The search box in a real browser: suggestions by keyboard and by pointer, and the same without JavaScript."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import fill_site
from tests.browser.looking import violations
from tests.places import store_places


@pytest.fixture(scope="module")
def site_url(shared_site: str) -> str:
    fill_site()
    store_places()
    return shared_site


@pytest.mark.parametrize("path", ["/", "/studies/", "/es/studies/", "/zh-hans/"])
def test_a_search_by_keyboard_alone(page: Page, site_url: str, path: str):
    page.goto(f"{site_url}{path}")
    box = page.locator("#q")
    expect(box).to_have_attribute("role", "combobox")
    box.focus()
    page.keyboard.type("lup", delay=20)
    expect(page.locator("#q-options li").first).to_be_visible()
    expect(box).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#q-options li").first).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute("aria-activedescendant", "q-options-1")
    page.keyboard.press("Enter")
    expect(box).to_have_value(page.locator("#q").input_value())
    expect(page.locator("#q-options")).to_be_hidden()
    page.locator("#near").focus()
    page.keyboard.type("lee", delay=20)
    expect(page.locator("#near-options li")).to_have_count(1)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(page.locator("#from-place")).to_be_visible()
    expect(page.locator("#read-1")).to_be_visible()


def test_escape_closes_and_keeps_what_is_typed(page: Page, site_url: str):
    page.goto(f"{site_url}/studies/")
    page.locator("#q").focus()
    page.keyboard.type("lup", delay=20)
    expect(page.locator("#q-options li").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#q-options")).to_be_hidden()
    expect(page.locator("#q")).to_have_value("lup")


def test_a_touch_takes_an_offer(browser: Browser, site_url: str):
    context = browser.new_context(has_touch=True, viewport={"width": 375, "height": 800})
    page = context.new_page()
    page.goto(f"{site_url}/")
    page.locator("#q").tap()
    page.keyboard.type("sclero", delay=20)
    page.locator("#q-options li").first.tap()
    expect(page.locator("#q-options")).to_be_hidden()
    assert "clero" in page.locator("#q").input_value()
    context.close()


def test_the_list_swaps_and_the_new_box_suggests_again(page: Page, site_url: str):
    page.goto(f"{site_url}/studies/")
    page.fill("#q", "lupus")
    page.locator("#q").press("Tab")  # what is suggested would lie over the button
    page.locator("#search-button").click()
    expect(page.locator("#read-1")).to_be_visible()
    expect(page.locator("#q")).to_have_attribute("role", "combobox")
    expect(page.locator("#q-options")).to_have_count(1)


def test_without_javascript_it_is_a_plain_form(browser: Browser, site_url: str):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site_url}/")
    page.fill("#q", "lupus")
    page.fill("#near", "Leeds")
    page.keyboard.press("Enter")
    expect(page.locator("#from-place")).to_contain_text("Leeds, United Kingdom")
    expect(page.locator("#q")).not_to_have_attribute("role", "combobox")
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_while_offers_are_open(browser: Browser, site_url: str, scheme):
    context = browser.new_context(color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    page.goto(f"{site_url}/studies/?q=lupus+near+Leeds+fatigue")
    page.locator("#near").focus()
    page.keyboard.press("End")
    page.fill("#near", "")
    page.keyboard.type("lo", delay=20)
    expect(page.locator("#near-options li").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    assert violations(page, scheme) == []
    context.close()
