import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer


@pytest.mark.django_db(transaction=True)
def test_editor_can_log_in_under_the_strict_headers(live_server: LiveServer, page: Page) -> None:
    """A browser sends `Origin: null` from a no-referrer page, and the CSRF check would turn the editor away."""
    problems: list[str] = []
    page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    User.objects.create_superuser("editor", password="a long enough word")
    page.goto(f"{live_server.url}/admin/")
    page.fill("#id_username", "editor")
    page.fill("#id_password", "a long enough word")
    page.click("[type=submit]")
    expect(page.locator("#user-tools")).to_contain_text("editor")
    assert [problem for problem in problems if "Content Security Policy" in problem] == []
