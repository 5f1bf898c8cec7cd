"""How often one client may ask. Counted in the memory of this process under hashes; nothing is stored or logged."""

import ipaddress
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django_ratelimit.core import get_usage

WINDOW_SECONDS = 60
HOUR = 60 * 60  # seconds


@dataclass(frozen=True, slots=True)
class Allowance:
    """`seconds`: until the client's minute is over, after which it may ask anew."""

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


def ask(request: HttpRequest, group: str, limit: int, window: int = WINDOW_SECONDS) -> Allowance:
    """Count one request of its client in the group. Each client's minutes begin at a moment of its own; the headers
    are true of minutes alone.
    """
    usage = get_usage(
        request, group=group, key=lambda _group, asked: client_of(asked), rate=f"{limit}/{window}s", increment=True
    )
    seconds = min(window, max(1, usage["time_left"]))
    return Allowance(not usage["should_limit"], limit, max(0, limit - usage["count"]), seconds)


def client_of(request: HttpRequest) -> str:
    """Whom a request counts for: the address of the connection, or the one that the operator's own proxy tells.

    Of a header that lists several, the last one is the proxy's; those before are what the visitor sent. Who has an IPv6
    address has a whole network of them (64 bits), so that is counted as one.
    """
    read = _address(request)
    if read is None:
        return "?"
    if isinstance(read, ipaddress.IPv4Address):
        return str(read)
    return str(read.ipv4_mapped or ipaddress.IPv6Network((int(read) >> 64 << 64, 64)))


def is_one_visitor(request: HttpRequest) -> bool:
    """Whether the address may be a visitor's: a connection from our own network is a proxy's, with all behind it."""
    read = _address(request)
    return read is not None and (bool(settings.PROXY_ADDRESS_HEADER) or read.is_global)


def _address(request: HttpRequest) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    told = request.META.get(settings.PROXY_ADDRESS_HEADER, "") if settings.PROXY_ADDRESS_HEADER else ""
    address = told.rpartition(",")[2].strip() or request.META.get("REMOTE_ADDR", "")
    try:
        return ipaddress.ip_address(address)
    except ValueError:
        return None
