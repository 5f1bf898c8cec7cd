"""Golden patients: who they are, which verdicts are expected of studies, and whether the studies give them."""

import json
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import ValidationError
from django.db.models import QuerySet, prefetch_related_objects
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from trials.admin.base import NctSearch, ReadOnlyAdmin, link
from trials.golden_rows import found_matches
from trials.ingest.golden import expect_what_is_found
from trials.matching.verdict import Match
from trials.models import GoldenPatient, GoldenVerdict, Trial

WORDS = dict(GoldenVerdict.VerdictChoice.choices)


def differs(expected: GoldenVerdict, found: Match) -> bool:
    return expected.verdict != found.verdict.value


class Indented(json.JSONEncoder):
    """One answer a line: somebody may have given fifty."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options | {"indent": 1})


class PatientForm(forms.ModelForm):
    answers = forms.JSONField(
        label=_("Answers"), encoder=Indented, required=False, widget=forms.Textarea(attrs={"rows": 20, "cols": 90})
    )

    class Meta:
        model = GoldenPatient
        fields = ("name", "answers", "note", "active")
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}


class VerdictForm(forms.ModelForm):
    class Meta:
        model = GoldenVerdict
        fields = ("nct_id", "verdict", "reason")
        widgets = {"reason": forms.Textarea(attrs={"rows": 2, "cols": 60})}

    def clean_nct_id(self) -> str:
        nct_id: str = self.cleaned_data["nct_id"].strip().upper()
        if nct_id != self.instance.nct_id and not Trial.objects.filter(nct_id=nct_id).exists():
            raise ValidationError(gettext("We hold no study “%(nct_id)s”.") % {"nct_id": nct_id})
        return nct_id


class VerdictInline(admin.TabularInline):
    model = GoldenVerdict
    form = VerdictForm
    extra = 1
    readonly_fields = ("found_now",)

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        """An inline lives as long as a request: it keeps what is found for its rows."""
        self._found = found_matches(list(obj.expected.select_related("patient"))) if obj and obj.pk else {}
        return super().get_formset(request, obj, **kwargs)

    @admin.display(description=_("found now"))
    def found_now(self, verdict: GoldenVerdict) -> str:
        return _shown(verdict, self._found.get(verdict.pk)) or "–"  # Django has no word for nothing in a form


def _shown(expected: GoldenVerdict, found: Match | None) -> str | None:
    """The verdict that is found, marked where it is not the one expected."""
    if found is None:
        return None
    words = WORDS[found.verdict.value]
    return format_html("<strong>{}</strong>", words) if differs(expected, found) else str(words)


class PatientList(ChangeList):
    """The patients of a page, each with how many studies agree with what is expected, and how many do not."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        rows: list[Any] = list(self.result_list)
        prefetch_related_objects(rows, "expected__patient")
        found = found_matches([one for row in rows for one in row.expected.all()])
        for row in rows:
            judged = [differs(one, found[one.pk]) for one in row.expected.all() if one.pk in found]
            row._agrees, row._differs = judged.count(False), judged.count(True)
        self.result_list = rows


@admin.register(GoldenPatient)
class GoldenPatientAdmin(admin.ModelAdmin):
    form = PatientForm
    inlines = (VerdictInline,)
    list_display = ("name", "active", "agrees", "differs", "from_editor")
    list_filter = ("active", "from_editor")
    search_fields = ("name", "note")
    list_per_page = 50
    actions = ("expect_found",)

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return PatientList

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A bundled patient would only come back with the next import."""
        return (obj is None or obj.slug is None) and super().has_delete_permission(request, obj)

    @admin.display(description=_("agrees with what is expected"))
    def agrees(self, patient: Any) -> int:
        return patient._agrees

    @admin.display(description=_("differs from what is expected"))
    def differs(self, patient: Any) -> int:
        return patient._differs

    @admin.action(description=_("Expect what is found now"), permissions=["change"])
    def expect_found(self, request: HttpRequest, queryset: QuerySet[GoldenPatient]) -> None:
        patients = {patient.pk: patient for patient in queryset}
        changed = expect_what_is_found(patients.values())
        for key, count in changed.items():
            self.log_change(request, patients[key], _told(count))
        self.message_user(request, _told(sum(changed.values())), messages.SUCCESS)

    def save_model(self, request: HttpRequest, obj: GoldenPatient, form: Any, change: bool) -> None:
        """What an editor changed no longer follows the data file."""
        obj.from_editor = obj.from_editor or not change or form.has_changed()
        super().save_model(request, obj, form, change)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        if formset.has_changed() and not form.instance.from_editor:
            form.instance.from_editor = True
            form.instance.save(update_fields=["from_editor"])
        super().save_formset(request, form, formset, change)


def _told(count: int) -> str:
    return ngettext(
        "%(count)d expected verdict is now what is found.", "%(count)d expected verdicts are now what is found.", count
    ) % {"count": count}


class VerdictList(ChangeList):
    """Expected verdicts, each with what is found now and the study that finds it."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        rows: list[Any] = list(self.result_list)
        found = found_matches(rows)
        held = Trial.objects.filter(nct_id__in={row.nct_id for row in rows}).order_by()
        keys = dict(held.values_list("nct_id", "pk"))
        for row in rows:
            row._found, row._trial_id = found.get(row.pk), keys.get(row.nct_id)
        self.result_list = rows


@admin.register(GoldenVerdict)
class GoldenVerdictAdmin(NctSearch, ReadOnlyAdmin):
    nct_field = "nct_id"
    list_display = ("patient_link", "study", "verdict", "found_now", "reason")
    list_display_links = None
    list_filter = ("verdict",)
    list_select_related = ("patient",)
    search_fields = ("patient__name",)
    search_help_text = _("NCT id (whole, or its beginning), or words of the patient's name")

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return VerdictList

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """With an editor's own patient, whose verdicts go, too."""
        own = obj is not None and obj.patient.slug is None
        return own and admin.ModelAdmin.has_delete_permission(self, request, obj)

    @admin.display(description=_("patient"), ordering="patient__name")
    def patient_link(self, verdict: GoldenVerdict) -> str:
        return link("goldenpatient", verdict.patient_id, verdict.patient.name)

    @admin.display(description=_("study"), ordering="nct_id")
    def study(self, verdict: Any) -> str:
        return link("trial", verdict._trial_id, verdict.nct_id) if verdict._trial_id else verdict.nct_id

    @admin.display(description=_("found now"), empty_value="–")
    def found_now(self, verdict: Any) -> str | None:
        return _shown(verdict, verdict._found)
