"""Sites: to look up where studies run, and what a rule put right or doubts about a place."""

from typing import Any

from django.contrib import admin
from django.db.models import CharField, Exists, OuterRef, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from trials.admin.base import NctSearch, ReadOnlyAdmin, link, list_url
from trials.admin.filters import CountryFilter
from trials.models import FieldNote, Site

PATH = "protocolSection.contactsLocationsModule.locations["


def with_notes(sites: QuerySet[Site]) -> QuerySet[Site]:
    """Sites whose own entry in the record has a line in the ledger."""
    entry = Concat(Value(PATH), Cast(OuterRef("position"), CharField()), Value("]"))
    return sites.filter(Exists(FieldNote.objects.filter(trial=OuterRef("trial"), path__startswith=entry)))


class FlaggedFilter(admin.SimpleListFilter):
    title = _("put right or in doubt")
    parameter_name = "flagged"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, Any]]:
        return [("yes", _("Yes"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Site]) -> QuerySet[Site]:
        return with_notes(queryset) if self.value() == "yes" else queryset


class SiteCountryFilter(CountryFilter):
    def narrow(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        return queryset.filter(country_code=value)


@admin.register(Site)
class SiteAdmin(NctSearch, ReadOnlyAdmin):
    list_display = ("facility_shown", "city", "country_code", "status", "recruiting", "trial_link")
    list_filter = (FlaggedFilter, "status", SiteCountryFilter)
    list_select_related = ("trial",)
    search_fields = ("facility", "city")
    search_help_text = _("NCT id, facility or city")
    ordering = ("-pk",)
    fields = (
        *("trial_link", "facility", "city", "state", "postal_code", "country_code", "country_text"),
        *("latitude", "longitude", "status", "recruiting", "contacts_link"),
    )

    @admin.display(description=_("facility"), ordering="facility")
    def facility_shown(self, site: Site) -> str:
        return site.facility or str(_("Unnamed site"))

    @admin.display(description=_("trial"), ordering="trial__nct_id")
    def trial_link(self, site: Site) -> str:
        return link("trial", site.trial_id, site.trial.nct_id)

    @admin.display(description=_("contacts"))
    def contacts_link(self, site: Site) -> str:
        url = list_url("contact", f"site__id__exact={site.pk}")
        return format_html('<a href="{}">{}</a>', url, _("Contacts of this site"))
