"""The database goes away, is slow, full or read-only: at whichever query it happens, the answer is calm."""

import csv
import io
import os
import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from itertools import count

import psycopg
import pytest
from django.contrib.auth import get_user_model
from django.db import connection, connections
from django.test import Client

from finder.feeds import table
from finder.languages.addresses import language_of
from finder.statements import limit_statements
from tests.studies import store, study
from trials.models import Partner

pytestmark = pytest.mark.django_db(transaction=True)

PUBLIC = [
    "/", "/studies/?q=lupus", "/studies/?q=lupus&near=Berlin&radius=100", "/studies/map/", "/suggest/?q=lup",
    "/suggest/places/?q=berl", "/studies/NCT90000001/", "/studies/NCT90000001/handout/",
    "/studies/NCT90000001/changes/", "/compare/?ids=NCT90000001,NCT90000002",
    "/check/?study=NCT90000001", "/conditions/sle/", "/learn/", "/learn/words/",
    "/es/about/", "/healthz", "/sitemap.xml", "/studies/csv/", "/studies/feed/", "/api/v1/studies/",
    "/api/v1/studies/NCT90000001/", "/api/v1/studies/NCT90000001/fhir/", "/nothing/here/",
]  # fmt: skip
ADMIN = [
    "/admin/", "/admin/login/", "/admin/trials/trial/", "/admin/trials/importrun/", "/admin/trials/reviewtrial/",
    "/admin/auth/user/",
]  # fmt: skip


@contextmanager
def breaking_at(number: int) -> Iterator[list[str]]:
    """Really cut the connection just before the query with this number; yields the queries so far."""
    asked: list[str] = []

    def execute(run, sql, params, many, context):
        asked.append(sql)
        if len(asked) == number:
            with socket.socket(fileno=os.dup(context["connection"].connection.fileno())) as wire:
                wire.shutdown(socket.SHUT_RDWR)
        return run(sql, params, many, context)

    try:
        with connection.execute_wrapper(execute):
            yield asked
    finally:
        connection.close()  # a server does so before its next request; the test client does not


def broken_at_every_query(client: Client, path: str, method: str = "get", **form) -> set[int]:
    """The statuses of the answers while each query in turn fails, and then none."""
    statuses = set()
    for number in count(1):
        with breaking_at(number) as asked:
            response = getattr(client, method)(path, form)
            body = response.getvalue()
        statuses.add(response.status_code)
        if response.status_code == 503 and path != "/healthz":
            assert response.headers["Retry-After"] == "60", path
            assert b"Traceback" not in body and b"terminat" not in body
        if len(asked) < number:
            assert 503 in statuses or number == 1, "queries failed, and nobody was told"
            return statuses
    raise AssertionError


@pytest.fixture
def visitor() -> Client:
    store(study())
    return Client(raise_request_exception=False)


def test_public_pages_are_calm_at_whichever_query_the_connection_breaks(visitor):
    for path in PUBLIC:
        statuses = broken_at_every_query(visitor, path)
        assert statuses <= {200, 404, 503}, (path, statuses)


def test_partners_pages_are_calm_and_shown_even_when_they_cannot_be_counted(visitor):
    partner = Partner.objects.create(name="Example Clinic", allowed_origins="https://clinic.example.org")
    path = f"/embed/{partner.key}/en/studies/NCT90000001/"
    assert broken_at_every_query(visitor, path) == {200, 503}
    with read_only():
        assert visitor.get(path).status_code == 200


def test_the_calm_page_stands_in_the_frame_with_what_was_answered():
    partner = Partner.objects.create(name="Example Clinic", allowed_origins="https://clinic.example.org")
    path = f"/embed/{partner.key}/en/check/"
    client = Client()
    assert client.get(path).status_code == 200
    with gone():
        answer = client.post(path, {"do": "next", "age": "43.625"})
    assert answer.status_code == 503 and "43.625" in answer.content.decode()
    assert "frame-ancestors https://clinic.example.org" in answer["Content-Security-Policy"]
    assert "X-Frame-Options" not in answer and answer["Access-Control-Allow-Origin"] == "*"
    with gone():
        assert "frame-ancestors 'none'" in client.get("/embed/another12345/en/check/")["Content-Security-Policy"]


