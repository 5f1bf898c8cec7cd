"""What a trial consists of, one table per kind; all rows are replaced as a set when the record changes."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from trials import vocab as v
from trials.models.fields import holds_token, token_field
from trials.models.trial import Trial


class TrialPart(models.Model):
    """A part of a trial; `position` is its place in the registry's own order."""

    trial = models.ForeignKey(Trial, on_delete=models.CASCADE, related_name="%(class)ss")
    position = models.PositiveIntegerField()

    class Meta:
        abstract = True
        ordering = ("position",)


class Arm(TrialPart):
    label = models.TextField()
    type = token_field(v.ArmType)
    description = models.TextField(blank=True, default="")

    class Meta(TrialPart.Meta):
        verbose_name = _("arm")
        constraints = (holds_token("type", v.ArmType, name="arm_type_known"),)

    def __str__(self) -> str:
        return self.label


class Intervention(TrialPart):
    name = models.TextField()
    type = token_field(v.InterventionType)
    description = models.TextField(blank=True, default="")
    other_names = ArrayField(models.TextField(), default=list, blank=True)
    arms: "models.ManyToManyField[Arm, ArmIntervention]" = models.ManyToManyField(
        Arm, through="ArmIntervention", related_name="interventions"
    )

    class Meta(TrialPart.Meta):
        verbose_name = _("intervention")
        constraints = (holds_token("type", v.InterventionType, name="intervention_type_known"),)

    def __str__(self) -> str:
        return self.name


class ArmIntervention(models.Model):
    arm = models.ForeignKey(Arm, on_delete=models.CASCADE, db_index=False)  # the constraint's index begins with it
    intervention = models.ForeignKey(Intervention, on_delete=models.CASCADE)

    class Meta:
        constraints = (models.UniqueConstraint("arm", "intervention", name="arm_intervention_once"),)

    def __str__(self) -> str:
        return f"{self.arm_id}-{self.intervention_id}"


class Outcome(TrialPart):
    type = token_field(v.OutcomeType)
    measure = models.TextField()
    description = models.TextField(blank=True, default="")
    time_frame = models.TextField(blank=True, default="")

    class Meta(TrialPart.Meta):
        verbose_name = _("outcome")
        constraints = (holds_token("type", v.OutcomeType, name="outcome_type_known", empty=False),)

    def __str__(self) -> str:
        return self.measure


class TrialSponsor(TrialPart):
    trial = models.ForeignKey(Trial, on_delete=models.CASCADE, related_name="sponsors")
    role = token_field(v.SponsorRole)
    name = models.TextField()
    agency_class = token_field(v.AgencyClass)

    class Meta(TrialPart.Meta):
        verbose_name = _("sponsor")
        indexes = (GinIndex(OpClass(Upper("name"), name="gin_trgm_ops"), name="sponsor_name"),)
        constraints = (
            holds_token("role", v.SponsorRole, name="sponsor_role_known", empty=False),
            holds_token("agency_class", v.AgencyClass, name="sponsor_agency_class_known"),
            # The registry knows one lead; a record that lacks it has none.
            models.UniqueConstraint("trial", name="one_lead_sponsor", condition=models.Q(role=v.SponsorRole.LEAD)),
        )

    def __str__(self) -> str:
        return self.name


class SecondaryId(TrialPart):
    """Another identifier; how records of other registries that name each other are brought together."""

    trial = models.ForeignKey(Trial, on_delete=models.CASCADE, related_name="secondary_ids")
    identifier = models.TextField()
    type = models.CharField(max_length=64, blank=True, default="")
    domain = models.TextField(blank=True, default="")
    link = models.TextField(blank=True, default="")

    class Meta(TrialPart.Meta):
        verbose_name = _("secondary id")

    def __str__(self) -> str:
        return self.identifier


class TrialDate(models.Model):
    """A dated event, as precise as the registry tells it; `date` is the first day of a month or year."""

    # The constraint's index begins with the trial.
    trial = models.ForeignKey(Trial, on_delete=models.CASCADE, related_name="dates", db_index=False)
    kind = token_field(v.DateKind)
    date = models.DateField()
    precision = token_field(v.DatePrecision)
    type = token_field(v.DateType)

    class Meta:
        verbose_name = _("date")
        constraints = (
            models.UniqueConstraint("trial", "kind", name="trial_date_once"),
            holds_token("kind", v.DateKind, name="trial_date_kind_known", empty=False),
            holds_token("type", v.DateType, name="trial_date_type_known"),
            holds_token("precision", v.DatePrecision, name="trial_date_precision_known", empty=False),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.date}"
