"""Clinics that show the finder on their own pages: who they are, how it looks there, and what they paste."""

from typing import Any

from csp.constants import SELF
from csp.decorators import csp_update
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import URLPattern
from django.utils.html import escape, format_html
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from trials.admin.partner_form import PartnerForm
from trials.admin.partner_use import use_urls
from trials.models import Partner


@admin.register(Partner)
class PartnerAdmin(admin.ModelAdmin):
    form = PartnerForm
    list_display = ("name", "active", "language", "shows", "key", "changed_at")
    list_filter = ("active", "language", "shows")
    search_fields = ("name", "key", "allowed_origins")
    autocomplete_fields = ("conditions",)
    readonly_fields = ("logo_shown", "preview", "snippets")
    fieldsets = (
        (None, {"fields": ("name", "active", "allowed_origins")}),
        (_("How it looks"), {"fields": ("language", "shows", "accent", "logo_shown", "new_logo", "remove_logo")}),
        (_("What it begins with"), {"fields": ("conditions", "near", "radius_km", "own_sites", "own_sites_first")}),
        (_("On paper"), {"fields": ("letterhead",)}),
        (_("Messages from visitors"), {"fields": ("takes_messages", "message_address")}),
        (_("Preview"), {"fields": ("preview",)}),
        (_("For the clinic’s web editor"), {"fields": ("snippets",)}),
    )

    class Media:
        js = ("partner-desk.js",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Partner]:
        return super().get_queryset(request).defer("logo")

    def get_urls(self) -> list[URLPattern]:
        return [*use_urls(self), *super().get_urls()]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """An admin lives as long as the process; the address of the site is that of the request."""
        form = super().get_form(request, obj, change, **kwargs)
        if obj:
            obj.site_root = request.build_absolute_uri("/").rstrip("/")
        return form

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The preview is a frame with a page of ours."""
        answer: HttpResponse = super().changeform_view(request, *args, **kwargs)
        csp_update({"frame-src": [SELF]})(lambda _request: answer)(request)
        return answer

    @admin.display(description=_("Logo"))
    def logo_shown(self, partner: Partner) -> str:
        if not partner.pk or not partner.logo_width:
            return "–"  # Django has no word for nothing in a form
        values = (partner.get_absolute_url(), partner.changed_at.timestamp(), partner.logo_width, partner.logo_height)
        return format_html('<img class="desk-logo" src="{}logo.png?{}" width="{}" height="{}" alt="">', *values)

    @admin.display(description=_("As it will look"))
    def preview(self, partner: Partner) -> str:
        return render_to_string("admin/trials/partner/_preview.html", {"partner": partner})

    @admin.display(description=_("To paste into the page"))
    def snippets(self, partner: Partner) -> str:
        """Shown once the partner is stored, for the key is part of them."""
        root, words = getattr(partner, "site_root", ""), _words_in(partner.language)
        values = {"root": root, "path": partner.get_absolute_url(), "key": partner.key, "title": words["title"]}
        attributes = "".join(f'\n  data-{name}="{escape(word)}"' for name, word in words.items())
        context = {
            "partner": partner,
            "with_script": _WITH_SCRIPT.format(**values, attributes=attributes),
            "plain": _PLAIN.format(**values),
        }
        return render_to_string("admin/trials/partner/_snippets.html", context)


# What stands in them is ours: a key of letters and digits, and words of our own.
_WITH_SCRIPT = """<script src="{root}/embed.js" data-key="{key}"{attributes} async></script>
<noscript><a href="{root}{path}">{title}</a></noscript>"""
_PLAIN = """<iframe src="{root}{path}" title="{title}" width="100%" height="900" loading="lazy"
  referrerpolicy="strict-origin"
  sandbox="allow-scripts allow-forms allow-popups allow-popups-to-escape-sandbox allow-modals"></iframe>"""


def _words_in(language: str) -> dict[str, str]:
    """What our script puts into the clinic's page, in the language of that page."""
    with override(language):
        return {
            "title": gettext("Trial finder"),
            "skip": gettext("Skip the trial finder"),
            "open": gettext("Open the trial finder in a new tab"),
            "trouble": gettext("The trial finder cannot be shown on this page."),
            "why": gettext("Why? (for the web editor)"),
        }
