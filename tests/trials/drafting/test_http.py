"""The drafting client against a real server that refuses, breaks off, stalls, and leads astray."""

import logging
import socket
import time

import pytest

from tests.fake_registry import (
    Answering,
    Fault,
    break_off,
    drip,
    hang_up,
    instead,
    stall,
    status,
    wrong_length,
)
from tests.trials.drafting.conftest import HUGE, moved
from tests.trials.drafting.fake_model import KEY, QUICK, FakeModel, completion
from trials.drafting.asking import content_of, question
from trials.drafting.http import AnswerTooLargeError, ChatHttp, DraftingError, NotAcceptedError, patience
from trials.drafting.passages import Passage
from trials.plain_language.model import Section

ASKED = question([Passage("I1", Section.MAY_JOIN, "Active disease")], "small-model")


def ask(http: ChatHttp) -> str:
    return http.ask(ASKED, content_of)


def packed(answering: Answering, body: bytes) -> None:
    """Announces gzip, which nobody asked for: few such bytes may unpack into gigabytes."""
    answering.send(200, body, {"Content-Encoding": "gzip"})


def test_a_question_goes_out_as_json_with_the_key_in_its_header(http: ChatHttp, model: FakeModel) -> None:
    assert ask(http) == '{"sentences": [{"source": "I1", "text": ""}]}'
    (asked,) = model.asked
    assert (asked.path, asked.body) == ("/v1/chat/completions", ASKED)
    assert asked.headers["Authorization"] == f"Bearer {KEY}"
    assert asked.headers["Accept-Encoding"] == "identity"
    assert KEY not in str(asked.body)


def test_without_a_key_no_header_is_sent(model: FakeModel) -> None:
    with ChatHttp(model.url + "/", key="", user_agent="Finder/1", patience=QUICK) as http:
        ask(http)
    assert "Authorization" not in model.asked[0].headers


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(status(500), id="500"),
        pytest.param(status(503, retry_after="0"), id="503"),
        pytest.param(status(429), id="429"),
        pytest.param(break_off, id="breaks off in the body"),
        pytest.param(hang_up, id="hangs up"),
        pytest.param(stall(9), id="hangs"),
        pytest.param(drip(0.05), id="drips"),
        pytest.param(wrong_length(+50), id="announces too much"),
        pytest.param(instead(b'{"choices": [{"message": '), id="malformed JSON"),
        pytest.param(instead(b"<html>Down for maintenance</html>", content_type="text/html"), id="HTML page"),
        pytest.param(instead(b'{"choices": []}'), id="no choice"),
        pytest.param(instead(completion(["no", "text"])), id="content of another kind"),
        pytest.param(instead(b"[" * 100_000), id="deep nesting"),
        pytest.param(instead(b"\xff\xfe"), id="not UTF-8"),
        pytest.param(packed, id="packed"),
    ],
)
def test_passing_fault_is_asked_again(http: ChatHttp, model: FakeModel, fault: Fault) -> None:
    model.faults += [fault, fault]
    began = time.monotonic()
    assert ask(http).startswith('{"sentences"')
    assert len(model.asked) == 3
    assert time.monotonic() - began < 8


def test_fault_that_stays_ends_in_a_sentence(http: ChatHttp, model: FakeModel) -> None:
    model.faults += [status(500)] * 9
    with pytest.raises(DraftingError, match=r"/v1/chat/completions answered 500 .*\. We tried 3 times\."):
        ask(http)
    assert len(model.asked) == 3


def test_waits_as_long_as_the_server_asks(http: ChatHttp, model: FakeModel) -> None:
    model.faults += [status(429, retry_after="1")]
    ask(http)
    assert model.asked[1].at - model.asked[0].at >= 1


def test_too_long_a_wait_is_not_waited(http: ChatHttp, model: FakeModel) -> None:
    model.faults += [status(429, retry_after="3600")]
    with pytest.raises(DraftingError, match="asks us to wait 3600 seconds"):
        ask(http)
    assert len(model.asked) == 1


