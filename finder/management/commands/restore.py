from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from finder.backup.programs import BackupError
from finder.backup.restoring import restore


class Command(BaseCommand):
    help = "Bring the database to what a file of `backup` holds: all of it, or nothing where that fails."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--replace", action="store_true", help="first remove all that the database has")

    def handle(self, *, file: Path, replace: bool, **options: Any) -> str:
        try:
            missing = restore(file, replace=replace)
        except BackupError as error:
            raise CommandError(str(error)) from error
        if not missing:
            return f"{file} is restored. Restart the site, so that it forgets what it held in memory."
        return f"{file} is restored. It is of an older release: now run manage.py migrate, then restart the site."
