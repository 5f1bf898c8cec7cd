"""The real client against a real server that refuses, breaks off, stalls, and leads astray."""

import socket
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from tests.fake_registry import (
    Answering,
    FakeRegistry,
    break_off,
    drip,
    hang_up,
    instead,
    nct_id,
    redirect,
    stall,
    status,
    study,
    wrong_length,
)
from trials.asking import retry_after_seconds
from trials.registries.ctgov.client import pages
from trials.registries.http import Pace, RegistryError, RegistryHttp

QUERY = "lupus OR scleroderma"
Connect = Callable[..., RegistryHttp]
EVERY_ID = [nct_id(number) for number in range(1, 8)]


def ask(http: RegistryHttp, page_size: int = 100) -> list[str]:
    """Walk all pages; returns the ids."""
    walk = pages(http, condition_query=QUERY, page_size=page_size)
    return [one.nct_id for page in walk for one in page.studies]


def not_packed(answering: Answering, body: bytes) -> None:
    answering.send_response(200)
    answering.send_header("Content-Encoding", "gzip")
    answering.send_header("Content-Length", str(len(body)))
    answering.end_headers()
    answering.wfile.write(body)


# Passing faults: asked again, with the same result


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(status(500), id="500"),
        pytest.param(status(503, retry_after="0"), id="503"),
        pytest.param(status(429), id="429"),
        pytest.param(status(429, retry_after="nonsense"), id="429 with an unreadable header"),
        pytest.param(break_off, id="breaks off in the body"),
        pytest.param(hang_up, id="hangs up"),
        pytest.param(stall(9), id="stalls"),
        pytest.param(drip(0.05), id="drips"),
        pytest.param(wrong_length(+50), id="announces too much"),
        pytest.param(wrong_length(-50), id="announces too little"),
        pytest.param(instead(b'{"studies": [{"protocolSection": {}'), id="malformed JSON"),
        pytest.param(instead(b"<html>Down for maintenance</html>", content_type="text/html"), id="HTML page"),
        pytest.param(instead(b'{"studies": "soon"}'), id="no list of studies"),
        pytest.param(instead(b"[]"), id="a list"),
        pytest.param(instead(b'{"studies":' + b"[" * 100_000), id="deep nesting"),
        pytest.param(not_packed, id="no gzip where gzip is announced"),
        pytest.param(instead(b"\xff\xfe"), id="not UTF-8"),
        pytest.param(instead(b""), id="nothing"),
    ],
)
def test_passing_fault_changes_nothing(http: RegistryHttp, registry: FakeRegistry, fault: Callable[..., None]) -> None:
    registry.faults += [None, fault, fault]
    began = time.monotonic()
    assert ask(http, 3) == EVERY_ID
    assert len(registry.asked) == 3 + 2
    assert time.monotonic() - began < 8


def test_fault_that_stays_ends_in_a_sentence(http: RegistryHttp, registry: FakeRegistry) -> None:
    registry.faults += [status(502)] * 9
    with pytest.raises(RegistryError, match=r"/api/v2/studies answered 502 Bad Gateway\. We tried 3 times\.") as raised:
        ask(http)
    assert raised.value.status == 502
    assert len(registry.asked) == 3


def test_nobody_listening_ends_in_a_sentence(connect: Connect) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound, but not listening
        with (
            connect(f"http://someone:secret@127.0.0.1:{taken.getsockname()[1]}") as http,
            pytest.raises(RegistryError, match=r"could not be read: .*refused.* We tried 3 times") as raised,
        ):
            ask(http)
    assert "secret" not in str(raised.value)
    assert "lupus" not in str(raised.value)


def test_waits_as_long_as_the_registry_asks(http: RegistryHttp, registry: FakeRegistry) -> None:
    registry.faults += [status(429, retry_after="1")]
    ask(http)
    assert registry.asked[1].at - registry.asked[0].at >= 1


