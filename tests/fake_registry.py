"""A real HTTP server on loopback that pages, filters and fails like the registry's API v2.

`with FakeRegistry([study(1), study(2)]) as registry:` serves at `registry.url` and keeps what came in in
`registry.asked`. `registry.faults += [status(500), break_off]` spoils the next two answers; after them it behaves.
"""

import base64
import gzip
import json
import re
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import parse_qsl, urlsplit

Record = dict[str, Any]
RANGE = re.compile(r"AREA\[LastUpdatePostDate\]RANGE\[(MIN|\d{4}-\d\d-\d\d),(MAX|\d{4}-\d\d-\d\d)\]")


def study(number: int, *, updated: str = "2026-11-01", title: str = "") -> Record:
    """A small study record in the shape of the API."""
    status = {
        "overallStatus": "RECRUITING",
        "startDateStruct": {"date": "2025-03-01", "type": "ACTUAL"},
        "completionDateStruct": {"date": "2028-12", "type": "ESTIMATED"},
        "lastUpdatePostDateStruct": {"date": updated, "type": "ACTUAL"},
    }
    criteria = "Inclusion Criteria:\n\n* Adults with SLE \\> 6 months\n\nExclusion Criteria:\n\n* Pregnancy – “any”"
    return {
        "protocolSection": {
            "identificationModule": {"nctId": nct_id(number), "briefTitle": title or f"Study {number} in Lupus"},
            "statusModule": status,
            "sponsorCollaboratorsModule": {"leadSponsor": {"name": "University Hospital", "class": "OTHER"}},
            "conditionsModule": {"conditions": ["Systemic Lupus Erythematosus"]},
            "designModule": {"studyType": "INTERVENTIONAL", "phases": ["PHASE2"]},
            "eligibilityModule": {"eligibilityCriteria": criteria, "sex": "ALL", "minimumAge": "18 Years"},
            "contactsLocationsModule": {"locations": [{"facility": "Charité", "city": "Berlin", "country": "Germany"}]},
        },
        "hasResults": False,
    }


def nct_id(number: int) -> str:
    return f"NCT{90_000_000 + number}"


def id_of(record: Record) -> str:
    return str(record["protocolSection"]["identificationModule"].get("nctId", ""))


@dataclass(frozen=True)
class Asked:
    """One request as it came in; `at` is of the monotonic clock, in seconds."""

    at: float
    path: str
    parameters: dict[str, str]
    headers: dict[str, str]


class Answering(BaseHTTPRequestHandler):
    """Writes answers; a fault gets this and the good body, and writes what it likes instead."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    registry: "FakeRegistry"

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        asked = Asked(time.monotonic(), parts.path, dict(parse_qsl(parts.query)), dict(self.headers))
        self.registry.asked.append(asked)
        fault = self.registry.faults.popleft() if self.registry.faults else None
        try:
            code, body = self.registry.answer(asked)
            if fault is not None:
                fault(self, body)
            else:
                self.send(code, body, {"Content-Type": "application/json"})
        except OSError:
            self.close_connection = True

    def send(self, code: int, body: bytes, headers: dict[str, str]) -> None:
        if "gzip" in self.headers.get("Accept-Encoding", ""):
            body = gzip.compress(body, 1)
            headers = headers | {"Content-Encoding": "gzip"}
        self.send_response(code)
        for name, value in ({"Content-Length": str(len(body))} | headers).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments: object) -> None: ...


class QuietServer(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that goes in the middle of an answer is what some tests are about."""


Fault = Callable[[Answering, bytes], None]


