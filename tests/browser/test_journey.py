"""What a person does: search, filter, open a study, go back; with and without JavaScript, by keyboard."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import fill_site

HEADLINE = "A study of testumab in people with lupus (SLE)"


@pytest.fixture(scope="module")
def site_url(shared_site: str) -> str:
    fill_site()
    return shared_site


def test_a_filter_swaps_in_place_keeps_focus_and_says_the_number(page: Page, site_url: str):
    page.goto(f"{site_url}/studies/")
    page.evaluate("window.sameDocument = true")
    option = page.locator("#f-status-recruiting")
    option.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("status=RECRUITING"))
    expect(page.locator("#announcement")).to_have_text("29 studies")
    expect(page.locator("#f-status-recruiting")).to_be_focused()
    expect(page.locator("#f-status-recruiting")).to_have_attribute("aria-current", "true")
    expect(page).to_have_title(re.compile("^29 studies"))
    assert page.evaluate("window.sameDocument")
    assert page.evaluate("sessionStorage.length + localStorage.length") == 0


def test_a_removed_chip_hands_the_focus_to_the_heading(page: Page, site_url: str):
    page.goto(f"{site_url}/studies/?status=RECRUITING")
    page.locator("#chip-1").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#chip-1")).to_have_count(0)
    expect(page.locator("#results-heading")).to_be_focused()


def test_the_back_button_brings_the_last_list_back(page: Page, site_url: str):
    page.goto(f"{site_url}/studies/")
    page.locator("#f-status-unknown").click()
    expect(page.locator("h1")).to_have_text("2 studies")
    page.go_back()
    expect(page).to_have_url(f"{site_url}/studies/")
    expect(page.locator("h1")).to_have_text("31 studies")
    expect(page.locator("header.site-header")).to_have_count(1)
    page.go_forward()
    expect(page.locator("h1")).to_have_text("2 studies")


@pytest.mark.parametrize(
    ("typed", "heading"),
    [("NCT90000002", HEADLINE), ("NCT12345678", "We do not have this study")],
)
def test_an_id_in_the_list_search_opens_the_page_of_the_study(page: Page, site_url: str, typed: str, heading: str):
    page.goto(f"{site_url}/studies/?status=RECRUITING")
    page.fill("#q", typed)
    page.locator("#q").press("Tab")  # what is suggested would lie over the button
    page.locator("#search-button").click()
    expect(page).to_have_url(f"{site_url}/studies/{typed}/")
    expect(page.locator("h1")).to_have_text(heading)
    expect(page.locator("main")).to_have_count(1)
    expect(page.locator("header.site-header")).to_have_count(1)
    page.go_back()
    expect(page.locator("#results-heading")).to_have_text("29 studies")


def test_the_age_form_keeps_the_other_filters(page: Page, site_url: str):
    page.goto(f"{site_url}/studies/?status=RECRUITING")
    page.locator("#f-age summary").click()
    page.fill("#f-age-years", "12.5")
    page.locator("#f-age-button").click()
    expect(page).to_have_url(re.compile(r"status=RECRUITING.*age=12\.5|age=12\.5.*status=RECRUITING"))
    expect(page.locator("h1")).to_have_text("No studies")


def walk(page: Page, site_url: str) -> None:
    page.goto(site_url)
    page.fill("#q", "lupus")
    page.fill("#near", "Germany")
    page.fill("#age", "40")
    page.get_by_role("button", name="Show studies").click()
    expect(page.locator("h1")).to_have_text(re.compile(r"^Lupus \(SLE\): \d+ studies$"))
    page.get_by_role("link", name="Next page").click()
    page.locator("article a").first.click()
    expect(page.locator("h1")).to_have_text(HEADLINE)
    expect(page.get_by_role("link", name="Official record at ClinicalTrials.gov")).to_be_visible()


def test_the_way_from_home_to_a_study(page: Page, site_url: str):
    walk(page, site_url)


def test_the_way_from_home_to_a_study_without_javascript(browser: Browser, site_url: str):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    walk(page, site_url)
    page.goto(f"{site_url}/studies/")
    page.locator("#f-status-unknown").click()
    expect(page.locator("h1")).to_have_text("2 studies")
    expect(page.locator("#chip-1")).to_contain_text("Status not known")
    page.locator("#chip-1").click()
    expect(page.locator("h1")).to_have_text("31 studies")
    context.close()


def test_the_way_from_home_to_a_study_by_keyboard(page: Page, site_url: str):
    page.goto(site_url)
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.type("lupus")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text(re.compile(r"^Lupus \(SLE\)"))
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.closest('article') !== null"):
            break
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text(HEADLINE)


def test_on_a_phone_the_filters_stay_open_while_they_are_used(browser: Browser, site_url: str):
    context = browser.new_context(viewport={"width": 375, "height": 812})
    page = context.new_page()
    page.goto(f"{site_url}/studies/")
    expect(page.locator("#f-status-recruiting")).not_to_be_visible()
    page.locator(".filters > summary").click()
    page.locator("#f-status-recruiting").click()
    expect(page.locator("#announcement")).to_have_text("29 studies")
    expect(page.locator("#f-status-recruiting")).to_be_focused()
    context.close()


def test_a_swap_leaves_nothing_in_the_console(page: Page, site_url: str):
    messages: list[str] = []
    page.on("console", lambda message: messages.append(f"{message.text} {message.location}"))
    page.on("pageerror", lambda error: messages.append(str(error)))
    page.goto(f"{site_url}/studies/")
    # As a password manager or a screenshot does; htmx must not copy it onto the new field as an inline style.
    page.evaluate("document.querySelector('#q').style.setProperty('caret-color', 'transparent')")
    page.locator("#f-status-recruiting").click()
    expect(page.locator("#announcement")).to_have_text("29 studies")
    page.locator("#chip-1").click()
    expect(page.locator("h1")).to_have_text("31 studies")
    page.fill("#q", "lupus")
    page.locator("#q").press("Tab")  # what is suggested would lie over the button
    page.locator("#search-button").click()
    expect(page.locator("h1")).to_have_text(re.compile("^Lupus"))
    page.locator("#f-age summary").click()
    page.fill("#f-age-years", "40")
    page.locator("#f-age-button").click()
    expect(page).to_have_url(re.compile("age=40"))
    page.go_back()
    expect(page.locator("#chip-2")).to_have_count(0)
    page.wait_for_timeout(200)  # htmx settles attributes a moment after the swap
    assert messages == []
