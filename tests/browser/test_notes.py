"""Private notes on a study: written, found again, told when the text has changed, printed, and sent to nobody."""

import json
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import CRITERIA
from tests.browser.looking import both_schemes
from tests.studies import store, study

STUDY = "/studies/NCT90000000/"
NAME = "ctd-trial-finder"
HOSTILE = '<img src=x onerror="document.title=1"> "quoted" \u202eright to left\u202c שלום 😀 \'; DROP TABLE'
FILL = """() => {
    let piece = 'x'.repeat(1 << 20);
    while (piece) {
        try { localStorage.setItem('filler' + Math.random(), piece); }
        catch { piece = piece.slice(1 + (piece.length >> 1)); }
    }
}"""
RULE = '[data-part="criterion:I1"]'


@pytest.fixture
def notes_page(browser: Browser, site_url: str) -> Any:
    context = browser.new_context(base_url=site_url, reduced_motion="reduce", viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(STUDY)
    yield page
    context.close()


def kept(page: Page) -> dict[str, Any] | None:
    return json.loads(page.evaluate(f"localStorage.getItem('{NAME}')") or "null")


def keep(page: Page, *notes: dict[str, str]) -> None:
    """As if written on an earlier visit."""
    whole = [{"key": f"k{n}", "study": "NCT90000000", "on": "2026-11-01", **note} for n, note in enumerate(notes)]
    page.evaluate("([name, text]) => localStorage.setItem(name, text)",
                  [NAME, json.dumps({"format": 1, "saved": [], "notes": whole})])  # fmt: skip
    page.reload()


def unfold_file(page: Page) -> None:
    """The part with the buttons for a file, and its scripts, which come only then."""
    page.locator("#kept-file > summary").click()
    page.locator('#kept-file[data-ready*="kept-file"]').wait_for()


def write(page: Page, words: str, part: str = RULE) -> None:
    write_only(page, words, part)
    if kept(page) is None:
        page.get_by_role("button", name="Keep it on this device").click()
        until(lambda: kept(page) is not None)


def until(holds: Callable[[], bool]) -> None:
    """Asked again and again from here: the page's own rules let no text be run in it by a timer."""
    for _ in range(200):
        if holds():
            return
        time.sleep(0.05)
    raise AssertionError("It did not come to hold within ten seconds.")


def test_is_written_beside_its_rule_by_keyboard_and_kept_after_the_yes_alone(notes_page: Page):
    page = notes_page
    page.locator(f"{RULE} > .note-write").focus()
    page.keyboard.press("Enter")
    page.keyboard.type("Ask about this")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()
    assert kept(page) is None
    page.keyboard.press("Escape")
    expect(page.locator(".note-form .problem")).to_contain_text("not kept, as you chose")
    expect(page.get_by_role("textbox", name="Your note")).to_have_value("Ask about this")
    assert page.evaluate("localStorage.length") == 0
    page.get_by_role("button", name="Save the note").click()
    page.get_by_role("button", name="Keep it on this device").click()
    expect(page.locator(f"{RULE} > .my-notes .note-said")).to_have_text("Ask about this")
    [note] = kept(page)["notes"]
    assert note["study"] == "NCT90000000" and note["part"] == "criterion:I1" and note["lang"] == "en"
    assert page.evaluate("document.activeElement.className") == "my-note"


@pytest.mark.parametrize("words", [HOSTILE, "x" * 10_000, "line one\nline two"], ids=["hostile", "long", "lines"])
def test_everything_in_a_note_is_text(notes_page: Page, words: str):
    write(notes_page, words)
    said = notes_page.locator(f"{RULE} .note-said")
    expect(said).to_have_count(1)
    assert said.text_content() == words
    notes_page.reload()
    assert said.text_content() == words and said.locator("*").count() == 0
    assert notes_page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0


def test_too_long_a_note_is_told_and_not_lost(notes_page: Page):
    notes_page.locator(f"{RULE} > .note-write").click()
    notes_page.get_by_role("textbox", name="Your note").fill("x" * 10_001)
    notes_page.get_by_role("button", name="Save the note").click()
    expect(notes_page.locator(".note-form .problem")).to_contain_text("This one has 10,001")
    assert len(notes_page.get_by_role("textbox", name="Your note").input_value()) == 10_001


def test_selected_words_get_a_note_and_a_mark(notes_page: Page):
    page = notes_page
    page.locator("ul.happens").evaluate(
        "list => getSelection().setBaseAndExtent(list.children[0].firstChild, 4, list.children[1], 1)"
    )
    page.locator(".note-float").click()
    page.get_by_role("textbox", name="Your note").fill("over two lines")
    page.get_by_role("button", name="Save the note").click()
    page.get_by_role("button", name="Keep it on this device").click()
    expect(page.locator("section:has(> #happens) .note-said")).to_have_text("over two lines")
    assert page.evaluate("[...CSS.highlights.get('my-notes')].length") == 1
    expect(page.locator(".note-changed:visible")).to_have_count(0)
    assert kept(page)["notes"][0]["part"] == "section:happens"


def test_is_edited_deleted_and_brought_back_in_place(notes_page: Page):
    page = notes_page
    write(page, "first words")
    page.get_by_role("button", name=re.compile("Edit.*first words")).click()
    page.get_by_role("textbox", name="Your note").fill("second words")
    page.get_by_role("button", name="Cancel").click()
    expect(page.locator(".note-said")).to_have_text("first words")
    page.get_by_role("button", name=re.compile("Edit.*first words")).click()
    page.get_by_role("textbox", name="Your note").fill("second words")
    page.get_by_role("button", name="Save the note").click()
    expect(page.locator(".note-said")).to_have_text("second words")
    page.get_by_role("button", name=re.compile("Delete.*second words")).click()
    assert kept(page)["notes"] == []
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".note-said")).to_have_text("second words")
    assert [note["words"] for note in kept(page)["notes"]] == ["second words"]


