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


def both_schemes(page: Page) -> list[str]:
    """The same in light and then in dark colours. The page must have no transitions: colours are measured at once."""
    found = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        found += [f"{scheme}: {violation}" for violation in violations(page, scheme)]
    page.emulate_media(color_scheme="light")
    return found


def faults(browser: Browser, url: str, paths: Iterable[str], width: int) -> dict[str, Faults]:
    """In both schemes of colours."""
    context = browser.new_context(viewport={"width": width, "height": 900}, reduced_motion="reduce")
    page = context.new_page()
    found = {}
    for path in paths:
        response = page.goto(url + path)
        assert response and response.ok, path
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        beyond = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        found[path] = (both_schemes(page), beyond)
    context.close()
    return found
