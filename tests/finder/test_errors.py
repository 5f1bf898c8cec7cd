import pytest
from django.http import HttpRequest
from django.test import RequestFactory

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
