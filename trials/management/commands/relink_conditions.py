from typing import Any

from django.core.management.base import BaseCommand

from trials.ingest.conditions import load_conditions, relink
from trials.models import Trial


class Command(BaseCommand):
    help = "Work out the conditions of all stored studies anew, after the condition list changed."

    def handle(self, **options: Any) -> str:
        load_conditions()
        done = relink(Trial.objects.order_by("pk"))
        return f"{done.trials} studies read, {done.changed} changed."
