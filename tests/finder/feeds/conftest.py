import pytest

from finder.feeds import limits


@pytest.fixture(autouse=True)
def nobody_has_asked(monkeypatch):
    """Each test begins with a server that has answered nobody yet."""
    monkeypatch.setattr(limits, "requests", limits.SlidingWindow())
