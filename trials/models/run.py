from django.db import models
from django.utils.translation import gettext_lazy as _


class ImportRun(models.Model):
    """One import or sync: what it read, how far it came, what it did. Counts are of records."""

    class Kind(models.TextChoices):
        FILES = "FILES", _("files")
        INCREMENTAL = "INCREMENTAL", _("registry, changes only")
        FULL = "FULL", _("registry, all")

    class State(models.TextChoices):
        RUNNING = "RUNNING", _("running")
        COMPLETE = "COMPLETE", _("complete")
        STOPPED = "STOPPED", _("stopped, can be resumed")
        FAILED = "FAILED", _("failed")

    kind = models.CharField(max_length=16, choices=Kind.choices)
    state = models.CharField(max_length=16, choices=State.choices, default=State.RUNNING)
    source = models.TextField(_("read from"))
    started_at = models.DateTimeField()
    heartbeat_at = models.DateTimeField(_("last sign of life"))
    finished_at = models.DateTimeField(null=True, blank=True)
    created = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    failed = models.PositiveIntegerField(default=0)
    gone = models.PositiveIntegerField(_("missing from the registry"), default=0)
    total = models.PositiveIntegerField(_("records announced"), null=True, blank=True)
    error = models.TextField(_("what went wrong"), blank=True, default="")
    # Where a stopped sync goes on, and the range of updates it asked for.
    page_token = models.TextField(blank=True, default="")
    updated_since = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("import run")
        ordering = ("-started_at", "-id")
        indexes = (models.Index(fields=("kind", "state", "-started_at"), name="import_run_last"),)
        constraints = (
            models.CheckConstraint(
                name="import_run_tokens_known",
                condition=models.Q(
                    kind__in=["FILES", "INCREMENTAL", "FULL"], state__in=["RUNNING", "COMPLETE", "STOPPED", "FAILED"]
                ),
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.started_at:%Y-%m-%d %H:%M}"

    @property
    def read(self) -> int:
        return self.created + self.updated + self.unchanged + self.failed


class ImportFailure(models.Model):
    """A record that could not be stored, with its reason and its beginning, so that nothing vanishes silently."""

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="failures")
    nct_id = models.CharField(max_length=32, blank=True, default="")
    place = models.TextField(_("file and line, or page"))
    reason = models.TextField()
    excerpt = models.TextField(_("beginning of the record"), blank=True, default="")

    class Meta:
        verbose_name = _("import failure")
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.nct_id or '?'}: {self.reason[:80]}"