def test_another_tab_shows_it_and_loses_nothing_of_what_both_write(notes_page: Page):
    one = notes_page
    write(one, "from the first tab")
    two = one.context.new_page()
    two.goto(STUDY)
    for page, words in ((one, "one"), (two, "two")):
        page.get_by_role("button", name=re.compile("Edit.*from the first tab")).click()
        page.get_by_role("textbox", name="Your note").fill(words)
    two.get_by_role("button", name="Save the note").click()
    until(lambda: "two" in [note["words"] for note in kept(one)["notes"]])  # tabs hear of each other in a moment
    one.get_by_role("button", name="Save the note").click()
    expect(one.locator(".note-said")).to_have_text(["two", "one"])
    expect(two.locator(".note-said")).to_have_text(["two", "one"])
    expect(one.locator("[role=status]:visible")).to_have_text("This note was changed in another window. Both are kept.")


def test_a_full_store_says_so_and_the_words_stay(notes_page: Page):
    write(notes_page, "fits")
    notes_page.evaluate(FILL)
    notes_page.locator(f"{RULE} > .note-write").click()
    notes_page.get_by_role("textbox", name="Your note").fill("y" * 9_000)
    notes_page.get_by_role("button", name="Save the note").click()
    expect(notes_page.locator(".note-form .problem")).to_contain_text("There is no room left")
    expect(notes_page.get_by_role("textbox", name="Your note")).to_have_value("y" * 9_000)
    assert [note["words"] for note in kept(notes_page)["notes"]] == ["fits"]


CHANGED = "The text has changed since you wrote this. It was: “"


def note_on_rule(page: Page, part: str = RULE) -> None:
    write(page, "mine", part)
    expect(page.locator(".note-said")).to_have_text("mine")


def test_a_note_stays_and_says_that_its_text_has_changed(notes_page: Page):
    note_on_rule(notes_page, '[data-part="criterion:I1"] [data-part="criterion:I2"]')
    quote = kept(notes_page)["notes"][0]["quote"]
    changed_study(CRITERIA.replace("\\> 6", "\\> 10"))
    notes_page.reload()
    expect(notes_page.locator(".note-changed")).to_contain_text("The text has changed since you wrote this.")
    expect(notes_page.locator(".note-changed q")).to_have_text(quote)
    expect(notes_page.locator('[data-part="criterion:I2"] .note-said')).to_have_text("mine")


def test_a_note_follows_its_rule_when_the_registry_adds_another_before_it(notes_page: Page):
    note_on_rule(notes_page, '[data-part="criterion:E1"]')
    changed_study(CRITERIA.replace("* Pregnancy", "* Cancer within 5 years\n* Pregnancy"))
    notes_page.reload()
    expect(notes_page.locator('[data-part="criterion:E2"] .note-said')).to_have_text("mine")
    expect(notes_page.locator(".note-changed:visible")).to_have_count(0)


