"""An editor checks plain sentences in a real browser, by the keyboard: what matters after each key is in sight."""

import pytest
from playwright.sync_api import Page, expect

from trials.models import PlainSentence, PlainSummary, Trial

WIDTHS = [375, 1280]


def go_to_sentences(desk: Page) -> None:
    trial = Trial.objects.get(nct_id="NCT90000000")
    desk.goto(f"/admin/trials/reviewtrial/{trial.pk}/in/en/")


def box_of(place: str) -> str:
    """How to find the box of the sentence on a source, as an editor knows the source."""
    return f'fieldset:has(legend:text-matches("^{place}\\\\b"))'


def text_of(place: str) -> str:
    return f"{box_of(place)} textarea"


def press_until(page: Page, selector: str, key: str = "Tab", most: int = 400) -> None:
    """Go by the keyboard to what the selector finds first."""
    wanted = page.locator(selector).first
    for _ in range(most):
        if wanted.evaluate("one => one === document.activeElement"):
            return
        page.keyboard.press(key)
    raise AssertionError(f"{selector} cannot be reached by {key}.")


def test_an_editor_changes_a_sentence_is_led_to_the_mistake_and_publishes(desk: Page):
    go_to_sentences(desk)
    expect(desk.get_by_text("not yet checked by an editor")).to_be_visible()
    press_until(desk, text_of("E1"))
    desk.keyboard.press("Control+A")
    desk.keyboard.type("You are pregnant. It starts in 2 weeks.")
    press_until(desk, 'input[name="publish"]')
    desk.keyboard.press("Enter")
    note = desk.locator("#form .errornote")
    expect(note).to_be_in_viewport()
    expect(note).to_contain_text("Nothing was published")
    press_until(desk, "#form .errornote a")
    desk.keyboard.press("Enter")
    typed = desk.locator(text_of("E1")).first
    expect(typed).to_be_in_viewport()
    expect(typed).to_have_value("You are pregnant. It starts in 2 weeks.")
    expect(desk.locator(f"{box_of('E1')} .errorlist")).to_contain_text("this number: 2")
    press_until(desk, text_of("E1"))
    desk.keyboard.press("Control+A")
    desk.keyboard.type("You expect a child.")
    press_until(desk, 'input[name="publish"]')
    desk.keyboard.press("Enter")
    expect(desk.get_by_text("The sentences are published.")).to_be_in_viewport()
    assert PlainSummary.objects.get().state == "PUBLISHED"
    assert PlainSentence.objects.get(origin="edited").text == "You expect a child."


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_runs_out_of_the_window_or_hides_behind_the_buttons(desk: Page, width: int):
    go_to_sentences(desk)
    desk.set_viewport_size({"width": width, "height": 700})
    assert desk.evaluate("document.documentElement.scrollWidth") <= width
    for source in ("I2", "E1", "overallStatus"):
        typed = desk.locator(text_of(source)).first
        typed.focus()
        bar, box = desk.locator("#form .submit-row").bounding_box(), typed.bounding_box()
        assert bar and box and box["y"] + box["height"] <= bar["y"] and box["x"] + box["width"] <= width
