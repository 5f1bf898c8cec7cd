"""What every page rests on: its language, and a calm answer when the database is away."""

import logging
from collections.abc import Callable

from django.db import InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language_from_request, override

from finder.languages.addresses import ADMIN, language_of
from finder.views.errors import database_down

logger = logging.getLogger(__name__)

# Postgres's own codes: the server shuts down, crashed, still starts, or has no connection left.
# Source: PostgreSQL documentation, appendix A; class 08 is "connection exception".
_AWAY = {"57P01", "57P02", "57P03", "53300"}


class LanguageMiddleware:
    """Answer in the language that the address names, and in the admin in the one that the browser asks for.

    Visitors' pages heed neither header nor cookie: one address is one page, which any cache may keep.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asked = request.path_info.startswith(ADMIN)
        language = get_language_from_request(request) if asked else language_of(request.path_info)
        with override(language):
            response = self.get_response(request)
        if asked:
            patch_vary_headers(response, ["Accept-Language"])
        if response.headers.get("Content-Type", "").startswith("text/html"):
            response.headers.setdefault("Content-Language", language)
        return response


class DatabaseDownMiddleware:
    """Answer 503 with Retry-After, and without a query, when Postgres cannot be reached."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, OperationalError | InterfaceError) or not _is_away(exception):
            return None
        logger.error("The database cannot be reached: %s", type(exception).__name__)
        return database_down(request)


def _is_away(exception: Exception) -> bool:
    """Whether the connection is gone, or never came to be; a query that is too slow or locked out is no such case."""
    code = getattr(exception.__cause__, "sqlstate", None)
    if code:
        return code in _AWAY or code.startswith("08")
    return connection.connection is None or connection.connection.closed