def test_a_note_whose_part_is_gone_stands_at_the_top(notes_page: Page):
    keep(notes_page, {"part": "criterion:E77", "quote": "Rule that is gone", "words": "mine", "lang": "en"})
    loose = notes_page.locator("#your-notes .my-note")
    expect(loose.locator(".note-said")).to_have_text("mine")
    expect(loose.locator(".note-changed")).to_have_text(re.compile("has changed.*Rule that is gone", re.DOTALL))


def test_the_page_in_another_language_claims_no_change(notes_page: Page):
    note_on_rule(notes_page, '[data-part="criterion:E1"]')
    notes_page.goto("/es" + STUDY)
    expect(notes_page.locator('[data-part="criterion:E1"] .note-said')).to_have_text("mine")
    expect(notes_page.locator(".note-changed:visible")).to_have_count(0)
    changed_study(CRITERIA.replace("* Pregnancy", "* Being pregnant or breastfeeding now"))
    notes_page.reload()
    expect(notes_page.locator(".note-changed:visible")).to_have_count(1)


def changed_study(criteria: str) -> None:
    store(
        study(
            "NCT90000000",
            eligibilityModule={"eligibilityCriteria": criteria},
            statusModule={"lastUpdatePostDateStruct": {"date": "2026-11-15", "type": "ACTUAL"}},
        )
    )


def test_is_printed_with_the_page_for_the_doctor(notes_page: Page):
    write(notes_page, HOSTILE)
    notes_page.goto(STUDY + "handout/")
    notes_page.emulate_media(media="print")
    note = notes_page.locator(f"tr{RULE} + tr.noted .my-note")
    assert note.locator(".note-said").text_content() == HOSTILE
    expect(note.locator(".note-changed")).to_be_hidden()
    expect(notes_page.locator("[data-notes-on-paper] .my-note")).to_have_count(0)


def test_a_note_on_no_rule_stands_at_the_end_of_the_page_for_the_doctor(notes_page: Page):
    keep(notes_page, {"part": "section:where", "quote": "", "words": "Take the train", "lang": "en"})
    notes_page.goto(STUDY + "handout/")
    expect(notes_page.locator("[data-notes-on-paper] .my-note")).to_contain_text("Take the train")
    expect(notes_page.locator("tr.noted")).to_have_count(0)


def test_has_no_buttons_without_scripts_or_storage(browser: Browser, site_url: str):
    context = browser.new_context(base_url=site_url, java_script_enabled=False)
    page = context.new_page()
    page.goto(STUDY)
    expect(page.locator(".note-write")).to_have_count(0)
    expect(page.locator("#your-notes")).to_be_hidden()
    context.close()


@pytest.mark.parametrize("language", ["", "/es", "/zh-hans"])
@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(notes_page: Page, width: int, language: str):
    page = notes_page
    keep(
        page,
        {"part": "criterion:E1", "quote": "Pregnancy", "words": "x" * 300, "lang": "en"},
        {"part": "section:gone", "quote": "y" * 300, "words": HOSTILE, "lang": "en"},
    )
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(language + STUDY)
    page.locator(".my-note [data-do=edit]").first.click()
    page.locator(f"{RULE} > .note-write").click()
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0
    small = """() => [...document.querySelectorAll('.note-write, .my-note button, .my-note a, .note-form button')]
        .filter(e => e.checkVisibility() && e.getBoundingClientRect().height < 43.5).length"""
    assert page.evaluate(small) == 0
    assert both_schemes(page) == []


def test_no_request_holds_anything_of_a_note(notes_page: Page, caplog: pytest.LogCaptureFixture):
    said: list[str] = []
    context: BrowserContext = notes_page.context
    context.on("request", lambda request: said.append(f"{request.url} {request.post_data} {request.headers}"))
    write(notes_page, "MARKEDWORDS")
    notes_page.goto(STUDY + "handout/")
    notes_page.goto("/")
    assert said and not [line for line in said if "MARKEDWORDS" in line]
    assert "MARKEDWORDS" not in caplog.text


# All notes on one page, and as a file --------------------------------------------------------------------------------


