"""The link with a passcode in Chromium: both ways with another implementation, and seen by nobody else."""

import json
import logging
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect
from pytest_django.fixtures import Settings

from tests import passcode_link
from tests.browser.conftest import fill_site
from tests.browser.looking import both_schemes
from tests.browser.test_check_private import close, files_with, tables_with
from tests.browser.test_notes import unfold_file
from tests.conftest import CHROMIUM_ARGUMENTS

NAME = "ctd-trial-finder"
PASSCODE = "Marmot paints Ｏslo  ünder"  # a full-width letter, two spaces and an umlaut
SECRET = "MARKEDSECRET"
NOTE = {
    "key": "a1", "study": "NCT90000001", "part": "criterion:I1", "quote": "Active disease",
    "words": f"<b>{SECRET}</b> \u202eשלום 😀", "on": "2026-11-23", "lang": "en",
}  # fmt: skip
KEPT = {"format": 1, "saved": [{"id": "NCT90000001", "on": "2026-11-23"}], "notes": [NOTE]}
# Locked with the salt 00 01 … 0f and the nonce 64 65 … 6f, once as it is and once compressed; the passcode is VECTOR.
VECTOR = "Three small wörds"
VECTOR_KEPT = {
    "format": 1,
    "saved": [{"id": "NCT90000001", "on": "2026-11-23"}],
    "notes": [NOTE | {"words": "Ask about this: ä 😀"}],
}
VECTORS = {
    False: (
        "Q1RGAQAACSfAAAECAwQFBgcICQoLDA0OD2RlZmdoaWprbG1ubwAAAOkzLT5WzLaRIeai044c-Cw6IoXd7nmXec5iMrWkfQ49mFoq"
        "rrGwk2zE52QuZacpGIilFNtDg2qbImS6GzSZEaUSRW9wY6Qj_CECXpqG_XWxtJ9Q5iblnK5JRYTLe7ldWn1iSp3Npby9X4oFjhCA"
        "r_xI8LZ-1Fm3iyqB1v5ZM8uKuoWhzjwHeFNh7NoRrPw8H4lxSUPMR2gO2j0uq-0i91Bn5j86XskWcu8sN3gd6rnn3PfPLRY_fgi5"
        "dLRr5FaMhijDGYj_DAYWdbvIhtJfamNSvCW3pd4RFkJBTrw5drQp238VnF9RCGI-d8KT0-E"
    ),
    True: (
        "Q1RGAQEACSfAAAECAwQFBgcICQoLDA0OD2RlZmdoaWprbG1ubwAAALQlgWk3fOv8EGuKm-ybLQUEI6Kz-G6A04YyFi3EMTwz9T-P"
        "poebqGoHiVpAvK5ri04rmRKB0kRUyXNILGssNeaVfA2NVjJubFpXteGtBmT6d9_m7cCE-iKHdcKhfVmoods3SbGvP-BkEBftJ0Ok"
        "y1FaKSTi0pwSeHrfciChJM8E6MRKloVn9kUo26fL0ewOkghKp9X0XtStA9V_y8eXyvLkQCKsaUixJ6t6k2AcaYDUSK86pmCtO8E4"
    ),
}


@pytest.fixture(scope="module")
def site_url(shared_site: str) -> str:
    fill_site()
    return shared_site


@pytest.fixture
def context(browser: Browser, site_url: str) -> Iterator[BrowserContext]:
    made = browser.new_context(base_url=site_url, reduced_motion="reduce", viewport={"width": 1280, "height": 900})
    yield made
    made.close()


def saved_page(context: BrowserContext, kept: Any = KEPT) -> Page:
    """The page of what is saved, with something saved on an earlier visit."""
    page = context.new_page()
    page.goto("/saved/")
    page.evaluate("([name, text]) => localStorage.setItem(name, text)", [NAME, json.dumps(kept)])
    page.reload()
    page.get_by_text("Make a link with a passcode").click()
    return page


def make(page: Page, passcode: str = PASSCODE) -> str:
    page.get_by_label("A passcode that you choose").fill(passcode)
    page.get_by_label("The passcode once more").fill(passcode)
    page.get_by_role("button", name="Make the link").click()
    expect(page.get_by_role("heading", name="Your link")).to_be_visible()
    return page.locator("#link-text").inner_text()


