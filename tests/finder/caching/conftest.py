"""A site that keeps pages and looks at the data before each answer; and its addresses."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from finder.caching import middleware, state
from tests.studies import store, study
from trials.models import DataChange

LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
NEVER = {"healthz", "check", "message", "message_status", "alerts", "alert", "saved_open", "security_txt"}
KNOWN = {"nct_id": "NCT90000001", "slug": "sle"}
PAGE = "/studies/NCT90000001/"


def public_paths() -> list[str]:
    """Every public address of the site, in English."""
    found = []
    for part in get_resolver().url_patterns:
        patterns = part.url_patterns if isinstance(part, URLResolver) and not part.app_name else [part]
        named = [one for one in patterns if isinstance(one, URLPattern) and one.name and one.name not in NEVER]
        paths = (reverse(one.name, kwargs={name: KNOWN[name] for name in one.pattern.converters}) for one in named)
        found += [path for path in paths if not path.startswith("/admin/")]
    assert len(found) > 10
    return found


@pytest.fixture
def kept(settings: Any, monkeypatch: pytest.MonkeyPatch) -> list[middleware.Pages]:
    """Switches caching on; holds the pages kept by each client made after it, in the order of their first requests."""
    made: list[middleware.Pages] = []

    class Seen(middleware.Pages):
        def __init__(self, room: int) -> None:
            super().__init__(room)
            made.append(self)

        def __len__(self) -> int:
            return len(self._held)

    settings.KEPT_PAGES_MB = 1
    monkeypatch.setattr(middleware, "Pages", Seen)
    monkeypatch.setattr(state, "ASK_SECONDS", 0)
    monkeypatch.setattr(state, "_next_step", lambda _seconds: LONG_AGO)
    return made


@pytest.fixture
def shown(db: None, kept: list[middleware.Pages]) -> Iterator[None]:
    """One study, stored long enough ago for its date to be told."""
    store(study())
    DataChange.objects.update(changed_at=LONG_AGO)
    yield


@pytest.fixture
def another(kept: list[middleware.Pages]) -> Client:
    """Another process of the same site."""
    return Client()
