"""What all tests share. Run them with `python3 manage.py test`: it brings the database."""

import os
import shutil
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.core.cache import caches
from django.db import transaction

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Playwright
    from pytest_django.plugin import DjangoDbBlocker

# Playwright keeps an event loop in the main thread; without this Django would refuse the database there.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

CHROMIUM_ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


def pytest_configure(config: pytest.Config) -> None:
    """Serve static files straight from their folders: no collected copy, no hashed names."""
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.WHITENOISE_AUTOREFRESH = True
    settings.WHITENOISE_USE_FINDERS = True
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def no_cities_on_maps(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a process holds of the world's cities is not left over from another test."""
    from trials import gazetteer_points

    monkeypatch.setitem(gazetteer_points._held, "cities", ())


@pytest.fixture(autouse=True)
def nobody_has_asked() -> None:
    """Each test begins with a server that has answered nobody yet."""
    caches["limits"].clear()


@pytest.fixture(scope="module")
def shared_rows(django_db_setup: None, django_db_blocker: "DjangoDbBlocker") -> Iterator[None]:
    """What a module's own fixtures store with this one is there for all its tests, and rolled back after the last.

    Each test with `db` rolls back what it adds. Only for modules in which no test asks for `transactional_db`.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="session")
def chromium() -> str:
    """Where the system's own Chromium is. Where there is none the test is skipped, but in CI it fails."""
    chromium = shutil.which("chromium", path=f"/usr/bin{os.pathsep}{os.environ.get('PATH', '')}")
    if chromium is None:
        message = "There is no Chromium here: `apt-get install chromium` to run the browser tests."
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    return chromium


@pytest.fixture(scope="session")
def playwright(chromium: str) -> "Iterator[Playwright]":
    from playwright.sync_api import sync_playwright

    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def browser(playwright: "Playwright", chromium: str) -> "Iterator[Browser]":
    browser = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_ARGUMENTS)
    yield browser
    browser.close()


@pytest.fixture
def page(browser: "Browser") -> "Iterator[Page]":
    """A page in a fresh context: no cookie, no cache, nothing stored by an earlier test."""
    context = browser.new_context()
    yield context.new_page()
    context.close()
