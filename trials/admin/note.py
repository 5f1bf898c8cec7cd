"""The ledger: every value that is not just what the registry's record says."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from trials.admin.base import NctSearch, ReadOnlyAdmin, link, short
from trials.models import FieldNote


@admin.register(FieldNote)
class FieldNoteAdmin(NctSearch, ReadOnlyAdmin):
    list_display = ("trial_link", "origin", "rule", "field", "was", "now", "editor", "edited_at")
    list_display_links = ("field",)
    list_filter = ("origin", "rule")
    list_select_related = ("trial", "editor")
    search_fields = ("path", "written", "shown")
    search_help_text = _("NCT id, field, or words of the value")
    ordering = ("-pk",)
    fields = ("trial_link", "origin", "rule", "path", "written", "shown", "version_link", "editor", "edited_at")

    @admin.display(description=_("trial"), ordering="trial__nct_id")
    def trial_link(self, note: FieldNote) -> str:
        return link("trial", note.trial_id, note.trial.nct_id)

    @admin.display(description=_("field"), ordering="path")
    def field(self, note: FieldNote) -> str:
        return note.path.removeprefix("protocolSection.")

    @admin.display(description=_("the registry wrote"))
    def was(self, note: FieldNote) -> str:
        return short(note.written)

    @admin.display(description=_("we show"))
    def now(self, note: FieldNote) -> str:
        return short(note.shown)

    @admin.display(description=_("from the version"), empty_value="–")
    def version_link(self, note: FieldNote) -> str | None:
        return link("recordversion", note.version_id, note.version) if note.version else None
