from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _


class Message(models.Model):
    """What a visitor wrote to a study team, on its way there.

    `sealed` holds who, to whom and what, so that nobody reads it here; it is wiped when the message has arrived or
    never will. What is left says that there was a message about a study, and its fate.
    """

    class State(models.TextChoices):
        UNCONFIRMED = "unconfirmed", _("waits for the sender’s word")  # and goes unread if that does not come
        WAITING = "waiting", _("on its way")
        SENT = "sent", _("taken by the team’s mail server")
        IN_DOUBT = "in_doubt", _("perhaps taken")
        REFUSED = "refused", _("not taken")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    nct_id = models.CharField(_("study"), max_length=32)
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.UNCONFIRMED)
    sealed = models.BinaryField(null=True, editable=False)
    created_at = models.DateTimeField(_("written"))
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)

    class Meta:
        verbose_name = _("message to a study team")
        verbose_name_plural = _("messages to study teams")
        indexes = (models.Index("created_at", name="message_created"),)
        constraints = (
            models.CheckConstraint(
                name="message_settled_is_wiped",
                condition=models.Q(state__in=("unconfirmed", "waiting"), settled_at=None, sealed__isnull=False)
                | models.Q(state__in=("sent", "in_doubt", "refused"), settled_at__isnull=False, sealed=None),
            ),
        )

    def __str__(self) -> str:
        return f"{self.nct_id} {self.state}"
