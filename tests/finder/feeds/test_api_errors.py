"""What the list of studies answers to programs that ask for what cannot be: each fault named, in one form."""

import pytest

from tests.finder.feeds.schema import faults
from tests.finder.feeds.test_api_list import DOCUMENT, LIST, SCHEMAS, ids
from tests.studies import store, study

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("query", "named", "words"),
    [
        ("?color=blue", "color", "We do not know the parameter “color”"),
        ("?status=OPEN", "status", "We do not know the status “OPEN”."),
        ("?status=RECRUITING&status=OPEN", "status", "We do not know the status “OPEN”."),
        ("?age=old", "age", "is not a number of years"),
        ("?age=nan", "age", "is not a number of years"),
        ("?country=ATLANTIS", "country", "We do not know the country"),
        ("?condition=%3Cscript%3E", "condition", "We do not know the condition"),
        ("?page=0", "page", "We do not know that page"),
        ("?page=-1", "page", "We do not know that page"),
        ("?page_size=0", "page_size", "1 to 100"),
        ("?page_size=101", "page_size", "1 to 100"),
        ("?page_size=%E2%91%A0", "page_size", "1 to 100"),
        ("?page_size=99999999999999999999", "page_size", "1 to 100"),
        ("?page_size=0000000019999", "page_size", "1 to 100"),
        (f"?page_size=000000001{'9' * 4400}", "page_size", "1 to 100"),
        (f"?q={'x' * 300}", "q", "very long"),
        ("?%00=%00a", "\x00", "We do not know"),
        (f"?{'n' * 90}=1", "n" * 40, "We do not know"),
        ("?STATUS=RECRUITING", "STATUS", "We do not know"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_named(client, query, named, words):
    response = client.get(f"{LIST}{query}")
    assert response.status_code == 400
    assert response.headers["Content-Type"] == "application/problem+json"
    told = response.json()
    assert list(faults(DOCUMENT, SCHEMAS["Problem"], told)) == []
    assert [one["parameter"] for one in told["errors"]] == [named]
    assert words in told["detail"] and words in told["errors"][0]["detail"]
    assert told["type"] == "/api/#problem-400"


def test_every_bad_parameter_is_named_at_once(client):
    told = client.get(f"{LIST}?color=blue&age=x&status=RECRUITING&sex=what").json()
    assert [one["parameter"] for one in told["errors"]] == ["color", "age", "sex"]


def test_thousands_of_parameters_are_an_error_of_some_lines(client):
    query = "&".join(f"p{number}=1" for number in range(2_000))
    response = client.get(f"{LIST}?{query}")
    assert response.status_code == 400 and len(response.content) < 5_000


def test_more_parameters_than_the_server_reads_are_a_problem_too(client):
    response = client.get(f"{LIST}?{'&'.join('p=1' for _ in range(10_001))}")
    assert (response.status_code, response.headers["Content-Type"]) == (400, "application/problem+json")


def test_empty_parameters_are_none(client):
    """As a form sends what nobody filled in."""
    store(study())
    assert ids(client, "?q=&age=&status=&country=&page=&page_size=") == ["NCT90000001"]


def test_a_page_beyond_the_last_is_not_found(client):
    store(study())
    response = client.get(f"{LIST}?page=2")
    assert (response.status_code, response.json()["type"]) == (404, "/api/#problem-404")


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
def test_it_can_only_be_read(client, method):
    response = getattr(client, method)(LIST)
    assert (response.status_code, response.headers["Allow"]) == (405, "GET, HEAD")
    assert response.json()["type"] == "about:blank"
