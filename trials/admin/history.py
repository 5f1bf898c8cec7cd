"""The desk's pages on what changed: between two versions, and over a trial's whole history."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from trials.admin.comparison import Line, compare, told
from trials.history import in_order
from trials.models import RecordVersion, Trial

STEPS_PER_PAGE = 10  # each reads two whole records


@dataclass(frozen=True, slots=True)
class Step:
    """From one version of a record to the next."""

    old: RecordVersion
    new: RecordVersion
    lines: list[Line]
    problem: str

    @property
    def url(self) -> str:
        return f"{reverse('admin:trials_recordversion_compare', args=[self.new.pk])}?with={self.old.pk}"


def compare_versions(model_admin: admin.ModelAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """Two versions of one trial, by default a version and the one before it (`?with=` names another)."""
    if not model_admin.has_view_permission(request):
        raise PermissionDenied
    new = get_object_or_404(RecordVersion.objects.select_related("trial"), pk=pk)
    ordered = in_order(RecordVersion.objects.filter(trial_id=new.trial_id).defer("payload"))
    place = next(i for i, one in enumerate(ordered) if one.pk == new.pk)
    asked = request.GET.get("with", "")
    old = next((one for one in ordered if str(one.pk) == asked), None)
    if asked and old is None:
        raise Http404(_("The trial has no such version."))
    if old is None and place > 0:
        old = ordered[place - 1]
    context = {
        "title": _("Compare versions of %(nct_id)s") % {"nct_id": new.trial.nct_id},
        "trial": new.trial,
        "old": old,
        "new": new,
        "versions": ordered,
        "comparison": compare(old, new) if old else None,
    }
    return _page(model_admin, request, "admin/trials/recordversion/compare.html", context)


def trial_changes(model_admin: admin.ModelAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """Every step of a trial's history, the newest first."""
    if not model_admin.has_view_permission(request):
        raise PermissionDenied
    trial = get_object_or_404(Trial.objects.only("nct_id", "brief_title"), pk=pk)
    ordered = in_order(RecordVersion.objects.filter(trial=trial).defer("payload"))
    pairs = list(pairwise(ordered))[::-1]
    page = Paginator(pairs, STEPS_PER_PAGE).get_page(request.GET.get("p"))
    texts = RecordVersion.objects.in_bulk({one.pk for pair in page for one in pair})
    steps = [Step(old, new, *told(texts[old.pk], texts[new.pk])) for old, new in page]
    context = {
        "title": _("What changed: %(nct_id)s") % {"nct_id": trial.nct_id},
        "trial": trial,
        "steps": steps,
        "page": page,
        "version_count": len(ordered),
    }
    return _page(model_admin, request, "admin/trials/trial/changes.html", context)


def _page(
    model_admin: admin.ModelAdmin, request: HttpRequest, template: str, context: dict[str, Any]
) -> TemplateResponse:
    common = {**model_admin.admin_site.each_context(request), "opts": model_admin.model._meta}
    return TemplateResponse(request, template, {**common, **context})
