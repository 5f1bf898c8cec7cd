"""What went wrong, as pages or for programs. None asks the database, so that all can be shown when it is away."""

import logging
import sys

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render
from django.template.exceptions import TemplateDoesNotExist
from django.utils.translation import gettext as _

from finder.feeds.problems import is_for_programs, problem, told
from finder.languages.addresses import ADMIN
from trials.study_ids import nct_id_of
from trials.trouble import Trouble, sqlstate_of, trouble_of

logger = logging.getLogger(__name__)
RETRY_AFTER_SECONDS = 60


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """A session that could not be stored because the database was away ends here, too."""
    return answer_to_trouble(request, exception) or _error_page(request, "400.html", 400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _error_page(request, "403.html", 403)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _error_page(request, "404.html", 404)


def study_not_found(request: HttpRequest, nct_id: str) -> HttpResponse:
    """A study that we do not have; the registry may, when the id has the right form."""
    return _error_page(request, "404.html", 404, {"asked_study": True, "nct_id": nct_id_of(nct_id)})


def study_taken_off(request: HttpRequest, nct_id: str) -> HttpResponse:
    """A study that an editor has taken off the pages."""
    return _error_page(request, "404.html", 404, {"asked_study": True, "taken_off": True, "nct_id": nct_id_of(nct_id)})


def server_error(request: HttpRequest) -> HttpResponse:
    """Django calls it, and our own views do, while the error is being handled."""
    return answer_to_trouble(request, sys.exception()) or _error_page(request, "500.html", 500)


def answer_to_trouble(request: HttpRequest, error: BaseException | None) -> HttpResponse | None:
    """The page for what the database refused; None for what is no fault of the database's."""
    trouble = trouble_of(error)
    if trouble is None:
        return None
    code = sqlstate_of(error)
    if trouble is Trouble.UNUSABLE:
        logger.warning("The database takes no such value.", extra={"event": "value_refused", "sqlstate": code})
        return _error_page(request, "400.html", 400)
    logger.error("The database refused: %s", trouble, extra={"event": f"database_{trouble}", "sqlstate": code})
    return database_down(request, trouble)


def database_down(request: HttpRequest, trouble: Trouble = Trouble.AWAY) -> HttpResponse:
    """What a form brought is on the page again, to be sent once more: nobody need answer twice."""
    for_editors = request.path.startswith(ADMIN)
    kept = [] if for_editors else _sent(request)
    context: dict[str, object] = {"trouble": trouble.value, "for_editors": for_editors}
    context |= {"kept": kept, "kept_address": request.path}
    response = _error_page(request, "503.html", 503, context)
    response["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return response


def too_large(request: HttpRequest) -> HttpResponse:
    return _error_page(request, "413.html", 413)


def too_long(request: HttpRequest) -> HttpResponse:
    return _error_page(request, "414.html", 414)


def too_many(request: HttpRequest, headers: dict[str, str]) -> HttpResponse:
    """`headers` say when the client may ask again."""
    response = _error_page(request, "429.html", 429)
    for name, value in headers.items():
        response[name] = value
    return response


def _sent(request: HttpRequest) -> list[tuple[str, str]]:
    """The fields of a form; none where it cannot be read."""
    try:
        return [(name, str(value)) for name, values in request.POST.lists() for value in values]
    except (SuspiciousOperation, BadRequest, MultiPartParserError, OSError):
        return []


def _error_page(
    request: HttpRequest, template: str, status: int, context: dict[str, object] | None = None
) -> HttpResponse:
    if is_for_programs(request):
        return problem(status, told(status, context or {}))
    try:
        response = render(request, template, context, status=status)
    except (TemplateDoesNotExist, ValueError):  # ValueError: static files were not collected
        response = HttpResponse(_("Something went wrong. Please try again later."), "text/plain", status)
    response["Cache-Control"] = "no-store"
    return response
