"""Golden patients: invented people with the verdicts that studies must give them."""

from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from trials.matching.answers import Answers, AnswersError, answers_from_json
from trials.models.fields import holds_token
from trials.vocab import Verdict


class GoldenPatientQuerySet(models.QuerySet["GoldenPatient"]):
    def active(self) -> Self:
        return self.filter(active=True)


class GoldenPatient(models.Model):
    """Somebody invented, whose verdicts show what a changed rule does. Never a real person.

    `answers` are in the form of the matching contract. Who has a `slug` is bundled with the code (`trials.golden`) and
    follows its data file until `from_editor`: what an editor changed is theirs.
    """

    slug = models.SlugField(_("bundled as"), max_length=64, unique=True, null=True, blank=True, editable=False)
    name = models.CharField(
        _("patient"), max_length=200, help_text=_("Disease, age and what matters. Invent; never take a real person.")
    )
    answers = models.JSONField(_("answers"), default=dict, blank=True)
    note = models.TextField(_("note"), blank=True, default="")
    active = models.BooleanField(_("active"), default=True, help_text=_("Only active patients are compared."))
    from_editor = models.BooleanField(_("set by an editor"), default=False, editable=False)

    objects = GoldenPatientQuerySet.as_manager()

    class Meta:
        verbose_name = _("golden patient")
        verbose_name_plural = _("golden patients")
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(name="golden_patient_has_a_name", condition=~Q(name="")),
            models.CheckConstraint(
                name="golden_patient_bundled_or_edited", condition=Q(slug__isnull=False) | Q(from_editor=True)
            ),
        )

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        try:
            self.parsed()
        except AnswersError as error:
            raise ValidationError({"answers": str(error)}) from error

    def parsed(self) -> Answers:
        """The answers, read. Raises AnswersError, also on some that were good when they were stored."""
        if not isinstance(self.answers, dict):
            raise AnswersError(str(_("The answers have to be a JSON object, such as {“age”: 34}.")))
        return answers_from_json(self.answers)


class GoldenVerdict(models.Model):
    """The verdict that a study must give a golden patient, and why its text says so.

    The study is named by its id: it may not be stored here yet.
    """

    class VerdictChoice(models.TextChoices):
        MAY_FIT = Verdict.MAY_FIT.value, _("may fit")
        DOES_NOT_FIT = Verdict.DOES_NOT_FIT.value, _("does not fit")
        UNKNOWN = Verdict.UNKNOWN.value, _("not known")

    # The constraint's index begins with the patient.
    patient = models.ForeignKey(GoldenPatient, on_delete=models.CASCADE, related_name="expected", db_index=False)
    nct_id = models.CharField(_("study id"), max_length=32)
    verdict = models.CharField(_("expected"), max_length=16, choices=VerdictChoice.choices)
    reason = models.TextField(_("why the text says so"), blank=True, default="")

    class Meta:
        verbose_name = _("expected verdict")
        verbose_name_plural = _("expected verdicts")
        ordering = ("patient_id", "pk")
        constraints = (
            models.UniqueConstraint("patient", "nct_id", name="one_expected_verdict"),
            models.CheckConstraint(name="expected_verdict_of_a_study", condition=~Q(nct_id="")),
            holds_token("verdict", Verdict, name="expected_verdict_known", empty=False),
        )

    def __str__(self) -> str:
        return f"{self.nct_id}: {self.get_verdict_display()}"
