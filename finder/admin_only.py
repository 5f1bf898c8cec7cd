"""What holds for the admin and for no other page."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


class AdminReferrerMiddleware:
    """Let the admin's own pages name their origin to each other.

    Under "no-referrer" a browser sends its forms with `Origin: null`, which the CSRF check rightly turns away.
    Visitors' pages keep "no-referrer"; their forms carry no authority and need no CSRF check.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path.startswith("/admin/"):
            response.headers["Referrer-Policy"] = "same-origin"
        return response
