"""Which pages may show the finder in a frame: their origins, as an editor types them and as browsers name them."""

import ipaddress
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from urllib.parse import urlsplit

import idna
from publicsuffixlist import PublicSuffixList

MOST_ORIGINS = 50
_LABEL = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)")
_NUMERIC = re.compile(r"(?:^|\.)(?:0x[0-9a-f]*|[0-9]+)$")
_LONGEST_HOST = 253
# Where anybody gets a name below, and the list of public suffixes does not say so.
_SHARED = {
    "canva.site", "google.com", "jimdofree.com", "sharepoint.com", "site123.me", "squarespace.com", "strikingly.com",
    "tumblr.com", "weebly.com", "wordpress.com",
}  # fmt: skip
_ANY = "*."
_DEFAULT_PORTS = {"https": 443, "http": 80}
_OWN_MACHINE = {"localhost", "127.0.0.1"}  # a web editor's own machine, where there is seldom a certificate


class Flaw(StrEnum):
    """Why a line is no origin that may be allowed."""

    NO_SCHEME = "no_scheme"
    NOT_SECURE = "not_secure"
    MORE_THAN_ORIGIN = "more_than_origin"
    WILDCARD = "wildcard"
    TOO_WIDE = "too_wide"
    NO_HOST = "no_host"


class OriginError(ValueError):
    """A line that cannot be used; `flaw` says why, `line` is what was typed."""

    def __init__(self, line: str, flaw: Flaw) -> None:
        super().__init__(f"{line}: {flaw}")
        self.line, self.flaw = line, flaw


@dataclass(frozen=True, slots=True)
class Origin:
    """`host` is in lower-case ASCII; with `subdomains` it stands for all names below it, and not for itself."""

    scheme: str
    host: str
    port: int
    subdomains: bool = False

    def __str__(self) -> str:
        """As browsers write it in an `Origin` header, and as a source of a content security policy."""
        port = "" if self.port == _DEFAULT_PORTS[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{_ANY if self.subdomains else ''}{self.host}{port}"

    def admits(self, other: "Origin") -> bool:
        """Whether a page of the other origin may be the frame's parent."""
        if (self.scheme, self.port) != (other.scheme, other.port):
            return False
        return other.host.endswith(f".{self.host}") if self.subdomains else other.host == self.host


def read_origin(line: str) -> Origin:
    """The origin of a line such as `https://clinic.example.org` or `https://*.example.org`. Raises OriginError."""
    typed = line.strip()
    scheme, colon, rest = typed.partition("://")
    scheme = scheme.lower()
    if not colon or scheme not in _DEFAULT_PORTS:
        raise OriginError(typed, Flaw.NO_SCHEME)
    rest = rest.removesuffix("/")
    if re.search(r"[/?#@\\\s]", rest):
        raise OriginError(typed, Flaw.MORE_THAN_ORIGIN)
    name, port = _host_and_port(typed, rest)
    subdomains = name.startswith(_ANY)
    host = _ascii_host(typed, name.removeprefix(_ANY))
    if scheme == "http" and host not in _OWN_MACHINE:
        raise OriginError(typed, Flaw.NOT_SECURE)
    if subdomains and not _has_one_owner(host):
        raise OriginError(typed, Flaw.TOO_WIDE)
    return Origin(scheme, host, port or _DEFAULT_PORTS[scheme], subdomains)


def origin_of(address: str) -> Origin | None:
    """The origin of a whole address, as a browser names the page that a request came from; None where it says none."""
    try:
        parts = urlsplit(address)
        if parts.scheme not in _DEFAULT_PORTS or not parts.hostname:
            return None
        return Origin(parts.scheme, parts.hostname, parts.port or _DEFAULT_PORTS[parts.scheme])
    except ValueError:
        return None


def admits(allowed: Iterable[Origin], origin: Origin) -> bool:
    return any(one.admits(origin) for one in allowed)


def _host_and_port(line: str, text: str) -> tuple[str, int | None]:
    host, colon, port = text.rpartition(":")
    if not colon:
        return text.lower(), None
    if not port.isascii() or not port.isdigit() or len(port) > 5 or not 0 < int(port) < 65_536:
        raise OriginError(line, Flaw.NO_HOST)
    return host.lower(), int(port)


def _ascii_host(line: str, host: str) -> str:
    if "*" in host:
        raise OriginError(line, Flaw.WILDCARD)
    try:
        encoded = host if host.isascii() else idna.encode(host, uts46=True, transitional=False).decode()
    except idna.IDNAError:
        raise OriginError(line, Flaw.NO_HOST) from None
    numeric = _NUMERIC.search(encoded) and not _is_address(encoded)  # browsers would write it as another address
    if len(encoded) > _LONGEST_HOST or numeric or not all(_LABEL.fullmatch(label) for label in encoded.split(".")):
        raise OriginError(line, Flaw.NO_HOST)
    return encoded


def _has_one_owner(host: str) -> bool:
    """Whether all names below the host belong to one: not below `org`, `co.uk` or a host where anybody gets a name."""
    if host == "localhost":
        return True
    if _is_address(host) or host in _SHARED:
        return False
    return "." in host and _suffixes().publicsuffix(host) != host


def _is_address(host: str) -> bool:
    try:
        ipaddress.IPv4Address(host)
    except ValueError:
        return False
    return True


@cache
def _suffixes() -> PublicSuffixList:
    return PublicSuffixList()
