import pytest

from tests.mail_server import mail_server, set_up_mail


@pytest.fixture
def server(settings, transactional_db):
    with mail_server() as journal:
        set_up_mail(settings, journal.port)
        yield journal
