"""What all pages of the review desk share: registry data is read here, never typed."""

import re
from typing import Any

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator

_NCT_ID = re.compile(r"(?:NCT)?(\d{8})", re.IGNORECASE)
_HAND_ID = re.compile(r"HAND-\d{5,}", re.IGNORECASE)
_NCT_START = re.compile(r"NCT(\d{0,7})", re.IGNORECASE)


class ReadOnlyAdmin(admin.ModelAdmin):
    """Rows that only the import writes: to look at, with a fixed number of queries."""

    list_per_page = 50
    show_full_result_count = False  # counting all sites costs more than showing a page of them
    show_facets = admin.ShowFacets.NEVER

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class NctSearch(admin.ModelAdmin):
    """Search that knows an NCT id by its looks and goes straight to the unique index."""

    nct_field = "trial__nct_id"

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        narrowed = by_nct_id(queryset, self.nct_field, search_term)
        if narrowed is not None:
            return narrowed, False
        return super().get_search_results(request, queryset, search_term)


def by_nct_id(queryset: QuerySet[Any], field: str, term: str) -> QuerySet[Any] | None:
    """The rows of the study's id, or of all NCT ids that begin so; None when the term does not look like one."""
    if _HAND_ID.fullmatch(term.strip()):
        return queryset.filter(**{field: term.strip().upper()})
    if whole := _NCT_ID.fullmatch(term.strip()):
        return queryset.filter(**{field: f"NCT{whole[1]}"})
    if start := _NCT_START.fullmatch(term.strip()):
        return queryset.filter(**{f"{field}__startswith": f"NCT{start[1]}"})
    return None


def link(model: str, key: object, text: object) -> SafeString:
    """A link to a row's page on the desk."""
    return format_html('<a href="{}">{}</a>', row_url(model, key), text)


def row_url(model: str, key: object) -> str:
    return reverse(f"admin:trials_{model}_change", args=[key])


def list_url(model: str, query: str = "") -> str:
    url = reverse(f"admin:trials_{model}_changelist")
    return f"{url}?{query}" if query else url


def short(text: str, length: int = 80) -> str:
    return Truncator(text).chars(length)
