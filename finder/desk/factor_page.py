"""The page on which editors add a second factor to their own account, or take it off."""

from typing import Any

import django_otp
import segno
from django.conf import settings
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods
from django_otp.plugins.otp_totp.models import TOTPDevice

from finder.desk import factor
from finder.desk.audit import record
from finder.desk.events import Event

URL_NAME = "second_factor"
TEMPLATE = "admin/desk_second_factor.html"


@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def second_factor(request: HttpRequest) -> HttpResponse:
    """GET shows; POST begins, confirms, makes new recovery codes, or removes."""
    if request.method == "POST":
        for name, act in _ACTS.items():
            if name in request.POST:
                return act(request)
    return _page(request)


def _began(request: HttpRequest) -> HttpResponse:
    if not factor.has_second_factor(_user(request)):
        factor.set_up(_user(request))
    return redirect(URL_NAME)


def _confirmed(request: HttpRequest) -> HttpResponse:
    device = factor.confirm(_user(request), _code(request))
    if device is None:
        return _page(request, wrong=True)
    django_otp.login(request, device)
    factor.end_sessions(_user(request), but=request.session.session_key)
    record(_user(request), Event.FACTOR_ADDED)
    return _page(request, codes=factor.new_recovery_codes(_user(request)))


def _renewed(request: HttpRequest) -> HttpResponse:
    if factor.proven_by(_user(request), _code(request)) is None:
        return _page(request, wrong=True)
    record(_user(request), Event.CODES_RENEWED)
    return _page(request, codes=factor.new_recovery_codes(_user(request)))


def _removed(request: HttpRequest) -> HttpResponse:
    if factor.proven_by(_user(request), _code(request)) is None:
        return _page(request, wrong=True)
    factor.remove(_user(request))
    record(_user(request), Event.FACTOR_REMOVED)
    messages.success(request, _("The second factor is off. Your password alone gets you in."))
    return redirect(URL_NAME)


_ACTS = {"begin": _began, "confirm": _confirmed, "renew": _renewed, "remove": _removed}


def _page(request: HttpRequest, *, wrong: bool = False, codes: list[str] | None = None) -> TemplateResponse:
    """The page as it stands. `codes` are shown this once: an answer to a form is never kept or loaded again."""
    user = _user(request)
    is_on = factor.has_second_factor(user)
    device = None if is_on else factor.unconfirmed(user)
    context = {
        **admin.site.each_context(request),
        "title": _("Second factor"),
        "is_on": is_on,
        "is_required": settings.SECOND_FACTOR_REQUIRED,
        "drawn": _drawn(device) if device else "",
        "secret": _spelled(device) if device else "",
        "left": factor.recovery_codes_left(user),
        "codes": codes,
        "wrong": wrong,
        "longest": factor.LONGEST_CODE,
    }
    return TemplateResponse(request, TEMPLATE, context)


def _drawn(device: TOTPDevice) -> SafeString:
    """The QR code as SVG without styles, dark on light also where the page is dark: cameras expect that."""
    code = segno.make(device.config_url, micro=False)
    drawn = code.svg_inline(scale=5, border=4, dark="#000", light="#fff", svgclass="desk-qr", omitsize=True)
    return mark_safe(drawn)  # noqa: S308 - drawn here; nothing of the address stands in it as text  # nosec B308 B703


def _spelled(device: TOTPDevice) -> str:
    """The secret in the letters that apps take, in fours."""
    letters = device.config_url.partition("secret=")[2].partition("&")[0]
    return " ".join(letters[at : at + 4] for at in range(0, len(letters), 4))


def _code(request: HttpRequest) -> str:
    return request.POST.get("code", "")


def _user(request: HttpRequest) -> Any:
    return request.user
