"""Our conditions, and the queue of the registry's terms that map to none of them."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from trials.admin.base import ReadOnlyAdmin, row_url, short
from trials.ingest.conditions import state_by_list
from trials.ingest.relink import apply_term
from trials.models import Condition, ConditionTerm, Trial

State = ConditionTerm.State
SHOWN_TRIALS = 20


@admin.register(Condition)
class ConditionAdmin(ReadOnlyAdmin):
    list_display = ("name", "clinical_name", "slug", "core", "trial_count")
    list_filter = ("core",)
    search_fields = ("name", "clinical_name", "slug")
    fields = ("name", "clinical_name", "slug", "core", "trial_count")
    ordering = ("name",)
    list_per_page = 200

    def get_queryset(self, request: HttpRequest) -> QuerySet[Condition]:
        return super().get_queryset(request).annotate(_trials=Count("trial_links"))

    @admin.display(description=_("trials"), ordering="_trials")
    def trial_count(self, condition: Condition) -> int:
        return condition._trials  # type: ignore[attr-defined]


class TermForm(forms.ModelForm):
    """An editor's word on a term: it means some of our conditions, none, or is left to our list."""

    class Decision:
        MEANS, NONE, LIST = "means", "none", "list"

    decision = forms.ChoiceField(
        label=_("Decision"),
        widget=forms.RadioSelect,
        choices=[
            (Decision.MEANS, _("It means the conditions chosen below.")),
            (Decision.NONE, _("It is none of our conditions. Take it off the queue.")),
            (Decision.LIST, _("Leave it to our own list of words.")),
        ],
    )

    class Meta:
        model = ConditionTerm
        fields = ("conditions",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        stored = {State.EDITED: self.Decision.MEANS, State.IGNORED: self.Decision.NONE}
        if "decision" in self.fields:
            self.fields["decision"].initial = stored.get(State(self.instance.state), self.Decision.LIST)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        chosen = cleaned.get("conditions")
        if cleaned.get("decision") == self.Decision.MEANS and not chosen:
            self.add_error("conditions", _("Choose at least one condition, or another answer above."))
        elif chosen and cleaned.get("decision") in (self.Decision.NONE, self.Decision.LIST):
            self.add_error("conditions", _("Take the conditions out, or choose the first answer above."))
        return cleaned


@admin.register(ConditionTerm)
class ConditionTermAdmin(ReadOnlyAdmin):
    form = TermForm
    list_display = ("text_shown", "trial_count", "state", "means")
    list_filter = ("state",)
    search_fields = ("text",)
    fields = ("text", "state", "decision", "conditions", "trials_shown")
    readonly_fields = ("text", "state", "trials_shown")
    autocomplete_fields = ("conditions",)

    def has_change_permission(self, request: HttpRequest, obj: ConditionTerm | None = None) -> bool:  # type: ignore[override]
        return admin.ModelAdmin.has_change_permission(self, request, obj)

    def get_queryset(self, request: HttpRequest) -> QuerySet[ConditionTerm]:
        counted = ConditionTerm.objects.annotate(_trials=Count("listings__trial", distinct=True))
        return counted.order_by(*self.get_ordering(request)).prefetch_related("conditions")

    def get_ordering(self, request: HttpRequest) -> tuple[str, ...]:
        """What most studies list comes first."""
        return ("-_trials", "key")

    @admin.display(description=_("as written"), ordering="text")
    def text_shown(self, term: ConditionTerm) -> str:
        return short(term.text, 120)

    @admin.display(description=_("trials"), ordering="_trials")
    def trial_count(self, term: ConditionTerm) -> int:
        return term._trials  # type: ignore[attr-defined]

    @admin.display(description=_("means"), empty_value="–")
    def means(self, term: ConditionTerm) -> str:
        return ", ".join(condition.name for condition in term.conditions.all())

    @admin.display(description=_("listed by"), empty_value="–")
    def trials_shown(self, term: ConditionTerm) -> str:
        found = Trial.objects.filter(listed_conditions__term=term).distinct().order_by("nct_id")[:SHOWN_TRIALS]
        rows = ((row_url("trial", trial.pk), trial.nct_id, short(trial.brief_title)) for trial in found)
        return format_html_join("", '<div><a href="{}">{}</a> {}</div>', rows)

    def save_model(self, request: HttpRequest, obj: ConditionTerm, form: Any, change: bool) -> None:
        """The decision sets the state; the term's own words stay."""
        decided = {TermForm.Decision.MEANS: State.EDITED, TermForm.Decision.NONE: State.IGNORED}
        obj.state = decided.get(form.cleaned_data["decision"]) or state_by_list(obj.text)
        obj.save(update_fields=["state"])

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """After the conditions are stored: every trial that lists the term is linked anew."""
        super().save_related(request, form, formsets, change)
        done = apply_term(form.instance)
        text = ngettext(
            "Looked at %(count)d trial that lists this term; its links are up to date.",
            "Looked at %(count)d trials that list this term; their links are up to date.",
            done.trials,
        )
        self.message_user(request, text % {"count": done.trials}, messages.SUCCESS)
