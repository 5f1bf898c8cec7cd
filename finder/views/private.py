"""Pages that show what a person told us: kept by nobody, and never in a log."""

import logging
from collections.abc import Callable
from functools import wraps

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.views.decorators.debug import sensitive_post_parameters

from finder.views.errors import server_error

logger = logging.getLogger(__name__)
View = Callable[..., HttpResponse]
# What Django answers itself, with a page of ours; their words say nothing of the person.
_LEFT_TO_DJANGO = (
    OperationalError, InterfaceError, Http404, SuspiciousOperation, BadRequest, MultiPartParserError,
)  # fmt: skip


def private(view: View) -> View:
    """No cache keeps the answer, and of an error only its kind and place are logged: its words may hold an answer."""

    @wraps(view)
    def answer(request: HttpRequest, *args: str, **kwargs: str) -> HttpResponse:
        try:
            response = view(request, *args, **kwargs)
        except _LEFT_TO_DJANGO:
            raise
        except Exception as error:
            logger.error("%s at %s", type(error).__name__, _place(error))
            response = server_error(request)
        response["Cache-Control"] = "no-store, private"
        response["X-Robots-Tag"] = "noindex"
        return response

    return sensitive_post_parameters()(answer)


def _place(error: Exception) -> str:
    """The innermost line of ours, as file and number."""
    trace, place = error.__traceback__, "?"
    while trace is not None:
        module = trace.tb_frame.f_globals.get("__name__", "")
        if module.partition(".")[0] in ("finder", "trials"):
            place = f"{module}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place
