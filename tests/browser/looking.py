"""Pages as axe and a ruler see them, with all that is folded unfolded."""

from collections.abc import Iterable

from playwright.sync_api import Browser

from tests.browser.test_pages import violations

Faults = tuple[list[str], int]  # what axe finds, and by how many pixels the page scrolls sideways
NONE: Faults = ([], 0)


def faults(browser: Browser, url: str, paths: Iterable[str], width: int, scheme: str) -> dict[str, Faults]:
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    found = {}
    for path in paths:
        page.goto(url + path)
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        beyond = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        found[path] = (violations(page, scheme), beyond)
    context.close()
    return found
