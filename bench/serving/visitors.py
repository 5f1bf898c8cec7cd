"""32 visitors at once, each asking for one thing after another: pages, searches, questions, what machines read."""

import asyncio
import re
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape
from itertools import cycle, islice
from urllib.parse import urlencode

CONNECTIONS = 32
PATIENCE_SECONDS = 60
_HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
_BROKEN = 0  # instead of a status: the connection ended without an answer
JOURNEY = 5  # steps of a questionnaire; then another one begins


@dataclass(frozen=True, slots=True)
class Answer:
    """`at` is when it came, by the monotonic clock; `asks_data` whether it can only be right with the database."""

    at: float
    path: str
    status: int
    seconds: float
    asks_data: bool


@dataclass(slots=True)
class Visits:
    """What all visitors got so far. `resent`: how forms ended that had come back with a 503 and were sent again."""

    answers: list[Answer] = field(default_factory=list)
    resent: list[int] = field(default_factory=list)


def paths(studies: list[str], static: str) -> Iterator[str]:
    """Without end. "check" stands for the next step of a questionnaire."""
    words = cycle(
        ["lupus", "lupus+nephritis", "scleroderma", "sjogren", "myositis", "rituximab", "raynaud", "nothinglikethis"]
    )
    ids, numbers = cycle(studies), iter(range(10**9))
    while True:
        word, study, number = next(words), next(ids), next(numbers)
        yield from ("/", f"/studies/?q={word}", f"/studies/{study}/", "check", f"/suggest/?q={word[:3]}", "check")
        yield from (
            f"/studies/?q={word}&age={number % 90}",
            f"/studies/{study}/?n={number}",
            "/conditions/sle/",
            "check",
        )
        yield from (
            static,
            f"/studies/NCT{number:08}/",
            f"/api/v1/studies/{study}/",
            "/healthz",
            f"/studies/?near=Leeds&q={word}",
        )
        yield from (
            f"/studies/feed/?q={word}",
            "/admin/login/",
            "/learn/words/",
            f"/api/v1/studies/?q={word}",
            "/es/",
            "check",
        )


async def visit(port: int, wanted: Iterator[str], number: int, seen: Visits) -> None:
    """`number` requests in all, over 32 connections."""
    shared = islice(wanted, number)
    await asyncio.gather(*(_visitor(port, shared, seen) for _ in range(CONNECTIONS)))


async def _visitor(port: int, wanted: Iterator[str], seen: Visits) -> None:
    line = _Line(port)
    form: dict[str, list[str]] = {}
    steps, kept = 0, False
    for path in wanted:
        if path != "check":
            await line.ask(path, None, seen)
            continue
        steps = 0 if steps >= JOURNEY and not kept else steps
        status, body = await line.ask("/check/", form if steps else None, seen)
        if kept and status != 503:
            seen.resent.append(status)
        if status == 200:
            form = {name: [unescape(value)] for name, value in _HIDDEN.findall(body)} | {
                "do": ["next"],
                "diagnosis": ["sle"],
            }
            steps, kept = steps + 1, False
        elif status == 503 and steps:
            sent = [(name, unescape(value)) for name, value in _HIDDEN.findall(body)]
            form, kept = {name: [value for other, value in sent if other == name] for name, _ in sent}, True
    line.close()


class _Line:
    """One connection, opened again when it is gone."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.reader: asyncio.StreamReader | None = None
        self.writer: asyncio.StreamWriter | None = None

    async def ask(self, path: str, form: Mapping[str, list[str]] | None, seen: Visits) -> tuple[int, str]:
        began = time.monotonic()
        try:
            status, body = await asyncio.wait_for(self._once(path, form), PATIENCE_SECONDS)
        except (TimeoutError, OSError, EOFError, ValueError):
            status, body = _BROKEN, ""
            self.close()
        now = time.monotonic()
        aside = path.startswith(("/static/", "/suggest/", "/learn/")) or "NCT0" in path
        seen.answers.append(Answer(now, path, status, now - began, not aside))
        return status, body

    async def _once(self, path: str, form: Mapping[str, list[str]] | None) -> tuple[int, str]:
        if self.writer is None:
            self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)
        assert self.reader
        sent = urlencode(form, doseq=True).encode() if form else b""
        kind = f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(sent)}\r\n" if form else ""
        head = f"{'POST' if form else 'GET'} {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\n{kind}\r\n"
        self.writer.write(head.encode() + sent)
        answer = (await self.reader.readuntil(b"\r\n\r\n")).lower()
        status = int(answer[9:12])
        body = await self._body(self.reader, answer)
        if b"connection: close" in answer:
            self.close()
        return status, body.decode(errors="replace")

    async def _body(self, reader: asyncio.StreamReader, head: bytes) -> bytes:
        if length := re.search(rb"content-length: (\d+)", head):
            return await reader.readexactly(int(length[1]))
        if b"chunked" not in head:
            return b""
        body = b""
        while size := int(await reader.readline(), 16):
            body += (await reader.readexactly(size + 2))[:-2]
        await reader.readline()
        return body

    def close(self) -> None:
        if self.writer:
            self.writer.close()
        self.writer = None