def open_with(page: Page, link: str, passcode: str) -> None:
    page.goto("about:blank")
    page.goto(link)
    page.get_by_label("The passcode", exact=True).fill(passcode)
    page.get_by_role("button", name="Open", exact=True).click()


def kept_in(page: Page) -> Any:
    return json.loads(page.evaluate(f"localStorage.getItem('{NAME}')") or "null")


# Both ways ------------------------------------------------------------------------------------------------------------


def test_a_link_made_in_chromium_is_opened_by_python(context: BrowserContext):
    link = make(saved_page(context))
    assert passcode_link.open_link(urlsplit(link).fragment, " Marmot paints Oslo  ünder\u3000") == KEPT
    with pytest.raises(passcode_link.Refused, match="passcode"):
        passcode_link.open_link(urlsplit(link).fragment, "marmot paints Oslo  ünder")


@pytest.mark.parametrize("compress", [True, False])
def test_a_link_made_by_python_is_opened_in_chromium(context: BrowserContext, compress: bool):
    page = context.new_page()
    open_with(page, f"/saved/open/#{passcode_link.lock(KEPT, PASSCODE, compress=compress)}", PASSCODE)
    assert page.locator(".note-said").text_content() == NOTE["words"]
    assert page.locator(".note-said *").count() == 0
    assert page.evaluate("localStorage.length") == 0


@pytest.mark.parametrize("compress", [True, False])
def test_fixed_links_are_opened_by_both(context: BrowserContext, compress: bool):
    assert passcode_link.open_link(VECTORS[compress], VECTOR) == VECTOR_KEPT
    page = context.new_page()
    page.goto("/saved/open/")
    text = page.evaluate(OPEN, [VECTORS[compress], f"  {VECTOR}\u00a0"])
    assert json.loads(text) == VECTOR_KEPT


OPEN = """async ([text, passcode]) => {
    const { bytes, problem } = await finderPasscode.read(text);
    return problem ?? await finderPasscode.open(bytes, passcode);
}"""
LOCK = "([text, passcode]) => finderPasscode.lock(text, passcode)"


def test_texts_of_any_kind_come_back_equal_through_both(context: BrowserContext):
    page = context.new_page()
    page.goto("/saved/open/")
    chance = random.Random(8)
    for length in (0, 1, 5, 300, 60_000):
        words = "".join(chance.choice('aäß日😀\u202e\n"<\\') for _ in range(length))
        passcode = "".join(chance.choice("aﬁΩ ü\u0301語9") for _ in range(12))
        made = page.evaluate(LOCK, [json.dumps({"words": words}), passcode])
        assert passcode_link.open_link(made, passcode) == {"words": words}
        by_python = passcode_link.lock({"words": words}, passcode)
        assert json.loads(page.evaluate(OPEN, [by_python, passcode])) == {"words": words}


def test_two_links_of_the_same_have_nothing_random_in_common(context: BrowserContext):
    page = saved_page(context)
    one, two = (passcode_link.from_text(urlsplit(make(page)).fragment) for _ in range(2))
    assert one[:9] == two[:9] and one[9:25] != two[9:25] and one[25:37] != two[25:37] and one[41:] != two[41:]


# What is refused ------------------------------------------------------------------------------------------------------


def test_flipping_any_byte_is_refused_by_both_even_with_a_new_checksum(context: BrowserContext):
    page = context.new_page()
    page.goto("/saved/open/")
    data = passcode_link.from_text(VECTORS[True])
    flipped = [data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :] for at in range(len(data))]
    found = page.evaluate(
        "texts => Promise.all(texts.map(async text => (await finderPasscode.read(text)).problem))",
        [passcode_link.to_text(one) for one in flipped],
    )
    assert len(found) == len(data) > 200 and None not in found
    # Somebody who means harm makes the checksum right: a few of these, for each costs 600,000 rounds.
    for at in (9, 25, 41, 100, len(data) - 5):
        text = passcode_link.to_text(passcode_link.summed(flipped[at][:-4]))
        assert page.evaluate(OPEN, [text, VECTOR]) is None
        with pytest.raises(passcode_link.Refused):
            passcode_link.open_link(text, VECTOR)
    for at in range(len(data)):
        with pytest.raises(passcode_link.Refused):
            passcode_link.open_link(passcode_link.to_text(flipped[at]), VECTOR)


