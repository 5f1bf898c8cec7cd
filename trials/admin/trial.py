"""Trials: the registry's text to read, the editor's fields beside it."""

from collections.abc import Callable
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.forms.formsets import BaseFormSet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from trials import labels
from trials import vocab as v
from trials.admin import filters
from trials.admin.base import NctSearch, ReadOnlyAdmin, by_nct_id, short
from trials.admin.criteria import trial_criteria
from trials.admin.history import trial_changes
from trials.admin.paste import paste_listing
from trials.admin.tables import trial_tables
from trials.ingest.editorial import EditorialText, save_editorial
from trials.models import FieldNote, Site, Trial, TrialEditorial, TrialSponsor


class EditorialForm(forms.ModelForm):
    class Meta:
        model = TrialEditorial
        fields = ("plain_title", "public_note", "hidden", "hidden_reason")
        widgets = {
            "plain_title": forms.Textarea(attrs={"rows": 3}),
            "public_note": forms.Textarea(attrs={"rows": 5}),
            "hidden_reason": forms.Textarea(attrs={"rows": 3}),
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("hidden") and not cleaned.get("hidden_reason"):
            self.add_error("hidden_reason", _("Say why the study is taken off the pages."))
        return cleaned


class EditorialInline(admin.StackedInline):
    model = TrialEditorial
    form = EditorialForm
    can_delete = False
    min_num = max_num = 1
    extra = 0
    verbose_name = verbose_name_plural = _("What we add")
    readonly_fields = ("edited_by", "edited_at")

    def get_queryset(self, request: HttpRequest) -> QuerySet[TrialEditorial]:
        return super().get_queryset(request).select_related("edited_by")


_REGISTRY_FIELDS = (
    (
        _("The study"),
        (
            *("nct_id", "listing_url", "brief_title", "official_title", "acronym", "org_study_id"),
            *("overall_status", "last_known_status"),
        ),
    ),
    (_("Its state"), ("why_stopped", "last_update_posted_on", "last_read_at", "gone_since", "in_scope", "ends_on")),
    (
        _("Who can join"),
        (
            *("minimum_age_text", "maximum_age_text", "minimum_age_years", "below_age_years", "sex"),
            *("healthy_volunteers", "gender_description", "study_population", "eligibility_criteria"),
        ),
    ),
    (
        _("How it is done"),
        (
            *("study_type", "phases_shown", "enrollment_count", "enrollment_type", "allocation", "intervention_model"),
            *("primary_purpose", "masking", "observational_model", "time_perspective", "has_results"),
        ),
    ),
    (_("Texts"), ("brief_summary", "detailed_description", "keywords_shown")),
)

_METHODS = ["GET", "HEAD", "POST"]


@admin.register(Trial)
class TrialAdmin(NctSearch, ReadOnlyAdmin):
    nct_field = "nct_id"
    change_form_template = "admin/trials/trial/change_form.html"
    change_list_template = "admin/trials/trial/change_list.html"
    list_display = ("nct_id", "title", "overall_status", "our_conditions", "site_count", "last_update", "flags")
    list_filter = (
        *("overall_status", filters.PhaseFilter, filters.ConditionFilter, filters.CountryFilter),
        *(filters.NoteFilter, filters.HiddenContactFilter, filters.StaleFilter, filters.GoneFilter),
        *(filters.CriteriaFilter, "in_scope", filters.OffPagesFilter, "registry"),
    )
    list_select_related = ("editorial",)
    search_fields = ("brief_title", "official_title", "acronym", "org_study_id")
    search_help_text = _("NCT id (whole, or its beginning), words of the title, or sponsor")
    ordering: ClassVar[Any] = (F("last_update_posted_on").desc(nulls_last=True), "nct_id")
    fieldsets = [(title, {"fields": fields}) for title, fields in _REGISTRY_FIELDS]
    readonly_fields = tuple(name for _title, fields in _REGISTRY_FIELDS for name in fields)
    inlines = (EditorialInline,)

    def has_change_permission(self, request: HttpRequest, obj: Trial | None = None) -> bool:  # type: ignore[override]
        """Only the editor's own fields; everything of the registry is read-only for all."""
        return admin.ModelAdmin.has_change_permission(self, request, obj)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Trial]:
        sites = Site.objects.filter(trial=OuterRef("pk")).order_by().values("trial").annotate(n=Count("pk")).values("n")
        return (
            super()
            .get_queryset(request)
            .annotate(
                _sites=Coalesce(Subquery(sites), 0),
                _notes=Exists(FieldNote.objects.filter(trial=OuterRef("pk"))),
                _waiting=filters.has_waiting_contact(),
                _stale=Exists(Trial.objects.filter(filters.is_stale(), pk=OuterRef("pk"))),
            )
            .prefetch_related("condition_links__condition")
        )

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """By id at once; by words in titles and the sponsors' names."""
        found, _distinct = super().get_search_results(request, queryset, search_term)
        if not search_term or by_nct_id(queryset, self.nct_field, search_term) is not None:
            return found, False
        sponsored = Exists(TrialSponsor.objects.filter(trial=OuterRef("pk"), name__icontains=search_term.strip()))
        return queryset.filter(Q(pk__in=found.order_by().values("pk")) | sponsored), False

    @admin.display(description=_("title"), ordering="brief_title")
    def title(self, trial: Trial) -> str:
        plain = trial.editorial.plain_title if hasattr(trial, "editorial") else ""
        return short(plain or trial.brief_title or trial.official_title or str(_("Untitled study")), 90)

    @admin.display(description=_("conditions"), empty_value="–")
    def our_conditions(self, trial: Trial) -> str:
        names = [one.condition.name for one in trial.condition_links.all()]
        return ", ".join(names[:2]) + (f" +{len(names) - 2}" if len(names) > 2 else "")

    @admin.display(description=_("sites"), ordering="_sites")
    def site_count(self, trial: Trial) -> int:
        return trial._sites  # type: ignore[attr-defined]

    @admin.display(description=_("last update"), ordering="last_update_posted_on", empty_value="?")
    def last_update(self, trial: Trial) -> str | None:
        return trial.last_update_posted_on.isoformat() if trial.last_update_posted_on else None

    @admin.display(description=_("flags"), empty_value="")
    def flags(self, trial: Trial) -> str:
        off = hasattr(trial, "editorial") and trial.editorial.hidden
        words = (
            (off, _("off the pages")),
            (trial._waiting, _("contact to decide")),  # type: ignore[attr-defined]
            (trial.gone_since, _("gone from registry")),
            (trial._stale, _("not updated for long")),  # type: ignore[attr-defined]
            (trial._notes, _("field notes")),  # type: ignore[attr-defined]
            (not trial.in_scope, _("not our conditions")),
        )
        return format_html_join(" ", '<span class="desk-flag">{}</span>', ((word,) for is_set, word in words if is_set))

    @admin.display(description=_("phase"))
    def phases_shown(self, trial: Trial) -> str:
        return ", ".join(str(labels.label(v.Phase, phase)) for phase in trial.phases)

    @admin.display(description=_("keywords"))
    def keywords_shown(self, trial: Trial) -> str:
        return ", ".join(trial.keywords)

    def view_on_site(self, trial: Trial) -> str | None:
        off = hasattr(trial, "editorial") and trial.editorial.hidden
        return None if off else trial.get_absolute_url()

    def get_urls(self) -> list[URLPattern]:
        def page(route: str, view: Callable[..., HttpResponse], name: str) -> URLPattern:
            return path(route, require_http_methods(_METHODS)(self.admin_site.admin_view(view)), name=name)

        changes = page("<int:pk>/changes/", self.changes, "trials_trial_changes")
        criteria = page("<int:pk>/criteria/", self.criteria, "trials_trial_criteria")
        paste = page("paste/", self.paste, "trials_trial_paste")
        return [changes, criteria, paste, *super().get_urls()]

    def changes(self, request: HttpRequest, pk: int) -> HttpResponse:
        return trial_changes(self, request, pk)

    def criteria(self, request: HttpRequest, pk: int) -> HttpResponse:
        return trial_criteria(self, request, pk)

    def paste(self, request: HttpRequest) -> HttpResponse:
        return paste_listing(self, request)

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        trial = context.get("original")
        context |= {"tables": trial_tables(trial) if trial else []}
        return super().render_change_form(request, context, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: Trial, form: Any, change: bool) -> None:
        """Nothing: the registry's text is not ours to save."""

    def save_formset(self, request: HttpRequest, form: Any, formset: BaseFormSet, change: bool) -> None:
        """Only through the ingest side, which keeps the ledger."""
        for row in formset.save(commit=False):  # type: ignore[attr-defined]
            text = EditorialText(row.plain_title, row.public_note, row.hidden, row.hidden_reason)
            save_editorial(form.instance, text, editor=request.user)  # type: ignore[arg-type]
