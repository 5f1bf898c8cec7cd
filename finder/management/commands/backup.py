import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from finder.backup.dump import back_up
from finder.backup.programs import BackupError


class Command(BaseCommand):
    help = "Write the whole database to FILE, checked and readable by you alone. The site may run meanwhile."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help="what was there before is replaced at the end")

    def handle(self, *, file: Path, **options: Any) -> str:
        began = time.monotonic()
        try:
            size = back_up(file)
        except BackupError as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"{file} cannot be written: {error.strerror}. Name another place.") from error
        return f"{file}: {size / 1e6:,.1f} MB in {time.monotonic() - began:.1f} s, and read again from end to end."
