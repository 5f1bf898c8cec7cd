"""How pages answer: whole page or the part that htmx swaps, public caching, compressed."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django_htmx.middleware import HtmxDetails

from finder.languages.addresses import alternates
from finder.presenters.site import data_notice

MAX_AGE_SECONDS = 300
PUBLIC = f"public, max-age={MAX_AGE_SECONDS}"
VARIES_BY_HTMX = ("HX-Request", "HX-Boosted", "HX-History-Restore-Request", "HX-Trigger")


class HtmxRequest(HttpRequest):
    htmx: HtmxDetails


def render_page(request: HttpRequest, page: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """A page that any cache may keep for five minutes: it is the same for everyone.

    `canonical` of the context is the address that stands for the page, where that is not its own path.
    """
    canonical = context.get("canonical") or request.build_absolute_uri(request.path)
    everywhere = {"notice": data_notice(), "canonical": canonical, "alternates": alternates(canonical)}
    return public(request, render(request, page, {**context, **everywhere}, status=status))


def render_page_or_part(request: HtmxRequest, page: str, part: str, context: dict[str, Any]) -> HttpResponse:
    """The same address answers htmx with the part it swaps; a boosted or restored page is whole."""
    response = render_page(request, part if _swaps(request) else page, context)
    vary_by_htmx(response)
    return response


def _swaps(request: HtmxRequest) -> bool:
    return bool(request.htmx and not request.htmx.boosted and not request.htmx.history_restore_request)


def render_private(
    request: HtmxRequest, page: str, part: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """A page that shows what a person told us, whole or the part that htmx swaps. No cache may keep it."""
    swap = _swaps(request)
    response = render(
        request, part if swap else page, {**context, "swap": swap, "notice": data_notice()}, status=status
    )
    _gzip.process_response(request, response)
    return response


def with_place(address: str, request: HttpRequest) -> str:
    """The address of another page with the place that somebody looks from, where this one has it."""
    place = request.GET.get("near", "").strip()
    return f"{address}?{urlencode({'near': place})}" if place else address


def vary_by_htmx(response: HttpResponse) -> None:
    """Tell caches that htmx gets another answer under the same address."""
    patch_vary_headers(response, VARIES_BY_HTMX)


def public(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Cacheable and compressed. `finder.caching` adds the validators, and keeps what has no query string."""
    response.headers["Cache-Control"] = PUBLIC
    _gzip.process_response(request, response)
    return response


# Compression is safe: no page holds a secret that another site could have its visitor fetch.
_gzip = GZipMiddleware(lambda request: HttpResponse())
