"""How often one client may ask: a sliding window in the memory of this process. Nothing is stored or logged."""

import ipaddress
import math
import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest

WINDOW_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Allowance:
    """`seconds`: until the client may ask once more than now."""

    granted: bool
    limit: int
    remaining: int
    seconds: int

    def headers(self) -> dict[str, str]:
        """The fields of the IETF's draft on rate limits, and Retry-After for who must wait."""
        told = {
            "RateLimit-Policy": f'"minute";q={self.limit};w={WINDOW_SECONDS}',
            "RateLimit": f'"minute";r={self.remaining};t={self.seconds}',
        }
        return told if self.granted else {**told, "Retry-After": str(self.seconds)}


class SlidingWindow:
    """The moments of each client's requests within the last minute; who has not asked for so long is forgotten.

    So it never holds more than what this process answered in a minute. Refused requests do not count.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._asked: OrderedDict[str, deque[float]] = OrderedDict()  # who asked last stands last

    def __len__(self) -> int:
        return len(self._asked)

    def ask(self, client: str, limit: int) -> Allowance:
        with self._lock:
            now = self._clock()
            self._forget(now - WINDOW_SECONDS)
            moments = self._asked.setdefault(client, deque())
            while moments and moments[0] <= now - WINDOW_SECONDS:
                moments.popleft()
            granted = len(moments) < limit
            if granted:
                moments.append(now)
                self._asked.move_to_end(client)
            wait = max(1, math.ceil(moments[0] + WINDOW_SECONDS - now))
            return Allowance(granted, limit, max(0, limit - len(moments)), wait)

    def _forget(self, before: float) -> None:
        while self._asked:
            client = next(iter(self._asked))
            if self._asked[client][-1] > before:
                return
            del self._asked[client]


requests = SlidingWindow()


def client_of(request: HttpRequest) -> str:
    """Whom a request counts for: the address of the connection, or the one that the operator's own proxy tells.

    Of a header that lists several, the last one is the proxy's; those before are what the visitor sent. Who has an IPv6
    address has a whole network of them (64 bits), so that is counted as one.
    """
    told = request.META.get(settings.PROXY_ADDRESS_HEADER, "") if settings.PROXY_ADDRESS_HEADER else ""
    address = told.rpartition(",")[2].strip() or request.META.get("REMOTE_ADDR", "")
    try:
        read = ipaddress.ip_address(address)
    except ValueError:
        return "?"
    if isinstance(read, ipaddress.IPv4Address):
        return str(read)
    return str(read.ipv4_mapped or ipaddress.IPv6Network((int(read) >> 64 << 64, 64)))
