"""The login page of the review desk: one form, one answer to whatever is wrong with it, and a limit to failures."""

from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.admin.forms import AdminAuthenticationForm
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_variables

from finder.desk.tries import Wait, begin_try


class SignInForm(AdminAuthenticationForm):
    """Name and password. `wait` says that there were too many failures, whoever asks and with whatever password."""

    error_messages = {
        **AdminAuthenticationForm.error_messages,
        "invalid_login": _("That did not match. Check your %(username)s and your password: capitals count."),
    }
    wait: Wait | None = None

    @sensitive_variables()
    def clean(self) -> dict[str, Any]:
        """Raises ValidationError, with the same words for a wrong name and for a wrong password."""
        if self.errors or self.request is None:  # nothing is looked up for a form that cannot be right
            return self.cleaned_data
        begun = begin_try(self.request, self.cleaned_data["username"])
        if isinstance(begun, Wait):
            self.wait = begun
            raise ValidationError(_too_often(begun.minutes), code="too_often")
        cleaned = super().clean()
        begun.forgive()
        return cleaned


def _too_often(minutes: int) -> str:
    told = ngettext(
        "Too many tries failed. Wait %(minutes)d minute, then try again.",
        "Too many tries failed. Wait %(minutes)d minutes, then try again.",
        minutes,
    )
    return told % {"minutes": minutes}


def guard_login(site: AdminSite) -> None:
    """Give the project's admin site our form; the site itself stays Django's own."""
    plain = site.login

    def login(request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        response = plain(request, extra_context)
        form = (getattr(response, "context_data", None) or {}).get("form")
        if isinstance(form, SignInForm) and form.wait:
            response.status_code = 429
            response.headers["Retry-After"] = str(form.wait.seconds)
        return response

    site.login_form = SignInForm
    site.login = login  # type: ignore[method-assign]
