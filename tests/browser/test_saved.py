"""The short list in a browser: kept after the yes alone, a switch by keyboard, forgotten at a press."""

import json
import re
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.checking import tell_age
from tests.browser.looking import both_schemes
from tests.browser.test_notes import FILL, NAME

ONE, TWO = "NCT90000002", "NCT90000003"
YES, NO = "Keep it on this device", "Do not keep it"


@pytest.fixture
def page(browser: Browser, site_url: str) -> Any:
    context = browser.new_context(base_url=site_url, reduced_motion="reduce", viewport={"width": 1280, "height": 900})
    opened = context.new_page()
    opened.goto("/studies/")
    yield opened
    context.close()


def kept(page: Page) -> list[str] | None:
    whole = json.loads(page.evaluate(f"localStorage.getItem('{NAME}')") or "null")
    return whole and [one["id"] for one in whole["saved"]]


def switch(page: Page, study: str = ONE):
    return page.locator(f'[data-save="{study}"]')


def listed(page: Page) -> list[str]:
    return page.locator("#saved-list article").evaluate_all("all => all.map(one => one.dataset.nctId)")


def save(page: Page, study: str = ONE) -> None:
    switch(page, study).click()
    if kept(page) is None:
        page.get_by_role("button", name=YES).click()
    expect(switch(page, study)).to_have_attribute("aria-pressed", "true")


def test_nothing_is_kept_before_the_yes_and_then_a_switch_by_keyboard(page: Page):
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    switch(page).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()
    assert kept(page) is None
    page.keyboard.press("Enter")  # the first button of the dialog says yes
    expect(switch(page)).to_have_attribute("aria-pressed", "true")
    expect(switch(page)).to_have_text(f"Saved {ONE}")
    expect(page.locator("header [data-saved-count]")).to_have_text("(1)")
    assert kept(page) == [ONE]
    page.keyboard.press("Enter")  # the focus is on the switch again
    expect(switch(page)).to_have_attribute("aria-pressed", "false")
    assert kept(page) == []


def test_who_wants_nothing_kept_gets_a_list_in_the_address(page: Page):
    for study in (ONE, TWO):
        switch(page, study).click()
        page.get_by_role("button", name=NO).click()
        expect(page.locator(f'[data-save="{study}"] + .said')).to_contain_text("Nothing is kept.")
    page.get_by_role("link", name="Show it as a list in an address").last.click()
    page.wait_for_url(f"**/saved/?ids={ONE},{TWO}")
    assert kept(page) is None and listed(page) == [ONE, TWO]
    expect(page.locator("main")).to_contain_text("The address of this page is the list")


def test_escape_changes_nothing_and_leads_nowhere(page: Page):
    switch(page).click()
    expect(page.get_by_role("dialog")).to_be_visible()
    page.bring_to_front()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    assert kept(page) is None and page.url.endswith("/studies/")
    expect(switch(page)).to_be_focused()


def test_the_page_shows_what_is_kept_and_since_when(page: Page):
    save(page)
    save(page, TWO)
    page.evaluate(
        """name => { const all = JSON.parse(localStorage.getItem(name)); all.saved[0].on = '2026-10-15';
                     localStorage.setItem(name, JSON.stringify(all)); }""",
        NAME,
    )
    page.goto("/saved/")
    expect(page.locator("#saved-list article")).to_have_count(2)
    expect(page.locator("#saved-list")).to_contain_text("You saved it on 15 October 2026.")
    page.locator(f'[data-take-off="{ONE}"]').focus()
    page.keyboard.press("Enter")
    expect(page.locator("#saved-list article")).to_have_count(1)
    assert kept(page) == [TWO]
    expect(page.locator("#saved-heading")).to_be_focused()


def test_forget_everything_leaves_nothing(page: Page):
    save(page)
    page.goto("/saved/")
    expect(page.locator("#saved-list article")).to_have_count(1)
    page.get_by_role("button", name="Forget everything").click()
    page.get_by_role("button", name="Yes, forget everything").click()
    expect(page.get_by_text("All is forgotten.")).to_be_visible()
    expect(page.locator("#saved-list article")).to_have_count(0)
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0


def test_another_tab_learns_of_it(page: Page):
    save(page)
    other = page.context.new_page()
    other.goto("/studies/")
    expect(switch(other)).to_have_attribute("aria-pressed", "true")
    switch(other).click()
    expect(switch(page)).to_have_attribute("aria-pressed", "false")


def test_a_list_that_somebody_sent_can_be_kept_beside_ones_own(page: Page):
    save(page)
    page.goto(f"/saved/?ids={TWO}")
    assert listed(page) == [TWO] and kept(page) == [ONE]
    page.get_by_role("button", name="Keep them on this device").click()
    expect(page.get_by_role("button", name="Keep them on this device")).to_be_hidden()
    assert kept(page) == [ONE, TWO]
    page.get_by_role("link", name="Saved (2)").click()
    expect(page.locator("#saved-list article")).to_have_count(2)


