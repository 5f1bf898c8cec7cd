"""A line for each request: what kind of page, how it was answered, how long it took. Not who asked, nor for what."""

import logging
import secrets
import time
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, ResolverMatch, resolve
from django.utils.translation import override

from finder.languages.addresses import language_of
from finder.logs import request_id

logger = logging.getLogger(__name__)
_METHODS = {"GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE", "TRACE", "CONNECT"}


class RequestLogMiddleware:
    """So far out that it sees every answer. The id that it gives a request is ours alone, and says nothing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        own_id, began = secrets.token_hex(8), time.perf_counter()
        request_id.set(own_id)  # until the next request: a table may break off after its answer has begun
        response = self.get_response(request)
        response.headers["X-Request-ID"] = own_id
        if logger.isEnabledFor(logging.INFO):
            logger.info(
                "Answered",
                extra={
                    "event": "request",
                    "method": request.method if request.method in _METHODS else "?",
                    "path": _pattern(request),
                    "status": response.status_code,
                    "duration_ms": round(1000 * (time.perf_counter() - began), 1),
                },
            )
        return response


def _pattern(request: HttpRequest) -> str:
    """The path as the pattern that it fits: a path itself may hold what somebody typed."""
    if request.path_info.startswith(settings.STATIC_URL):
        return f"{settings.STATIC_URL}…"
    mounted = "/embed/<key>/" if hasattr(request, "embed") else "/"
    match = getattr(request, "resolver_match", None) or _match(request)
    return f"{mounted}{match.route}" if match else f"{mounted}…"


def _match(request: HttpRequest) -> ResolverMatch | None:
    """Of what was answered before the address was looked up, as a page that is kept ready."""
    try:
        with override(language_of(request.path_info)):
            return resolve(request.path_info, getattr(request, "urlconf", None))
    except (Resolver404, ValueError):
        return None
