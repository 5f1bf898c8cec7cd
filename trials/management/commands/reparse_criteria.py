import sys
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from trials.criteria.engine import ENGINE_VERSION
from trials.ingest.criteria import read_by_another
from trials.ingest.reparse import Reparsed, reparse
from trials.models import Trial


class Command(BaseCommand):
    help = (
        "Read all stored eligibility texts anew, after the criteria engine changed. Editors' corrections stay. "
        "Safe to stop and to run again."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--only", nargs="+", metavar="ID", help="only these studies, by id")
        parser.add_argument("--outdated", action="store_true", help="only what another version of the engine has read")
        parser.add_argument("--dry-run", action="store_true", help="only tell what would change")

    def handle(self, *, only: list[str] | None, outdated: bool, dry_run: bool, **options: Any) -> str:
        trials = read_by_another(Trial.objects.all()) if outdated else Trial.objects.all()
        if only:
            ids = {nct_id.strip().upper() for nct_id in only}
            trials = trials.filter(nct_id__in=ids)
            if missing := ids - set(Trial.objects.filter(nct_id__in=ids).values_list("nct_id", flat=True)):
                raise CommandError(f"There is no study {', '.join(sorted(missing))}. Check the id.")
        total, began = trials.count(), time.monotonic()

        def progress(done: Reparsed) -> None:
            rate = done.studies / max(time.monotonic() - began, 0.001)
            print(f"{done.studies:,} of {total:,} studies, {rate:,.0f} a second", file=sys.stderr, flush=True)

        return summary(reparse(trials, dry_run=dry_run, on_batch=progress), dry_run=dry_run)


def summary(done: Reparsed, *, dry_run: bool) -> str:
    """What came out, in a sentence or two."""
    would = "would change" if dry_run else "changed"
    kept = f" {done.corrections_kept} corrections by editors were kept." if done.corrections_kept else ""
    failed = f" {done.failed} texts could not be read." if done.failed else ""
    return (
        f"{done.studies:,} studies read by engine {ENGINE_VERSION}, {done.studies_changed:,} {would}: "
        f"{done.added} criteria added, {done.removed} removed, {done.rules_changed} with other rules, "
        f"{done.placed_otherwise} placed otherwise.{kept}{failed}"
    )
