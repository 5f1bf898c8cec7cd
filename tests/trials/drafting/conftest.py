"""A model that drafts, as a server on loopback, and studies with words for it."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.core.management import call_command

from tests.fake_registry import Fault
from tests.studies import study
from tests.trials.drafting.fake_model import KEY, QUICK, FakeModel
from trials.drafting.drafts import drafts_for
from trials.drafting.http import ChatHttp
from trials.models import Trial
from trials.plain_language.model import Origin, Summary
from trials.summaries import draft_of

TRIAL = "NCT90000001"
ABLE = "In the Investigator's opinion, the patient has the ability to comply with all 3 parts of the protocol"
PLAIN_ABLE = "The study doctor thinks you can follow all 3 parts of the study plan."
OBESE = "Must not be morbidly obese"
PLAIN_OBESE = "You are not very overweight."
TEXT = f"Inclusion Criteria:\n\n* Adults with lupus\n* {ABLE}\n\nExclusion Criteria:\n\n* Pregnancy\n* {OBESE}\n"
HUGE = b'{"choices": "' + b"x" * 2_000_000 + b'"}'


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeModel]:
    monkeypatch.setenv("NO_PROXY", "*")
    with FakeModel() as fake:
        yield fake


@pytest.fixture
def http(model: FakeModel) -> Iterator[ChatHttp]:
    with ChatHttp(model.url, key=KEY, user_agent="Finder/1", patience=QUICK) as opened:
        yield opened


def moved(code: int, location: str) -> Fault:
    return lambda answering, _: answering.send(code, b"", {"Location": location})


@pytest.fixture
def switched_on(settings: Any, model: FakeModel, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server is set up that knows both sentences, and our rules know neither, however good they become."""
    settings.DRAFTING_URL, settings.DRAFTING_MODEL, settings.DRAFTING_KEY = model.url, "small-model", KEY
    monkeypatch.setattr("trials.drafting.drafts.patience", lambda seconds: QUICK)
    monkeypatch.setattr("trials.drafting.drafts.draft_of", without_ours)
    model.lines = {ABLE: PLAIN_ABLE, OBESE: PLAIN_OBESE}


def without_ours(trial: Trial, lang: str) -> Summary:
    summary = draft_of(trial, lang)
    texts = {one.key: one.text for one in trial.criteria.all()}
    sentences = [
        replace(one, origin=Origin.OFFICIAL) if texts.get(one.sources[0]) in (ABLE, OBESE) else one
        for one in summary.sentences
    ]
    return replace(summary, sentences=tuple(sentences))


def with_text(text: str = TEXT, nct_id: str = TRIAL, day: str = "2026-10-01") -> dict[str, Any]:
    return study(
        nct_id,
        eligibilityModule={"eligibilityCriteria": text},
        statusModule={"lastUpdatePostDateStruct": {"date": day}},
    )


def run(*arguments: str, **options: Any) -> str:
    return str(call_command("draft_sentences", *arguments, **options))


def held() -> dict[str, str]:
    return drafts_for(Trial.objects.with_parts().get(nct_id=TRIAL), "en")
