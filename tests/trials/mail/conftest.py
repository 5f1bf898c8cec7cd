import pytest
from django.db import connection

from tests.mail_server import mail_server, set_up_mail
from trials.mail.server import this_threads_server


@pytest.fixture
def server(settings, transactional_db):
    """A mail server that the site is set up for, and an empty queue: a flush leaves its tables alone."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
    with mail_server() as journal:
        set_up_mail(settings, journal.port)
        yield journal
        this_threads_server().hang_up()
