import sys
from argparse import ArgumentParser, ArgumentTypeError
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from trials.ingest.progress import summary
from trials.ingest.sync import Order, SyncRunningError, registry_http, sync
from trials.models import ImportRun
from trials.registries.http import RegistryError

ANOTHER_RUNS = 3  # exit code; 1 is a sync that failed or stopped, 2 a wrong option


class Command(BaseCommand):
    help = "Read the studies of our scope from ClinicalTrials.gov. Safe to stop; run again, it goes on from there."

    def add_arguments(self, parser: ArgumentParser) -> None:
        what = parser.add_mutually_exclusive_group()
        what.add_argument("--full", action="store_true", help="read all, and mark what is missing from the registry")
        what.add_argument("--since", type=_day, metavar="YYYY-MM-DD", help="read what was updated on that day or later")
        parser.add_argument("--limit", type=_count, metavar="N", help="read only the first N studies, for a quick try")

    def handle(self, *, full: bool, since: date | None, limit: int | None, **options: Any) -> str:
        try:
            with registry_http() as http:
                run = sync(Order(full=full, since=since, limit=limit), http, sys.stderr)
        except SyncRunningError as error:
            raise CommandError(str(error), returncode=ANOTHER_RUNS) from None
        except RegistryError as error:
            raise CommandError(str(error)) from error
        if run.state == ImportRun.State.COMPLETE or (limit and run.state == ImportRun.State.STOPPED):
            return summary(run)
        raise CommandError(f"{summary(run)} {run.error}")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(_("write the day as 2026-01-31")) from None


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise ArgumentTypeError(_("write a whole number of at least 1"))
    return int(text)
