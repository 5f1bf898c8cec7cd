from django.db import models
from django.db.models import Count, Max, Min
from django.utils.translation import gettext_lazy as _


class DataChange(models.Model):
    """A row for each statement that changed what studies there are, who can join them or whether they are shown.

    Triggers write it (migration 0006), so no way of writing is missed. Together the rows are the version of the data:
    two transactions may commit in another order than they began, so the newest row alone would not tell.
    """

    id = models.BigAutoField(primary_key=True)

    class Meta:
        verbose_name = _("change of the data")

    def __str__(self) -> str:
        return str(self.pk)

    @classmethod
    def version(cls) -> tuple[int, int, int]:
        """Another one after each committed change, in one query."""
        found = cls.objects.aggregate(count=Count("pk"), oldest=Min("pk"), newest=Max("pk"))
        return found["count"], found["oldest"] or 0, found["newest"] or 0

    @classmethod
    def forget_old(cls, keep: int = 1_000) -> None:
        newest = cls.version()[2]
        cls.objects.filter(pk__lte=newest - keep).delete()
