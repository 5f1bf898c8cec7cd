"""Who can join, in a real browser: side by side or stacked, nested, with the official text one tap away."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import fill_site

STUDY = "/studies/NCT90000000/"


@pytest.fixture(scope="module")
def site_url(shared_site: str) -> str:
    fill_site()
    return shared_site


def boxes(page: Page) -> tuple[dict[str, float], dict[str, float]]:
    may, may_not = page.locator(".may").bounding_box(), page.locator(".may-not").bounding_box()
    assert may and may_not
    return dict(may), dict(may_not)


@pytest.mark.parametrize("width, side_by_side", [(375, False), (1280, True)])
def test_the_two_lists_stand_side_by_side_where_there_is_room(
    browser: Browser, site_url: str, width: int, side_by_side: bool
):
    context = browser.new_context(viewport={"width": width, "height": 900})
    page = context.new_page()
    page.goto(site_url + STUDY)
    may, may_not = boxes(page)
    if side_by_side:
        assert may["y"] == may_not["y"] and may["x"] + may["width"] <= may_not["x"]
    else:
        assert may["y"] + may["height"] <= may_not["y"] and may["x"] == may_not["x"]
    context.close()


def test_what_stands_beneath_a_criterion_is_set_in_beneath_how_it_combines(page: Page, site_url: str):
    page.goto(site_url + STUDY)
    parent = page.locator(".may .top > li").nth(2)
    expect(parent).to_contain_text("At least 2 of the following signs:")
    expect(page.locator(".may .combine")).to_have_count(0)  # the words say it themselves
    child = parent.locator("li", has_text=re.compile("arthritis", re.IGNORECASE))
    expect(child).to_be_visible()
    outer, inner = parent.bounding_box(), child.bounding_box()
    assert outer and inner and inner["x"] >= outer["x"] + 16
    expect(page.locator(".may-not .combine")).to_have_text("Any one of these:")


def test_the_official_text_opens_without_javascript_and_by_keyboard(browser: Browser, site_url: str):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site_url + STUDY)
    text = page.locator("#official-rules .registry")
    expect(text).to_be_hidden()
    page.locator("#official-rules > summary").focus()
    page.keyboard.press("Enter")
    expect(text).to_be_visible()
    expect(text).to_contain_text("SLE by the 2019 criteria")
    context.close()


def test_a_screen_reader_meets_plain_headings_and_lists(page: Page, site_url: str):
    page.goto(site_url + STUDY)
    section = page.get_by_role("region", name="Who can join")
    expect(section.get_by_role("heading", level=3)).to_have_text(
        ["You may be able to join if", "You may not be able to join if", "Which diseases may join"]
    )
    expect(section.locator(".may").get_by_role("listitem")).to_have_count(6)
    assert section.locator(".may .top").get_attribute("role") == "list"
