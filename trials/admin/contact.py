"""Contacts, and the queue of those that a rule hides until an editor has looked."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from trials.admin.base import NctSearch, ReadOnlyAdmin, link
from trials.ingest.editorial import RULE, decide_contact
from trials.models import Contact


def waiting(contacts: QuerySet[Contact]) -> QuerySet[Contact]:
    """Hidden by a rule, and no editor has decided yet."""
    return contacts.exclude(hidden="").exclude(hidden=RULE)


class DecisionFilter(admin.SimpleListFilter):
    title = _("decision")
    parameter_name = "decision"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, Any]]:
        return [
            ("waiting", _("hidden, waiting for a decision")),
            ("kept", _("kept hidden by an editor")),
            ("shown", _("shown")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Contact]) -> QuerySet[Contact]:
        match self.value():
            case "waiting":
                return waiting(queryset)
            case "kept":
                return queryset.filter(hidden=RULE)
            case "shown":
                return queryset.filter(hidden="")
        return queryset


@admin.register(Contact)
class ContactAdmin(NctSearch, ReadOnlyAdmin):
    list_display = ("name_shown", "affiliation", "kind", "place", "trial_link", "hidden")
    list_filter = (DecisionFilter, "kind")
    list_select_related = ("trial", "site")
    search_fields = ("name", "affiliation")
    search_help_text = _("NCT id, name or affiliation")
    ordering = ("-pk",)
    fields = ("name", "kind", "role", "affiliation", "phone", "email", "trial_link", "place", "hidden")
    actions = ("show_contact", "keep_hidden")

    def has_decide_permission(self, request: HttpRequest) -> bool:
        """Deciding writes a decision, not the registry's contact."""
        return request.user.has_perms(["trials.add_contactdecision", "trials.change_contactdecision"])

    @admin.display(description=_("name"), ordering="name")
    def name_shown(self, contact: Contact) -> str:
        return str(contact)

    @admin.display(description=_("trial"), ordering="trial__nct_id")
    def trial_link(self, contact: Contact) -> str:
        return link("trial", contact.trial_id, contact.trial.nct_id)

    @admin.display(description=_("site"), empty_value="–")
    def place(self, contact: Contact) -> str | None:
        return link("site", contact.site_id, contact.site) if contact.site else None

    @admin.action(description=_("Show this contact"), permissions=["decide"])
    def show_contact(self, request: HttpRequest, queryset: QuerySet[Contact]) -> None:
        self._decide(request, queryset, show=True)

    @admin.action(description=_("Keep hidden"), permissions=["decide"])
    def keep_hidden(self, request: HttpRequest, queryset: QuerySet[Contact]) -> None:
        self._decide(request, queryset, show=False)

    def _decide(self, request: HttpRequest, queryset: QuerySet[Contact], *, show: bool) -> None:
        chosen = list(queryset)
        for contact in chosen:
            decide_contact(contact, show=show, editor=request.user)  # type: ignore[arg-type]
            self.log_change(request, contact, str(_("Show this contact") if show else _("Keep hidden")))
        text = ngettext(
            "Decided on %(count)d contact. It holds for later records, too.",
            "Decided on %(count)d contacts. It holds for later records, too.",
            len(chosen),
        )
        self.message_user(request, text % {"count": len(chosen)}, messages.SUCCESS)
