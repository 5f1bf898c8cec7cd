"""The finder in pages of a clinic on another site, in a Chromium that blocks the cookies of third parties."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from urllib.parse import urlsplit

import pytest
from django.contrib.admin import site as desk
from playwright.sync_api import Browser, BrowserContext, Frame, Playwright, expect

from tests.browser.checking import MARK, asked, click, go_on, tell_age, tick
from tests.browser.conftest import ASKING
from tests.browser.framing import COOKIE, clinic_site
from tests.browser.looking import violations
from tests.conftest import CHROMIUM_ARGUMENTS
from tests.pdf_text import pages_of
from tests.studies import site, store, study
from trials.models import Partner

REFUSED = {
    "nobody123456": "There is no clinic with the key",
    "inactive1234": "is switched off",
    "stranger1234": "Pages of {url} may not show the finder",
}
SITES = [site(f"Hospital {n}", f"Town {n}", "France", status="RECRUITING") for n in range(40)]


@dataclass
class Clinic:
    """`url` is the clinic's site, `other` the same pages under another name; `finder` is a third site."""

    url: str
    other: str
    finder: str
    key: str


@pytest.fixture(scope="module")
def private_browser(playwright: Playwright, chromium: str) -> Iterator[Browser]:
    arguments = [*CHROMIUM_ARGUMENTS, "--test-third-party-cookie-phaseout"]
    browser = playwright.chromium.launch(executable_path=chromium, args=arguments)
    yield browser
    browser.close()


@pytest.fixture
def clinic(transactional_db, live_server) -> Iterator[Clinic]:
    """Its pages, by path, hold the snippets as the admin hands them out, and these with other sandboxes."""
    store(
        study(eligibilityModule={"eligibilityCriteria": ASKING}, contactsLocationsModule={"locations": SITES}),
        study("NCT90000002", eligibilityModule={"eligibilityCriteria": ASKING.replace("of 6", "of 12")}),
        study("NCT90000003", statusModule={"overallStatus": "UNKNOWN"}),
    )
    pages: dict[str, str] = {}
    with clinic_site(pages, live_server.url) as port:
        ours = f"http://127.0.0.1:{port}"
        partner = Partner.objects.create(
            name="Example Clinic", allowed_origins=f"{ours}\nhttp://*.localhost:{port}", accent="#8a1f5c"
        )
        Partner.objects.create(name="Off", key="inactive1234", allowed_origins=ours, active=False)
        Partner.objects.create(name="Other", key="stranger1234", allowed_origins="https://clinic.example.org")
        script, plain = _snippets(partner, live_server.url)
        pages |= {"/script": script, "/twice": f"{script}<p>And once more</p>{script}", "/plain": plain}
        pages["/sandboxed"] = re.sub('sandbox="[^"]*"', 'sandbox="allow-scripts allow-forms"', plain)
        pages["/refused"] = "".join(script.replace(partner.key, key) for key in REFUSED)
        pages |= {COOKIE: "", "/remembering": f'<iframe src="http://localhost:{port}{COOKIE}" title="Other"></iframe>'}
        yield Clinic(ours, f"http://localhost:{port}", live_server.url, partner.key)


def _snippets(partner: Partner, root: str) -> list[str]:
    partner.site_root = root
    html = desk.get_model_admin(Partner).snippets(partner)
    return [unescape(found) for found in re.findall(r"<textarea[^>]*>(.*?)</textarea>", html, re.DOTALL)]


class Visit:
    """A tab with a page of the clinic, and all that it does behind a visitor's back."""

    def __init__(self, context: BrowserContext) -> None:
        self.context, self.page = context, context.new_page()
        self.complaints: list[str] = []
        self.hosts: set[str] = set()
        context.on("request", lambda request: self.hosts.add(urlsplit(request.url).netloc))
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def open(self, address: str) -> Frame:
        self.page.goto(address)
        if self.page.locator("iframe").count():
            self.page.locator("iframe").scroll_into_view_if_needed()
        return self.frame

    @property
    def frame(self) -> Frame:
        return self.page.frames[-1]

    def fits(self) -> None:
        """The frame is exactly as tall as what is in it."""
        for _ in range(60):
            inside = self.frame.evaluate("document.documentElement.offsetHeight")
            outside = self.page.evaluate("document.querySelector('iframe').offsetHeight")
            if abs(inside - outside) < 2 and outside != 640:  # the height without any answer
                return
            self.page.wait_for_timeout(50)
        raise AssertionError(f"The frame has {outside} pixels, its content {inside}.")


