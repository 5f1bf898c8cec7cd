"""A stored study, and plain sentences on it that an editor has checked."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth import get_user_model

from tests.studies import stored
from trials.ingest.summaries import Kept, publish, state_key
from trials.models import PlainSentence, PlainSummary, Trial
from trials.summaries import draft_of, shown_summary

TEXT = """Inclusion Criteria:

* You are 18 years or older
* Signs, at least 2 of the following:
  * Rash
  * Fever above 38 degrees

Exclusion Criteria:

* Pregnancy
* Hepatitis B"""


def eligibility(text: str) -> dict[str, Any]:
    return {"eligibilityModule": {"eligibilityCriteria": text}}


def whole(trial: Trial) -> Trial:
    return Trial.objects.with_parts().get(pk=trial.pk)


@pytest.fixture
def editor() -> Any:
    return get_user_model().objects.create_user("editor", first_name="Ada", last_name="Reader")


@pytest.fixture
def trial() -> Trial:
    return whole(stored(**eligibility(TEXT)))


def drafted(trial: Trial, lang: str = "en", change: Callable[[str], str] = str) -> list[Kept]:
    """The sentences of our rules as an editor would save them, some changed."""
    found = [(one, change(one.text)) for one in draft_of(trial, lang).sentences]
    return [
        Kept(one.section, text, one.text, one.origin if text == one.text else "edited", one.sources)
        for one, text in found
    ]


def published(trial: Trial, editor: Any, change: Callable[[str], str] = str) -> PlainSummary:
    found = drafted(whole(trial), change=change)
    return publish(trial, "en", found, editor=editor, based_on=state_key(whole(trial), "en"), reason="")


def unreviewed(trial: Trial) -> list[str]:
    return [one.text for one in shown_summary(whole(trial), "en").sentences if not one.reviewed]


def stale() -> set[str]:
    return set(PlainSentence.objects.filter(stale=True, summary__ended_at=None).values_list("text", flat=True))
