"""What guards every page: a calm answer when the database is away."""

import logging
from collections.abc import Callable

from django.db import InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse

from finder.views.errors import database_down

logger = logging.getLogger(__name__)

# Postgres's own codes: the server shuts down, crashed, still starts, or has no connection left.
# Source: PostgreSQL documentation, appendix A; class 08 is "connection exception".
_AWAY = {"57P01", "57P02", "57P03", "53300"}


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
