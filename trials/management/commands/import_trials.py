import gc
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from trials.ingest.batch import store_parsed
from trials.ingest.conditions import load_conditions
from trials.ingest.criteria import wanted_readings
from trials.ingest.files import Files, FilesError
from trials.ingest.golden import load_golden_patients
from trials.ingest.parse import parsed_ahead
from trials.ingest.progress import Progress, summary
from trials.ingest.runs import closing, start_run
from trials.models import ImportRun

BATCH = 250


class Command(BaseCommand):
    help = "Import study records from .json, .jsonl and .gz files or folders. Safe to stop and to run again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH")

    def handle(self, *, paths: list[Path], **options: Any) -> str:
        try:
            files = Files(paths)
        except FilesError as error:
            raise CommandError(str(error)) from error
        gc.set_threshold(200_000)  # records are many small objects without cycles: a sixth of the time saved
        load_conditions()
        load_golden_patients()
        progress = Progress(None, sys.stderr)
        with closing(start_run(ImportRun.Kind.FILES, ", ".join(map(str, paths)))) as run:
            for batch in parsed_ahead(files.records(), BATCH, wanted_readings):
                store_parsed(run, batch)
                progress.show(run, files.share)
        if run.failed > settings.SYNC_FAILURE_SHARE_LIMIT * run.read:
            raise CommandError(f"{summary(run)} Too many failed; the reasons are in the admin under import failures.")
        return summary(run)
