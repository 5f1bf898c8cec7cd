from datetime import date
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from trials import vocab as v
from trials.models.fields import holds_token, token_field


class TrialQuerySet(models.QuerySet["Trial"]):
    """Reads, in the field's words; each narrows and none hits the database."""

    def visible(self) -> Self:
        """All that an editor has not taken off the pages."""
        return self.exclude(editorial__hidden=True)

    def in_scope(self) -> Self:
        """Studies of our conditions, and those that list no condition at all: unknown never excludes."""
        return self.filter(in_scope=True)

    def with_status(self, *statuses: str) -> Self:
        """A missing status is not known; nor is that of a study which the registry no longer lists."""
        known = Q(overall_status__in=statuses, gone_since=None)
        if v.RecruitmentStatus.UNKNOWN not in statuses:
            return self.filter(known)
        return self.filter(known | Q(overall_status="") | Q(gone_since__isnull=False))

    def in_phase(self, *phases: str) -> Self:
        return self.filter(phases__overlap=list(phases))

    def of_conditions(self, slugs: list[str]) -> Self:
        from trials.models.condition import TrialCondition

        links = TrialCondition.objects.filter(trial=OuterRef("pk"), condition_id__in=slugs)
        return self.filter(Exists(links))

    def with_parts(self) -> Self:
        """All that a study's page shows, in a number of queries that does not grow with its parts."""
        return self.select_related("editorial", "criteria_reading").prefetch_related(
            "arms__interventions",
            "condition_links",
            "contacts",
            "criteria",
            "dates",
            "field_notes",
            "interventions",
            "listed_conditions",
            "outcomes",
            "secondary_ids",
            "sites",
            "sponsors",
        )

    def for_cards(self) -> Self:
        """What a list shows of each, without the long texts."""
        return (
            self.select_related("editorial")
            .prefetch_related("interventions")
            .defer("brief_summary", "detailed_description", "eligibility_criteria", "study_population", "mesh_terms")
        )

    def in_country(self, country_code: str) -> Self:
        from trials.models.site import Site

        return self.filter(Exists(Site.objects.filter(trial=OuterRef("pk"), country_code=country_code)))