def test_nobody_listening_ends_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "*")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound, but not listening
        address = f"http://127.0.0.1:{taken.getsockname()[1]}/v1"
        with (
            ChatHttp(address, key=KEY, user_agent="Finder/1", patience=QUICK) as http,
            pytest.raises(DraftingError, match=r"could not be read: .*refused.* We tried 3 times"),
        ):
            ask(http)


@pytest.mark.parametrize("code", [301, 302, 307, 308])
def test_a_redirect_is_not_followed_wherever_it_leads(http: ChatHttp, model: FakeModel, code: int) -> None:
    with FakeModel() as elsewhere:
        for location in (f"{elsewhere.url}/chat/completions", f"{model.url}/other"):
            model.faults += [moved(code, location)]
            with pytest.raises(DraftingError, match="sends us elsewhere"):
                ask(http)
        assert elsewhere.asked == []
    assert len(model.asked) == 2


def test_a_huge_answer_is_not_read_to_its_end(http: ChatHttp, model: FakeModel) -> None:
    model.faults += [instead(HUGE)]
    with pytest.raises(AnswerTooLargeError, match="more than 1,048,576 bytes"):
        ask(http)
    assert len(model.asked) == 1


def test_a_huge_error_is_not_read_to_its_end(http: ChatHttp, model: FakeModel) -> None:
    model.faults += [status(400, body=HUGE)]
    with pytest.raises(AnswerTooLargeError):
        ask(http)


@pytest.mark.parametrize("code", [400, 413, 422])
def test_a_request_that_is_not_taken_is_not_repeated(http: ChatHttp, model: FakeModel, code: int) -> None:
    model.faults += [status(code, body=b'{"error": "too many\\u0007 \x1b[31m tokens"}')]
    with pytest.raises(NotAcceptedError, match="too many") as raised:
        ask(http)
    assert len(model.asked) == 1
    assert "\x1b" not in str(raised.value)  # it goes to a terminal


@pytest.mark.parametrize("code, remedy", [(401, "DRAFTING_KEY"), (403, "_KEY"), (404, "_MODEL"), (405, "not help")])
def test_refusal_names_the_remedy_and_never_the_key(
    http: ChatHttp, model: FakeModel, caplog: pytest.LogCaptureFixture, code: int, remedy: str
) -> None:
    caplog.set_level(logging.DEBUG)
    model.faults += [status(500), status(code, body=f"Incorrect key provided: {KEY}".encode())]
    with pytest.raises(DraftingError, match=remedy) as raised:
        ask(http)
    assert KEY not in str(raised.value)
    assert KEY not in caplog.text


@pytest.mark.parametrize(
    "url, remedy",
    [
        ("localhost:11434/v1", "write it as in https://"),
        ("ftp://models.example.org/v1", "write it as in https://"),
        ("https://", "write it as in https://"),
        ("http://models.example.org:port/v1", "write it as in https://"),
        ("https://someone:secret@models.example.org/v1", "leave out user, password"),
        ("https://models.example.org/v1?key=secret", "leave out user, password"),
    ],
)
def test_an_address_that_is_none_is_said_at_once(url: str, remedy: str) -> None:
    with pytest.raises(DraftingError, match=remedy) as raised:
        ChatHttp(url, key="", user_agent="Finder/1", patience=QUICK)
    assert "secret" not in str(raised.value)


@pytest.mark.parametrize("key", ["sk-1\nX-Other: yes", "sk 1", "schlüssel", "sk-1\x00"])
def test_a_key_that_breaks_the_header_is_refused_and_not_repeated(key: str) -> None:
    with pytest.raises(DraftingError, match="copy it anew") as raised:
        ChatHttp("https://models.example.org/v1", key=key, user_agent="Finder/1", patience=QUICK)
    assert key not in str(raised.value)


def test_one_limit_holds_for_each_wait_and_for_the_whole_answer() -> None:
    assert (patience(45).timeout, patience(45).total) == (45, 45)
