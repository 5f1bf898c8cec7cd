"""Servers that fail while studies are drafted, and a server that nobody has set up."""

import socket
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.fake_registry import Answering, stall, status
from tests.studies import store
from tests.trials.drafting.conftest import PLAIN_ABLE, PLAIN_OBESE, TRIAL, held, moved, run, with_text
from tests.trials.drafting.fake_model import KEY, FakeModel
from trials.drafting.drafts import drafts_for
from trials.models import DraftedSentence, Trial

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("switched_on")]
FIVE = [f"NCT9000000{number}" for number in range(1, 6)]


def fill() -> None:
    store(*(with_text(nct_id=nct_id) for nct_id in FIVE))


# While it runs


@pytest.mark.parametrize("fault", [status(500), status(429, retry_after="1"), stall(9)])
def test_a_passing_fault_changes_nothing(model: FakeModel, fault: Any) -> None:
    store(with_text())
    model.faults += [fault]
    assert run() == "2 sentences drafted for 1 study, 0 refused."


@pytest.mark.parametrize(
    "fault, words",
    [
        (status(500), "answered 500"),
        (stall(9), "could not be read"),
        (status(429, retry_after="3600"), "wait 3600 seconds"),
        (status(401, body=f"Incorrect key {KEY}".encode()), "check FINDER_DRAFTING_KEY"),
        (moved(307, "https://elsewhere.example/v1/chat/completions"), "sends us elsewhere"),
    ],
)
def test_a_fault_that_stays_ends_the_run_and_keeps_what_was_stored(model: FakeModel, fault: Any, words: str) -> None:
    fill()
    model.faults += [None, None, *[fault] * 9]
    with pytest.raises(CommandError, match=rf"^4 sentences drafted for 3 studies, 0 refused\. .*{words}") as raised:
        run()
    assert KEY not in str(raised.value)
    model.faults.clear()
    assert run() == "6 sentences drafted for 3 studies, 0 refused."


def test_a_server_that_takes_no_schema_is_asked_without_one(model: FakeModel) -> None:
    def no_schema(answering: Answering, body: bytes) -> None:
        answering.send(400, b'{"error": "response_format is not supported"}', {})

    fill()
    model.faults += [no_schema]
    assert run() == "10 sentences drafted for 5 studies, 0 refused."
    assert ["response_format" in asked.body for asked in model.asked] == [True, *[False] * 5]


def test_a_request_that_is_not_taken_does_not_keep_the_others_from_being_made(model: FakeModel) -> None:
    fill()
    model.faults += [status(400), status(413)]
    assert run() == "8 sentences drafted for 5 studies, 2 refused: 2 request not accepted, or answer too large."


def test_a_server_that_takes_nothing_is_asked_about_three_studies(model: FakeModel) -> None:
    fill()
    model.faults += [status(422, body=b"No such field")] * 99
    with pytest.raises(CommandError, match=r"for 3 studies, 4 refused: .* answered 422 .*No such field"):
        run()
    assert len(model.asked) == 6


# What may be asked for


def test_other_languages_cannot_be_checked_and_are_refused(model: FakeModel) -> None:
    store(with_text())
    with pytest.raises(CommandError, match="Drafts in “es” cannot be checked"):
        run(lang="es")
    assert model.asked == []


def test_wrong_options_are_refused(model: FakeModel) -> None:
    with pytest.raises(CommandError, match="There is no study NCT90000099"):
        run(only=["NCT90000099"])
    with pytest.raises(CommandError, match="whole number"):
        run("--limit=0")
    assert model.asked == []


@pytest.mark.parametrize("name, value", [("DRAFTING_URL", "models.example.org"), ("DRAFTING_KEY", "sk\n1")])
def test_settings_that_cannot_be_right_are_said(settings: Any, name: str, value: str) -> None:
    setattr(settings, name, value)
    with pytest.raises(CommandError, match=f"FINDER_{name}"):
        run()


# Off


@pytest.mark.parametrize("missing", ["DRAFTING_URL", "DRAFTING_MODEL"])
def test_off_says_how_to_switch_it_on(model: FakeModel, settings: Any, missing: str) -> None:
    store(with_text())
    setattr(settings, missing, "")
    with pytest.raises(CommandError, match=r"Drafting is off.*FINDER_DRAFTING_URL.*FINDER_DRAFTING_MODEL") as raised:
        call_command("draft_sentences")
    assert raised.value.returncode == 1
    assert model.asked == []


def test_off_gives_no_draft_and_asks_no_table(settings: Any) -> None:
    store(with_text())
    run()
    trial = Trial.objects.with_parts().get(nct_id=TRIAL)
    assert drafts_for(trial, "en") == {"I2": PLAIN_ABLE, "E2": PLAIN_OBESE}
    assert drafts_for(trial, "es") == {}
    settings.DRAFTING_URL = ""
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert drafts_for(trial, "en") == {}
    assert len(queries) == 0


def test_off_is_what_nobody_has_set(monkeypatch: pytest.MonkeyPatch) -> None:
    import finder.settings as shipped

    assert (shipped.DRAFTING_URL, shipped.DRAFTING_MODEL, shipped.DRAFTING_KEY) == ("", "", "")


def test_pages_are_the_same_with_drafts_and_without_and_ask_nobody(
    client: Client, model: FakeModel, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    store(with_text())
    without = client.get(f"/studies/{TRIAL}/").content
    run()
    asked = len(model.asked)

    def no_network(*arguments: object) -> None:
        raise AssertionError("a page opened a connection")

    monkeypatch.setattr(socket.socket, "connect", no_network)
    assert client.get(f"/studies/{TRIAL}/").content == without
    settings.DRAFTING_URL = ""
    assert client.get(f"/studies/{TRIAL}/").content == without
    assert PLAIN_OBESE.encode() not in without
    assert len(model.asked) == asked


# What the database keeps


def test_the_database_refuses_two_drafts_of_the_same_words_and_empty_ones() -> None:
    store(with_text())
    run()
    draft = DraftedSentence.objects.first()
    assert draft is not None
    for change in (
        {},
        {"source_hash": "0" * 64, "text": ""},
        {"source_hash": "x"},
        {"source_hash": "1" * 64, "source": ""},
    ):
        row = {"trial": draft.trial, "language": "en", "source": "I9", "source_hash": draft.source_hash, "text": "You."}
        with pytest.raises(IntegrityError), transaction.atomic():
            DraftedSentence.objects.create(**(row | change))
    assert set(held()) == {"I2", "E2"}
