"""Asks a registry's web API, politely and within bounds."""

import functools
import ssl
import time
from collections.abc import Callable
from typing import Self, TypeVar

import httpx

from trials.asking import PassingError, Patience, Watchdog, bounded, may_pass, passing

T = TypeVar("T")

MAX_BYTES = 64 * 1024 * 1024  # of one answer, unpacked; 100 studies with results have some 20 MB
MAX_REDIRECTS = 3
EXCERPT = 200  # characters of an error page that are worth repeating


class RegistryError(Exception):
    """The registry did not give what was asked: a sentence on what came and what to do. `status` is HTTP's, if any."""

    def __init__(self, message: str, *, status: int | None = None) -> None:
        super().__init__(message)
        self.status = status


class AnswerTooLargeError(RegistryError):
    """More bytes than we take at once. Asking for less may help; asking again does not."""


class Pace:
    """Lets through at most so many requests a minute, by spacing their starts evenly."""

    def __init__(
        self,
        per_minute: float,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._spacing_seconds = 60 / per_minute
        self._clock = clock
        self._sleep = sleep
        self._next = clock()

    def wait(self) -> None:
        """Return when the next request may start."""
        if (early := self._next - self._clock()) > 0:
            self._sleep(early)
        self._next = self._clock() + self._spacing_seconds


class RegistryHttp:
    """A connection to one registry: GET only, paced, retried, bounded in time and size, never led to another host."""

    def __init__(self, base_url: str, *, user_agent: str, pace: Pace, patience: Patience | None = None,
                 max_bytes: int = MAX_BYTES) -> None:  # fmt: skip
        self._pace = pace
        self._patience = patience = patience or Patience()
        self._max_bytes = max_bytes
        try:
            self._base = httpx.URL(base_url.rstrip("/") + "/")
        except httpx.InvalidURL as error:
            raise RegistryError(f"The registry's address cannot be read ({error}); correct it.") from error
        self._client = httpx.Client(
            headers={"User-Agent": user_agent, "Accept": "application/json", "Accept-Encoding": "gzip"},
            timeout=patience.timeout,
            follow_redirects=False,
            verify=_tls(),
        )
        self._watchdog = Watchdog()
        self._call = patience.caller()

    @property
    def address(self) -> str:
        """The base address as we may print it."""
        return _told(self._base)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self._client.close()

    def get(self, path: str, parameters: dict[str, str], parse: Callable[[str], T]) -> T:
        """GET `path` under the base address and return what `parse` makes of the text.

        A ValueError of `parse` counts as a broken answer, which is asked for again. Raises RegistryError.
        """
        url = self._base.join(path).copy_merge_params(parameters)
        try:
            return self._call(self._once, url, parse)
        except PassingError as error:
            raise RegistryError(str(error), status=error.status) from error

    def _once(self, url: httpx.URL, parse: Callable[[str], T]) -> T:
        try:
            return parse(self._text(url))
        except (httpx.UnsupportedProtocol, httpx.LocalProtocolError, httpx.InvalidURL) as error:
            raise RegistryError(f"{_told(url)} cannot be asked ({error}); correct the registry's address.") from error
        except (httpx.TransportError, httpx.DecodingError) as error:
            raise PassingError(f"{_told(url)} could not be read: {error or 'no reason given'}"
                                f" ({type(error).__name__}).") from error  # fmt: skip
        except (ValueError, RecursionError) as error:
            raise PassingError(f"{_told(url)} gave a broken answer: {error}.") from error

    def _text(self, url: httpx.URL) -> str:
        """The body of a good answer, unpacked."""
        for _ in range(MAX_REDIRECTS + 1):
            self._pace.wait()
            deadline = self._patience.deadline()
            asking = self._client.stream("GET", url, extensions={"trace": self._watchdog})
            with self._watchdog.within(self._patience.total, _told(url)), asking as response:
                if response.has_redirect_location:
                    url = self._redirected(url, response)
                    continue
                if not response.is_success:
                    raise self._refused(url, response, deadline)
                return self._body(url, response, deadline).decode()
        raise RegistryError(f"{_told(url)} leads in a circle of redirects; correct the registry's address.")

    def _body(self, url: httpx.URL, response: httpx.Response, deadline: float) -> bytes:
        return bounded(
            response.iter_bytes(), _told(url), seconds=self._patience.total, deadline=deadline, most=self._max_bytes,
            too_large=AnswerTooLargeError,
        )  # fmt: skip

    def _redirected(self, url: httpx.URL, response: httpx.Response) -> httpx.URL:
        target = url.join(response.headers["location"])
        if (target.scheme, target.host, target.port) != (url.scheme, url.host, url.port):
            raise RegistryError(
                f"{_told(url)} sends us to another host ({target.host}), where we do not follow."
                " When the registry has moved, set its new address.",
                status=response.status_code,
            )
        return target

    def _refused(self, url: httpx.URL, response: httpx.Response, deadline: float) -> Exception:
        """The error for an answer that is no success: passing for 429 and 5xx, final otherwise."""
        status = response.status_code
        said = f"{_told(url)} answered {status} {response.reason_phrase}".rstrip()
        if may_pass(response):
            return passing(said, response, self._patience, final=functools.partial(RegistryError, status=status))
        excerpt = " ".join(self._body(url, response, deadline).decode(errors="replace").split())[:EXCERPT]
        return RegistryError(f"{said}: “{excerpt}”. {_remedy(status)}", status=status)


@functools.cache
def _tls() -> ssl.SSLContext:
    return httpx.create_ssl_context()  # reads all the world's certificates: 0.1 seconds, so once


def _told(url: httpx.URL) -> str:
    """The address as we may print it: no password, no long query."""
    return str(url.copy_with(userinfo=b"", query=None, fragment=None))


def _remedy(status: int) -> str:
    if status in {401, 403}:
        return "The registry does not let us in from here: it may block this address or this client. Ask its operators."
    if status == 404:
        return "Correct the registry's address."
    return "The request itself is not accepted, so trying again does not help."
