"""Pages as axe and a ruler see them, with all that is folded unfolded."""

from collections.abc import Iterable

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

Faults = tuple[list[str], int]  # what axe finds, and by how many pixels the page scrolls sideways
NONE: Faults = ([], 0)

RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
}
# The schemes differ in colours alone.
COLOUR_RULES = {"runOnly": ["color-contrast", "link-in-text-block"]}


def violations(page: Page, scheme: str) -> list[str]:
    """What axe finds on the page as it stands, each with the element; in the dark scheme of colours alone."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    # Only of violations every element is told: of all that is right, thousands would be described for nobody.
    options = (RULES if scheme == "light" else COLOUR_RULES) | {"resultTypes": ["violations"]}
    found = page.evaluate("options => axe.run(document, options)", options)["violations"]
    return [f"{v['id']}: {v['nodes'][0]['html'][:160]}" for v in found]


def faults(browser: Browser, url: str, paths: Iterable[str], width: int, scheme: str) -> dict[str, Faults]:
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    found = {}
    for path in paths:
        response = page.goto(url + path)
        assert response and response.ok, path
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        beyond = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        found[path] = (violations(page, scheme), beyond)
    context.close()
    return found
