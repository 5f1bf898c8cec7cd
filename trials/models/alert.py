from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from trials.models.mail import Mail


class Alert(models.Model):
    """A wish to be told by mail what is new in a search. Deleted when its owner says so, or never confirmed it.

    `sealed` holds the address and the search; `mark` is a keyed hash of the address, by which all wishes of one mailbox
    are found, and `key` says which key did both. What was stored before `told_until` has been told; the `mail` that is
    under way tells what was stored before `offered_until`. Before `next_at`, or its fate, no other mail is written.
    `found` are the studies of the search when they were last told, sealed as well, and none before the first round;
    `offered_found` those that the mail under way tells.
    """

    class Rhythm(models.TextChoices):
        DAILY = "daily", _("once a day at most")
        WEEKLY = "weekly", _("once a week at most")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    sealed = models.BinaryField(editable=False)
    mark = models.CharField(max_length=64, editable=False)
    key = models.CharField(max_length=16, editable=False)
    rhythm = models.CharField(_("how often"), max_length=8, choices=Rhythm)
    language = models.CharField(_("language"), max_length=12)
    created_at = models.DateTimeField(_("asked for"))
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    told_until = models.DateTimeField(_("told until"), null=True, blank=True)
    mail = models.ForeignKey(Mail, on_delete=models.SET_NULL, null=True, blank=True, editable=False, related_name="+")
    offered_until = models.DateTimeField(null=True, blank=True, editable=False)
    found = models.BinaryField(null=True, editable=False)
    offered_found = models.BinaryField(null=True, editable=False)
    next_at = models.DateTimeField(_("next mail not before"), null=True, blank=True)
    refusals = models.PositiveSmallIntegerField(_("mails refused, one after another"), default=0)

    class Meta:
        verbose_name = _("alert by mail")
        verbose_name_plural = _("alerts by mail")
        indexes = (
            models.Index("mark", name="alert_by_mark"),
            models.Index("next_at", name="alert_due"),
        )
        constraints = (
            models.CheckConstraint(
                name="alert_confirmed_is_timed",
                condition=models.Q(confirmed_at=None, told_until=None, next_at=None)
                | models.Q(confirmed_at__isnull=False, told_until__isnull=False, next_at__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"{self.rhythm} {self.language}"
