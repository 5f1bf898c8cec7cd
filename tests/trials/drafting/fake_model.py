"""A real HTTP server on loopback that answers like an OpenAI-compatible one, well or badly.

`with FakeModel({"official words": "Plain words."}) as model:` serves at `model.url` and keeps what came in in
`model.asked`. `model.faults += [status(500), …]` spoils the next answers, with the faults of `tests.fake_registry`.
"""

import json
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Self

from tests.fake_registry import Answering, Fault, QuietServer
from trials.asking import Patience

QUICK = Patience(
    timeout=0.6, total=1, attempts=3, first_wait=0.01, longest_wait=0.05, jitter=0.01, longest_retry_after=2
)
KEY = "sk-very-secret-0815"


@dataclass(frozen=True)
class Asked:
    """One request as it came in; `at` is of the monotonic clock, in seconds."""

    at: float
    path: str
    headers: dict[str, str]
    body: dict[str, Any]

    @property
    def passages(self) -> list[dict[str, Any]]:
        """What the user's message of the request holds."""
        return list(json.loads(self.body["messages"][-1]["content"])["words_of_the_registry"])


class Chatting(Answering):
    registry: "FakeModel"  # type: ignore[assignment]

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        asked = Asked(time.monotonic(), self.path, dict(self.headers), body)
        self.registry.asked.append(asked)
        fault = self.registry.faults.popleft() if self.registry.faults else None
        good = completion(self.registry.write(asked))
        try:
            if fault is not None:
                fault(self, good)
            else:
                self.send(200, good, {"Content-Type": "application/json"})
        except OSError:
            self.close_connection = True


def completion(content: Any) -> bytes:
    """A whole answer; `content` is what the model wrote."""
    message = {"role": "assistant", "content": content}
    return json.dumps({"object": "chat.completion", "choices": [{"index": 0, "message": message}]}).encode()


def says(content: Any) -> Fault:
    """200, a whole answer, and in it what the model should not have written."""
    return lambda answering, _: answering.send(200, completion(content), {})


def says_of(source: str, text: Any) -> Fault:
    return says(json.dumps({"sentences": [{"source": source, "text": text}]}))


class FakeModel:
    """Knows plain words for the official ones in `lines`; for all others it gives an empty text."""

    def __init__(self, lines: dict[str, str] | None = None) -> None:
        self.lines = lines or {}
        self.faults: deque[Fault | None] = deque()
        self.asked: list[Asked] = []
        self.closing = threading.Event()
        self.write: Callable[[Asked], str] = self.plain_words
        self._server = QuietServer(("127.0.0.1", 0), type("Handler", (Chatting,), {"registry": self}))
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/v1"

    def plain_words(self, asked: Asked) -> str:
        sentences = [{"source": one["source"], "text": self.lines.get(one["words"], "")} for one in asked.passages]
        return json.dumps({"sentences": sentences})

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(self, *exception: object) -> None:
        self.closing.set()
        self._server.shutdown()
        self._server.socket.close()