@pytest.fixture(params=["script", "sandboxed", "alone", "no-script"])
def visit(private_browser: Browser, request: pytest.FixtureRequest) -> Iterator[Visit]:
    """In each kind of frame, and in a tab of its own, where a page could store things."""
    scripts = request.param != "no-script"
    context = private_browser.new_context(java_script_enabled=scripts, viewport={"width": 1280, "height": 800})
    yield Visit(context)
    context.close()


@pytest.fixture
def scripted(private_browser: Browser) -> Iterator[Visit]:
    context = private_browser.new_context(viewport={"width": 1280, "height": 800})
    yield Visit(context)
    context.close()


KEPT = """async () => {
  const counts = [() => localStorage.length, () => sessionStorage.length, () => document.cookie.length,
    async () => (await indexedDB.databases()).length, async () => (await caches.keys()).length];
  const found = [];
  for (const count of counts) {
    try { found.push(await count()); } catch (error) { found.push(error.name); }
  }
  return found;
}"""


def test_the_whole_journey_leaves_nothing_and_tells_nothing(visit: Visit, clinic: Clinic, request):
    mode = request.node.callspec.params["visit"]
    pages = {"no-script": f"{clinic.url}/plain", "alone": f"{clinic.finder}/embed/{clinic.key}/"}
    frame = visit.open(pages.get(mode, f"{clinic.url}/{mode}"))
    scripts, fits = mode != "no-script", visit.fits if mode == "script" else lambda: None
    _search(visit, frame, scripts, fits)
    _look_at_a_study(visit, frame, fits)
    _answer(visit, frame, scripts, fits)
    assert visit.context.cookies() == []
    hosts = {urlsplit(address).netloc for address in (clinic.url, clinic.finder)}
    assert visit.hosts == (hosts - {urlsplit(clinic.url).netloc} if mode == "alone" else hosts)
    assert visit.complaints == []
    assert frame.url.startswith(f"{clinic.finder}/embed/{clinic.key}/es/")
    if mode == "alone":
        assert frame.evaluate(KEPT) == [0] * 5
    elif scripts:
        assert frame.evaluate(KEPT) == ["SecurityError"] * 5
        assert visit.page.evaluate(KEPT) == [0] * 5
        _heard_only_heights(visit.page.evaluate("heard"), mode == "script")


def _heard_only_heights(messages: list, any_at_all: bool) -> None:
    assert bool(messages) is any_at_all
    for origin, said in messages:
        assert origin == "null" and list(said) == ["ctdTrialFinder"]
        assert list(said["ctdTrialFinder"]) == ["height"] and isinstance(said["ctdTrialFinder"]["height"], int)


def _search(visit: Visit, frame: Frame, scripts: bool, fits) -> None:
    expect(frame.locator("h1")).to_have_text("3 studies")
    fits()
    if scripts:
        frame.wait_for_load_state()
        frame.locator("#q").press_sequentially("lup")
        expect(frame.locator("[role=option]").first).to_be_visible()
    frame.fill("#q", "lupus")
    frame.locator("#q").press("Enter")
    expect(frame.locator("h1")).to_have_text("Lupus (SLE): 3 studies")
    click(frame.locator("#f-status-recruiting"))
    expect(frame.locator("h1")).to_have_text("Lupus (SLE): 2 studies")
    fits()
    click(frame.locator(".sorting summary"))
    click(frame.locator("#sort-newest"))
    expect(frame.locator("#sort-newest")).to_have_attribute("aria-current", "true")
    click(frame.locator(".map-of-list > summary"))
    if scripts:
        expect(frame.locator("#map-of-list figure.map")).to_be_visible()
        fits()
        visit.page.evaluate("history.back()")
        expect(frame.locator("#sort-newest")).not_to_have_attribute("aria-current", "true")
    else:
        click(frame.get_by_role("link", name="Show the map"))
        expect(frame.locator("h1")).to_have_text("Lupus (SLE): where the studies are")
        click(frame.get_by_role("link", name="Show them as a list"))
    expect(frame.locator("h1")).to_have_text("Lupus (SLE): 2 studies")


