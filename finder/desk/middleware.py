"""What each request to the admin passes; those of visitors go by without a look at a session."""

from collections.abc import Callable
from typing import Any

from auditlog.context import set_actor
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from finder.desk.factor import has_second_factor
from finder.desk.factor_page import URL_NAME
from finder.languages.addresses import ADMIN

_OPEN = {URL_NAME, "admin:login", "admin:logout", "admin:jsi18n"}


class AuditMiddleware:
    """Tells the audit log who does what in the admin. Who that is, is looked up only when there is something to log."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(ADMIN):
            return self.get_response(request)
        with set_actor(request.user):
            return self.get_response(request)


class SecondFactorMiddleware:
    """Where a second factor is required: leads who has none to the page for it, before anything else of the admin."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponse | None:
        if not settings.SECOND_FACTOR_REQUIRED or not request.path.startswith(ADMIN):
            return None
        user, asked = request.user, request.resolver_match
        if not user.is_authenticated or getattr(user, "otp_device", None):
            return None
        if has_second_factor(user):  # signed in before it was added
            logout(request)
            return redirect_to_login(request.get_full_path(), "admin:login")
        return None if asked and asked.view_name in _OPEN else redirect(URL_NAME)
