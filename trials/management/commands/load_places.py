from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from trials.ingest.places import load_places
from trials.places.geonames import SIZES


class Command(BaseCommand):
    help = "Load the towns of the world and US ZIP codes, in the place of those that are there. Safe to run again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--size", type=int, choices=SIZES, default=SIZES[0], help="towns with at least so many inhabitants"
        )
        parser.add_argument("--no-zip", action="store_true", help="leave the US ZIP codes out")

    def handle(self, *, size: int, no_zip: bool, **options: Any) -> str:
        return str(load_places(size, with_zip_codes=not no_zip))
