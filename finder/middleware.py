"""What guards every page: a calm answer when the database is away."""

import logging
from collections.abc import Callable

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from psycopg_pool import PoolTimeout

from finder.views.errors import database_down

logger = logging.getLogger(__name__)


class DatabaseDownMiddleware:
    """Answer 503 with Retry-After, and without a query, when Postgres cannot be reached."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, OperationalError | InterfaceError | PoolTimeout):
            return None
        logger.error("The database cannot be reached: %s", type(exception).__name__)
        return database_down(request)
