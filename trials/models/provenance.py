from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from trials import vocab as v
from trials.models.fields import holds_token, token_field
from trials.models.trial import Trial


class RecordVersion(models.Model):
    """A registry's record exactly as it was read. Never changed, never deleted; `id` grows in the order of reading.

    One version is the basis of what the trial shows (`is_basis`): the newest by the registry's own date, then the
    fuller, then the one read last.
    """

    # The constraint's index begins with the trial.
    trial = models.ForeignKey(Trial, on_delete=models.PROTECT, related_name="versions", db_index=False)
    content_hash = models.CharField(max_length=64, help_text=_("SHA-256 of the record with its keys sorted"))
    payload = models.TextField(_("the record, as JSON text"))
    version_date = models.DateField(_("last update posted"), null=True, blank=True)
    is_complete = models.BooleanField(_("holds all modules"), default=False)
    is_basis = models.BooleanField(_("what the trial shows"), default=False)
    fetched_at = models.DateTimeField()
    # By the clock of Postgres: `fetched_at` of a file is its own day, and says nothing of when it came to us.
    stored_at = models.DateTimeField(db_default=Now(), editable=False)
    source = models.TextField(_("read from"))

    class Meta:
        verbose_name = _("record version")
        ordering = ("-version_date", "-id")
        indexes = (models.Index("stored_at", name="record_version_stored"),)
        constraints = (
            models.UniqueConstraint("trial", "content_hash", name="record_version_once"),
            models.UniqueConstraint("trial", name="one_basis_version", condition=Q(is_basis=True)),
        )

    def __str__(self) -> str:
        return f"{self.version_date or '?'} ({self.content_hash[:8]})"


class FieldNote(models.Model):
    """The ledger: for one field, what the registry wrote, what we show, by which rule or editor."""

    trial = models.ForeignKey(Trial, on_delete=models.CASCADE, related_name="field_notes")
    origin = token_field(v.Origin)
    path = models.TextField(_("field"))
    rule = models.CharField(max_length=64)
    written = models.TextField(_("the registry wrote"), blank=True, default="")
    shown = models.TextField(_("we show"), blank=True, default="")
    version = models.ForeignKey(
        RecordVersion, on_delete=models.PROTECT, null=True, blank=True, related_name="field_notes"
    )
    editor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    edited_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("field note")
        indexes = (models.Index("origin", "rule", name="field_note_rule"),)
        constraints = (
            holds_token("origin", v.Origin, name="field_note_origin_known", empty=False),
            models.CheckConstraint(
                name="field_note_edited_has_date",
                condition=~Q(origin=v.Origin.EDITED) | Q(edited_at__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"{self.path}: {self.written} → {self.shown}"
