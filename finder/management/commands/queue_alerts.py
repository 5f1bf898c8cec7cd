from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from finder.alerts.digest import queue_digests
from finder.alerts.links import is_offered
from trials.models.run import sync_is_at_work


class Command(BaseCommand):
    help = "Write the mails that tell what is new, to who asked for it. It may be run as often as one likes."

    def handle(self, **options: Any) -> str:
        if not is_offered():
            return "Nothing to do: alerts need mail and FINDER_SITE_URL; see docs/mail.md."
        now = timezone.now()  # before the look at the sync: all that was read by now must be stored by then
        if sync_is_at_work():
            return "The registry is being read. The next round tells what is new."
        return f"{queue_digests(now)} mails were queued."
