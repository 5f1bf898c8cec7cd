from argparse import ArgumentParser
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from finder.desk import factor
from finder.desk.audit import record
from finder.desk.events import Event


class Command(BaseCommand):
    help = "The second factor of an editor who has lost both the app and the recovery codes."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--remove", metavar="USERNAME", required=True, help="the account that loses its factor")

    def handle(self, *, remove: str, **options: Any) -> str:
        user = get_user_model().objects.filter(username=remove).first()
        if user is None:
            raise CommandError(f"There is no account “{remove}”: the list is in the admin, under Users.")
        if not factor.remove(user):
            raise CommandError(f"The account “{remove}” has no second factor.")
        factor.end_sessions(user)
        record(user, Event.FACTOR_REMOVED)
        return f"The account “{remove}” gets in with its password alone. Its sessions have ended."
