"""Asks an OpenAI-compatible server: one POST at a time, bounded in time and size, and never led to another address.

Retries and waits are those of the registry's client. The operator's key stands in one header and in no message.
"""

import json
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, Self, TypeVar

import httpx
import stamina

from trials.registries.http import Patience, retry_after_seconds

T = TypeVar("T")

MAX_BYTES = 1024 * 1024  # of one answer; eight sentences have some 2 kB
EXCERPT = 200  # characters of an error's body that are worth repeating
_UNACCEPTED = frozenset({400, 413, 422})


class DraftingError(Exception):
    """The server gave no answer: a sentence on what came and what to do."""


class NotAcceptedError(DraftingError):
    """The server does not take this request; it may take another one."""


class AnswerTooLargeError(DraftingError):
    """More bytes than we take at once."""


class _PassingError(Exception):
    """What may be gone at the next try. `wait_seconds` is how long the server asked us to wait, if it did."""

    def __init__(self, message: str, *, wait_seconds: float | None = None) -> None:
        super().__init__(message)
        self.wait_seconds = wait_seconds


def patience(timeout_seconds: float) -> Patience:
    """A model thinks for long before the first word, so one limit holds for each wait and for the whole answer."""
    return Patience(
        timeout=timeout_seconds, total=timeout_seconds, attempts=3, first_wait=2, longest_wait=30,
        longest_retry_after=120,
    )  # fmt: skip


class ChatHttp:
    """A connection to one server, at `base_url` + "/chat/completions"."""

    def __init__(self, base_url: str, *, key: str, user_agent: str, patience: Patience,
                 max_bytes: int = MAX_BYTES) -> None:  # fmt: skip
        self._url = _address(base_url)
        self._key = key
        self._patience = patience
        self._max_bytes = max_bytes
        # Not packed, so that a few bytes cannot unpack into more than we hold.
        headers = {"User-Agent": user_agent, "Accept-Encoding": "identity"}
        headers |= {"Accept": "application/json", "Content-Type": "application/json"}
        if key:
            headers["Authorization"] = f"Bearer {_usable(key)}"
        self._client = httpx.Client(headers=headers, timeout=patience.timeout, follow_redirects=False)
        self._retrying = stamina.RetryingCaller(
            attempts=patience.attempts,
            timeout=None,
            wait_initial=patience.first_wait,
            wait_max=patience.longest_wait,
            wait_jitter=patience.jitter,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self._client.close()

    def ask(self, question: dict[str, Any], parse: Callable[[str], T]) -> T:
        """POST `question` and return what `parse` makes of the answer's text.

        A ValueError of `parse` counts as a broken answer, which is asked for again. Raises DraftingError.
        """
        asked = json.dumps(question).encode()
        try:
            return self._retrying(_may_pass, self._once, asked, parse)
        except _PassingError as error:
            tries = self._patience.attempts
            raise DraftingError(f"{error} We tried {tries} times. Run the same command again later.") from error

    def _once(self, asked: bytes, parse: Callable[[str], T]) -> T:
        try:
            return parse(self._text(asked))
        except httpx.TransportError as error:
            raise _PassingError(
                f"{self._url} could not be read: {error or 'no reason given'} ({type(error).__name__})."
            ) from error
        except (ValueError, RecursionError) as error:
            raise _PassingError(f"{self._url} gave a broken answer: {error}.") from error

    def _text(self, asked: bytes) -> str:
        deadline = time.monotonic() + self._patience.total
        with self._client.stream("POST", self._url, content=asked) as response:
            if response.is_redirect:
                raise DraftingError(
                    f"{self._url} sends us elsewhere, where we do not follow."
                    " When the server has moved, set FINDER_DRAFTING_URL to its new address."
                )
            if not response.is_success:
                raise self._refused(response, deadline)
            return self._body(response, deadline).decode()

    def _body(self, response: httpx.Response, deadline: float) -> bytes:
        if response.headers.get("Content-Encoding", "identity") != "identity":
            raise _PassingError(f"{self._url} sent a packed answer, which we did not ask for.")
        body = bytearray()
        for piece in response.iter_raw():
            body += piece
            if len(body) > self._max_bytes:
                raise AnswerTooLargeError(
                    f"{self._url} answered with more than {self._max_bytes:,} bytes; we stopped reading."
                )
            if time.monotonic() > deadline:
                raise _PassingError(f"{self._url} took longer than {self._patience.total:g} seconds to answer.")
        return bytes(body)

    def _refused(self, response: httpx.Response, deadline: float) -> Exception:
        """The error for an answer that is no success: passing for 429 and 5xx, final otherwise."""
        status = response.status_code
        said = f"{self._url} answered {status} {response.reason_phrase}".rstrip()
        if status == httpx.codes.TOO_MANY_REQUESTS or status >= 500:
            wait_seconds = retry_after_seconds(response.headers.get("Retry-After", ""), now=datetime.now(UTC))
            if wait_seconds is not None and wait_seconds > self._patience.longest_retry_after:
                return DraftingError(
                    f"{said} and asks us to wait {wait_seconds:.0f} seconds. Run the same command again after that."
                )
            return _PassingError(f"{said}.", wait_seconds=wait_seconds)
        excerpt = self._excerpt(self._body(response, deadline))
        if status in _UNACCEPTED:
            return NotAcceptedError(f"{said}: “{excerpt}”.")
        return DraftingError(f"{said}: “{excerpt}”. {_remedy(status)}")

    def _excerpt(self, body: bytes) -> str:
        """The first words of an error. A server may repeat the key in it; we do not."""
        text = body.decode(errors="replace")
        text = text.replace(self._key, "…") if self._key else text
        printable = "".join(char if char.isprintable() else " " for char in text)
        return " ".join(printable.split())[:EXCERPT]


def _address(base_url: str) -> str:
    """Where questions go. Raises DraftingError on what is no address, or holds a password."""
    try:
        url = httpx.URL(f"{base_url.rstrip('/')}/chat/completions")
    except httpx.InvalidURL:
        url = httpx.URL("")
    if url.userinfo or url.query or url.fragment:
        raise DraftingError(
            "FINDER_DRAFTING_URL holds more than an address: leave out user, password, “?” and “#”."
            " A key goes into FINDER_DRAFTING_KEY."
        )
    if url.scheme not in {"http", "https"} or not url.host:
        raise DraftingError("FINDER_DRAFTING_URL cannot be read: write it as in https://models.example.org/v1.")
    return str(url)


def _usable(key: str) -> str:
    """A key that can stand in a header; checked here, for the error of a deeper layer would repeat it."""
    if not key.isascii() or not key.isprintable() or " " in key:
        raise DraftingError("FINDER_DRAFTING_KEY holds characters that no key has: copy it anew.")
    return key


def _may_pass(error: Exception) -> bool | float:
    """Whether to try again, or after how many seconds."""
    if not isinstance(error, _PassingError):
        return False
    return True if error.wait_seconds is None else error.wait_seconds


def _remedy(status: int) -> str:
    if status in {401, 403}:
        return "The server does not let us in: check FINDER_DRAFTING_KEY."
    if status == 404:
        return "Check FINDER_DRAFTING_URL and FINDER_DRAFTING_MODEL."
    return "The request itself is not accepted, so trying again does not help."
