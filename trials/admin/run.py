"""Imports: how each run went, and every record that could not be stored."""

from datetime import timedelta

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from trials.admin.base import NctSearch, ReadOnlyAdmin, link, list_url, row_url, short
from trials.models import ImportFailure, ImportRun

SHOWN_FAILURES = 20


def duration(run: ImportRun) -> timedelta:
    """How long the run took, or has taken up to its last sign of life."""
    return max((run.finished_at or run.heartbeat_at) - run.started_at, timedelta())


@admin.register(ImportRun)
class ImportRunAdmin(ReadOnlyAdmin):
    list_display = (
        *("started", "kind", "state_shown", "created", "updated", "unchanged", "failed", "gone"),
        *("took", "rate", "source_shown"),
    )
    list_filter = ("state", "kind")
    fields = (
        *("kind", "state_shown", "source", "started_at", "heartbeat_at", "finished_at", "took", "rate"),
        *("total", "created", "updated", "unchanged", "failed", "gone", "updated_since", "error", "failures_shown"),
    )

    @admin.display(description=_("started"), ordering="started_at")
    def started(self, run: ImportRun) -> str:
        return f"{run.started_at:%Y-%m-%d %H:%M}"

    @admin.display(description=_("state"), ordering="state")
    def state_shown(self, run: ImportRun) -> str:
        return run.state_told

    @admin.display(description=_("took"))
    def took(self, run: ImportRun) -> str:
        return str(timedelta(seconds=round(duration(run).total_seconds())))

    @admin.display(description=_("records a second"), empty_value="–")
    def rate(self, run: ImportRun) -> str | None:
        seconds = duration(run).total_seconds()
        return f"{run.read / seconds:.0f}" if seconds >= 1 else None

    @admin.display(description=_("read from"))
    def source_shown(self, run: ImportRun) -> str:
        return short(run.source, 60)

    @admin.display(description=_("failures"), empty_value="–")
    def failures_shown(self, run: ImportRun) -> str:
        """The first failures, and the way to all of them."""
        found = list(run.failures.all()[:SHOWN_FAILURES])
        if not found:
            return ""
        rows = format_html_join(
            "",
            '<div><a href="{}">{}</a> {}: {}</div>',
            ((row_url("importfailure", one.pk), one.nct_id or "?", one.place, short(one.reason, 200)) for one in found),
        )
        every = list_url("importfailure", f"run__id__exact={run.pk}")
        return format_html('{}<p><a href="{}">{}</a></p>', rows, every, _("All failures of this run"))


@admin.register(ImportFailure)
class ImportFailureAdmin(NctSearch, ReadOnlyAdmin):
    nct_field = "nct_id"
    list_display = ("nct_shown", "reason_shown", "place", "run_link")
    list_filter = ("run__kind", "run__state")
    list_select_related = ("run",)
    search_fields = ("nct_id", "reason", "place")
    search_help_text = _("NCT id, words of the reason, or file")
    ordering = ("-pk",)
    fields = ("nct_id", "reason", "place", "run_link", "excerpt_shown")

    def get_queryset(self, request: HttpRequest) -> QuerySet[ImportFailure]:
        found = super().get_queryset(request)
        match = request.resolver_match
        return found.defer("excerpt") if match and match.url_name == "trials_importfailure_changelist" else found

    @admin.display(description=_("NCT id"), ordering="nct_id")
    def nct_shown(self, failure: ImportFailure) -> str:
        return failure.nct_id or "?"

    @admin.display(description=_("reason"))
    def reason_shown(self, failure: ImportFailure) -> str:
        return short(failure.reason, 200)

    @admin.display(description=_("import run"), ordering="run__started_at")
    def run_link(self, failure: ImportFailure) -> str:
        return link("importrun", failure.run_id, failure.run)

    @admin.display(description=_("beginning of the record"))
    def excerpt_shown(self, failure: ImportFailure) -> str:
        return format_html('<pre class="desk-pre" tabindex="0">{}</pre>', failure.excerpt)
