"""The page of what changed in a real browser, with a change of every kind on it."""

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.looking import both_schemes
from tests.studies import site, store, study, updated

PATH = "/studies/NCT90000001/changes/"
LONG = "A-name-without-a-single-blank-" * 6
RULES = "Inclusion Criteria:\n\n* {} disease\n* {}\n\nExclusion Criteria:\n\n* Pregnancy"
EVERYTHING = {
    "eligibilityModule": {"eligibilityCriteria": RULES.format("Severe", LONG), "minimumAge": "14 Years"},
    "contactsLocationsModule": {
        "locations": [
            site(f"Clinic {n}", f"Town {n}", country, status="RECRUITING")
            for n, country in enumerate(["France", "Italy", "Spain", "Japan"] * 20)
        ],
        "centralContacts": [{"name": "Desk", "role": "CONTACT", "phone": "+1 555"}],
    },
    "descriptionModule": {"briefSummary": f"The study tests testumab. {LONG}"},
    "designModule": {"enrollmentInfo": {"count": 90, "type": "ESTIMATED"}},
}


@pytest.fixture(scope="module")
def url(shared_site: str) -> str:
    first = study(eligibilityModule={"eligibilityCriteria": RULES.format("Active", "Age under 80")})
    store(first, updated("2026-11-01", **EVERYTHING), updated("2026-11-02", designModule={"phases": ["PHASE3"]}))
    return shared_site


def opened(page: Page, address: str) -> None:
    page.goto(address)
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")


@pytest.mark.parametrize("width", [320, 1280])
def test_it_is_accessible_and_nothing_stands_out_sideways(browser: Browser, url: str, width: int):
    context = browser.new_context(viewport={"width": width, "height": 900}, reduced_motion="reduce")
    page = context.new_page()
    for path in (PATH, f"/es{PATH}", f"/zh-hans{PATH}", "/studies/NCT90000001/"):
        opened(page, url + path)
        assert both_schemes(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0, path
    context.close()


def test_what_is_folded_opens_with_a_finger(browser: Browser, url: str):
    context = browser.new_context(viewport={"width": 375, "height": 812}, java_script_enabled=False)
    page = context.new_page()
    page.goto(url + PATH)
    for summary in page.locator("main summary:visible").all():
        assert summary.bounding_box()["height"] >= 43.5
    assert page.get_by_text("Clinic 79, Town 79, Japan").last.is_visible() is False
    page.get_by_text("80 new sites in 4 countries.").first.click()
    assert page.get_by_text("Clinic 79, Town 79, Japan").last.is_visible()
    context.close()


def test_new_and_old_words_differ_without_colour(page: Page, url: str):
    opened(page, url + PATH)
    lines = {
        tag: page.locator(f".diff {tag}").first.evaluate("e => getComputedStyle(e).textDecorationLine")
        for tag in ("ins", "del")
    }
    assert lines == {"ins": "underline", "del": "line-through"}
    spoken = page.locator(".diff ins").first.aria_snapshot()
    assert "[New:]" in spoken and "[End]" in spoken


def test_print_shows_all_that_is_folded(page: Page, url: str):
    page.goto(url + PATH)
    page.emulate_media(media="print")
    heights = page.evaluate(
        "[...document.querySelectorAll('.each li, .diff')].map(e => e.getBoundingClientRect().height)"
    )
    assert len(heights) > 160 and all(height > 10 for height in heights)