def test_admin_pages_are_calm_at_whichever_query_the_connection_breaks(visitor):
    visitor.force_login(get_user_model().objects.create_superuser("editor", password="only for this test"))
    for path in ADMIN:
        statuses = broken_at_every_query(visitor, path)
        assert statuses <= {200, 302, 503}, (path, statuses)


def test_a_login_is_calm_at_whichever_query_the_connection_breaks(visitor):
    get_user_model().objects.create_superuser("editor", password="only for this test")
    form = {"username": "editor", "password": "only for this test"}
    assert broken_at_every_query(visitor, "/admin/login/", "post", **form) == {302, 503}


@contextmanager
def gone() -> Iterator[None]:
    """Postgres really cannot be reached."""
    connection.close()
    kept = connection.settings_dict["HOST"]
    connection.settings_dict["HOST"] = "/nonexistent"
    try:
        yield
    finally:
        connection.settings_dict["HOST"] = kept
        connection.close()


@contextmanager
def read_only() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SET default_transaction_read_only = on")
    try:
        yield
    finally:
        connection.close()


def test_answers_survive_on_the_page_and_are_used_when_the_database_is_back(visitor):
    first = visitor.get("/check/").content.decode()
    form = {
        name: unescape(re.search(rf'name="{name}" value="([^"]*)"', first)[1]) for name in ("state", "at", "screen")
    }
    with gone():
        response = visitor.post("/es/check/", {**form, "do": "next", "diagnosis": ["sle", "ssc"]})
        page = response.content.decode()
    assert (response.status_code, response.headers["Cache-Control"]) == (503, "no-store")
    [sent] = re.findall(r'<form method="post" action="/es/check/">(.*?)</form>', page, re.DOTALL)
    kept = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', sent)
    assert {**form, "do": "next"}.items() <= dict(kept).items()
    assert [value for name, value in kept if name == "diagnosis"] == ["sle", "ssc"]
    again = {name: [unescape(value) for other, value in kept if other == name] for name, _ in kept}
    assert visitor.post("/es/check/", again).status_code == 200


def test_the_page_comes_back_by_itself(visitor):
    for path in ("/", "/studies/?q=lupus", "/es/studies/"):
        with gone():
            assert visitor.get(path).status_code == 503
            assert f'lang="{language_of(path)}"' in visitor.get(path).content.decode()
        assert visitor.get(path).status_code == 200


@contextmanager
def locked(table_name: str) -> Iterator[None]:
    """Somebody else holds the table, as a migration does."""
    with psycopg.connect(**connection.get_connection_params()) as other:
        other.execute(f"LOCK TABLE {table_name} IN ACCESS EXCLUSIVE MODE")
        yield


def test_a_query_that_takes_too_long_is_given_up_and_told(visitor, settings, monkeypatch):
    """By the limit that the server's own processes set."""
    settings.STATEMENT_SECONDS = 1
    monkeypatch.setitem(connections.settings["default"], "OPTIONS", dict(connection.settings_dict["OPTIONS"]))
    limit_statements()
    monkeypatch.setitem(connection.settings_dict, "OPTIONS", connections.settings["default"]["OPTIONS"])
    connection.close()
    with locked("trials_trial"):
        response = visitor.get("/studies/NCT90000001/")
    connection.close()
    assert (response.status_code, response.headers["Retry-After"]) == (503, "60")
    assert "This took too long" in response.content.decode()