def test_a_full_browser_gets_a_sentence(page: Page):
    save(page)
    page.evaluate(FILL)
    switch(page, TWO).click()
    expect(page.get_by_text("There is no room left in this browser.")).to_be_visible()
    assert kept(page) == [ONE]


def test_a_long_list_shows_the_newest_and_does_not_break(page: Page):
    saved = [{"id": f"NCT8{n:07}", "on": "2026-11-01"} for n in range(400)]
    text = json.dumps({"format": 1, "saved": [*saved, {"id": ONE, "on": "2026-11-20"}], "notes": []})
    page.evaluate("([name, text]) => localStorage.setItem(name, text)", [NAME, text])
    page.goto("/saved/")
    expect(page.locator("#saved-list article")).to_have_count(1)
    assert listed(page) == [ONE]
    expect(page.get_by_text("Your list holds 401 studies.")).to_be_visible()
    expect(page.get_by_role("button", name="Newer ones")).to_be_disabled()
    page.get_by_role("button", name="Older ones").press("Enter")
    expect(page.locator(".saved-absent > li")).to_have_count(50)
    page.get_by_role("link", name="Take NCT80000350 off the list").click()
    expect(page.get_by_text("Your list holds 400 studies.")).to_be_visible()
    expect(page.get_by_role("link", name="Take NCT80000350 off the list")).to_have_count(0)
    page.get_by_role("button", name="Newer ones").click()
    expect(page.locator("#saved-list article")).to_have_count(1)
    assert len(kept(page) or []) == 400


def test_what_is_typed_goes_onto_the_list_and_what_is_no_number_is_told(page: Page):
    save(page)
    page.goto("/saved/")
    field = page.get_by_label("Number of a study to add")
    field.fill(f"lupus, nct {TWO[3:7]} {TWO[7:]}")
    field.press("Enter")
    expect(page.get_by_text("This is no number of a study: lupus.")).to_be_visible()
    expect(page.locator("#saved-list article")).to_have_count(2)
    expect(page.get_by_text("This is no number of a study: lupus.")).to_be_visible()
    assert kept(page) == [ONE, TWO]
    field.fill("NCT123")
    field.press("Enter")
    expect(page.get_by_text("This is no number of a study: NCT123.")).to_be_visible()
    expect(field).to_have_value("NCT123")
    assert listed(page) == [TWO, ONE]


def test_without_its_script_save_leads_to_the_address(page: Page):
    page.route("**/saved.js", lambda route: route.abort())
    switch(page).click()
    page.wait_for_url(f"**/saved/?ids={ONE}")


def test_what_we_cannot_read_is_left_alone(page: Page):
    page.evaluate("name => localStorage.setItem(name, '{\"format\": 99}')", NAME)
    page.reload()
    switch(page).click()
    expect(page.get_by_text("keeps something of ours that we cannot read")).to_be_visible()
    assert page.evaluate(f"localStorage.getItem('{NAME}')") == '{"format": 99}'


def test_cards_that_come_later_are_switches_too(page: Page):
    save(page)
    page.get_by_role("link", name="Next").first.click()
    expect(page.locator("a[data-save]")).to_have_count(0)
    page.go_back()
    expect(switch(page)).to_have_attribute("aria-pressed", "true")


def test_a_study_among_the_answers_is_saved_without_leaving_them(browser: Browser, check_url: str):
    page = browser.new_page()
    page.goto(check_url)
    tell_age(page)
    page.get_by_role("button", name="See them now").click()
    study = page.locator("main [data-save]").first
    study.click()
    page.get_by_role("button", name=YES).click()
    expect(study).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_role("heading", level=1)).to_have_text("3 studies for Lupus (SLE)")
    assert len(kept(page) or []) == 1
    page.close(run_before_unload=False)


@pytest.mark.parametrize("path", ["/saved/", f"/saved/?ids={ONE},{TWO}", "/studies/"])
def test_axe_finds_nothing(page: Page, path: str):
    save(page)
    page.goto(path)
    page.wait_for_load_state("networkidle")
    assert both_schemes(page) == []


@pytest.mark.parametrize("width", [320, 375, 1280])
def test_nothing_scrolls_sideways(page: Page, width: int):
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"/saved/?ids={ONE},{TWO}")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_without_script_the_address_is_the_list(browser: Browser, site_url: str):
    context = browser.new_context(base_url=site_url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/studies/")
    page.locator(f'a[data-save="{ONE}"]').click()
    list_shows(page, 1)
    assert page.url.endswith(f"/saved/?ids={ONE}")
    page.get_by_label("Number of a study to add").fill(TWO)
    page.get_by_role("button", name="Add").click()
    list_shows(page, 2)
    page.get_by_role("link", name="Compare these 2 studies").click()
    expect(page).to_have_url(re.compile(r"/compare/\?ids="))
    page.goto(f"/saved/?ids={ONE},{TWO}")
    page.get_by_role("link", name=f"Take {ONE} off the list").click()
    list_shows(page, 1)
    context.close()


def list_shows(page: Page, count: int) -> None:
    expect(page.locator("#saved-list article")).to_have_count(count)