class FakeRegistry:
    """Serves `studies` at `url` while the `with` block lasts. All attributes may be changed in between requests."""

    def __init__(self, studies: Iterable[Record] = ()) -> None:
        self.studies = {id_of(record): record for record in studies}
        self.not_in_scope: set[str] = set()  # studies that the condition query does not find
        self.faults: deque[Fault | None] = deque()
        self.asked: list[Asked] = []
        self.token_age = 0  # raise it, and the tokens given so far are refused
        self.closing = threading.Event()
        handler = type("Handler", (Answering,), {"registry": self})
        self._server = QuietServer(("127.0.0.1", 0), handler)
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/api/v2"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(self, *exception: object) -> None:
        self.closing.set()
        self._server.shutdown()
        self._server.socket.close()

    def put(self, record: Record) -> None:
        self.studies[id_of(record)] = record

    def answer(self, asked: Asked) -> tuple[int, bytes]:
        """Status and body for a request."""
        if asked.path != "/api/v2/studies":
            return 404, b"Not found"
        try:
            page = self._page(asked.parameters)
        except ValueError as error:
            return 400, f"Parameter is not valid: {error}".encode()
        return 200, json.dumps(page, ensure_ascii=False, indent=1).encode()

    def _page(self, parameters: dict[str, str]) -> Record:
        found = self._found(parameters)
        start = self._start(parameters.get("pageToken", ""))
        end = start + min(int(parameters.get("pageSize", "10")), 1000)
        page: Record = {"totalCount": len(found)} if parameters.get("countTotal") == "true" and not start else {}
        page["studies"] = found[start:end]
        if end < len(found):
            page["nextPageToken"] = self._token(end)
        return page

    def _found(self, parameters: dict[str, str]) -> list[Record]:
        if ids := parameters.get("filter.ids"):
            return [self.studies[one] for one in ids.split(",") if one in self.studies]
        if not parameters.get("query.cond"):
            raise ValueError("query.cond is empty")
        scope = [record for one, record in self.studies.items() if one not in self.not_in_scope]
        if not (wanted := parameters.get("filter.advanced")):
            return scope
        if (match := RANGE.fullmatch(wanted)) is None:
            raise ValueError(f"filter.advanced {wanted}")
        first, last = (None if end in {"MIN", "MAX"} else date.fromisoformat(end) for end in match.groups())
        return [record for record in scope if _updated_within(record, first, last)]

    def _token(self, start: int) -> str:
        return base64.urlsafe_b64encode(f"{self.token_age}/{start}".encode()).decode()

    def _start(self, token: str) -> int:
        if not token:
            return 0
        age, _, start = base64.urlsafe_b64decode(token).decode().partition("/")
        if age != str(self.token_age):
            raise ValueError("pageToken has expired")
        return int(start)


def _updated_within(record: Record, first: date | None, last: date | None) -> bool:
    updated = date.fromisoformat(record["protocolSection"]["statusModule"]["lastUpdatePostDateStruct"]["date"])
    return (first is None or first <= updated) and (last is None or updated <= last)


def status(code: int, *, retry_after: str = "", body: bytes = b"<html><h1>Sorry</h1></html>") -> Fault:
    headers = {"Content-Type": "text/html"} | ({"Retry-After": retry_after} if retry_after else {})
    return lambda answering, _: answering.send(code, body, headers)


def instead(body: bytes, *, content_type: str = "application/json") -> Fault:
    """200 with another body: a page that says sorry, malformed JSON, a repeated token."""
    return lambda answering, _: answering.send(200, body, {"Content-Type": content_type})


def redirect(location: str) -> Fault:
    return lambda answering, _: answering.send(302, b"", {"Location": location})


def wrong_length(difference: int) -> Fault:
    """Announces more bytes than there are (and closes), or fewer (and the body seems to end early)."""

    def fault(answering: Answering, body: bytes) -> None:
        answering.send_response(200)
        answering.send_header("Content-Length", str(len(body) + difference))
        answering.end_headers()
        answering.wfile.write(body)
        answering.close_connection = True

    return fault


def break_off(answering: Answering, body: bytes) -> None:
    """The connection ends in the middle of the body, which was announced in full."""
    wrong_length(len(body) - len(body) // 2)(answering, body[: len(body) // 2])


def hang_up(answering: Answering, body: bytes) -> None:
    """The connection ends without a word."""
    answering.close_connection = True


def stall(seconds: float) -> Fault:
    """Silence, then the answer."""

    def fault(answering: Answering, body: bytes) -> None:
        answering.registry.closing.wait(seconds)
        answering.send(200, body, {})

    return fault


def drip(seconds: float) -> Fault:
    """The answer, but one byte at a time: each wait is short, the whole takes for ever."""

    def fault(answering: Answering, body: bytes) -> None:
        answering.send_response(200)
        answering.send_header("Content-Length", str(len(body)))
        answering.end_headers()
        for byte in body:
            answering.wfile.write(bytes([byte]))
            if answering.registry.closing.wait(seconds):
                return

    return fault


def drip_headers(seconds: float) -> Fault:
    """The answer begins, and its headers never end: each wait is short."""

    def fault(answering: Answering, body: bytes) -> None:
        answering.wfile.write(b"HTTP/1.1 200 OK\r\nX-Long: ")
        while not answering.registry.closing.wait(seconds):
            answering.wfile.write(b"x")

    return fault
