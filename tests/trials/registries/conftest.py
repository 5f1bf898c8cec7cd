"""A registry on loopback, and the real client, in a hurry, to ask it."""

from collections.abc import Callable, Iterator

import pytest

from tests.fake_registry import FakeRegistry, study
from trials.asking import Patience
from trials.registries.http import Pace, RegistryHttp

QUICK = Patience(
    timeout=0.6, total=1, attempts=3, first_wait=0.01, longest_wait=0.05, jitter=0.01, longest_retry_after=2
)


@pytest.fixture
def registry() -> Iterator[FakeRegistry]:
    """It has seven studies, NCT90000001 to NCT90000007."""
    with FakeRegistry(study(number) for number in range(1, 8)) as fake:
        yield fake


@pytest.fixture
def connect(monkeypatch: pytest.MonkeyPatch) -> Callable[..., RegistryHttp]:
    """Makes a client for an address."""
    monkeypatch.setenv("NO_PROXY", "*")

    def connected(url: str, *, per_minute: float = 60_000, **options: int) -> RegistryHttp:
        agent = "Finder/1 (+https://f.example)"
        return RegistryHttp(url, user_agent=agent, pace=Pace(per_minute), patience=QUICK, **options)

    return connected


@pytest.fixture
def http(registry: FakeRegistry, connect: Callable[..., RegistryHttp]) -> Iterator[RegistryHttp]:
    with connect(registry.url) as opened:
        yield opened
