from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from trials.models.trial import Trial


class TrialEditorial(models.Model):
    """What an editor adds beside the registry's text; a sync never touches it."""

    trial = models.OneToOneField(Trial, on_delete=models.CASCADE, related_name="editorial")
    plain_title = models.CharField(_("plain title"), max_length=200, blank=True, default="")
    public_note = models.TextField(_("note shown on the study's page"), blank=True, default="")
    hidden = models.BooleanField(_("take off the pages"), default=False)
    hidden_reason = models.TextField(_("why it is off the pages"), blank=True, default="")
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    edited_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("editor's text")
        verbose_name_plural = _("editor's texts")
        constraints = (
            models.CheckConstraint(
                name="hidden_trial_has_reason",
                condition=Q(hidden=False) | ~Q(hidden_reason=""),
                violation_error_message=_("Say why the study is taken off the pages."),
            ),
        )

    def __str__(self) -> str:
        return self.plain_title or str(self.trial_id)


class ContactDecision(models.Model):
    """An editor's word on a contact that a rule hid; it holds for every later record with the same contact."""

    trial = models.ForeignKey(Trial, on_delete=models.CASCADE, related_name="contact_decisions")
    fingerprint = models.TextField()
    show = models.BooleanField(_("show this contact"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("decision on a contact")
        constraints = (models.UniqueConstraint("trial", "fingerprint", name="contact_decision_once"),)

    def __str__(self) -> str:
        return self.fingerprint
