"""The eligibility text as a tree: a row for each criterion, one for how the text was read, and corrections."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from trials.criteria.model import Kind
from trials.models.study_parts import TrialPart
from trials.models.trial import Trial

_WITHIN_THE_TEXT = Q(source_start__isnull=False, source_end__isnull=False, source_end__gte=F("source_start"))
_NOT_IN_THE_TEXT = Q(source_start__isnull=True, source_end__isnull=True, from_editor=True)


class Criterion(TrialPart):
    """One criterion, in the official words, repaired and no more. A parent's `position` is before its children's.

    Offsets count characters of `Trial.eligibility_criteria`; only what an editor added has none. `join` says how the
    children combine: "all", "any", a number N for at least N, empty where the text does not say or there are none.
    Criteria of one level with the same `any_of` are alternatives. `rules` are in the form of the criteria contract.
    """

    class KindChoice(models.TextChoices):
        INCLUSION = Kind.INCLUSION.value, _("who may join")
        EXCLUSION = Kind.EXCLUSION.value, _("who cannot join")

    # The constraint's index begins with the trial.
    trial = models.ForeignKey(Trial, on_delete=models.CASCADE, related_name="criteria", db_index=False)
    key = models.CharField(_("number"), max_length=12)
    kind = models.CharField(_("kind"), max_length=16, choices=KindChoice.choices)
    parent = models.ForeignKey("self", on_delete=models.CASCADE, null=True, blank=True, related_name="children")
    text = models.TextField(_("text"))
    source_start = models.PositiveIntegerField(null=True, blank=True)
    source_end = models.PositiveIntegerField(null=True, blank=True)
    join = models.CharField(_("how its children combine"), max_length=8, blank=True, default="")
    any_of = models.PositiveIntegerField(_("group of alternatives"), null=True, blank=True)
    rules = models.JSONField(_("rules"), default=list, blank=True)
    from_editor = models.BooleanField(_("set by an editor"), default=False)

    class Meta(TrialPart.Meta):
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")
        constraints = (
            models.UniqueConstraint("trial", "key", name="criterion_key_once"),
            models.UniqueConstraint("trial", "position", name="criterion_position_once"),
            models.CheckConstraint(name="criterion_kind_known", condition=Q(kind__in=[kind.value for kind in Kind])),
            models.CheckConstraint(name="criterion_key_form", condition=Q(key__regex=r"^[IE][1-9][0-9]*$")),
            models.CheckConstraint(name="criterion_join_known", condition=Q(join__regex=r"^(all|any|[1-9][0-9]*)?$")),
            models.CheckConstraint(name="criterion_says_something", condition=~Q(text="")),
            models.CheckConstraint(name="criterion_offsets_ordered", condition=_WITHIN_THE_TEXT | _NOT_IN_THE_TEXT),
            models.CheckConstraint(
                name="criterion_not_its_own_parent", condition=Q(parent__isnull=True) | ~Q(parent=F("id"))
            ),
        )

    def __str__(self) -> str:
        return f"{self.key}: {self.text}"


class CriteriaReading(models.Model):
    """How a trial's eligibility text was read: by which version of the engine, from which text, with what doubts.

    `warnings` holds `{code, criterion, words}`, `ledger` `{reason, written, shown, source_start, source_end, made}`.
    `input_hash` covers all that the engine reads (the text, and the title, conditions, ages and sex beside it).
    """

    trial = models.OneToOneField(Trial, on_delete=models.CASCADE, related_name="criteria_reading")
    engine_version = models.CharField(_("version of the engine and the writer"), max_length=32)
    text_hash = models.CharField(max_length=64, help_text=_("SHA-256 of the eligibility text"))
    input_hash = models.CharField(max_length=64, help_text=_("SHA-256 of all that the engine reads"))
    warnings = models.JSONField(default=list, blank=True)
    ledger = models.JSONField(default=list, blank=True)
    doubted = models.JSONField(
        default=list, blank=True, help_text=_("numbers of criteria whose plain sentences would read otherwise")
    )

    class Meta:
        verbose_name = _("reading of a text")
        verbose_name_plural = _("readings of texts")
        indexes = (models.Index("engine_version", name="criteria_reading_engine"),)

    def __str__(self) -> str:
        return f"{self.trial_id} ({self.engine_version})"


class CriteriaCorrection(models.Model):
    """An editor's own tree and rules, whole. It is shown as long as the text is the one that it was made for.

    When the registry changes the text, the engine's reading is shown and the correction is kept, flagged `outdated`;
    should the text come back, so does the correction. Never deleted: `ended_at` is when another took its place.
    """

    trial = models.ForeignKey(Trial, on_delete=models.PROTECT, related_name="criteria_corrections")
    criteria = models.JSONField(_("criteria"))
    text_hash = models.CharField(max_length=64, help_text=_("SHA-256 of the text that it was made for"))
    outdated = models.BooleanField(_("the text has changed since"), default=False)
    editor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("correction of criteria")
        verbose_name_plural = _("corrections of criteria")
        ordering = ("-pk",)
        constraints = (
            models.UniqueConstraint("trial", name="one_standing_correction", condition=Q(ended_at__isnull=True)),
            models.CheckConstraint(
                name="correction_ended_by_somebody",
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"{self.trial_id} {self.made_at:%Y-%m-%d}"