def test_no_connection_left_is_a_short_break(visitor):
    name = connection.settings_dict["NAME"]
    with psycopg.connect(**connection.get_connection_params(), autocommit=True) as other:
        connection.close()
        other.execute("CREATE ROLE few LOGIN CONNECTION LIMIT 0")
        try:
            connection.settings_dict["USER"], kept = "few", connection.settings_dict["USER"]
            assert visitor.get("/studies/").status_code == 503, name
        finally:
            connection.settings_dict["USER"] = kept
            other.execute("DROP ROLE few")


@pytest.mark.parametrize("value", ["lupus\0", "lupus", 10**12])
def test_a_value_that_no_column_takes_is_a_bad_request(visitor, monkeypatch, value):
    """No page of ours passes one on, so a view is made that does."""
    asked = ("SELECT %s::int", [value])
    monkeypatch.setattr("finder.views.about.render_page", lambda *_: connection.cursor().execute(*asked))
    assert visitor.get("/about/").status_code == 400


@pytest.fixture
def desk(visitor) -> Client:
    visitor.force_login(get_user_model().objects.create_superuser("editor", password="only for this test"))
    return visitor


NEW_USER = {"username": "new", "password1": "a long one for tests", "password2": "a long one for tests",
            "usable_password": "true"}  # fmt: skip


def test_a_full_disk_is_told_to_editors_and_the_site_goes_on(desk):
    """A trigger gives the very code that Postgres gives when a file cannot grow."""
    with connection.cursor() as cursor:
        cursor.execute("""CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS
            $$BEGIN RAISE EXCEPTION 'could not extend file "base/1/2"' USING ERRCODE = 'disk_full'; END$$""")
        cursor.execute("CREATE TRIGGER no_room BEFORE INSERT ON auth_user EXECUTE FUNCTION no_room()")
    try:
        response = desk.post("/admin/auth/user/add/", NEW_USER)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP FUNCTION no_room CASCADE")
    assert (response.status_code, response.headers["Retry-After"]) == (503, "60")
    page = response.content.decode()
    assert "We cannot save this now" in page and "what you wrote is still there" in page
    assert NEW_USER["password1"] not in page and "base/1/2" not in page
    assert desk.post("/admin/auth/user/add/", NEW_USER).status_code == 302


def test_a_read_only_database_serves_visitors_and_tells_editors(desk):
    with read_only():
        assert desk.get("/studies/NCT90000001/").status_code == 200
        assert "We cannot save this now" in desk.post("/admin/auth/user/add/", NEW_USER).content.decode()


def test_a_table_that_breaks_off_says_so_in_its_last_line(visitor, monkeypatch):
    """A server ends a broken stream like a whole one: nothing else would tell."""
    store(*(study(f"NCT9000000{number}") for number in range(2, 7)))
    monkeypatch.setattr(table, "BATCH", 2)
    whole = list(csv.reader(io.StringIO(visitor.get("/studies/csv/").getvalue().decode())))
    queries = 12
    with breaking_at(queries) as asked:
        response = visitor.get("/studies/csv/")
        broken = list(csv.reader(io.StringIO(response.getvalue().decode())))
    assert response.status_code == 200 and len(asked) >= queries
    assert broken[:-1] == whole[: len(broken) - 1] and 1 < len(broken) < len(whole)
    assert broken[-1][0].startswith("THE LIST BREAKS OFF HERE")


def test_a_server_that_takes_the_connection_and_never_answers_is_given_up(visitor, monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        connection.close()
        monkeypatch.setitem(connection.settings_dict, "HOST", "127.0.0.1")
        monkeypatch.setitem(connection.settings_dict, "PORT", str(silent.getsockname()[1]))
        assert connection.settings_dict["OPTIONS"]["connect_timeout"] == "5"
        monkeypatch.setitem(connection.settings_dict["OPTIONS"], "connect_timeout", "1")
        assert visitor.get("/studies/").status_code == 503
        assert visitor.get("/healthz").status_code == 503
        connection.close()
