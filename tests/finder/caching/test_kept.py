"""Pages that are kept: the right one for whoever asks, none longer than it is true, and not without end."""

import gzip
import threading
import time

import pytest
from django.db import connection
from django.http import HttpResponse, StreamingHttpResponse
from django.test import Client

from finder.caching import state
from finder.caching.middleware import CachingMiddleware
from finder.caching.pages import Page, Pages
from finder.views.render import PUBLIC
from tests.finder.caching.conftest import PAGE, public_paths
from tests.studies import store, study
from trials.models import Trial, TrialEditorial

GZIP = {"Accept-Encoding": "gzip"}


def hide() -> None:
    TrialEditorial.objects.create(trial=Trial.objects.get(), hidden=True, hidden_reason="Withdrawn")


def elsewhere(work) -> None:
    """In a thread, which has a connection of its own."""

    def run() -> None:
        work()
        connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()


@pytest.mark.parametrize("path", [path for path in public_paths() if path != "/studies/csv/"])  # streamed, so not kept
def test_the_second_visitor_gets_the_same_page_for_one_query(shown, client, django_assert_num_queries, path):
    first = client.get(path, headers=GZIP)
    with django_assert_num_queries(1):  # has anything changed?
        second = client.get(path, headers=GZIP)
    assert second.content == first.content
    own = {"X-Request-ID": ""}  # each answer has its own
    assert {**second.headers, **own} == {**first.headers, **own}


def test_within_a_second_nothing_is_asked(shown, client, django_assert_num_queries, monkeypatch):
    monkeypatch.setattr(state, "ASK_SECONDS", 600)
    client.get(PAGE)
    with django_assert_num_queries(0):
        assert client.get(PAGE).status_code == 200


def test_a_study_that_an_editor_takes_off_is_gone_within_a_second(transactional_db, kept, monkeypatch):
    monkeypatch.setattr(state, "ASK_SECONDS", 1)
    store(study())
    clients = [Client(), Client()]
    assert [one.get(PAGE).status_code for one in clients * 2] == [200] * 4
    elsewhere(hide)
    time.sleep(1)
    assert [one.get(PAGE).status_code for one in clients] == [404, 404]
    assert [len(pages) for pages in kept] == [0, 0]


def test_searches_and_parts_are_not_kept(shown, client, kept):
    client.get("/studies/?q=lupus")
    client.get("/learn/words/?q=lung")
    client.get("/studies/", headers={"HX-Request": "true"})
    assert len(kept[0]) == 0
    assert "<html" in client.get("/studies/").content.decode()
    assert "<html" not in client.get("/studies/", headers={"HX-Request": "true"}).content.decode()
    assert len(kept[0]) == 1


def test_errors_redirects_and_private_pages_are_not_kept(shown, client, kept):
    paths = [f"/no/{n}/" for n in range(20)] + [f"/studies/NCT000000{n}/" for n in range(10, 20)]
    for path in [*paths, "/studies/nct90000001/", "/conditions/SLE/", "/check/", "/healthz", "/admin/login/"]:
        client.get(path)
    assert len(kept[0]) == 0


@pytest.mark.parametrize("order", [[{}, GZIP], [GZIP, {}]])
def test_who_takes_no_compressed_page_gets_a_plain_one(shown, client, order):
    pages = [client.get(PAGE, headers=headers) for headers in order * 2]
    for page, headers in zip(pages, order * 2, strict=True):
        assert page.headers.get("Content-Encoding") == headers.get("Accept-Encoding")
        assert b"</html>" in (gzip.decompress(page.content) if headers else page.content)


def test_who_asks_for_the_head_first_spoils_no_body(shown, client):
    assert client.head(PAGE).content == b""
    page = client.get(PAGE)
    assert b"</html>" in page.content
    head = client.head(PAGE)
    assert head.content == b"" and head.headers["Content-Length"] == page.headers["Content-Length"]


def test_two_hosts_share_no_page(shown, client):
    for host in ("localhost", "testserver", "localhost"):
        page = client.get(PAGE, headers={"Host": host}).content.decode()
        assert f'<link rel="canonical" href="http://{host}{PAGE}">' in page


def test_http_and_https_share_no_page(shown, client):
    for secure, scheme in ((True, "https"), (False, "http"), (True, "https")):
        assert f'href="{scheme}://testserver{PAGE}"' in client.get(PAGE, secure=secure).content.decode()


