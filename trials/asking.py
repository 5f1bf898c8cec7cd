"""How we ask another server: with patience, again where that may help, and bounded in time and size."""

import email.utils
import logging
import socket
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, ParamSpec, TypeVar

import httpx
import stamina
from stamina.instrumentation import RetryDetails, set_on_retry_hooks

logger = logging.getLogger(__name__)
P = ParamSpec("P")
T = TypeVar("T")


class PassingError(Exception):
    """What may be gone at the next try. `wait_seconds` is how long the server asked us to wait, if it did."""

    def __init__(self, message: str, *, wait_seconds: float | None = None, status: int | None = None) -> None:
        super().__init__(message)
        self.wait_seconds = wait_seconds
        self.status = status


@dataclass(frozen=True, slots=True)
class Patience:
    """How long we wait, in seconds, and how often we try. A wait grows twofold with each try, plus jitter."""

    timeout: float = 30  # to connect, and for each piece of the answer
    total: float = 180  # for one whole answer
    attempts: int = 6
    first_wait: float = 1
    longest_wait: float = 60
    jitter: float = 1
    longest_retry_after: float = 300  # asked to wait longer than this, we stop instead

    def deadline(self) -> float:
        """When an answer that is asked for now has to be there, by the monotonic clock."""
        return time.monotonic() + self.total

    def caller(self) -> "Caller":
        return Caller(
            stamina.RetryingCaller(
                attempts=self.attempts, timeout=None, wait_initial=self.first_wait, wait_max=self.longest_wait,
                wait_jitter=self.jitter,
            ),
            self.attempts,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Caller:
    """Calls until nothing passing goes wrong any more, `attempts` times at most."""

    _retrying: stamina.RetryingCaller
    attempts: int

    def __call__(self, once: Callable[P, T], *arguments: P.args, **options: P.kwargs) -> T:
        """What `once` returns. Raises PassingError, which then says how often we tried, or what else `once` raises."""
        try:
            return self._retrying(_try_again, once, *arguments, **options)
        except PassingError as error:
            message = f"{error} We tried {self.attempts} times. Run the same command again later."
            raise PassingError(message, status=error.status) from error


class Watchdog:
    """Cuts the connection of a request that takes too long in all.

    A server that sends a byte now and then keeps every single wait short, and its headers come without end. Give it to
    httpx as the extension `trace` of each request: so it knows the connection.
    """

    def __init__(self) -> None:
        self._stream: Any = None

    def __call__(self, event: str, facts: Mapping[str, Any]) -> None:
        if event in ("connection.connect_tcp.complete", "connection.start_tls.complete"):
            self._stream = facts["return_value"]

    @contextmanager
    def within(self, seconds: float, address: str) -> Iterator[None]:
        """Cut the connection unless the block ends in time; it then ends with a PassingError on `address`."""
        late = threading.Event()

        def cut() -> None:
            late.set()
            with suppress(AttributeError, OSError):  # not connected yet, which has its own limit; or no longer
                self._stream.get_extra_info("socket").shutdown(socket.SHUT_RDWR)

        timer = threading.Timer(seconds, cut)
        timer.daemon = True
        timer.start()
        try:
            yield
        except Exception as error:
            if late.is_set():
                raise too_late(address, seconds) from error
            raise
        finally:
            timer.cancel()


def too_late(address: str, seconds: float) -> PassingError:
    return PassingError(f"{address} took longer than {seconds:g} seconds to answer.")


def bounded(
    pieces: Iterable[bytes], address: str, *, seconds: float, deadline: float, most: int, too_large: type[Exception]
) -> bytes:
    """An answer's bytes put together: `most` at most, or `too_large` is raised; PassingError after the `deadline`,
    which was `seconds` away."""
    body = bytearray()
    for piece in pieces:
        body += piece
        if len(body) > most:
            raise too_large(f"{address} answered with more than {most:,} bytes; we stopped reading.")
        if time.monotonic() > deadline:
            raise too_late(address, seconds)
    return bytes(body)


def may_pass(response: httpx.Response) -> bool:
    """Whether the server is busy or out of order, rather than unwilling."""
    return response.status_code == httpx.codes.TOO_MANY_REQUESTS or response.status_code >= 500


def passing(said: str, response: httpx.Response, patience: Patience, *, final: Callable[[str], Exception]) -> Exception:
    """The error on a server that is busy; `final` makes the one on a server that wants us to wait for too long."""
    wait_seconds = retry_after_seconds(response.headers.get("Retry-After", ""), now=datetime.now(UTC))
    if wait_seconds is not None and wait_seconds > patience.longest_retry_after:
        return final(f"{said} and asks us to wait {wait_seconds:.0f} seconds. Run the same command again after that.")
    return PassingError(f"{said}.", wait_seconds=wait_seconds, status=response.status_code)


def retry_after_seconds(header: str, *, now: datetime) -> float | None:
    """Seconds to wait by a `Retry-After` header, a number or an HTTP date; None when there is none that we can read."""
    if header.isascii() and header.isdigit():
        return float(header)
    try:
        moment = email.utils.parsedate_to_datetime(header)
    except (ValueError, OverflowError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - now).total_seconds())


def _try_again(error: Exception) -> bool | float:
    """Whether to try again, or after how many seconds."""
    if not isinstance(error, PassingError):
        return False
    return True if error.wait_seconds is None else error.wait_seconds


def _tell_retry(details: RetryDetails) -> None:
    logger.warning("%s Trying again in %.1f seconds (try %d).",
                   details.caused_by, details.wait_for, details.retry_num + 1)  # fmt: skip


set_on_retry_hooks([_tell_retry])  # in place of stamina's own line, which is a name without a sentence
