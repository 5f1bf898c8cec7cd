"""The plain page and the page for the doctor in a real browser: official words a tap away, meanings, paper."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import fill_site
from tests.pdf_text import pages_of
from tests.studies import store, study
from trials.models import Criterion

STUDY = "/studies/NCT90000000/"
LONG = "\n".join(
    [
        "Inclusion Criteria:\n",
        *(f"* Diagnosis of lupus nephritis, class {n}, seen in a biopsy within {n} months" for n in range(1, 30)),
        "\nExclusion Criteria:\n",
        "* Infections:",
        *(f"  * Infection with germ number {n} that was treated in hospital" for n in range(1, 40)),
        *(f"* Any condition of kind {n} that is {'very ' * 40}severe" for n in range(1, 12)),
    ]
)


@pytest.fixture(scope="module")
def site_url(shared_site: str) -> str:
    fill_site()
    store(study("NCT90000060", eligibilityModule={"eligibilityCriteria": LONG}))
    return shared_site


@pytest.mark.parametrize("width", [320, 375, 1280])
def test_official_words_open_beneath_their_line_without_javascript(browser: Browser, site_url: str, width: int):
    context = browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=False)
    page = context.new_page()
    page.goto(site_url + STUDY)
    line = page.locator(".may .top > li").nth(1)  # after the age
    expect(line.locator("q").first).to_be_hidden()
    line.locator("summary").first.focus()
    page.keyboard.press("Enter")
    expect(line.locator("q").first).to_be_visible()
    expect(line.locator("q").first).to_have_text("SLE by the 2019 criteria")
    context.close()


def test_the_place_in_the_record_opens_and_is_marked(page: Page, site_url: str):
    page.goto(site_url + STUDY)
    line = page.locator(".may-not .top > li").first
    line.locator("summary").first.click()
    line.locator(".in-record").first.click()
    expect(page).to_have_url(re.compile("#rule-E1$"))
    place = page.locator("#rule-E1")
    expect(place).to_be_in_viewport()
    expect(page.locator("li:has(> span > #rule-E1)")).to_have_text("Pregnancy")
    label = place.evaluate("element => getComputedStyle(element, '::before').content")
    assert label == '"Exclusion 1"'


@pytest.mark.parametrize("javascript", [True, False])
def test_a_meaning_opens_by_keyboard_and_closes_by_escape(browser: Browser, site_url: str, javascript: bool):
    context = browser.new_context(java_script_enabled=javascript)
    page = context.new_page()
    page.goto(site_url + STUDY)
    button = page.locator("#tests ~ p .term button, #tests ~ ul .term button").first
    meaning = page.locator(f"#{button.get_attribute('popovertarget')}")
    button.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".words > li:popover-open")).to_have_count(1)
    expect(meaning).to_be_in_viewport()
    page.keyboard.press("Escape")
    expect(page.locator(".words > li:popover-open")).to_have_count(0)
    expect(button).to_be_focused()
    context.close()


def test_a_meaning_opens_by_a_tap_on_the_word_and_stays_on_the_screen(browser: Browser, site_url: str):
    context = browser.new_context(viewport={"width": 320, "height": 640}, has_touch=True, java_script_enabled=False)
    page = context.new_page()
    page.goto(site_url + STUDY)
    for place in range(3):
        page.locator(".rule .term").nth(place).tap(position={"x": 4, "y": 8})
        opened = page.locator(".words > li:popover-open")
        expect(opened).to_have_count(1)
        box = opened.bounding_box()
        assert box and box["x"] >= 0 and box["x"] + box["width"] <= 320
        assert box["y"] >= 0 and box["y"] + box["height"] <= 640
        page.keyboard.press("Escape")
    context.close()


def test_a_meaning_shows_while_the_pointer_rests_on_the_word(page: Page, site_url: str):
    page.goto(site_url + STUDY)
    page.locator(".rule .term").first.hover()
    opened = page.locator(".words > li:popover-open")
    expect(opened).to_have_count(1)
    opened.hover()  # it can be read, and its link followed
    page.wait_for_timeout(500)
    expect(opened).to_have_count(1)
    page.mouse.move(2, 2)
    expect(opened).to_have_count(0)


def test_all_meanings_stand_at_the_end_of_the_page(page: Page, site_url: str):
    page.goto(site_url + STUDY)
    words = page.locator(".words > li")
    assert words.count() > 2
    heights = words.evaluate_all("all => all.map(one => one.getBoundingClientRect().height)")
    assert all(height > 20 for height in heights)


def test_printed_the_page_shows_what_is_a_tap_away_on_the_screen(page: Page, site_url: str):
    page.goto(site_url + STUDY)
    text = "".join(pages_of(page.pdf(format="A4")))
    for words in (
        "SLE by the 2019 criteria",
        "Exclusion 1 in the record",
        "Words on this page",
        "Hepatitis B",
        "Desk 199",
    ):
        assert words.replace(" ", "") in text, words


def printed(page: Page, site_url: str) -> list[str]:
    page.goto(f"{site_url}/studies/NCT90000060/handout/")
    return pages_of(page.pdf(format="A4"))


def test_on_paper_the_doctors_page_has_every_rule_whole(page: Page, site_url: str):
    text = "".join(printed(page, site_url))
    rules = Criterion.objects.filter(trial__nct_id="NCT90000060")
    assert rules.count() >= 70
    assert [rule.text for rule in rules if "".join(rule.text.split()) not in text] == []


def test_on_paper_no_header_or_footer_stands_between_the_rules_and_each_page_says_what_its_columns_are(
    page: Page, site_url: str
):
    pages = printed(page, site_url)
    text = "".join(pages)
    first, last = text.index("Youmaybeabletojoinif"), text.index("Sitesandcontacts")
    for words in ("Thissiteisnotmedicaladvice", "CTDTrialFinder", "Sourceofthestudies"):
        assert words not in text[first:last], words
    inside = [one for one in pages if "germnumber" in one]
    assert len(inside) > 1 and all("InplainwordsOfficialwording" in one for one in inside)
    assert "https://clinicaltrials.gov/study/NCT90000060" in pages[0]


def test_the_doctors_page_has_two_columns_on_paper_and_on_a_wide_screen(browser: Browser, site_url: str):
    context = browser.new_context(viewport={"width": 320, "height": 640})
    page = context.new_page()
    page.goto(f"{site_url}{STUDY}handout/")
    cells = page.locator(".rules tbody tr").first.locator("td")

    def beside() -> bool:
        plain, official = cells.nth(0).bounding_box(), cells.nth(1).bounding_box()
        assert plain and official
        return official["x"] >= plain["x"] + plain["width"] - 1 and abs(official["y"] - plain["y"]) < 1

    assert not beside()
    page.emulate_media(media="print")
    assert beside()
    page.emulate_media(media="screen")
    page.set_viewport_size({"width": 1280, "height": 900})
    assert beside()
    context.close()


def test_a_search_for_a_word_works_without_javascript(browser: Browser, site_url: str):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site_url}/learn/words/")
    page.fill("#q", "placebo")
    page.get_by_role("button", name="Search").click()
    expect(page).to_have_url(re.compile(r"\?q=placebo$"))
    expect(page.locator("#placebo")).to_be_visible()
    page.get_by_role("link", name="Show all words").click()
    expect(page).to_have_url(f"{site_url}/learn/words/")
    context.close()
