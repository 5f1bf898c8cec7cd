from collections.abc import Iterator

import pytest

from tests.trials.drafting.fake_model import KEY, QUICK, FakeModel
from trials.drafting.http import ChatHttp


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeModel]:
    monkeypatch.setenv("NO_PROXY", "*")
    with FakeModel() as fake:
        yield fake


@pytest.fixture
def http(model: FakeModel) -> Iterator[ChatHttp]:
    with ChatHttp(model.url, key=KEY, user_agent="Finder/1", patience=QUICK) as opened:
        yield opened