def test_each_letter_of_the_link_counts(context: BrowserContext):
    page = context.new_page()
    page.goto("/saved/open/")
    link = VECTORS[True]
    changed = [link[:at] + ("A" if link[at] != "A" else "B") + link[at + 1 :] for at in range(len(link))]
    count = "texts => Promise.all(texts.map(async text => Boolean((await finderPasscode.read(text)).bytes)))"
    assert not any(page.evaluate(count, changed))
    assert not any(page.evaluate(count, [link[:at] for at in range(len(link))]))
    assert all(page.evaluate(count, [link, f" {link}\r\n", f"{link}).", f"{link[:90]}%20{link[90:]}"]))


BAD = {
    "": "There is no locked list in this address",
    "top": "This is not a link or a file of this site",
    passcode_link.to_text(b"PK\x03\x04" + bytes(100)): "This is not a link or a file of this site",
    VECTORS[True][:-9]: "The end of this link is missing",
    VECTORS[True][:20]: "The end of this link is missing",
    VECTORS[True][:150] + "AAAA" + VECTORS[True][154:]: "This link is damaged",
    passcode_link.lock(KEPT, "x", version=2): "This link was made by a newer version",
    passcode_link.lock(KEPT, "x", rounds=1000): "This link is damaged",
    passcode_link.lock(KEPT, "x", rounds=600_001)[:7] + "_____" + VECTORS[True][12:]: "This link is damaged",
}  # fmt: skip


@pytest.mark.parametrize("fragment", BAD, ids=range(len(BAD)))
def test_a_link_that_cannot_be_opened_says_so_before_asking(context: BrowserContext, fragment: str):
    page = context.new_page()
    page.goto(f"/saved/open/#{fragment}")
    expect(page.locator("[data-open=said]")).to_contain_text(BAD[fragment])
    expect(page.get_by_label("The passcode", exact=True)).to_be_hidden()


def test_a_wrong_passcode_gets_a_sentence_and_another_try(context: BrowserContext):
    page = context.new_page()
    open_with(page, f"/saved/open/#{VECTORS[True]}", "three small wörds")
    expect(page.get_by_role("alert")).to_contain_text("Wrong passcode, or the link is damaged.")
    page.get_by_label("The passcode", exact=True).fill(VECTOR)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="What is in it")).to_be_focused()
    page.reload()
    expect(page.get_by_label("The passcode", exact=True)).to_be_focused()


@pytest.mark.parametrize(
    "inside",
    [
        [],
        {"format": 1},
        KEPT | {"notes": [NOTE | {"study": "javascript:alert(1)"}]},
        KEPT | {"saved": [{"id": 7, "on": ""}]},
    ],
    ids=range(4),
)
def test_a_right_passcode_does_not_make_strange_content_ours(context: BrowserContext, inside: Any):
    page = context.new_page()
    open_with(page, f"/saved/open/#{passcode_link.lock(inside, 'p')}", "p")
    expect(page.get_by_role("alert")).to_contain_text("what is inside is not ours")
    expect(page.get_by_role("heading", name="What is in it")).to_be_hidden()


def test_a_small_link_cannot_fill_the_memory(context: BrowserContext):
    page = context.new_page()
    bomb = passcode_link.lock({"format": 1, "saved": [], "notes": [], "x": "y" * (64 << 20)}, "p")
    open_with(page, f"/saved/open/#{bomb}", "p")
    expect(page.get_by_role("alert")).to_contain_text("Wrong passcode, or the link is damaged.")


# Making one -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "passcode, why",
    [
        ("cat", "short"), ("Passw0rd1", "tried first"), ("aaaaaaaaaaaa", "repeats"), ("abcdefghij", "follows"),
        ("23.11.1984", "a date"), ("summer", "tried first"), ("elephant", "few words"),
    ],
)  # fmt: skip
def test_refuses_what_is_guessed_at_once_and_says_why(context: BrowserContext, passcode: str, why: str):
    page = saved_page(context)
    page.get_by_label("A passcode that you choose").fill(passcode)
    page.get_by_label("The passcode once more").fill(passcode)
    page.get_by_role("button", name="Make the link").click()
    expect(page.get_by_role("alert")).to_contain_text("too easy to guess")
    expect(page.get_by_role("alert")).to_contain_text(why)
    expect(page.get_by_role("heading", name="Your link")).to_be_hidden()


