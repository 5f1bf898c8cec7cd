"""The questionnaire in a real browser: with and without scripts, by keyboard, accessible."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.checking import MARK, asked, go_on, skip_to, tell_age
from tests.browser.conftest import fill_check
from tests.browser.looking import both_schemes, violations


@pytest.fixture(scope="module")
def check_url(shared_site: str) -> str:
    fill_check()
    return f"{shared_site}/check/"


@pytest.fixture(params=[True, False], ids=["script", "no-script"])
def visitor(browser: Browser, request: pytest.FixtureRequest):
    context = browser.new_context(java_script_enabled=request.param, viewport={"width": 375, "height": 800})
    yield context.new_page()
    context.close()


def test_from_the_condition_to_the_reasons(visitor: Page, check_url: str):
    visitor.goto(check_url)
    tell_age(visitor)
    skip_to(visitor, "infections")
    visitor.get_by_role("group", name=re.compile("HIV")).get_by_label("Yes").check()
    go_on(visitor)
    expect(visitor.get_by_role("heading", level=1)).to_have_text("3 studies for Lupus (SLE)")
    card = visitor.locator("[data-verdict=does_not_fit]").first
    expect(card).to_contain_text("This study needs a no")
    card.get_by_text("Exclusion 1: official wording").click()
    expect(card.get_by_text("HIV infection", exact=True)).to_be_visible()
    visitor.get_by_role("button", name="Your answers", exact=True).click()
    expect(visitor.get_by_role("heading", level=1)).to_have_text("Your answers")
    expect(visitor.locator("main")).to_contain_text(f"{MARK} years")
    visitor.get_by_role("button", name=re.compile("^Change: Your age and sex")).click()
    expect(visitor.get_by_label("How old are you?")).to_have_value(MARK)
    expect(visitor).to_have_url(check_url)


def test_each_screen_hands_the_focus_to_its_heading_and_says_the_counts(page: Page, check_url: str):
    page.goto(check_url)
    page.evaluate("window.sameDocument = true")
    page.get_by_label("Lupus (SLE)").check()
    go_on(page)
    expect(page.locator("#check-heading")).to_be_focused()
    expect(page.locator("#announcement")).to_contain_text("3 not enough known")
    assert page.evaluate("window.sameDocument")


def test_by_keyboard_alone(page: Page, check_url: str):
    page.goto(check_url)

    def tab_to(selector: str) -> None:
        for _ in range(80):
            page.keyboard.press("Tab")
            if page.evaluate("selector => document.activeElement.matches(selector)", selector):
                return
        raise AssertionError(f"{selector} cannot be reached")

    tab_to('input[value="sle"]')
    page.keyboard.press("Space")
    page.keyboard.press("Enter")  # sends the form with what “Next” says
    expect(page.locator('input[name="at"]')).not_to_have_value("condition")
    before = asked(page)
    tab_to('button[value="skip"]')
    page.keyboard.press("Enter")
    expect(page.locator('input[name="at"]')).not_to_have_value(before)
    tab_to('button[value="results"]')
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("3 studies for Lupus (SLE)")
    tab_to('button[value="show:does_not_fit"]')
    page.keyboard.press("Space")
    expect(page.locator('button[value="show:does_not_fit"]')).to_have_attribute("aria-current", "true")
    tab_to('button[value="review"]')
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Your answers")


def test_the_back_button_of_the_browser_goes_one_question_back(page: Page, check_url: str):
    page.goto(check_url)
    page.get_by_label("Lupus (SLE)").check()
    go_on(page)
    second = asked(page)
    go_on(page, "Skip")
    page.go_back()
    expect(page.locator('input[name="at"]')).to_have_value(second)
    page.go_back()
    expect(page.locator('input[name="at"]')).to_have_value("condition")
    expect(page.get_by_label("Lupus (SLE)")).to_be_checked()


def test_who_leaves_with_answers_is_asked_first(page: Page, check_url: str):
    asked_to_stay = []
    page.on("dialog", lambda dialog: (asked_to_stay.append(dialog.type), dialog.accept()))
    page.goto(check_url)
    page.reload()
    assert asked_to_stay == []
    page.get_by_label("Lupus (SLE)").check()
    go_on(page)
    page.reload()
    assert asked_to_stay == ["beforeunload"]
    assert asked(page) == "condition"  # nothing was kept


def test_without_a_connection_the_answers_stay_on_the_page(page: Page, check_url: str):
    page.goto(check_url)
    page.get_by_label("Lupus (SLE)").check()
    page.context.set_offline(True)
    page.get_by_role("button", name="Next").last.click()
    expect(page.get_by_text("We could not reach the site.")).to_be_visible()
    expect(page.get_by_label("Lupus (SLE)")).to_be_checked()
    page.context.set_offline(False)
    go_on(page)
    expect(page.get_by_text("We could not reach the site.")).to_be_hidden()


def test_another_language_goes_on_where_one_was(visitor: Page, check_url: str):
    visitor.goto(check_url)
    visitor.get_by_label("Lupus (SLE)").check()
    go_on(visitor)
    here = asked(visitor)
    visitor.get_by_role("button", name="Español").click()
    expect(visitor).to_have_url(re.compile("/es/check/$"))
    assert asked(visitor) == here
    expect(visitor.locator("html")).to_have_attribute("lang", "es")


def test_the_page_for_the_doctor_opens_beside_the_list(visitor: Page, check_url: str):
    visitor.goto(check_url)
    tell_age(visitor)
    visitor.get_by_role("button", name="See them now").click()
    with visitor.context.expect_page() as opened:
        visitor.get_by_role("button", name=re.compile("Page for your doctor")).click()
    paper = opened.value
    expect(paper.get_by_role("heading", level=1)).to_have_text("For your doctor")
    expect(paper.locator("main")).to_contain_text(f"{MARK} years")
    expect(paper.locator("main")).to_contain_text("Tests and values to look up")
    expect(visitor.get_by_role("heading", level=1)).to_have_text("3 studies for Lupus (SLE)")


@pytest.mark.parametrize("language", ["", "es/", "zh-hans/"])
def test_axe_finds_nothing_on_any_screen(browser: Browser, check_url: str, language: str):
    """In English in both schemes of colours, which other languages do not change."""
    context = browser.new_context(viewport={"width": 375, "height": 900}, reduced_motion="reduce")
    page = context.new_page()
    page.goto(check_url.replace("/check/", f"/{language}check/"))
    found, seen = {}, 0

    def look(name: str) -> None:
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        found[name] = violations(page, "light") if language else both_schemes(page)
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, name

    page.locator('input[value="sle"]').check()
    look("condition")
    while slug := asked(page):
        ticks = page.locator('#check-form input[type="checkbox"][name="treatment"]')
        if ticks.count():
            ticks.first.check()
        look(slug)
        seen += 1
        state = page.locator('#check-form > input[name="state"]').input_value()
        page.locator(f'button[value="{"next" if slug == "condition" else "skip"}"]').last.click()
        expect(page.locator('#check-form > input[name="state"]')).not_to_have_value(state)
    screens = {"show:unknown": "show:unknown,1", "study:NCT90000001": "study:NCT90000001"}
    for button, screen in (*screens.items(), ("results", "results"), ("review", "review")):
        page.locator(f'#check-form button[value="{button}"]').first.click()
        expect(page.locator('input[name="screen"]')).to_have_value(screen)
        look(screen)
    context.close()
    assert seen > 3
    assert {name: bad for name, bad in found.items() if bad} == {}


def test_what_a_screen_reader_is_told(page: Page, check_url: str):
    """The names and roles of a screen with choices, of one with a number, and of a result."""
    page.goto(check_url)
    page.get_by_label("Lupus (SLE)").check()
    go_on(page)
    skip_to(page, "about_you")
    expect(page.locator("#check-form")).to_match_aria_snapshot(
        """
        - button "Back"
        - text: /Question \\d+/
        - progressbar "How far you are"
        - heading "Your age and sex" [level=1]
        - textbox "How old are you?"
        - group "Or":
          - radio "I don’t know"
          - radio "I’d rather not say"
        - group "What is your sex?":
          - radio "Female"
          - radio "Male"
          - radio "I don’t know"
          - radio "I’d rather not say"
        - group:
          - text: Why we ask
        - paragraph:
          - button "Next"
          - button "Skip"
        """
    )
    page.get_by_label("How old are you?").fill("old")
    page.get_by_role("button", name="Next").click()
    field = page.get_by_role("textbox", name="How old are you?")
    expect(field).to_have_accessible_description(re.compile("Please write a number with digits"))
    expect(field).to_have_attribute("aria-invalid", "true")
    field.fill("12")
    go_on(page)
    expect(page.get_by_role("button", name="Probably does not fit (3)")).to_have_attribute("aria-current", "true")
    expect(page.locator("[data-nct-id=NCT90000001]")).to_match_aria_snapshot(
        """
        - paragraph: Probably does not fit
        - heading "Testumab in Lupus" [level=2]
        - paragraph:
          - strong: "Why not:"
          - text: "Your age must be 18 years old or more. You said: 12 years old."
        - paragraph:
          - 'button "Rule by rule: NCT90000001"'
          - 'link "About the study (new tab): NCT90000001"'
        """
    )