def _look_at_a_study(visit: Visit, frame: Frame, fits) -> None:
    click(frame.locator("[data-nct-id=NCT90000001] a").first)
    expect(frame.locator("article.study")).to_be_visible()
    fits()
    click(frame.get_by_role("link", name="Studies", exact=True).first)
    expect(frame.locator("h1")).to_have_text("3 studies")
    fits()


def _answer(visit: Visit, frame: Frame, scripts: bool, fits) -> None:
    click(frame.get_by_role("link", name="Check what may fit"))
    expect(frame.locator("h1")).to_have_text("What do you have?")
    tell_age(frame)
    fits()
    if scripts:
        here = asked(frame)
        go_on(frame, "Skip")
        visit.page.evaluate("history.back()")
        expect(frame.locator('input[name="at"]')).to_have_value(here)
    frame.get_by_role("button", name="See them now").press("Enter")
    expect(frame.locator("h1")).to_have_text("2 studies for Lupus (SLE)")
    fits()
    click(frame.get_by_role("button", name="Rule by rule: NCT90000001"))
    expect(frame.locator(".marked-rule").first).to_be_visible()
    click(frame.get_by_role("button", name="About the study"))
    expect(frame.locator("article.study")).to_be_visible()
    fits()
    click(frame.get_by_role("button", name="Back to the studies"))
    click(frame.get_by_role("button", name="Page for your doctor"))
    expect(frame.locator("article.handout")).to_contain_text(MARK)
    click(frame.get_by_role("button", name="Español"))
    expect(frame.locator("html")).to_have_attribute("lang", "es")
    expect(frame.locator("article.handout")).to_contain_text(MARK.replace(".", ","))
    fits()


def test_the_browser_of_these_tests_keeps_cookies_but_none_of_third_parties(scripted: Visit, clinic: Clinic):
    scripted.page.goto(clinic.other + COOKIE)
    assert [cookie["name"] for cookie in scripted.context.cookies()] == ["seen"]
    scripted.context.clear_cookies()
    scripted.page.goto(f"{clinic.url}/remembering")
    expect(scripted.page.frame_locator("iframe").locator("h1")).to_be_visible()
    assert scripted.context.cookies() == []


def test_what_may_not_be_shown_is_not_and_the_web_editor_learns_why(scripted: Visit, clinic: Clinic):
    scripted.page.goto(f"{clinic.url}/refused")
    for number, said in enumerate(REFUSED.values()):
        box = scripted.page.locator(".ctd-trial-finder").nth(number)
        expect(box).to_contain_text("The trial finder cannot be shown on this page.", timeout=10_000)
        expect(box.locator("iframe")).to_be_hidden()
        expect(box.get_by_role("button")).to_be_hidden()
        with scripted.context.expect_page() as opened:
            click(box.get_by_role("link", name="Why? (for the web editor)"))
        expect(opened.value.locator("main")).to_contain_text(said.format(url=clinic.url))
    assert not [frame.url for frame in scripted.page.frames if frame.url.startswith(clinic.finder)]


def test_subdomains_may_show_it_where_a_wildcard_says_so(scripted: Visit, clinic: Clinic):
    frame = scripted.open(f"{clinic.other.replace('localhost', 'sub.localhost')}/script")
    expect(frame.locator("h1")).to_have_text("3 studies")
    scripted.fits()


def test_links_out_open_a_tab_that_knows_nothing_of_the_frame(scripted: Visit, clinic: Clinic):
    scripted.context.route("https://clinicaltrials.gov/**", lambda route: route.fulfill(body="Record"))
    frame = scripted.open(f"{clinic.url}/script")
    click(frame.locator("[data-nct-id=NCT90000001] a").first)
    with scripted.context.expect_page() as opened:
        click(frame.get_by_role("link", name=re.compile("^Official record")).first)
    opened.value.wait_for_load_state()
    assert opened.value.evaluate("[opener, document.referrer]") == [None, ""]
    assert frame.url.startswith(clinic.finder)


