from datetime import timedelta
from typing import Self

from django.db import connection, models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

SYNC_LOCK = 7_364_002  # a sync holds this advisory lock for as long as it lives; another number than other locks'
SYNC_KINDS = ("FULL", "INCREMENTAL")
# A run without a sign of life for this long was killed, or hangs; a patient wait for the registry is shorter.
SILENT_AFTER = timedelta(minutes=60)
_HOLDS_LOCK = """
    SELECT EXISTS (
        SELECT FROM pg_locks JOIN pg_database ON pg_database.oid = pg_locks.database
        WHERE locktype = 'advisory' AND classid = 0 AND objid = %s AND objsubid = 1 AND granted
            AND datname = current_database()
    )
"""


def sync_is_at_work() -> bool:
    """Whether the process of a sync lives. Its lock goes with its connection, even when it is killed."""
    with connection.cursor() as cursor:
        cursor.execute(_HOLDS_LOCK, [SYNC_LOCK])
        return bool(cursor.fetchone()[0])


class ImportRunQuerySet(models.QuerySet["ImportRun"]):
    def syncs(self) -> Self:
        """With the registry, of either kind; the latest first."""
        return self.filter(kind__in=SYNC_KINDS)


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

    objects = ImportRunQuerySet.as_manager()

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

    @property
    def is_silent(self) -> bool:
        """Written down as running, and without a sign of life for too long."""
        return self.state == self.State.RUNNING and timezone.now() - self.heartbeat_at > SILENT_AFTER

    @property
    def is_broken_off(self) -> bool:
        """Written down as running, but its process is gone. What it stored is whole: each batch is one transaction."""
        if self.state != self.State.RUNNING:
            return False
        return not sync_is_at_work() if self.kind in SYNC_KINDS else self.is_silent

    @property
    def state_told(self) -> str:
        """The state in words for people."""
        return str(_("broken off")) if self.is_broken_off else self.get_state_display()


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
