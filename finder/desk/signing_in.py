"""The login page of the review desk: one form, one answer to whatever is wrong with it, and a limit to failures."""

from typing import Any

from django import forms
from django.contrib.admin import AdminSite
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth.models import User
from django.contrib.auth.signals import user_login_failed
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_variables

from finder.desk.factor import LONGEST_CODE, has_second_factor, proven_by
from finder.desk.tries import Wait, begin_try


class SignInForm(AdminAuthenticationForm):
    """Name, password and, for who has set one up, a code.

    `wait` says that there were too many failures, whoever asks and with whatever password.
    """

    error_messages = {
        **AdminAuthenticationForm.error_messages,
        "invalid_login": _(
            "That did not match. Check your name and your password: capitals count. "
            "If you have set up a second factor, wait until your app shows a new code."
        ),
    }
    code = forms.CharField(
        label=_("Code"),
        required=False,
        max_length=LONGEST_CODE,
        help_text=_("Only with a second factor: six digits of your app, or a recovery code."),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code"}),
    )
    wait: Wait | None = None

    @sensitive_variables()
    def clean(self) -> dict[str, Any]:
        """Raises ValidationError, with the same words for a wrong name, a wrong password and a wrong code."""
        if self.errors or self.request is None:  # nothing is looked up for a form that cannot be right
            return self.cleaned_data
        begun = begin_try(self.request, self.cleaned_data["username"])
        if isinstance(begun, Wait):
            self.wait = begun
            raise ValidationError(_too_often(begun.minutes), code="too_often")
        cleaned = super().clean()
        begun.forgive()
        return cleaned

    def confirm_login_allowed(self, user: User) -> None:
        """The password was right; so must be the code. Raises ValidationError."""
        super().confirm_login_allowed(user)
        if not has_second_factor(user):
            return
        device = proven_by(user, self.cleaned_data["code"])
        if device is None:
            user_login_failed.send(__name__, credentials={"username": user.get_username()}, request=self.request)
            raise self.get_invalid_login_error()
        vars(user)["otp_device"] = device  # for django-otp, which notes it in the session


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
    site.login_template = "admin/desk_login.html"
    site.login = login  # type: ignore[method-assign]
