"""Calendar files in a real browser: saved from the site's own pages, and out of a clinic's frame by way of a tab."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from django.contrib.admin import site as desk
from icalendar import Calendar
from playwright.sync_api import Browser, Frame, Page, expect

from tests.browser.checking import click, go_on, skip_to
from tests.browser.framing import clinic_site
from tests.browser.looking import both_schemes
from tests.studies import store, study
from trials.models import Partner

CRITERIA = "Inclusion Criteria:\n\n* Systemic lupus erythematosus\n\nExclusion Criteria:\n\n* Rituximab within 6 months"
PLANNED = {"completionDateStruct": {"date": "2031-12", "type": "ESTIMATED"}}
TITLE = "Look at study NCT90000001 again"


@pytest.fixture
def url(transactional_db, live_server) -> str:
    store(study(eligibilityModule={"eligibilityCriteria": CRITERIA}, statusModule=PLANNED))
    return live_server.url


@pytest.fixture(params=[True, False], ids=["script", "no-script"])
def visitor(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    context = browser.new_context(java_script_enabled=request.param, viewport={"width": 320, "height": 800})
    yield context.new_page()
    context.close()


@pytest.fixture
def framed(url: str) -> Iterator[str]:
    """A clinic's page with the plain frame, as the admin hands it out."""
    pages: dict[str, str] = {}
    with clinic_site(pages, url) as port:
        partner = Partner.objects.create(name="Example Clinic", allowed_origins=f"http://127.0.0.1:{port}")
        partner.site_root = url
        html = desk.get_model_admin(Partner).snippets(partner)
        plain = unescape(re.findall(r"<textarea[^>]*>(.*?)</textarea>", html, re.DOTALL)[1])
        pages["/"] = plain
        pages["/study"] = plain.replace(f"{partner.key}/", f"{partner.key}/en/studies/NCT90000001/", 1)
        pages["/check"] = plain.replace(f"{partner.key}/", f"{partner.key}/en/check/", 1)
        yield f"http://127.0.0.1:{port}"


def event_in(path: Path):
    (event,) = Calendar.from_ical(path.read_bytes()).walk("VEVENT")
    return event


def tell_of_rituximab(where: Page | Frame, page: Page, scripts: bool = True) -> None:
    where.get_by_label("Lupus (SLE)").check()
    go_on(where)
    while not where.locator('input[value="rituximab"]').count():
        go_on(where, "Skip")
    where.locator('input[value="rituximab"]').check()
    where.locator('input[name="treatment.rituximab"][value="past"]').check()
    where.locator('[name="treatment.rituximab.ago"]').fill("3")
    where.locator('[name="treatment.rituximab.ago_unit"]').select_option("months")
    go_on(where)
    skip_to(where, "")
    expect(where.locator("[data-verdict=does_not_fit]")).to_be_visible()


def save_in_a_tab(page: Page, where: Page | Frame) -> Path:
    with page.context.expect_page() as opened:
        click(where.get_by_role("button", name=re.compile("Put this into my calendar")))
    tab = opened.value
    expect(tab.get_by_role("heading", level=1)).to_have_text("A date for your calendar")
    expect(tab.locator("main")).to_contain_text(TITLE)
    tab.wait_for_load_state()  # a tab that a form opened may not have its style sheet yet
    assert tab.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0
    with tab.expect_download() as download:
        tab.get_by_role("button", name="Save the calendar file").click()
    assert download.value.suggested_filename == "NCT90000001.ics"
    return download.value.path()


def test_the_day_is_saved_and_the_answers_stay_on_the_screen(visitor: Page, url: str):
    visitor.goto(f"{url}/check/")
    tell_of_rituximab(visitor, visitor)
    event = event_in(save_in_a_tab(visitor, visitor))
    assert event["SUMMARY"] == TITLE and "Rituximab" in event["DESCRIPTION"]
    expect(visitor.locator("[data-verdict=does_not_fit]")).to_be_visible()


def test_the_planned_dates_are_saved_from_the_page_of_the_study(visitor: Page, url: str):
    visitor.goto(f"{url}/studies/NCT90000001/")
    with visitor.expect_download() as download:
        visitor.get_by_role("link", name="Put the dates ahead into my calendar").click()
    assert "End: about December 2031." in event_in(download.value.path())["DESCRIPTION"]


def test_a_frame_saves_them_by_way_of_a_tab(visitor: Page, framed: str):
    """No browser saves a file out of our frames: they are sandboxed, and the right to do so is not among ours."""
    visitor.set_viewport_size({"width": 1280, "height": 800})
    visitor.goto(f"{framed}/study")
    with visitor.context.expect_page() as opened:
        click(visitor.frames[-1].get_by_role("link", name="Dates for your calendar (new tab)"))
    tab = opened.value
    expect(tab).to_have_url(re.compile(r"/studies/NCT90000001/#dates$"))
    with tab.expect_download() as download:
        tab.get_by_role("link", name="Put the dates ahead into my calendar").click()
    assert event_in(download.value.path())["SUMMARY"] == TITLE


def test_a_frame_saves_the_day_of_the_questionnaire_too(visitor: Page, framed: str):
    visitor.set_viewport_size({"width": 1280, "height": 800})
    visitor.goto(f"{framed}/check")
    tell_of_rituximab(visitor.frames[-1], visitor)
    assert "Rituximab" in event_in(save_in_a_tab(visitor, visitor.frames[-1]))["DESCRIPTION"]


def test_the_page_of_the_day_has_no_barriers(browser: Browser, url: str):
    context = browser.new_context(reduced_motion="reduce", viewport={"width": 320, "height": 800})
    page = context.new_page()
    page.goto(f"{url}/check/")
    tell_of_rituximab(page, page)
    with context.expect_page() as opened:
        click(page.get_by_role("button", name=re.compile("Put this into my calendar")))
    assert both_schemes(opened.value) == [] and both_schemes(page) == []
    context.close()
