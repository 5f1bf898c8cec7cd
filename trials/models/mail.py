from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Mail(models.Model):
    """A mail on its way. `sealed` holds all of it, the address too, and is wiped with its last state.

    `about` names the row of ours that waits for its fate; `purpose` says which kind of row. `code` is the last reply of
    the mail server, 0 where none came.
    """

    class State(models.TextChoices):
        QUEUED = "queued", _("waits")  # for its first try, or for the next one at `retry_at`
        HANDING_OVER = "handing_over", _("is being handed over")  # killed now, nobody knows if it was taken
        ACCEPTED = "accepted", _("taken")
        REFUSED = "refused", _("not taken")  # the mail server said so
        GIVEN_UP = "given_up", _("given up")  # tried in vain until it was too late
        IN_DOUBT = "in_doubt", _("perhaps taken")  # never sent again

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    purpose = models.CharField(_("purpose"), max_length=32)
    about = models.CharField(max_length=64, blank=True, default="")
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.QUEUED)
    sealed = models.BinaryField(null=True, editable=False)
    tries = models.PositiveIntegerField(_("tries"), default=0)
    code = models.PositiveSmallIntegerField(_("last reply of the mail server"), default=0)
    queued_at = models.DateTimeField(_("queued"))
    tried_at = models.DateTimeField(_("first try"), null=True, blank=True)
    retry_at = models.DateTimeField(_("next try"))
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        indexes = (
            models.Index("retry_at", condition=Q(settled_at=None), name="mail_due"),
            models.Index("settled_at", name="mail_settled"),
        )
        constraints = (
            models.CheckConstraint(
                name="mail_settled_is_wiped",
                condition=Q(state__in=("queued", "handing_over"), settled_at=None, sealed__isnull=False)
                | Q(state__in=("accepted", "refused", "given_up", "in_doubt"), settled_at__isnull=False, sealed=None),
            ),
        )

    def __str__(self) -> str:
        return f"{self.purpose} {self.state}"
