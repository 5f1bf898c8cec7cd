"""Whatever a page is made of is in the version of the code, and no secret is."""

from pathlib import Path

import pytest

from finder.caching.code import code_version
from finder.caching.state import Watch

FILES = ["requirements.txt", "finder/views/home.py", "templates/base.html", "static/finder.css", "locale/es/django.mo"]


@pytest.fixture
def site(tmp_path: Path, settings, monkeypatch) -> Path:
    for name in FILES:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("before")
    settings.BASE_DIR = tmp_path
    return tmp_path


def version() -> bytes:
    return code_version.__wrapped__()


@pytest.mark.parametrize("name", FILES)
def test_every_file_counts(site, name):
    before = version()
    assert version() == before
    (site / name).write_text("after")
    assert version() != before


def test_a_name_counts_as_much_as_what_stands_there(site):
    before = version()
    (site / "templates/base.html").rename(site / "templates/other.html")
    assert version() != before


def test_what_python_compiled_does_not_count(site):
    before = version()
    (site / "finder/__pycache__").mkdir()
    (site / "finder/__pycache__/home.pyc").write_text("compiled")
    assert version() == before


def test_settings_count_and_secrets_do_not(site, monkeypatch):
    before = version()
    monkeypatch.setenv("FINDER_SECRET_KEY", "another")
    assert version() == before
    monkeypatch.setenv("FINDER_CONTACT_URL", "https://example.org/")
    assert version() != before


def test_the_real_one_is_made_once():
    assert Watch()._code is Watch()._code