def test_two_passcodes_that_differ_are_told(context: BrowserContext):
    page = saved_page(context)
    page.get_by_label("A passcode that you choose").fill(PASSCODE)
    page.get_by_role("button", name="Make the link").click()
    expect(page.get_by_role("alert")).to_contain_text("are not the same")


def test_the_meter_says_centuries_of_a_passcode_by_chance_and_minutes_of_a_date(context: BrowserContext):
    page = saved_page(context)
    page.get_by_role("button", name="Make one for me").click()
    made = page.get_by_label("A passcode that you choose").input_value()
    assert re.fullmatch(r"([2-9a-hj-kmnp-z]{4}-){4}[2-9a-hj-kmnp-z]{4}", made)
    expect(page.locator("#link-meter")).to_contain_text("centuries to guess. This is an estimate.")
    page.get_by_label("A passcode that you choose").fill("24.12.1990")
    expect(page.locator("#link-meter")).to_contain_text("less than a minute. It holds a date")
    made_again = {page.evaluate("finderPasscodeByChance()") for _ in range(200)}
    assert len(made_again) == 200 and len(set("".join(made_again))) == 32  # 31 letters and the dash


def test_only_what_is_ticked_goes_in_and_a_long_link_is_warned_of(context: BrowserContext):
    notes = [NOTE | {"key": f"k{n}", "words": random.Random(n).randbytes(200).hex()} for n in range(20)]
    page = saved_page(context, KEPT | {"notes": notes})
    link = make(page)
    expect(page.get_by_text("Some mail programs cut a link")).to_be_visible()
    page.get_by_label("My notes").uncheck()
    expect(page.get_by_role("heading", name="Your link")).to_be_hidden()
    short = make(page)
    expect(page.get_by_text("Some mail programs cut a link")).to_be_hidden()
    assert len(short) < 400 < 2000 < len(link)
    assert passcode_link.open_link(urlsplit(short).fragment, PASSCODE)["notes"] == []


def test_a_locked_file_is_saved_and_opened(context: BrowserContext, tmp_path: Path):
    page = saved_page(context)
    make(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="Save as a locked file").click()
    path = tmp_path / download.value.suggested_filename
    download.value.save_as(path)
    assert passcode_link.open_link(path.read_text(), PASSCODE) == KEPT
    page.goto("/saved/open/")
    page.get_by_text("Open a locked file", exact=True).click()
    page.get_by_label("A file that was saved as a locked file").set_input_files(path)
    page.get_by_label("The passcode", exact=True).fill(PASSCODE)
    page.keyboard.press("Enter")
    assert page.locator(".note-said").text_content() == NOTE["words"]


def test_keeping_a_copy_loses_nothing_and_doubles_nothing(context: BrowserContext):
    own = NOTE | {"words": "my own words under the same key"}
    page = saved_page(context, KEPT | {"notes": [own]})
    for _ in range(2):
        open_with(page, f"/saved/open/#{passcode_link.lock(KEPT, 'p')}", "p")
        page.get_by_role("button", name="Keep a copy on this device").click()
        expect(page.locator("[data-open=kept]")).to_contain_text("A copy is kept on this device.")
    kept = kept_in(page)
    assert [note["words"] for note in kept["notes"]] == [own["words"], NOTE["words"]]
    assert len({note["key"] for note in kept["notes"]}) == 2 and kept["saved"] == KEPT["saved"]


def test_the_page_in_another_language_opens_the_same(context: BrowserContext):
    page = context.new_page()
    page.goto(f"/saved/open/#{VECTORS[True]}")
    page.get_by_role("link", name="Español").click()
    page.wait_for_url("**/es/saved/open/#*")
    page.locator("#open-passcode").fill(VECTOR)
    page.keyboard.press("Enter")
    expect(page.locator(".note-said")).to_have_text("Ask about this: ä 😀")


def test_says_so_where_the_page_is_not_secure_or_has_no_scripts(
    playwright: Playwright, chromium: str, site_url: str, settings: Settings
):
    """Another name of this machine is no secure page to the browser."""
    settings.ALLOWED_HOSTS = ["localhost", "finder.example.org"]
    port = urlsplit(site_url).port
    rule = "--host-resolver-rules=MAP finder.example.org 127.0.0.1"
    browser = playwright.chromium.launch(executable_path=chromium, args=[*CHROMIUM_ARGUMENTS, rule])
    page = browser.new_page()
    page.goto(f"http://finder.example.org:{port}/saved/open/#{VECTORS[True]}")
    insecure = page.locator("[data-open=said]").inner_text()
    page.close()
    bare = browser.new_context(java_script_enabled=False).new_page()
    bare.goto(f"{site_url}/saved/open/")
    bare_words = bare.locator("main").inner_text()
    browser.close()
    assert "only on a secure page" in insecure
    assert "This page needs JavaScript" in bare_words


