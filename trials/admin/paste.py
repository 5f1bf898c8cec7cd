"""Paste a listing's eligibility text: see at once what the engine reads, and keep it as a study entered by hand."""

import re
from dataclasses import asdict
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.validators import URLValidator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from trials import labels
from trials import vocab as v
from trials.admin.criteria_reading import ReadingView, reading_view
from trials.ingest.by_hand import Listing, listing_of, record_of, store_by_hand, study_of_listing
from trials.ingest.readings import read_criteria
from trials.models import Trial

LONGEST_TEXT = 200_000  # characters; the longest of the registry has some 30,000
MOST_CONDITIONS = 50
_NCT_ID = re.compile(r"\bNCT[0-9]{8}\b")
_MOST_NAMED = 5


class ListingForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=500, widget=forms.TextInput(attrs={"class": "vTextField"}))
    listing_url = forms.CharField(
        label=_("Address of the page that it comes from"),
        max_length=1000,
        validators=[URLValidator(schemes=["http", "https"], message=_("Write the whole address, from https:// on."))],
        widget=forms.URLInput(attrs={"class": "vTextField"}),
    )
    conditions = forms.CharField(
        label=_("Conditions, one on each line"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
    )
    minimum_age = forms.IntegerField(label=_("Youngest age, in years"), required=False, min_value=0, max_value=120)
    maximum_age = forms.IntegerField(label=_("Oldest age, in years"), required=False, min_value=0, max_value=120)
    sex = forms.ChoiceField(
        label=_("Sex"), required=False, choices=lambda: [("", _("not stated")), *labels.choices(v.Sex)]
    )
    text = forms.CharField(
        label=_("Eligibility text, as it stands there"),
        help_text=_("Only the part on who can join. What else stands on the page would be read as rules."),
        max_length=LONGEST_TEXT,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 18, "class": "vLargeTextField"}),
    )

    def clean_conditions(self) -> tuple[str, ...]:
        names = tuple(name.strip() for name in self.cleaned_data["conditions"].splitlines() if name.strip())
        if len(names) > MOST_CONDITIONS:
            raise forms.ValidationError(_("Name at most %(count)d conditions.") % {"count": MOST_CONDITIONS})
        return names

    def clean_text(self) -> str:
        text = self.cleaned_data["text"]
        if not text.strip():
            raise forms.ValidationError(_("Paste the eligibility text here."))
        return text

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        low, high = cleaned.get("minimum_age"), cleaned.get("maximum_age")
        if low is not None and high is not None and low > high:
            self.add_error("maximum_age", _("The oldest age is below the youngest."))
        return cleaned

    def listing(self) -> Listing:
        data = self.cleaned_data
        return Listing(**{**data, "sex": v.Sex(data["sex"]) if data["sex"] else None})


def paste_listing(model_admin: admin.ModelAdmin, request: HttpRequest) -> HttpResponse:
    """POST shows what the engine reads, or with `save` stores it; `?study=` changes one that was entered by hand."""
    if not may_enter(request):
        raise PermissionDenied
    trial = _asked(request)
    if request.method != "POST":
        form = ListingForm(initial=_initial(listing_of(trial)) if trial else None)
        return _page(model_admin, request, form, trial)
    form = ListingForm(request.POST)
    if not form.is_valid():
        return _page(model_admin, request, form, trial)
    if "save" not in request.POST:
        return _page(model_admin, request, form, trial, _read(form.listing()))
    stored = store_by_hand(form.listing(), editor=request.user, trial=trial)  # type: ignore[arg-type]
    if trial is None:
        model_admin.log_addition(request, stored, gettext("Entered from a listing."))
    else:
        model_admin.log_change(request, stored, gettext("Entered anew from a listing."))
    said = gettext("Saved as %(id)s. Look at “Eligibility text and rules”. "
                   "Visitors see a new study only when “take off the pages” is no longer ticked.")  # fmt: skip
    messages.success(request, said % {"id": stored.nct_id})
    return redirect("admin:trials_trial_change", stored.pk)


def may_enter(request: HttpRequest) -> bool:
    return request.user.has_perm("trials.add_trial")


def _asked(request: HttpRequest) -> Trial | None:
    """The hand-entered study to change; none for a new one."""
    asked = request.GET.get("study", "")
    if not asked:
        return None
    by_hand = Trial.objects.filter(registry=v.Registry.HAND)
    return get_object_or_404(by_hand, pk=int(asked) if asked.isdecimal() and len(asked) < 19 else 0)


def _initial(listing: Listing) -> dict[str, Any]:
    return {**asdict(listing), "conditions": "\n".join(listing.conditions)}


def _read(listing: Listing) -> ReadingView:
    reading = read_criteria(study_of_listing(listing))
    text = record_of(listing).eligibility.criteria_text
    return reading_view(text, reading.criteria, reading.warnings, reading.ledger)


def _known(form: ListingForm, trial: Trial | None) -> list[Trial]:
    """Studies that we have from a registry, and that the listing names by their id."""
    if not form.is_valid():
        return []
    words = f"{form.cleaned_data['title']} {form.cleaned_data['listing_url']} {form.cleaned_data['text']}"
    named = sorted(set(_NCT_ID.findall(words)))[:_MOST_NAMED]
    return list(Trial.objects.filter(nct_id__in=named).order_by("nct_id")) if trial is None else []


def _page(
    model_admin: admin.ModelAdmin,
    request: HttpRequest,
    form: ListingForm,
    trial: Trial | None,
    reading: ReadingView | None = None,
) -> TemplateResponse:
    title = gettext("Change the listing of %(id)s") % {"id": trial.nct_id} if trial else gettext("Paste a listing")
    context = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.model._meta,
        "title": title,
        "form": form,
        "trial": trial,
        "reading": reading,
        "known": _known(form, trial) if reading else [],
    }
    return TemplateResponse(request, "admin/trials/trial/paste.html", context)