def test_waits_until_the_date_that_the_registry_names(http: RegistryHttp, registry: FakeRegistry) -> None:
    moment = datetime.now(UTC) + timedelta(seconds=2)  # written in whole seconds, so at least one is left
    registry.faults += [status(503, retry_after=format_datetime(moment, usegmt=True))]
    ask(http)
    assert 0.9 < registry.asked[1].at - registry.asked[0].at < 2.5


@pytest.mark.parametrize(
    "header, expected",
    [
        ("120", 120),
        ("0", 0),
        ("Sat, 21 Nov 2026 12:01:30 GMT", 90),
        ("Sat, 21 Nov 2026 11:00:00 GMT", 0),
        ("", None),
        ("-5", None),
        ("soon", None),
    ],
)
def test_retry_after_is_read_as_seconds(header: str, expected: float | None) -> None:
    assert retry_after_seconds(header, now=datetime(2026, 11, 21, 12, 0, tzinfo=UTC)) == expected


# Final faults: said at once


def test_too_long_a_wait_is_not_waited(http: RegistryHttp, registry: FakeRegistry) -> None:
    registry.faults += [status(429, retry_after="3600")]
    with pytest.raises(RegistryError, match="429 Too Many Requests and asks us to wait 3600 seconds"):
        ask(http)
    assert len(registry.asked) == 1


@pytest.mark.parametrize("code, remedy", [(400, "does not help"), (403, "may block"), (404, "Correct the registry's")])
def test_refusal_is_not_repeated(http: RegistryHttp, registry: FakeRegistry, code: int, remedy: str) -> None:
    registry.faults += [status(code, body=b"No such  thing")]
    with pytest.raises(RegistryError, match=f"answered {code} .*“No such thing”.*{remedy}") as raised:
        ask(http)
    assert raised.value.status == code
    assert len(registry.asked) == 1


def test_other_host_is_not_followed(http: RegistryHttp, registry: FakeRegistry) -> None:
    with FakeRegistry([study(1)]) as other:
        registry.faults += [redirect(other.url + "/studies?query.cond=x")]
        with pytest.raises(RegistryError, match="another host"):
            ask(http)
        assert other.asked == []


def test_redirect_within_the_registry_is_followed(http: RegistryHttp, registry: FakeRegistry) -> None:
    registry.faults += [redirect("/api/v2/studies?query.cond=moved")]
    assert ask(http) == EVERY_ID
    assert registry.asked[1].parameters["query.cond"] == "moved"


def test_circle_of_redirects_ends(http: RegistryHttp, registry: FakeRegistry) -> None:
    registry.faults += [redirect("/api/v2/studies")] * 9
    with pytest.raises(RegistryError, match="circle"):
        ask(http)
    assert len(registry.asked) == 4


@pytest.mark.parametrize(
    "url", ["ftp://registry.example/api", "registry.example/api", "http://registry.example:port", ""]
)
def test_address_that_is_none_ends_in_a_sentence(connect: Connect, url: str) -> None:
    with pytest.raises(RegistryError, match="correct"), connect(url) as http:
        ask(http)


# The pace


def test_requests_are_spaced(registry: FakeRegistry, connect: Connect) -> None:
    with connect(registry.url, per_minute=600) as http:
        registry.faults += [None, status(500)]
        ask(http, 2)
    times = [asked.at for asked in registry.asked]
    assert len(times) == 4 + 1
    # The server sees a request some time after it was let through; without a pace all five come in a fiftieth of this.
    assert times[-1] - times[0] > 0.25


def test_fifty_a_minute_are_never_passed() -> None:
    now = [1000.0]
    pace = Pace(50, clock=lambda: now[0], sleep=lambda seconds: now.__setitem__(0, now[0] + seconds))
    started = []
    for number in range(200):
        pace.wait()
        started.append(now[0])
        now[0] += (number % 7) * 0.4  # the answers take their time
    assert all(later - earlier > 59.9 for earlier, later in zip(started, started[50:], strict=False))


def test_slow_answers_are_not_slowed_further() -> None:
    pace = Pace(per_minute=600)
    pace.wait()
    time.sleep(0.11)
    before = time.monotonic()
    pace.wait()
    assert time.monotonic() - before < 0.05
