"""Asks an OpenAI-compatible server: one POST at a time, bounded in time and size, and never led to another address.

The operator's key stands in one header and in no message.
"""

import json
from collections.abc import Callable
from typing import Any, Self, TypeVar

import httpx

from trials.asking import PassingError, Patience, bounded, may_pass, passing

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
        self._call = patience.caller()

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
            return self._call(self._once, asked, parse)
        except PassingError as error:
            raise DraftingError(str(error)) from error

    def _once(self, asked: bytes, parse: Callable[[str], T]) -> T:
        try:
            return parse(self._text(asked))
        except httpx.TransportError as error:
            raise PassingError(
                f"{self._url} could not be read: {error or 'no reason given'} ({type(error).__name__})."
            ) from error
        except (ValueError, RecursionError) as error:
            raise PassingError(f"{self._url} gave a broken answer: {error}.") from error

    def _text(self, asked: bytes) -> str:
        deadline = self._patience.deadline()
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
            raise PassingError(f"{self._url} sent a packed answer, which we did not ask for.")
        return bounded(
            response.iter_raw(), self._url, seconds=self._patience.total, deadline=deadline, most=self._max_bytes,
            too_large=AnswerTooLargeError,
        )  # fmt: skip

    def _refused(self, response: httpx.Response, deadline: float) -> Exception:
        """The error for an answer that is no success: passing for 429 and 5xx, final otherwise."""
        status = response.status_code
        said = f"{self._url} answered {status} {response.reason_phrase}".rstrip()
        if may_pass(response):
            return passing(said, response, self._patience, final=DraftingError)
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


def _remedy(status: int) -> str:
    if status in {401, 403}:
        return "The server does not let us in: check FINDER_DRAFTING_KEY."
    if status == 404:
        return "Check FINDER_DRAFTING_URL and FINDER_DRAFTING_MODEL."
    return "The request itself is not accepted, so trying again does not help."
