"""Alerts for the tests: a mail server, somebody who has asked to be told, and records that come in."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import F
from django.test import Client
from django.utils import timezone

from finder.alerts.digest import queue_digests
from tests.mail_server import mail_server, set_up_mail
from tests.studies import store, study
from trials.ingest.mail_worker import send_what_is_due
from trials.mail.server import this_threads_server
from trials.models import RecordVersion

READER = "ada@reader-home.org"
LUPUS = "condition=sle"
DAY = timedelta(days=1)


@pytest.fixture
def post(settings, transactional_db):
    """The mail server of the site's operator."""
    settings.SITE_URL = "https://trials.example.org"
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
    with mail_server() as journal:
        set_up_mail(settings, journal.port)
        yield journal
        this_threads_server().hang_up()


def ask(search=LUPUS, email=READER, page="/alerts/", **more):
    form = {"search": search, "email": email, "rhythm": "daily", **more}
    return Client().post(page, form)


def link_in(mail) -> str:
    return re.search(r"https://trials\.example\.org(\S*/alerts/\S+/)", mail.get_content()).group(1)


def subscribed(post, search=LUPUS, email=READER, page="/alerts/", **more) -> str:
    """The link of an alert that its owner has confirmed."""
    ask(search, email, page, **more)
    send_what_is_due()
    link = link_in(post.to(email)[-1])
    assert Client().post(link, {"do": "confirm"}).status_code == 200
    return link


def status(value, day, nct_id="NCT90000001", **more):
    """A record of that day with this status."""
    dated = {"overallStatus": value, "lastUpdatePostDateStruct": {"date": day}}
    return study(nct_id, statusModule=dated, **more)


def read(record, *, ago=timedelta(0)) -> None:
    """As if it had been read from the registry so long ago."""
    before = set(RecordVersion.objects.values_list("pk", flat=True))
    store(record)
    new = RecordVersion.objects.exclude(pk__in=before)
    new.update(stored_at=F("stored_at") - ago, source="https://registry")


def digests(post, later=timedelta(0), email=READER):
    """The mails that tell of news, after a round at that time."""
    count = len(post.to(email))
    queue_digests(timezone.now() + later)
    send_what_is_due()
    return post.to(email)[count:]
