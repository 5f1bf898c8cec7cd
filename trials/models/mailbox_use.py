from django.db import models


class MailboxUse(models.Model):
    """That a mailbox was written to, for a day: so that nobody floods one through us. `mark` is a keyed hash of it."""

    id = models.BigAutoField(primary_key=True)
    purpose = models.CharField(max_length=16)
    mark = models.CharField(max_length=64)
    used_at = models.DateTimeField()

    class Meta:
        indexes = (
            models.Index("purpose", "mark", "used_at", name="mailbox_use_by_mark"),
            models.Index("used_at", name="mailbox_use_by_time"),
        )

    def __str__(self) -> str:
        return f"{self.purpose} {self.used_at}"
