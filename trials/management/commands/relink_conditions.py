import sys
from typing import Any

from django.core.management.base import BaseCommand

from trials.ingest.conditions import load_conditions
from trials.ingest.relink import refresh_terms, relink
from trials.models import Trial


class Command(BaseCommand):
    help = "Work out the conditions of all stored studies anew, after the condition list changed. Safe to run again."

    def handle(self, **options: Any) -> str:
        load_conditions()
        terms, total = refresh_terms(), Trial.objects.count()
        done = relink(Trial.objects.all(), lambda done: print(f"{done:,} of {total:,} studies", file=sys.stderr))
        return f"{done.trials} studies read, {done.changed} changed; {terms} registry terms changed their state."
