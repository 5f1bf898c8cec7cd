"""Raw records in every version, never changed, and what differs between two of them."""

import json

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from trials.admin.base import NctSearch, ReadOnlyAdmin, link, list_url, short
from trials.admin.comparison import pretty
from trials.admin.history import compare_versions
from trials.models import RecordVersion

SHOWN_LINES = 3000


@admin.register(RecordVersion)
class RecordVersionAdmin(NctSearch, ReadOnlyAdmin):
    list_display = ("version", "trial_link", "fetched", "is_complete", "is_basis", "source_shown", "compare_link")
    list_filter = ("is_complete", "is_basis")
    list_select_related = ("trial",)
    search_fields = ("content_hash", "source")
    search_help_text = _("NCT id, beginning of the hash, or file")
    ordering = ("-pk",)
    fields = (
        *("trial_link", "version_date", "fetched_at", "source", "is_complete", "is_basis", "content_hash"),
        *("compare_link", "siblings_link", "record_shown"),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[RecordVersion]:
        found = super().get_queryset(request)
        match = request.resolver_match
        return found.defer("payload") if match and match.url_name == "trials_recordversion_changelist" else found

    @admin.display(description=_("last update posted"), ordering="version_date")
    def version(self, version: RecordVersion) -> str:
        return version.version_date.isoformat() if version.version_date else "?"

    @admin.display(description=_("trial"), ordering="trial__nct_id")
    def trial_link(self, version: RecordVersion) -> str:
        return link("trial", version.trial_id, version.trial.nct_id)

    @admin.display(description=_("read at"), ordering="fetched_at")
    def fetched(self, version: RecordVersion) -> str:
        return f"{version.fetched_at:%Y-%m-%d %H:%M}"

    @admin.display(description=_("read from"))
    def source_shown(self, version: RecordVersion) -> str:
        return short(version.source, 60)

    @admin.display(description=_("what changed"))
    def compare_link(self, version: RecordVersion) -> str:
        url = reverse("admin:trials_recordversion_compare", args=[version.pk])
        return format_html('<a href="{}">{}</a>', url, _("Compare with the version before"))

    @admin.display(description=_("other versions"))
    def siblings_link(self, version: RecordVersion) -> str:
        url = list_url("recordversion", f"trial__id__exact={version.trial_id}")
        return format_html('<a href="{}">{}</a>', url, _("All versions of this record"))

    @admin.display(description=_("the record, as JSON text"))
    def record_shown(self, version: RecordVersion) -> str:
        try:
            lines = pretty(json.loads(version.payload))
        except ValueError:
            lines = version.payload.splitlines()
        text = "\n".join(lines[:SHOWN_LINES])
        if len(lines) <= SHOWN_LINES:
            return format_html('<pre class="desk-pre" tabindex="0">{}</pre>', text)
        cut = _("Only the first %(count)d of %(total)d lines are shown.")
        return format_html(
            '<p>{}</p><pre class="desk-pre" tabindex="0">{}</pre>',
            cut % {"count": SHOWN_LINES, "total": len(lines)},
            text,
        )

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.compare)
        return [path("<int:pk>/compare/", view, name="trials_recordversion_compare"), *super().get_urls()]

    def compare(self, request: HttpRequest, pk: int) -> HttpResponse:
        return compare_versions(self, request, pk)
