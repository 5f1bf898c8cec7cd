from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from procrastinate.contrib.django import app

from trials.ingest.mail_worker import send_what_is_due, tidy_up
from trials.ingest.mails import QUEUE
from trials.mail import is_set_up
from trials.tasks import STALLED_AFTER_SECONDS

HEARTBEAT_SECONDS = 5.0
STOP_SECONDS = 30.0  # for the mails that are being handed over


class Command(BaseCommand):
    help = "Send the mails that wait, and go on until it is stopped. Any number may run beside each other."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="send what is due now, and end")

    def handle(self, *, once: bool, **options: Any) -> str:
        if not is_set_up():
            raise CommandError(
                "Mail is off: set FINDER_MAIL_HOST, FINDER_MAIL_FROM and FINDER_MAIL_KEYS; see docs/mail.md."
            )
        if once:
            return f"{send_what_is_due()} mails were handed over or put off."
        tidy_up()
        worker = app.connector.get_worker_connector()  # type: ignore[attr-defined]  # Django's own cannot listen
        with app.replace_connector(worker) as working:
            working.run_worker(
                queues=[QUEUE],
                concurrency=settings.MAILS_AT_ONCE,
                delete_jobs="always",  # what became of a mail stands in its own row
                shutdown_graceful_timeout=STOP_SECONDS,
                update_heartbeat_interval=HEARTBEAT_SECONDS,
                stalled_worker_timeout=STALLED_AFTER_SECONDS,
            )
        return "Stopped."
