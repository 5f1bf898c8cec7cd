"""What browsers are told with every answer."""

import pytest
from django.test import Client

from finder.headers import ALWAYS
from tests.studies import store, study

ANSWERS = [
    ("/", 200), ("/studies/", 200), ("/check/", 200), ("/nothing/", 404), ("/healthz", 200), ("/admin/login/", 200),
    ("/static/finder.css", 200), ("/api/v1/studies/", 200), ("/studies/?q=" + "x" * 9_000, 414), ("/admin/", 302),
]  # fmt: skip


def get(path):
    answer = Client().get(path)
    answer.close()  # a file from the disk is open until then
    return answer


@pytest.mark.django_db
@pytest.mark.parametrize(("path", "status"), ANSWERS)
def test_every_answer_has_them(path, status):
    answer = get(path)
    assert answer.status_code == status
    assert set(ALWAYS) <= set(answer.headers)
    assert answer["X-Content-Type-Options"] == "nosniff"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path",
    [path for path, _status in ANSWERS if not path.startswith("/static/")] + ["/embed/nobody/en/?q=" + "x" * 9_000],
)
def test_no_page_may_be_framed_by_others(path):
    answer = get(path)
    assert answer["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]


@pytest.mark.django_db
def test_a_body_too_large_is_answered_with_a_page_that_may_not_be_framed():
    answer = Client().post("/check/", b"x" * 300_000, content_type="text/plain")
    assert (answer.status_code, answer["X-Frame-Options"]) == (413, "DENY")


@pytest.mark.django_db
def test_a_page_out_of_memory_and_one_that_did_not_change_have_them(settings):
    settings.KEPT_PAGES_MB = 1
    client = Client()
    tag = [client.get("/learn/") for _ in range(2)][1]["ETag"]
    held = client.get("/learn/", headers={"If-None-Match": tag})
    assert held.status_code == 304 and set(ALWAYS) <= set(held.headers)


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/studies/", "/check/", "/admin/login/", "/nothing/"])
def test_no_page_allows_what_stands_within_it(path):
    store(study())
    policy = get(path)["Content-Security-Policy"]
    for directive in (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
    ):
        assert directive in policy
    assert "unsafe" not in policy and "*" not in policy


@pytest.mark.django_db
def test_what_a_clinics_frame_needs_may_be_loaded_there():
    assert get("/static/finder.css")["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert get("/embed.js")["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert get("/studies/")["Cross-Origin-Resource-Policy"] == "same-origin"
