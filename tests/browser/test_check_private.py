"""A whole journey through the questionnaire, and then the search for what was answered."""

import re
from pathlib import Path

from django.db import connection
from playwright.sync_api import BrowserContext, Page, Playwright, expect

from tests.browser.checking import MARK, tell_age
from tests.conftest import CHROMIUM_ARGUMENTS


def test_leaves_no_trace_of_the_answers(playwright: Playwright, chromium: str, check_url: str, tmp_path: Path, caplog):
    """In no table, log line, address, header, cookie, cache or file of the browser's profile."""
    said: list[str] = []
    context = playwright.chromium.launch_persistent_context(
        str(tmp_path), executable_path=chromium, args=CHROMIUM_ARGUMENTS
    )
    context.on("request", lambda request: said.append(f"{request.method} {request.url}"))
    context.on("response", lambda response: said.append(f"{response.url} {response.all_headers()}"))
    page = context.new_page()
    page.goto(check_url)
    tell_age(page)
    page.get_by_role("button", name="See them now").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("3 studies for Lupus (SLE)")
    page.get_by_role("button", name="Your answers", exact=True).click()
    expect(page.locator("main")).to_contain_text(MARK)
    with context.expect_page() as opened:
        page.get_by_role("button", name=re.compile("Page for your doctor")).click()
    expect(opened.value.locator("main")).to_contain_text(MARK)
    assert kept_by_the_page(page) == [0, 0, 0, 0, 0]
    assert context.cookies() == []
    states = {page.locator('#check-form > input[name="state"]').input_value()}
    close(context)
    marks = [MARK, *states]
    assert said and not [line for line in said if any(mark in line for mark in marks)]
    assert not any(mark in caplog.text for mark in marks)
    assert files_with(tmp_path, marks) == []
    assert tables_with(MARK) == []


def close(context: BrowserContext) -> None:
    for page in context.pages:
        page.close(run_before_unload=False)
    context.close()


def kept_by_the_page(page: Page) -> list[int]:
    return page.evaluate(
        """async () => [localStorage.length, sessionStorage.length, document.cookie.length,
                        (await indexedDB.databases()).length, (await caches.keys()).length]"""
    )


def files_with(folder: Path, marks: list[str]) -> list[str]:
    forms = [form for mark in marks for form in (mark.encode(), mark.encode("utf-16-le"))]
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert len(files) > 10
    return [path.name for path in files if any(form in path.read_bytes() for form in forms)]


def tables_with(mark: str) -> list[str]:
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        assert len(tables) > 20
        found = []
        for table in tables:
            cursor.execute(f'SELECT count(*) FROM "{table}" AS one WHERE one::text LIKE %s', [f"%{mark}%"])
            if cursor.fetchone()[0]:
                found.append(table)
    return found
