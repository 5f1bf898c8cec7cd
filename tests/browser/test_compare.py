"""Studies side by side in a real browser: wide, narrow, by keyboard, on paper, without scripts, in a frame."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import CRITERIA, MANY_SITES, fill_site
from tests.browser.framing import clinic_site
from tests.browser.looking import both_schemes
from tests.pdf_text import pages_of
from tests.studies import store, study
from trials.models import Partner

IDS = [f"NCT9000007{n}" for n in range(4)]
TWO, FOUR = ",".join(IDS[:2]), ",".join(IDS)
OTHER = CRITERIA.replace("6", "8").replace("Pregnancy", "Pregnant women").replace("HIV", "Tuberculosis")
BEYOND = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
SMALL = """() => [...document.querySelectorAll('main :is(button, summary, input:not([type=hidden]), .take-off)')]
    .filter(e => e.checkVisibility() && !e.closest('.term')).map(e => [e.outerHTML.slice(0, 90),
    e.getBoundingClientRect().height]).filter(([html, height]) => height < 43.5)"""


@pytest.fixture(scope="module")
def compare_url(shared_site: str) -> str:
    fill_site()
    store(
        *(
            study(
                one,
                eligibilityModule={"eligibilityCriteria": CRITERIA if n % 2 else OTHER},
                contactsLocationsModule={"locations": MANY_SITES[: 40 * n]},
            )
            for n, one in enumerate(IDS)
        )
    )
    return f"{shared_site}/compare/"


@pytest.fixture(scope="module")
def clinic_url(compare_url: str) -> Iterator[str]:
    site = compare_url.removesuffix("/compare/")
    pages: dict[str, str] = {}
    with clinic_site(pages, site) as port:
        clinic = f"http://127.0.0.1:{port}"
        partner = Partner.objects.create(name="Example Clinic", allowed_origins=clinic)
        pages["/"] = (
            f'<iframe src="{site}/embed/{partner.key}/en/compare/?ids={TWO}" title="Trial finder" width="100%" '
            'height="900" referrerpolicy="strict-origin" sandbox="allow-scripts allow-forms"></iframe>'
        )
        yield f"{clinic}/"


@pytest.fixture(params=[True, False], ids=["script", "no-script"])
def phone(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    context = browser.new_context(java_script_enabled=request.param, viewport={"width": 375, "height": 812})
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("width", [320, 375, 1280])
@pytest.mark.parametrize("query", ["", f"?ids={IDS[0]}", f"?ids={TWO}", f"?ids={FOUR}&show=differences"])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(browser: Browser, compare_url: str, query: str, width: int):
    context = browser.new_context(viewport={"width": width, "height": 900}, reduced_motion="reduce")
    page = context.new_page()
    page.goto(compare_url + query)
    small = page.evaluate(SMALL)
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    beyond, found = page.evaluate(BEYOND), both_schemes(page)
    context.close()
    assert (beyond, small, found) == (0, [], [])


def test_on_a_wide_screen_a_row_is_a_row_and_the_names_of_the_studies_stay_in_sight(page: Page, compare_url: str):
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(f"{compare_url}?ids={FOUR}")
    tops = page.evaluate("[...document.querySelectorAll('#row-activity td')].map(e => e.getBoundingClientRect().y)")
    assert len(tops) == 4 and len(set(tops)) == 1
    assert page.locator("#row-activity .of-study:visible").count() == 0
    page.locator("#row-infections").scroll_into_view_if_needed()
    page.evaluate("scrollBy(0, 100)")
    head = page.locator("table[aria-labelledby=joining] thead th").first.bounding_box()
    assert head is not None and -1 < head["y"] < 5
    assert page.get_by_role("columnheader", name=IDS[0]).count() > 0


def test_on_a_narrow_screen_each_cell_names_its_study_under_the_heading_of_its_row(phone: Page, compare_url: str):
    phone.goto(f"{compare_url}?ids={TWO}")
    row = phone.locator("#row-activity")
    assert row.get_by_role("heading", level=3).inner_text() == "How active the disease is"
    assert row.get_by_role("heading", level=4).all_inner_texts() == IDS[:2]
    first, second = (row.locator("td").nth(n).bounding_box() for n in (0, 1))
    assert first and second and first["y"] + first["height"] <= second["y"] + 1


def test_without_a_mouse_or_a_script_people_see_only_what_differs_and_take_a_study_off(phone: Page, compare_url: str):
    phone.goto(f"{compare_url}?ids={FOUR}")
    phone.get_by_role("link", name="Show only what differs").focus()
    phone.keyboard.press("Enter")
    phone.wait_for_url("**show=differences")
    assert phone.locator("#row-sex").count() == 0 and phone.locator("#alike").is_visible()
    phone.goto(f"{compare_url}?ids={FOUR}")
    phone.get_by_role("link", name=f"Take {IDS[3]} off").focus()
    phone.keyboard.press("Enter")
    phone.wait_for_url(f"**ids={','.join(IDS[:3])}")
    phone.get_by_label("Number of a study to add").fill(IDS[3])
    phone.keyboard.press("Enter")
    phone.wait_for_url("**/compare/?ids=*ids=*")
    assert phone.locator(".compare-studies > li").count() == 4


def test_what_has_the_focus_is_not_under_the_names_of_the_studies(page: Page, compare_url: str):
    page.set_viewport_size({"width": 1280, "height": 500})
    page.goto(f"{compare_url}?ids={TWO}")
    page.locator("#row-infections summary").first.focus()
    for _ in range(12):
        page.keyboard.press("Shift+Tab")
        hidden = page.evaluate(
            """() => { const box = document.activeElement.getBoundingClientRect();
            return [...document.querySelectorAll('.compare-table thead th')].some(head => {
              const over = head.getBoundingClientRect();
              return over.top <= 0.5 && over.bottom > 0 && box.bottom <= over.bottom && box.top >= over.top; }); }"""
        )
        assert not hidden


def test_on_paper_everything_is_there_and_nothing_is_cut(page: Page, compare_url: str):
    page.goto(f"{compare_url}?ids={FOUR}")
    wide = page.evaluate(BEYOND)
    text = "".join(pages_of(page.pdf(prefer_css_page_size=True)))
    assert wide == 0 and all(one in text for one in IDS)
    assert "SLEbythe2019criteria" in text and "Officialwording" in text
    page.emulate_media(media="print")
    cells = page.evaluate("[...document.querySelectorAll('#row-activity td')].map(e => e.getBoundingClientRect().x)")
    assert len(set(cells)) == 4  # side by side
    assert page.locator(".take-off:visible, form:visible").count() == 0


def test_works_in_the_sandboxed_frame_of_a_clinic_where_nothing_can_be_stored(page: Page, clinic_url: str):
    page.goto(clinic_url)
    frame = page.frames[-1]
    frame.locator("#row-activity .wording > summary").first.click()
    assert frame.locator("#row-activity .wording q").first.is_visible()
    frame.get_by_role("link", name="Show only what differs").click()
    frame.wait_for_url("**show=differences")
    assert frame.locator("#alike").is_visible() and frame.evaluate("origin") == "null"
