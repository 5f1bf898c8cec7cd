"""Filters of the lists: each narrows by one of the field's words, none asks a question per row."""

from abc import ABC, abstractmethod
from functools import reduce
from operator import or_
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from trials import conditions as vocabulary
from trials import labels
from trials import vocab as v
from trials.admin.contact import waiting
from trials.freshness import stale_before
from trials.ingest.readings import FAILED
from trials.language import country_name
from trials.models import Condition, Contact, CriteriaCorrection, CriteriaReading, Criterion, FieldNote, Site, Trial

Choices = list[tuple[str, Any]]
# Doubts that may change who can join. The others only tell something: what the team checks, a bracket without its half.
WORTH_A_LOOK = (
    *(FAILED, "and_or_unclear", "conflicting_thresholds", "missing_unit", "age_disagrees", "sex_disagrees"),
    *("criteria_missing", "inclusion_missing", "exclusion_missing", "text_cut_off", "sequence_broken"),
    *("run_together", "level_lost", "level_unclear", "uncertain_repair"),
)


class Narrow(admin.SimpleListFilter, ABC):
    """A filter of single choices; a value that is none of them leaves the list as it is."""

    @abstractmethod
    def narrow(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]: ...

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        value = self.value()
        return self.narrow(queryset, value) if value in {str(key) for key, _ in self.lookup_choices} else queryset


class YesNo(Narrow):
    """Yes and no, for a question that is a condition on the row."""

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> Choices:
        return [("yes", _("Yes")), ("no", _("No"))]

    @abstractmethod
    def question(self) -> Q | Exists: ...

    def narrow(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        return queryset.filter(self.question() if value == "yes" else ~self.question())


class CountryFilter(Narrow):
    title = _("country")
    parameter_name = "country"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> Choices:
        codes = Site.objects.exclude(country_code="").order_by().values_list("country_code", flat=True).distinct()
        return sorted(((code, country_name(code)) for code in codes), key=lambda one: one[1].casefold())

    def narrow(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        return queryset.in_country(value)  # type: ignore[attr-defined]


class PhaseFilter(Narrow):
    title = _("phase")
    parameter_name = "phase"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> Choices:
        return list(labels.choices(v.Phase))

    def narrow(self, queryset: QuerySet[Trial], value: str) -> QuerySet[Trial]:
        return queryset.in_phase(value)  # type: ignore[attr-defined]


class CriteriaFilter(Narrow):
    """Studies whose criteria an editor should look at."""

    title = _("eligibility text")
    parameter_name = "criteria"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> Choices:
        return [
            ("outdated", _("Changed since an editor corrected the criteria")),
            ("corrected", _("Shows an editor's correction")),
            ("doubts", _("With doubts worth a look")),
            ("warnings", _("With any warning")),
            ("unread", _("Has a text, but no criterion was read")),
        ]

    def narrow(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        standing = CriteriaCorrection.objects.filter(trial=OuterRef("pk"), ended_at=None)
        read = Exists(Criterion.objects.filter(trial=OuterRef("pk")))
        readings = CriteriaReading.objects.filter(trial=OuterRef("pk"))
        questions: dict[str, Q | Exists] = {
            "outdated": Exists(standing.filter(outdated=True)),
            "corrected": Exists(standing.filter(outdated=False)),
            "doubts": has_doubts(),
            "warnings": Exists(readings.exclude(warnings=[])),
            "unread": Q(~read) & ~Q(eligibility_criteria=""),
        }
        return queryset.filter(questions[value])


class ConditionFilter(Narrow):
    """One of our core conditions, with all that fall under it."""

    title = _("condition")
    parameter_name = "condition"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> Choices:
        return list(Condition.objects.filter(core=True).values_list("slug", "name"))

    def narrow(self, queryset: QuerySet[Trial], value: str) -> QuerySet[Trial]:
        return queryset.of_conditions([value, *vocabulary.descendants(value)])  # type: ignore[attr-defined]


class NoteFilter(Narrow):
    title = _("field notes")
    parameter_name = "notes"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> Choices:
        return list(labels.choices(v.Origin))

    def narrow(self, queryset: QuerySet[Trial], value: str) -> QuerySet[Trial]:
        return queryset.filter(Exists(FieldNote.objects.filter(trial=OuterRef("pk"), origin=value)))


class StaleFilter(YesNo):
    title = _("not updated for long")
    parameter_name = "stale"

    def question(self) -> Q:
        return is_stale()


class GoneFilter(YesNo):
    title = _("missing from the registry")
    parameter_name = "gone"

    def question(self) -> Q:
        return Q(gone_since__isnull=False)


class OffPagesFilter(YesNo):
    title = _("taken off the pages")
    parameter_name = "off"

    def question(self) -> Q:
        return Q(editorial__hidden=True)


class HiddenContactFilter(YesNo):
    title = _("contact waits for a decision")
    parameter_name = "contact"

    def question(self) -> Exists:
        return has_waiting_contact()


def is_stale() -> Q:
    """The registry has not touched the record for so long that a patient should call first."""
    return Q(last_update_posted_on__lt=stale_before(timezone.localdate(), settings.STALE_AFTER_MONTHS))


def has_doubts() -> Q:
    """The engine doubts its reading of a text in a way that may change who can join, and no editor has settled it."""
    of_trial = {"trial": OuterRef("pk")}
    told = reduce(or_, (Q(warnings__contains=[{"code": code}]) for code in WORTH_A_LOOK))
    settled = CriteriaCorrection.objects.filter(ended_at=None, outdated=False, **of_trial)
    return (
        Q(Exists(CriteriaReading.objects.filter(told, **of_trial))) & ~Q(eligibility_criteria="") & ~Q(Exists(settled))
    )


def has_waiting_contact() -> Exists:
    return Exists(waiting(Contact.objects.filter(trial=OuterRef("pk"))))
