import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from trials.ingest.mail_worker import PAUSE_SECONDS, send_what_is_due
from trials.mail import is_set_up


class Command(BaseCommand):
    help = "Send the mails that wait, and go on until it is stopped. Any number may run beside each other."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="send what is due now, and end")

    def handle(self, *, once: bool, **options: Any) -> str:
        if not is_set_up():
            raise CommandError(
                "Mail is off: set FINDER_MAIL_HOST, FINDER_MAIL_FROM and FINDER_MAIL_KEYS; see docs/mail.md."
            )
        sent = send_what_is_due()
        while not once:
            time.sleep(PAUSE_SECONDS)
            send_what_is_due()
        return f"{sent} mails were handed over or put off."
