"""The letter to a study team, copied in a real browser: with the clipboard, without it, and without a script."""

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.looking import both_schemes
from tests.studies import store, study

COPY = "Copy the letter"
MARKED = "getSelection().toString()"


@pytest.fixture(scope="module")
def url(shared_site: str) -> str:
    store(study())
    return f"{shared_site}/studies/NCT90000001/"


@pytest.mark.parametrize("granted", [True, False])
def test_the_letter_is_copied_as_it_stands(browser: Browser, url: str, granted: bool):
    context = browser.new_context(viewport={"width": 320, "height": 800}, reduced_motion="reduce")
    if granted:
        context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    if not granted:
        page.add_init_script("delete Navigator.prototype.clipboard; Document.prototype.execCommand = () => false")
    page.goto(url)
    page.get_by_text("A letter to copy").click()
    page.get_by_role("button", name=COPY).click()
    said = page.locator(".letter [role=status]")
    expect(said).to_have_text(
        "Copied." if granted else "The text is marked. Copy it with your keyboard or by a long press."
    )
    letter = page.evaluate("navigator.clipboard.readText()" if granted else MARKED)
    assert "Dear study team," in letter and "NCT90000001" in letter and "[your name]" in letter
    assert both_schemes(page) == []
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0
    context.close()


def test_without_a_script_the_text_stands_there_and_no_button_does_nothing(browser: Browser, url: str):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(url)
    page.get_by_text("A letter to copy").click()
    expect(page.locator("#letter-en")).to_be_visible()
    expect(page.get_by_role("button", name=COPY)).to_have_count(0)
    context.close()
