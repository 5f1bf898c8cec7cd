"""What went wrong, as pages or for programs. None asks the database, so that all can be shown when it is away."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.exceptions import TemplateDoesNotExist
from django.utils.translation import gettext as _

from finder.feeds.problems import is_for_programs, problem, told
from trials.study_ids import nct_id_of

RETRY_AFTER_SECONDS = 60


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _error_page(request, "400.html", 400)


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
    return _error_page(request, "500.html", 500)


def database_down(request: HttpRequest) -> HttpResponse:
    response = _error_page(request, "503.html", 503)
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