def test_a_foreign_host_gets_nothing_and_leaves_nothing(shown, client, kept):
    tag = client.get(PAGE).headers["ETag"]
    foreign = {"Host": "evil.example", "If-None-Match": tag}
    assert client.get(PAGE, headers=foreign).status_code == 400
    assert len(kept[0]) == 1


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Forwarded-Host": "evil.example"},
        {"X-Forwarded-Proto": "https"},
        {"X-Forwarded-For": "evil.example", "Forwarded": "host=evil.example;proto=https"},
        {"X-Original-URL": "/es/", "X-Rewrite-URL": "/es/"},
        {"Accept-Language": "es"},
        {"Cookie": "django_language=es; sessionid=abc"},
        {"Authorization": "Basic YTpi", "User-Agent": "evil.example", "Referer": "https://evil.example/"},
    ],
    ids=lambda headers: next(iter(headers)),
)
def test_no_header_of_one_visitor_reaches_another(shown, another, headers):
    fresh = Client().get(PAGE).content
    assert another.get(PAGE, headers=headers).content == fresh
    assert another.get(PAGE).content == fresh


def test_without_a_database_nothing_is_served_from_memory(transactional_db, kept, client, monkeypatch):
    """Nobody could then say what has been taken off the pages meanwhile."""
    store(study())
    tag = client.get(PAGE).headers["ETag"]
    connection.close()
    monkeypatch.setitem(connection.settings_dict, "HOST", "/nonexistent")
    assert client.get(PAGE).status_code == 503
    assert client.get(PAGE, headers={"If-None-Match": tag}).status_code == 503
    monkeypatch.undo()
    connection.close()


def test_static_files_ask_no_database(kept, client):
    """Without the `db` fixture any query fails the test."""
    response = client.get("/static/finder.css")
    assert response.status_code == 200
    # Read to its end, the client closes it and leaves alone the connection that an earlier test has opened;
    # `close()` alone would look whether that one is too old, which fails here as a query does.
    assert b"{" in response.getvalue()


@pytest.mark.parametrize(
    "answer",
    [
        lambda: HttpResponse("x"),
        lambda: HttpResponse("x", headers={"Cache-Control": "no-store"}),
        lambda: HttpResponse("x", headers={"Cache-Control": f"{PUBLIC}, no-store"}),
        lambda: HttpResponse("x", status=404, headers={"Cache-Control": PUBLIC}),
        lambda: HttpResponse("x", headers={"Cache-Control": PUBLIC, "Vary": "Accept-Language"}),
        lambda: HttpResponse("x", headers={"Cache-Control": PUBLIC, "Vary": "*"}),
        lambda: HttpResponse("x", headers={"Cache-Control": PUBLIC, "Set-Cookie": "a=b"}),
    ],
    ids=["says nothing", "no-store", "public and no-store", "404", "by language", "by anything", "cookie"],
)
def test_nothing_else_is_touched_or_kept(db, kept, rf, answer):
    response = answer()
    if "Set-Cookie" in response.headers:
        del response.headers["Set-Cookie"]
        response.set_cookie("a", "b")
    before = dict(response.headers)
    served = CachingMiddleware(lambda _request: response)(rf.get("/"))
    assert dict(served.headers) == before
    assert len(kept[0]) == 0


def filled(room: int, sizes: list[int]) -> Pages:
    pages = Pages(room)
    pages.get(b"1", "any")
    for number, size in enumerate(sizes):
        pages.put(b"1", number, Page(b"x" * size, ()))
    return pages


def test_the_page_that_was_not_asked_for_longest_makes_room():
    pages = filled(100_000, [8_000] * 9)
    assert pages.get(b"1", 0)
    pages.put(b"1", "last", Page(b"x" * 8_000, ()))
    pages.put(b"1", "very last", Page(b"x" * 8_000, ()))
    assert [n for n in range(9) if not pages.get(b"1", n)] == [1]


def test_a_page_in_the_place_of_another_takes_only_its_own_room():
    pages = filled(100_000, [8_000])
    for _ in range(100):
        pages.put(b"1", "same", Page(b"x" * 8_000, ()))
    assert pages.get(b"1", 0)


def test_one_large_page_does_not_drive_out_the_others():
    pages = filled(100_000, [8_000] * 5)
    pages.put(b"1", "large", Page(b"x" * 50_000, ()))
    assert not pages.get(b"1", "large") and all(pages.get(b"1", n) for n in range(5))


def test_pages_of_a_former_version_go_and_do_not_come_back():
    pages = filled(100_000, [8_000] * 5)
    assert pages.get(b"2", 0) is None
    pages.put(b"1", 0, Page(b"late", ()))
    assert pages.get(b"2", 0) is None
    assert filled(100_000, [8_000]).get(b"1", 0)


def test_what_is_streamed_has_a_tag_and_is_not_kept(db, kept, rf):
    response = StreamingHttpResponse(["x"], headers={"Cache-Control": PUBLIC})
    served = CachingMiddleware(lambda _request: response)(rf.get("/"))
    assert served.headers["ETag"] and len(kept[0]) == 0