# Seen by nobody -------------------------------------------------------------------------------------------------------


def test_nobody_else_learns_of_a_note_a_passcode_or_a_link(
    playwright: Playwright, chromium: str, site_url: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
):
    """Written on one device, opened on another; then the log, the tables and all requests are looked through."""
    caplog.set_level(logging.INFO, logger="finder.request_log")
    said: list[str] = []

    def device(name: str) -> BrowserContext:
        context = playwright.chromium.launch_persistent_context(
            str(tmp_path / name), executable_path=chromium, args=CHROMIUM_ARGUMENTS, base_url=site_url
        )
        context.on(
            "request",
            lambda one: said.append(f"{one.method} {one.url.partition('#')[0]} {one.post_data} {one.headers}"),
        )
        context.on("response", lambda one: said.append(f"{one.all_headers()}"))
        return context

    first = device("first")
    page = first.new_page()
    page.goto("/studies/NCT90000001/")
    assert page.evaluate("localStorage.length") == 0
    page.locator("section[data-part] > .note-write").first.click()
    page.get_by_role("textbox", name="Your note").fill(SECRET)
    page.get_by_role("button", name="Save the note").click()
    page.get_by_role("button", name="Keep it on this device").click()
    page.goto("/saved/")
    page.get_by_text("Make a link with a passcode").click()
    link = make(page)
    page.get_by_role("button", name="Forget everything").click()
    page.get_by_role("button", name="Yes, forget everything").click()
    assert page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]
    expect(page.locator(".note-said")).to_have_count(0)
    close(first)
    second = device("second")
    page = second.new_page()
    open_with(page, link, PASSCODE)
    expect(page.locator(".note-said")).to_have_text(SECRET)
    assert page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]
    page.locator(".note-said").locator("xpath=..").get_by_role("link").click()
    assert second.cookies() == []
    close(second)
    fragment = urlsplit(link).fragment
    marks = [SECRET, PASSCODE, passcode_link.normal(PASSCODE), fragment[:40], fragment[-40:]]
    assert {urlsplit(line.split()[1]).netloc for line in said if line.startswith("GET http")} == {
        urlsplit(site_url).netloc
    }
    assert not [line for line in said if any(mark in line for mark in marks)]
    logged = [str(vars(record)) for record in caplog.records]
    assert len(logged) >= 4 and not [line for line in logged if any(mark in line for mark in marks)]
    assert [mark for mark in marks if tables_with(mark)] == []
    assert files_with(tmp_path / "second", [SECRET, PASSCODE]) == []


@pytest.mark.parametrize("language", ["", "/es", "/zh-hans"])
@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(context: BrowserContext, width: int, language: str):
    page = saved_page(context)
    page.set_viewport_size({"width": width, "height": 900})
    beyond = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    small = """() => [...document.querySelectorAll('main :is(button, summary, .choice, input:not([type=checkbox]))')]
        .filter(e => e.checkVisibility() && e.getBoundingClientRect().height < 43.5).map(e => e.outerHTML)"""
    page.goto(f"{language}/saved/")
    page.locator("#saved-link summary").click()
    page.locator("#link-passcode").fill(PASSCODE)
    page.locator("#link-again").fill(PASSCODE)
    page.keyboard.press("Enter")
    expect(page.locator("#link-text")).to_be_visible()
    unfold_file(page)
    page.locator("[data-forget=ask]").click()
    assert (page.evaluate(beyond), page.evaluate(small), both_schemes(page)) == (0, [], [])
    page.goto(f"{language}/saved/open/#{VECTORS[True]}")
    assert (page.evaluate(beyond), page.evaluate(small), both_schemes(page)) == (0, [], [])
    page.locator("#open-passcode").fill(VECTOR)
    page.keyboard.press("Enter")
    expect(page.locator(".note-said")).to_be_visible()
    assert (page.evaluate(beyond), page.evaluate(small), both_schemes(page)) == (0, [], [])
