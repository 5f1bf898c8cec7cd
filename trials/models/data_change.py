from datetime import datetime
from typing import NamedTuple

from django.db import models
from django.db.models import Count, Max, Min, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class Shown(NamedTuple):
    """All that pages show, as of one moment: which `version` of it, since when, by the database's own clock.

    Another version after each committed change; `changed_at` is None where nothing was ever stored.
    """

    version: tuple[int, int, int]
    changed_at: datetime | None
    asked_at: datetime | None


class DataChange(models.Model):
    """A row for each statement that changed something that a page shows.

    Triggers write it (migrations 0006 and 0009), so no way of writing is missed. Together the rows are the version of
    the data: two transactions may commit in another order than they began, so the newest row alone would not tell.
    `shown_only`: neither which studies there are, nor who can join them, nor whether they are shown.
    `changed_at` is set anew just before the transaction commits.
    """

    id = models.BigAutoField(primary_key=True)
    shown_only = models.BooleanField(db_default=False)
    changed_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = _("change of the data")

    def __str__(self) -> str:
        return str(self.pk)

    @classmethod
    def version(cls) -> tuple[int, int, int]:
        """Another one after each committed change of the studies that a questionnaire is about, in one query."""
        found = cls.objects.filter(shown_only=False).aggregate(count=Count("pk"), oldest=Min("pk"), newest=Max("pk"))
        return found["count"], found["oldest"] or 0, found["newest"] or 0

    @classmethod
    def shown(cls) -> Shown:
        """The state of all that pages show, in one query."""
        found = cls.objects.aggregate(
            count=Count("pk"), oldest=Min("pk"), newest=Max("pk"), changed=Max("changed_at"), asked=Max(Now())
        )
        version = found["count"], found["oldest"] or 0, found["newest"] or 0
        return Shown(version, found["changed"], found["asked"])

    @classmethod
    def forget_old(cls, keep: int = 1_000) -> None:
        """Keeps the newest of either kind: without any, two versions could be alike."""
        newest = cls.objects.aggregate(
            shown=Max("pk", filter=Q(shown_only=True)), studies=Max("pk", filter=Q(shown_only=False))
        )
        for shown_only, last in ((True, newest["shown"]), (False, newest["studies"])):
            cls.objects.filter(shown_only=shown_only, pk__lte=(last or 0) - keep).delete()