class Trial(models.Model):
    """A registry's study as we show it: the newest record, with what it lacks filled from its earlier versions.

    Written by `trials.ingest` only. Texts are the registry's own words; what an editor adds is in `TrialEditorial`.
    A study that an editor entered from a listing has an id of our own ("HAND-00017") in place of the NCT id, and
    `listing_url` says where its words come from; no import touches it.
    """

    registry = models.CharField(
        max_length=16, default=v.Registry.CTGOV, choices=[(r.value, r.value) for r in v.Registry]
    )
    listing_url = models.URLField(_("where an editor found it"), max_length=1000, blank=True, default="")
    nct_id = models.CharField(_("study id"), max_length=32, unique=True, null=True, blank=True)
    org_study_id = models.CharField(_("sponsor's own id"), max_length=500, blank=True, default="")
    brief_title = models.TextField(blank=True, default="")
    official_title = models.TextField(blank=True, default="")
    acronym = models.CharField(max_length=200, blank=True, default="")
    brief_summary = models.TextField(blank=True, default="")
    detailed_description = models.TextField(blank=True, default="")
    keywords = ArrayField(models.TextField(), default=list, blank=True)
    mesh_terms = ArrayField(models.TextField(), default=list, blank=True)

    overall_status = token_field(v.RecruitmentStatus)
    last_known_status = token_field(v.RecruitmentStatus)
    why_stopped = models.TextField(blank=True, default="")
    study_type = token_field(v.StudyType)
    phases = ArrayField(models.CharField(max_length=16), default=list, blank=True)
    allocation = token_field(v.Allocation)
    intervention_model = token_field(v.InterventionModel)
    primary_purpose = token_field(v.PrimaryPurpose)
    masking = token_field(v.Masking)
    who_masked = ArrayField(models.CharField(max_length=32), default=list, blank=True)
    observational_model = token_field(v.ObservationalModel)
    time_perspective = token_field(v.TimePerspective)
    enrollment_count = models.PositiveIntegerField(null=True, blank=True)
    enrollment_type = token_field(v.DateType)

    eligibility_criteria = models.TextField(blank=True, default="")
    minimum_age_years = models.FloatField(null=True, blank=True)
    below_age_years = models.FloatField(_("first age too old, years"), null=True, blank=True)
    minimum_age_text = models.CharField(max_length=40, blank=True, default="")
    maximum_age_text = models.CharField(max_length=40, blank=True, default="")
    sex = token_field(v.Sex)
    healthy_volunteers = models.BooleanField(null=True, blank=True)
    gender_description = models.TextField(blank=True, default="")
    study_population = models.TextField(blank=True, default="")
    has_results = models.BooleanField(null=True, blank=True)

    # Read off the parts, for sorting and partial indexes.
    recruiting = models.BooleanField(default=False)
    in_scope = models.BooleanField(default=True)
    read_in_part = models.BooleanField(_("the record we hold was fetched in part"), default=False)
    is_sample = models.BooleanField(_("shows the bundled sample, in our words"), default=False)
    first_posted_on = models.DateField(null=True, blank=True)
    last_update_posted_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(_("last day of the stated end"), null=True, blank=True)

    registry_read_at = models.DateTimeField(_("when the registry itself last sent the record"), null=True, blank=True)
    last_read_at = models.DateTimeField(_("when we last read the registry's record"))
    gone_since = models.DateTimeField(_("missing from the registry since"), null=True, blank=True)

    objects = TrialQuerySet.as_manager()

    class Meta:
        verbose_name = _("trial")
        verbose_name_plural = _("trials")
        ordering = ("-recruiting", F("last_update_posted_on").desc(nulls_last=True), "nct_id")
        indexes = (models.Index("overall_status", name="trial_status"),)
        constraints = (
            models.CheckConstraint(
                name="trial_nct_id_form",
                condition=Q(nct_id__regex=r"^NCT[0-9]{8}$") | ~Q(registry=v.Registry.CTGOV),
            ),
            models.CheckConstraint(
                name="trial_ctgov_has_nct_id", condition=Q(nct_id__isnull=False) | ~Q(registry=v.Registry.CTGOV)
            ),
            models.CheckConstraint(
                name="trial_hand_id_form",
                condition=Q(nct_id__isnull=False, nct_id__regex=r"^HAND-[0-9]{5,}$") | ~Q(registry=v.Registry.HAND),
            ),
            models.CheckConstraint(
                name="trial_age_limits_ordered",
                condition=Q(minimum_age_years__isnull=True)
                | Q(below_age_years__isnull=True)
                | Q(minimum_age_years__lt=F("below_age_years")),
            ),
            models.CheckConstraint(
                name="trial_ages_possible",
                condition=(Q(minimum_age_years__isnull=True) | Q(minimum_age_years__range=(0, 150)))
                & (Q(below_age_years__isnull=True) | Q(below_age_years__range=(0, 1000))),
            ),
            holds_token("overall_status", v.RecruitmentStatus, name="trial_overall_status_known"),
            holds_token("sex", v.Sex, name="trial_sex_known"),
            holds_token("study_type", v.StudyType, name="trial_study_type_known"),
            holds_token("last_known_status", v.RecruitmentStatus, name="trial_last_known_status_known"),
            holds_token("allocation", v.Allocation, name="trial_allocation_known"),
            holds_token("intervention_model", v.InterventionModel, name="trial_intervention_model_known"),
            holds_token("primary_purpose", v.PrimaryPurpose, name="trial_primary_purpose_known"),
            holds_token("masking", v.Masking, name="trial_masking_known"),
            holds_token("observational_model", v.ObservationalModel, name="trial_observational_model_known"),
            holds_token("time_perspective", v.TimePerspective, name="trial_time_perspective_known"),
            holds_token("enrollment_type", v.DateType, name="trial_enrollment_type_known"),
        )

    def __str__(self) -> str:
        return f"{self.nct_id}: {self.brief_title}"

    def get_absolute_url(self) -> str:
        return reverse("study", args=[self.nct_id])

    def ended_before(self, today: date) -> bool:
        """Whether the end that the registry states has passed."""
        return self.ends_on is not None and self.ends_on < today