def test_the_clinics_page_follows_to_what_is_new(scripted: Visit, clinic: Clinic):
    frame = scripted.open(f"{clinic.url}/script")
    click(frame.locator("[data-nct-id=NCT90000001] a").first)
    click(frame.get_by_role("link", name="Sites and contacts"))
    expect(frame.locator("#where")).to_be_in_viewport()
    scripted.page.evaluate("scrollTo(0, document.body.scrollHeight)")
    click(frame.get_by_role("link", name="Privacy"))
    expect(frame.locator("h1")).to_have_text(re.compile("privacy", re.IGNORECASE))
    expect(frame.locator("h1")).to_be_in_viewport()
    click(frame.get_by_role("link", name="Check what may fit"))
    tick(frame.get_by_label("Lupus (SLE)"))
    go_on(frame)
    expect(frame.locator("#check-heading")).to_be_focused()
    expect(frame.locator("#check-heading")).to_be_in_viewport()


def test_by_keyboard_into_the_frame_and_past_it(scripted: Visit, clinic: Clinic):
    page = scripted.page
    frame = scripted.open(f"{clinic.url}/script")
    scripted.fits()
    page.locator("#above").focus()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Skip the trial finder")).to_be_focused()
    page.keyboard.press("Tab")
    expect(frame.locator(".skip")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Open the trial finder in a new tab")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("#below")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    assert frame.evaluate("document.activeElement.closest('footer') !== null")


def test_two_snippets_in_a_narrow_dark_page(private_browser: Browser, clinic: Clinic):
    context = private_browser.new_context(viewport={"width": 320, "height": 700}, color_scheme="dark")
    visit = Visit(context)
    visit.page.goto(f"{clinic.url}/twice")
    for number in (0, 1):
        visit.page.locator("iframe").nth(number).scroll_into_view_if_needed()
        frame = visit.page.frames[number + 1]
        expect(frame.locator("h1")).to_have_text("3 studies")
        inside = frame.evaluate("document.documentElement.offsetHeight")
        expect(visit.page.locator("iframe").nth(number)).to_have_css("height", f"{inside}px")
        assert frame.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0
        assert violations(frame, "dark") == []
    assert visit.page.evaluate("document.documentElement.scrollWidth") == 320
    assert visit.complaints == []
    context.close()


def test_frame_and_snippet_are_accessible(scripted: Visit, clinic: Clinic):
    frame = scripted.open(f"{clinic.url}/script")
    expect(frame.locator("h1")).to_have_text("3 studies")
    assert violations(frame, "light") == []
    assert violations(scripted.page, "light") == []
    frame.goto(f"{clinic.finder}/embed/{clinic.key}/en/studies/NCT90000001/")
    assert violations(frame, "light") == []


def test_printing_the_clinics_page_prints_all_of_the_frame(scripted: Visit, clinic: Clinic):
    frame = scripted.open(f"{clinic.url}/script")
    click(frame.locator("[data-nct-id=NCT90000001] a").first)
    expect(frame.locator("article.study")).to_be_visible()
    scripted.fits()
    text = "".join(pages_of(scripted.page.pdf(format="A4")))
    assert "Youcanlookforastudyhere." in text
    assert "SourceofthestudiesClinicalTrials.gov" in text.replace(":", "")  # the last line of the frame
    assert text.endswith("Callus")
    scripted.fits()


def test_a_short_list_lives_in_the_address_of_the_frame(scripted: Visit, clinic: Clinic):
    frame = scripted.open(f"{clinic.url}/sandboxed")
    click(frame.get_by_role("link", name="Studies", exact=True).first)
    for number in ("NCT90000001", "NCT90000002"):
        click(scripted.frame.locator(f'[data-save="{number}"]'))
        expect(scripted.frame.locator(f'[data-save="{number}"]')).to_contain_text("Take off my list")
    click(scripted.frame.get_by_role("link", name="Saved"))
    expect(scripted.frame.get_by_role("heading", name="2 saved studies")).to_be_visible()
    click(scripted.frame.get_by_role("link", name="Compare these 2 studies"))
    expect(scripted.frame.get_by_role("heading", level=1)).to_contain_text("Compare")
    click(scripted.frame.get_by_role("link", name="Saved"))
    click(scripted.frame.get_by_role("link", name="Take NCT90000001 off the list"))
    expect(scripted.frame.get_by_role("heading", name="1 saved study")).to_be_visible()
    assert scripted.hosts == {urlsplit(clinic.url).netloc, urlsplit(clinic.finder).netloc}
    assert [one for one in scripted.frame.evaluate(KEPT) if one not in (0, "SecurityError")] == []
    assert scripted.complaints == [] and scripted.context.cookies() == []
