"""What somebody asks for: which page, in which form, and what they hold of it."""

import hashlib
from functools import cached_property

from django.core.exceptions import DisallowedHost
from django.http import HttpRequest
from django.middleware.gzip import re_accepts_gzip
from django.utils.http import parse_etags

from finder.embed.addresses import LIST_BEGINS
from finder.views.render import VARIES_BY_HTMX

_HTMX = tuple(f"HTTP_{name.upper().replace('-', '_')}" for name in VARIES_BY_HTMX)


class Asked:
    """One reading of a request. Raises DisallowedHost where it names a host that is not ours."""

    def __init__(self, request: HttpRequest) -> None:
        self._meta = request.META
        self._address = (f"{request.scheme}://{request.get_host()}", request.path)
        self._query = request.META.get("QUERY_STRING", "")
        self._htmx = tuple(request.META.get(name, "") for name in _HTMX)

    @property
    def key(self) -> tuple[str, str, bool] | None:
        """What a page is kept by; None for what is never kept: searches and lists, nobody's business, and parts."""
        if self._query or any(self._htmx) or LIST_BEGINS in self._address[1]:
            return None
        return (*self._address, bool(re_accepts_gzip.search(self._meta.get("HTTP_ACCEPT_ENCODING", ""))))

    def tag(self, version: bytes, *, by_htmx: bool) -> str:
        """The name of the answer in this version of all pages. `by_htmx`: htmx gets another one under the address.

        It is weak: an answer that is compressed has it, too, and one made a moment later may differ in a byte.
        """
        parts = (*self._address, self._query, *(self._htmx if by_htmx else ()))
        return f'W/"{hashlib.blake2b(repr(parts).encode(), key=version, digest_size=12).hexdigest()}"'

    @cached_property
    def tags(self) -> frozenset[str]:
        """What the asker holds, strong or weak alike; "*" is whatever there is."""
        return frozenset(tag.removeprefix("W/") for tag in parse_etags(self._meta.get("HTTP_IF_NONE_MATCH", "")))

    def holds(self, tag: str) -> bool:
        return tag.removeprefix("W/") in self.tags

    def holds_any(self, modified: str) -> bool:
        """Whether the asker holds whatever there is now, be it by its date; tags count before dates.

        A date counts only if it is exactly ours: another process may have made an older page later.
        """
        if "HTTP_IF_NONE_MATCH" in self._meta:
            return "*" in self.tags
        return bool(modified) and self._meta.get("HTTP_IF_MODIFIED_SINCE") == modified


def asked(request: HttpRequest) -> Asked | None:
    """None where no page of ours is asked for."""
    try:
        return Asked(request) if request.method in ("GET", "HEAD") else None
    except DisallowedHost:
        return None
