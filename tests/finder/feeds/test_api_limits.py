"""Programs are answered only so often a minute."""

import re

import pytest
from django.test import RequestFactory

from finder.limits import client_of
from tests.studies import store, study

LIST = "/api/v1/studies/"


@pytest.mark.parametrize(
    ("address", "told", "header", "client"),
    [
        ("192.0.2.1", "", "", "192.0.2.1"),
        ("192.0.2.1", "198.51.100.7", "", "192.0.2.1"),  # without the setting a visitor's own header counts nothing
        ("10.0.0.1", "198.51.100.7", "HTTP_X_FORWARDED_FOR", "198.51.100.7"),
        ("10.0.0.1", "203.0.113.9, 198.51.100.7", "HTTP_X_FORWARDED_FOR", "198.51.100.7"),
        ("10.0.0.1", "", "HTTP_X_FORWARDED_FOR", "10.0.0.1"),
        ("10.0.0.1", "<script>", "HTTP_X_FORWARDED_FOR", "?"),
        ("2001:db8:1:2:3:4:5:6", "", "", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.1", "", "", "192.0.2.1"),
        ("", "", "", "?"),
    ],
)
def test_whom_a_request_counts_for(settings, address, told, header, client):
    settings.PROXY_ADDRESS_HEADER = header
    request = RequestFactory().get("/", REMOTE_ADDR=address, HTTP_X_FORWARDED_FOR=told)
    assert client_of(request) == client


@pytest.mark.django_db
def test_who_asks_too_often_is_told_when_to_come_back(client, settings):
    settings.API_REQUESTS_PER_MINUTE = 2
    store(study())
    paths = [LIST, "/api/v1/studies/NCT90000001/", "/studies/csv/"]
    answers = [client.get(path) for path in paths]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[0].headers["RateLimit-Policy"] == '"minute";q=2;w=60'
    assert re.fullmatch(r'"minute";r=1;t=([1-9]|[1-5]\d|60)', answers[0].headers["RateLimit"])
    refused = answers[2]
    assert 1 <= int(refused.headers["Retry-After"]) <= 60
    assert refused.headers["Content-Type"] == "application/problem+json"
    assert refused.json()["status"] == 429 and "2 times a minute" in refused.json()["detail"]
    assert refused.headers["Access-Control-Allow-Origin"] == "*"
    assert refused.headers["Cache-Control"] == "no-store"


@pytest.mark.django_db
def test_errors_count_and_say_what_is_left_too(client, settings):
    settings.API_REQUESTS_PER_MINUTE = 1
    bad = client.get(f"{LIST}?color=blue")
    assert bad.status_code == 400 and bad.headers["RateLimit"].startswith('"minute";r=0;t=')
    assert client.get(LIST).status_code == 429


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path", ["/studies/feed/", "/conditions/sle/feed/", "/api/", "/api/v1/openapi.json", "/studies/"]
)
def test_pages_feeds_and_the_description_are_not_limited(client, settings, path):
    settings.API_REQUESTS_PER_MINUTE = 1
    for _ in range(3):
        response = client.get(path)
        assert response.status_code == 200 and "RateLimit" not in response.headers