@pytest.fixture
def saved_page(notes_page: Page) -> Page:
    keep(
        notes_page,
        {"part": "criterion:E1", "quote": "Pregnancy", "words": "on a rule", "lang": "en"},
        {"part": "section:where", "quote": "", "words": "gone", "study": "NCT99999999"},
    )
    notes_page.goto("/saved/")
    return notes_page


def test_all_notes_stand_together_with_the_way_to_their_place(saved_page: Page):
    expect(saved_page.locator(".note-group h3 a")).to_have_text(["NCT90000000", "NCT99999999"])
    expect(saved_page.locator(".note-said")).to_have_text(["on a rule", "gone"])
    saved_page.get_by_role("link", name=re.compile("Go to this place.*on a rule")).click()
    saved_page.wait_for_url("**/studies/NCT90000000/#note-k0")
    expect(saved_page.locator('[data-part="criterion:E1"] .my-note')).to_be_focused()


def test_a_file_brings_the_notes_to_another_device(saved_page: Page, browser: Browser, tmp_path: Path):
    unfold_file(saved_page)
    path = tmp_path / "kept.json"
    with saved_page.expect_download() as download:
        saved_page.get_by_role("button", name="Save as a file").click()
    download.value.save_as(path)
    with saved_page.expect_download() as download:
        saved_page.get_by_role("button", name="Save as a text to read").click()
    assert "> Pregnancy\r\non a rule" in Path(download.value.path()).read_bytes().decode()
    before = kept(saved_page)
    other = browser.new_context(base_url=saved_page.url)
    page = other.new_page()
    for expected in (2, 0):  # the second time all is there already
        page.goto("/saved/")
        unfold_file(page)
        page.get_by_label("Read a file that was saved here").set_input_files(path)
        if expected:
            page.get_by_role("button", name="Keep it on this device").click()
        expect(page.locator("[data-file-said]")).to_contain_text(f"Notes that are new here: {expected}.")
        assert kept(page) == before
    other.close()


FILES = {
    b"": "damaged",
    b"\x89PNG\r\n": "damaged",
    b"[]": "damaged",
    b'{"format": 1, "saved": [], "notes": [{"key": "<b>"}]}': "damaged",
    b'{"format": 1, "saved": [{"id": "NCT1", "on": "2026-11-23"}], "notes": []}': "damaged",
    b'{"format": 2, "saved": {}}': "a newer version",
    b" " * (9 << 20): "too large",
}


@pytest.mark.parametrize("content", FILES, ids=range(len(FILES)))
def test_a_file_that_is_not_ours_changes_nothing(saved_page: Page, content: bytes):
    before = kept(saved_page)
    unfold_file(saved_page)
    file = {"name": "kept.json", "mimeType": "application/json", "buffer": content}
    saved_page.get_by_label("Read a file that was saved here").set_input_files(file)
    expect(saved_page.locator("[data-file-said]")).to_contain_text(FILES[content])
    assert kept(saved_page) == before


def test_forgetting_everything_is_asked_once_more_and_leaves_nothing(saved_page: Page):
    saved_page.get_by_role("button", name="Forget everything").click()
    saved_page.get_by_role("button", name="No, keep it").click()
    assert len(kept(saved_page)["notes"]) == 2
    saved_page.get_by_role("button", name="Forget everything").click()
    saved_page.get_by_role("button", name="Yes, forget everything").click()
    expect(saved_page.get_by_text("All is forgotten.")).to_be_focused()
    assert saved_page.evaluate("localStorage.length") == 0
    expect(saved_page.locator(".note-said")).to_have_count(0)


def test_what_cannot_be_read_is_told_and_left_alone(notes_page: Page):
    notes_page.evaluate(f"localStorage.setItem('{NAME}', '{{}}')")
    notes_page.reload()
    write_only(notes_page, "mine")
    expect(notes_page.locator(".note-form .problem")).to_contain_text("that we cannot read")
    assert kept(notes_page) == {}
    notes_page.locator(".note-form .problem").get_by_role("link").click()
    expect(notes_page.locator("[data-forget=unreadable]")).to_be_visible()


def write_only(page: Page, words: str, part: str = RULE) -> None:
    page.locator(f"{part} > .note-write").click()
    page.get_by_role("textbox", name="Your note").fill(words)
    page.get_by_role("button", name="Save the note").click()
