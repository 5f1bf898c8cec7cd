import pytest
from django.db import OperationalError, connection
from django.http import HttpRequest
from django.test import RequestFactory

from finder.middleware import DatabaseDownMiddleware
from finder.views import errors


@pytest.fixture
def request_(rf: RequestFactory) -> HttpRequest:
    return rf.get("/somewhere/")


@pytest.mark.parametrize(
    ("view", "status", "words"),
    [
        (errors.bad_request, 400, "We could not read this request"),
        (errors.permission_denied, 403, "You cannot open this page"),
        (errors.page_not_found, 404, "This page does not exist"),
        (errors.server_error, 500, "Something went wrong"),
        (errors.database_down, 503, "The site is taking a short break"),
    ],
)
def test_each_error_has_a_page_that_asks_no_database(request_, view, status, words):
    """Without the `db` fixture any query fails the test."""
    response = view(request_)
    html = response.content.decode()
    assert response.status_code == status
    assert f"<h1>{words}</h1>" in html and 'href="/"' in html
    assert response.headers["Cache-Control"] == "no-store"


def test_an_unknown_address_gets_our_page(client):
    response = client.get("/no/such/page/")
    assert response.status_code == 404
    assert "This page does not exist" in response.content.decode()


def test_an_error_page_survives_missing_static_files(request_, settings):
    storage = "whitenoise.storage.CompressedManifestStaticFilesStorage"
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": storage}}
    settings.STATIC_ROOT = "/nonexistent"
    response = errors.server_error(request_)
    assert (response.status_code, response.content) == (500, b"Something went wrong. Please try again later.")


@pytest.fixture
def answer(request_):
    return lambda error: DatabaseDownMiddleware(lambda request: None).process_exception(request_, error)


def _failing(sql: str) -> OperationalError:
    with pytest.raises(OperationalError) as caught, connection.cursor() as cursor:
        cursor.execute(sql)
    return caught.value


@pytest.mark.django_db(transaction=True)
def test_a_lost_connection_is_a_short_break(answer):
    connection.ensure_connection()
    error = _failing("SELECT pg_terminate_backend(pg_backend_pid())")
    response = answer(error)
    connection.close()
    assert (response.status_code, response.headers["Retry-After"]) == (503, "60")


@pytest.mark.django_db(transaction=True)
def test_a_server_that_does_not_answer_is_a_short_break(answer, monkeypatch):
    connection.close()
    monkeypatch.setitem(connection.settings_dict, "HOST", "127.0.0.1")
    monkeypatch.setitem(connection.settings_dict, "PORT", "1")
    error = _failing("SELECT 1")
    assert answer(error).status_code == 503


@pytest.mark.django_db(transaction=True)
def test_a_query_that_takes_too_long_is_told_as_that(answer):
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 50")
    error = _failing("SELECT pg_sleep(5)")
    answered = answer(error)
    connection.close()  # with its timeout
    assert answered.status_code == 503 and "This took too long" in answered.content.decode()


def test_other_errors_are_not_the_databases(answer):
    assert answer(ValueError("no")) is None
