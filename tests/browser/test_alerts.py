"""Being told by mail in a browser: with and without scripts, in a clinic's frame, accessible, to the last button."""

import re
from collections.abc import Iterator

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from finder.alerts.digest import queue_digests
from tests.browser.framing import clinic_site
from tests.browser.looking import both_schemes
from tests.mail_server import Journal, mail_server, set_up_mail
from tests.studies import store, study
from trials.ingest.mail_worker import send_what_is_due
from trials.mail.server import this_threads_server
from trials.models import Alert, Partner, RecordVersion

BEYOND = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def read_from_registry(record) -> None:
    before = set(RecordVersion.objects.values_list("pk", flat=True))
    store(record)
    RecordVersion.objects.exclude(pk__in=before).update(source="https://registry")


@pytest.fixture
def post(settings, transactional_db, live_server) -> Iterator[Journal]:
    settings.SITE_URL = live_server.url
    store(study())
    with mail_server() as journal:
        set_up_mail(settings, journal.port)
        yield journal
        this_threads_server().hang_up()


@pytest.fixture(params=[True, False], ids=["script", "no-script"])
def visitor(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    context = browser.new_context(
        java_script_enabled=request.param, viewport={"width": 320, "height": 800}, reduced_motion="reduce"
    )
    yield context.new_page()
    context.close()


def link(post: Journal) -> str:
    send_what_is_due()
    return re.search(r"http://\S+/alerts/\S+", post.to("ada@reader-home.org")[-1].get_content()).group()


def test_from_the_list_to_the_mail_and_to_its_end(visitor: Page, post: Journal, live_server):
    visitor.goto(f"{live_server.url}/studies/?condition=sle")
    visitor.get_by_role("link", name="Be told about new studies").click()
    expect(visitor.locator("#alert-search")).to_have_text("Lupus (SLE)")
    visitor.get_by_label("Your e-mail address").fill("ada@")
    visitor.get_by_role("button", name="Send me the link").click()
    expect(visitor.get_by_role("alert")).to_contain_text("not one whole e-mail address")
    visitor.get_by_label("Your e-mail address").fill("ada@reader-home.org")
    visitor.get_by_label("Once a day").check()
    visitor.get_by_role("button", name="Send me the link").click()
    expect(visitor.get_by_role("heading", level=1)).to_have_text("Now look into your mailbox")
    visitor.goto(link(post))
    visitor.get_by_role("button", name="Yes, tell me what is new").click()
    expect(visitor.get_by_role("heading", level=1)).to_have_text("Your alert is on")
    read_from_registry(study("NCT90000002"))
    assert queue_digests(timezone.now()) == 1
    visitor.goto(link(post))
    assert "NCT90000002" in post.taken[-1].get_content()
    stop = post.taken[-1]["List-Unsubscribe"].strip("<>")
    answer = visitor.request.post(stop, form={"List-Unsubscribe": "One-Click"})
    assert answer.ok and not Alert.objects.exists()
    visitor.reload()
    expect(visitor.get_by_role("heading", level=1)).to_have_text("This link no longer holds")
    assert visitor.context.cookies() == []


def test_no_step_has_barriers_or_scrolls_sideways(browser: Browser, post: Journal, live_server):
    context = browser.new_context(viewport={"width": 320, "height": 800}, reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"{live_server.url}/studies/NCT90000001/")
    page.get_by_role("link", name="Be told when this study changes").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Be told what is new")
    assert both_schemes(page) == []
    assert page.evaluate(BEYOND) == 0
    page.get_by_label("Your e-mail address").fill("ada@reader-home.org")
    page.get_by_role("button", name="Send me the link").click()
    assert both_schemes(page) == []
    page.goto(link(post))
    assert both_schemes(page) == []
    assert page.evaluate(BEYOND) == 0
    page.get_by_role("button", name="Yes, tell me what is new").click()
    assert both_schemes(page) == []
    page.get_by_role("button", name="Stop this alert").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("The alert is stopped")
    assert both_schemes(page) == []
    context.close()


def test_a_clinics_frame_leads_out_and_asks_for_no_address(visitor: Page, post: Journal, live_server):
    pages: dict[str, str] = {}
    with clinic_site(pages, live_server.url) as port:
        partner = Partner.objects.create(name="Example Clinic", allowed_origins=f"http://127.0.0.1:{port}")
        address = f"{live_server.url}/embed/{partner.key}/en/alerts/?condition=sle"
        sandbox = "allow-scripts allow-forms allow-popups allow-popups-to-escape-sandbox"
        pages["/"] = f'<!doctype html><iframe src="{address}" sandbox="{sandbox}" width="320" height="700"></iframe>'
        visitor.goto(f"http://127.0.0.1:{port}/")
        frame = visitor.frames[-1]
        expect(frame.locator("input[name=email]")).to_have_count(0)
        with visitor.context.expect_page() as opened:
            frame.get_by_role("link", name="Go on there").click()
        expect(opened.value.get_by_label("Your e-mail address")).to_be_visible()
        assert opened.value.url == f"{live_server.url}/alerts/?condition=sle"
