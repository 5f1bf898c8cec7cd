from django.db import models
from django.utils.translation import gettext_lazy as _

from trials.models.study_parts import TrialPart
from trials.models.trial import Trial


class Condition(models.Model):
    """A condition of our list; its words and hierarchy are the data file of `trials.conditions`."""

    slug = models.SlugField(primary_key=True, max_length=64)
    name = models.TextField()
    clinical_name = models.TextField()
    core = models.BooleanField(_("what this finder is for"), default=False)

    class Meta:
        verbose_name = _("condition")
        verbose_name_plural = _("conditions")
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class TrialCondition(models.Model):
    """A trial concerns a condition, and which of the record's words say so."""

    FROM_CRITERIA = "criteria"  # only they name it; the other origins are fields of the record

    # The two indexes below begin with them.
    trial = models.ForeignKey(Trial, on_delete=models.CASCADE, related_name="condition_links", db_index=False)
    condition = models.ForeignKey(Condition, on_delete=models.PROTECT, related_name="trial_links", db_index=False)
    origin = models.CharField(max_length=16)
    matched = models.TextField(_("the record's words"), blank=True, default="")

    class Meta:
        verbose_name = _("condition of a trial")
        constraints = (models.UniqueConstraint("trial", "condition", name="trial_condition_once"),)
        indexes = (models.Index("condition", "trial", name="trial_condition_lookup"),)

    def __str__(self) -> str:
        return f"{self.trial_id}: {self.condition_id}"


class ConditionTerm(models.Model):
    """A condition as registries write it, once for all trials: the editor's queue of what maps to none of ours.

    `key` is the folded term (`trials.ingest.conditions.term_key`). `conditions` is an editor's mapping; it wins over
    the data file from then on.
    """

    class State(models.TextChoices):
        UNMAPPED = "UNMAPPED", _("maps to none of our conditions")
        MAPPED = "MAPPED", _("mapped by our list")
        EDITED = "EDITED", _("mapped by an editor")
        IGNORED = "IGNORED", _("looked at: not one of our conditions")

    key = models.TextField(primary_key=True)
    text = models.TextField(_("as written"))
    state = models.CharField(max_length=16, choices=State.choices, default=State.UNMAPPED)
    conditions = models.ManyToManyField(Condition, blank=True, related_name="editor_terms")

    class Meta:
        verbose_name = _("registry term")
        verbose_name_plural = _("registry terms")
        indexes = (models.Index("state", name="condition_term_state"),)
        constraints = (
            models.CheckConstraint(
                name="condition_term_state_known",
                condition=models.Q(state__in=["UNMAPPED", "MAPPED", "EDITED", "IGNORED"]),
            ),
        )

    def __str__(self) -> str:
        return self.text


class ListedCondition(TrialPart):
    """One entry of the record's own list of conditions."""

    trial = models.ForeignKey(Trial, on_delete=models.CASCADE, related_name="listed_conditions")
    term = models.ForeignKey(ConditionTerm, on_delete=models.PROTECT, related_name="listings", db_index=False)
    text = models.TextField()

    class Meta(TrialPart.Meta):
        verbose_name = _("listed condition")
        indexes = (models.Index("term", name="listed_condition_term"),)  # without the twin for LIKE

    def __str__(self) -> str:
        return self.text
