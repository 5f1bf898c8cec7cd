"""An editor corrects criteria in a real browser: what matters after each press of a button is in sight."""

from playwright.sync_api import Locator, Page, expect

from trials.models import CriteriaCorrection, GoldenPatient, Trial


def go_to_criteria(desk: Page) -> None:
    trial = Trial.objects.get(nct_id="NCT90000000")
    desk.goto(f"/admin/trials/trial/{trial.pk}/criteria/")


def box(page: Page, label: str) -> Locator:
    return page.locator(f"#line-{label}")


def test_an_editor_goes_to_a_criterion_is_led_to_the_mistakes_mends_them_and_sees_it_saved(desk: Page):
    go_to_criteria(desk)
    desk.get_by_role("link", name="Correct I5").click()
    expect(box(desk, "I5")).to_be_in_viewport()
    expect(desk.get_by_role("button", name="Save").last).to_be_in_viewport()
    box(desk, "I5").get_by_label("Rules").fill("[{")
    box(desk, "E2").get_by_label("Stands under").fill("E9")
    desk.get_by_role("button", name="Save").last.click()
    note = desk.locator("#form .errornote")
    expect(note).to_be_in_viewport()
    expect(note.get_by_role("link")).to_have_text(["I5", "E2"])
    note.get_by_role("link", name="E2").click()
    expect(box(desk, "E2")).to_be_in_viewport()
    expect(box(desk, "E2").locator(".errorlist")).to_contain_text("which does not exist")
    expect(box(desk, "I5").get_by_label("Rules")).to_have_value("[{")
    box(desk, "I5").get_by_label("Rules").fill("")
    box(desk, "E2").get_by_label("Stands under").fill("")
    box(desk, "I5").get_by_label("Text").fill("Arthritis of the hand\nArthritis of the foot")
    box(desk, "I5").get_by_role("button", name="Split at the line breaks").click()
    expect(box(desk, "I6").get_by_label("Text")).to_be_in_viewport()
    expect(box(desk, "I6").get_by_label("Text")).to_have_value("Arthritis of the foot")
    desk.get_by_role("button", name="Save").last.click()
    expect(desk.get_by_text("The criteria were saved.")).to_be_in_viewport()


def test_nothing_that_is_typed_into_hides_behind_the_save_button(desk: Page):
    go_to_criteria(desk)
    save = desk.locator("#form .submit-row")
    for label in ("I2", "I5", "E2"):
        field = box(desk, label).get_by_label("Rules")
        field.focus()
        bar, typed = save.bounding_box(), field.bounding_box()
        assert bar and typed and typed["y"] + typed["height"] <= bar["y"]


def test_an_editor_sees_whose_verdict_would_flip_before_anything_is_saved(desk: Page):
    answers = {"age": 34, "diagnosis": ["sle"], "pregnant_or_breastfeeding": True}
    GoldenPatient.objects.create(name="Lupus, 34, pregnant", answers=answers, from_editor=True)
    go_to_criteria(desk)
    expect(desk.get_by_role("heading", name="What rules out most golden patients")).to_be_visible()
    box(desk, "E1").get_by_label("Rules").fill("")
    desk.get_by_role("button", name="Save").last.click()
    note = desk.locator(".desk-flips")
    expect(note).to_be_in_viewport()
    expect(note.get_by_role("row").last).to_contain_text("Lupus, 34, pregnant")
    expect(note.get_by_role("row").last).to_contain_text("does not fit")
    assert not CriteriaCorrection.objects.exists()
    desk.get_by_role("button", name="Save all the same").click()
    expect(desk.get_by_text("The criteria were saved.")).to_be_in_viewport()
    expect(desk.get_by_text("The verdict of 1 golden patient has changed.")).to_be_in_viewport()
