"""What a visitor does at the questionnaire."""

from playwright.sync_api import Locator, Page, expect

MARK = "43.625"  # years of age: in no other text


def asked(page: Page) -> str:
    return page.locator('input[name="at"]').input_value()


def click(what: Locator) -> None:
    """Click what has come to rest: in a frame of another process Chromium may send a click to where it was before."""
    what.scroll_into_view_if_needed()
    what.page.wait_for_timeout(100)
    what.click()


def tick(what: Locator) -> None:
    """The same of a box."""
    what.scroll_into_view_if_needed()
    what.page.wait_for_timeout(100)
    what.check()


def go_on(page: Page, button: str = "Next") -> None:
    """Press, and wait until another screen is there."""
    state = page.locator('#check-form > input[name="state"]').input_value()
    click(page.locator("#check-form").get_by_role("button", name=button, exact=True))
    expect(page.locator('#check-form > input[name="state"]')).not_to_have_value(state)


def skip_to(page: Page, slug: str) -> None:
    while asked(page) != slug:
        assert asked(page), f"“{slug}” is never asked"
        go_on(page, "Skip")


def tell_age(page: Page) -> None:
    tick(page.get_by_label("Lupus (SLE)"))
    go_on(page)
    skip_to(page, "about_you")
    page.get_by_label("How old are you?").fill(MARK)
    page.get_by_label("Female").check()
    go_on(page)
