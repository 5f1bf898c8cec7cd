"""The page of the audit log: who changed what, to read and to search; nobody changes or deletes an entry."""

from collections.abc import Iterator
from typing import Any

from auditlog.models import LogEntry
from auditlog.render import get_field_verbose_name
from django.contrib import admin
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from finder.desk.events import Event
from trials.admin.base import ReadOnlyAdmin, short

_FIELDS_IN_LIST = 120  # letters


class LogAdmin(ReadOnlyAdmin):
    list_display = ("timestamp", "who", "done", "kind", "row", "fields_changed")
    list_display_links = ("timestamp",)
    list_select_related = ("actor", "content_type")
    list_filter = (
        ("content_type", admin.RelatedOnlyFieldListFilter),
        ("actor", admin.RelatedOnlyFieldListFilter),
        "action",
    )
    search_fields = ("object_repr", "object_pk", "actor__username", "actor_email", "changes")
    search_help_text = gettext_lazy("Person, object, or words that were changed")
    date_hierarchy = "timestamp"
    fields = ("timestamp", "who", "done", "kind", "row", "table")

    @admin.display(description=gettext_lazy("by"), ordering="actor__username", empty_value="–")
    def who(self, entry: LogEntry) -> str | None:
        """The account's name; its last trace where the account is gone; nothing where nobody was signed in."""
        return entry.actor.get_username() if entry.actor else entry.actor_email

    @admin.display(description=gettext_lazy("what was done"))
    def done(self, entry: LogEntry) -> str:
        event = (entry.additional_data or {}).get("event")
        return str(Event(event).label) if event in Event.values else str(entry.get_action_display())

    @admin.display(description=gettext_lazy("kind"), ordering="content_type")
    def kind(self, entry: LogEntry) -> str:
        return capfirst(entry.content_type.name)

    @admin.display(description=gettext_lazy("object"), ordering="object_repr")
    def row(self, entry: LogEntry) -> str | SafeString:
        told, kind = short(entry.object_repr), entry.content_type
        try:
            url = reverse(f"admin:{kind.app_label}_{kind.model}_change", args=[entry.object_pk])
        except NoReverseMatch:
            return told
        return format_html('<a href="{}">{}</a>', url, told)

    @admin.display(description=gettext_lazy("fields"))
    def fields_changed(self, entry: LogEntry) -> str:
        return short(", ".join(name for name, _old, _new in _changes(entry)), _FIELDS_IN_LIST)

    @admin.display(description=gettext_lazy("changes"), empty_value="–")
    def table(self, entry: LogEntry) -> SafeString | None:
        rows = list(_changes(entry))
        if not rows:
            return None
        body = format_html_join(
            "", '<tr><th scope="row">{}</th><td class="desk-pre">{}</td><td class="desk-pre">{}</td></tr>', rows
        )
        head = (_("Field"), _("Before"), _("After"))
        return format_html(
            '<div class="desk-scroll desk-log"><table><thead><tr>{}</tr></thead><tbody>{}</tbody></table></div>',
            format_html_join("", '<th scope="col">{}</th>', ((word,) for word in head)),
            body,
        )


def _changes(entry: LogEntry) -> Iterator[tuple[str, str, str]]:
    """Each field by its name, what it said and what it says now. Rows that were linked stand on one side only."""
    for field, change in sorted((entry.changes or {}).items()):
        name = capfirst(str(get_field_verbose_name(entry, field)))
        if isinstance(change, dict):
            listed = ", ".join(change["objects"])
            yield (name, "", listed) if change["operation"] == "add" else (name, listed, "")
        else:
            old, new = change
            yield name, _said(old), _said(new)


def _said(value: Any) -> str:
    return "" if value in (None, "None") else str(value)
