"""The strict policy in a real browser: nothing on the desk or on a page runs into it."""

import pytest
from playwright.sync_api import Page, expect

from trials.models import Partner, Trial

DESK = (
    "/admin/", "/admin/trials/trial/", "/admin/trials/trial/{pk}/change/", "/admin/trials/trial/{pk}/criteria/",
    "/admin/trials/reviewtrial/{pk}/in/en/", "/admin/trials/partner/add/", "/admin/trials/goldenpatient/add/",
    "/admin/auth/user/add/", "/admin/trials/trial/paste/", "/studies/", "/studies/NCT90000000/", "/check/",
)  # fmt: skip


pytestmark = pytest.mark.parametrize("desk", [True], ids=["script"], indirect=True)


def test_no_page_runs_into_the_policy(desk: Page):
    said: list[str] = []
    desk.on("console", lambda message: said.append(message.text) if "olicy" in message.text else None)
    pk = Trial.objects.get(nct_id="NCT90000000").pk
    for path in DESK:
        response = desk.goto(path.format(pk=pk))
        assert response and response.ok, path
    assert said == []


def test_what_an_editor_types_for_a_clinic_shows_before_it_is_saved(desk: Page):
    desk.goto("/admin/trials/partner/add/")
    frame = desk.frame_locator("#partner-preview iframe.wide")
    expect(frame.get_by_role("link", name="Check what may fit")).to_be_visible()
    desk.get_by_label("What to show").select_option("browse")
    expect(frame.get_by_role("link", name="Check what may fit")).to_have_count(0)
    desk.get_by_label("Colour:").fill("#ffcc00")
    expect(desk.locator("#partner-contrast")).to_contain_text("4.5 is needed")
    desk.get_by_label("Language:").select_option("es")
    expect(frame.locator("html")).to_have_attribute("lang", "es")
    expect(frame.locator(".button").first).to_have_css("background-color", "rgb(133, 106, 0)")
    assert not Partner.objects.exists()
