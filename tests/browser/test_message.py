"""Writing to a study team in a real browser: with and without scripts, in a clinic's frame, by keyboard, accessible."""

import re
from collections.abc import Iterator
from html import unescape

import pytest
from django.contrib.admin import site as desk
from playwright.sync_api import Browser, Frame, Page, expect

from finder.messages import form as message_form
from tests.browser.checking import click
from tests.browser.framing import clinic_site
from tests.browser.looking import both_schemes
from tests.mail_server import Journal, mail_server, set_up_mail
from tests.studies import site, store, study
from trials.ingest.mail_worker import send_what_is_due
from trials.models import Partner

CONTACTS = {
    "centralContacts": [{"name": "Study Desk", "phone": "+49 30 1234", "email": "desk@study-team.org"}],
    "locations": [site(status="RECRUITING", contacts=[{"name": "Ward", "email": "ward@berlin-house.org"}])],
}
BEYOND = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
SMALL = """() => [...document.querySelectorAll('main :is(button, select, textarea, input:not([type=hidden]))')]
    .filter(e => e.checkVisibility() && !e.closest('.trap, .choice')).map(e => e.getBoundingClientRect().height)
    .filter(height => height < 43.5)"""


@pytest.fixture
def team(settings, transactional_db, live_server, monkeypatch) -> Iterator[Journal]:
    settings.MESSAGES = True
    monkeypatch.setattr(message_form, "LEAST_SECONDS", -1)
    store(study(contactsLocationsModule=CONTACTS))
    with mail_server() as journal:
        set_up_mail(settings, journal.port)
        yield journal


@pytest.fixture(params=[True, False], ids=["script", "no-script"])
def visitor(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    context = browser.new_context(
        java_script_enabled=request.param, viewport={"width": 320, "height": 800}, reduced_motion="reduce"
    )
    yield context.new_page()
    context.close()


def write(where: Page | Frame) -> None:
    if where.locator("select#message-to").count():
        where.get_by_label("Who gets your message?").select_option(label="Charité, Berlin, Germany: Ward")
    where.get_by_label("Your name").fill("Ada Lovelace")
    where.get_by_label("Your e-mail address").fill("ada@writer-home.org")
    where.get_by_label("Your message", exact=True).fill("I would like to know more.\nPlease call me.")
    click(where.get_by_role("button", name="Look at it before it is sent"))
    expect(where.get_by_role("alert")).to_contain_text("Please tick the box if you agree.")
    expect(where.get_by_label("Your message", exact=True)).to_have_value("I would like to know more.\nPlease call me.")
    where.get_by_role("checkbox").check()
    click(where.get_by_role("button", name="Look at it before it is sent"))
    expect(where.get_by_role("heading", level=1)).to_have_text("Is this right?")
    click(where.get_by_role("button", name="Change something"))
    expect(where.get_by_label("Your name")).to_have_value("Ada Lovelace")
    click(where.get_by_role("button", name="Look at it before it is sent"))
    click(where.get_by_role("button", name="Send me the link"))
    expect(where.get_by_role("heading", level=1)).to_have_text("Now look into your mailbox")


def link(team: Journal) -> str:
    send_what_is_due()
    (mail,) = team.to("ada@writer-home.org")
    return re.search(r"http://\S+", mail.get_content()).group()


def test_from_the_page_of_the_study_to_the_team(visitor: Page, team: Journal, live_server):
    visitor.goto(f"{live_server.url}/studies/NCT90000001/")
    visitor.get_by_role("link", name="Write to the team from here").click()
    write(visitor)
    visitor.goto(link(team))
    visitor.get_by_role("button", name="Yes, send my message").click()
    expect(visitor.get_by_role("heading", level=1)).to_have_text("Your message is on its way")
    send_what_is_due()
    visitor.reload()
    assert len(team.to("ward@berlin-house.org")) == 1
    assert visitor.context.cookies() == []


def test_no_step_has_barriers_or_scrolls_sideways(browser: Browser, team: Journal, live_server):
    context = browser.new_context(viewport={"width": 320, "height": 800}, reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"{live_server.url}/studies/NCT90000001/message/")
    steps = {"form": lambda: None, "problems": lambda: page.get_by_role("button", name="Look at it").click()}
    steps["asked"] = lambda: write(page)
    steps["status"] = lambda: page.goto(link(team))
    for name, step in steps.items():
        step()
        assert both_schemes(page) == [], name
        assert page.evaluate(BEYOND) == 0 and page.evaluate(SMALL) == [], name
    context.close()


def test_by_keyboard_alone_and_past_the_field_that_nobody_sees(browser: Browser, team: Journal, live_server):
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{live_server.url}/studies/NCT90000001/message/")
    page.locator("#message-to").focus()
    page.keyboard.press("ArrowDown")
    for typed in ("Ada", "ada@writer-home.org", "", "", "I would like to know more."):
        page.keyboard.press("Tab")
        page.keyboard.type(typed)
    page.keyboard.press("Tab")
    expect(page.get_by_role("checkbox")).to_be_focused()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Is this right?")
    context.close()


def test_in_a_clinics_frame_it_goes_to_the_clinic(visitor: Page, team: Journal, live_server, settings):
    settings.MESSAGES = False
    pages: dict[str, str] = {}
    with clinic_site(pages, live_server.url) as port:
        partner = Partner.objects.create(
            name="Example Clinic",
            allowed_origins=f"http://127.0.0.1:{port}",
            takes_messages=True,
            message_address="trials@clinic-house.org",
        )
        partner.site_root = live_server.url
        html = desk.get_model_admin(Partner).snippets(partner)
        plain = unescape(re.findall(r"<textarea[^>]*>(.*?)</textarea>", html, re.DOTALL)[1])
        pages["/"] = plain.replace(f"{partner.key}/", f"{partner.key}/en/studies/NCT90000001/message/", 1)
        visitor.goto(f"http://127.0.0.1:{port}/")
        write(visitor.frames[-1])
        visitor.goto(link(team))
        visitor.get_by_role("button", name="Yes, send my message").click()
        send_what_is_due()
    assert len(team.to("trials@clinic-house.org")) == 1 and visitor.context.cookies() == []
