"""Who asks too much, or too often, is turned away with a page that says what to do; nobody else is."""

import pytest
from django.core.cache import caches
from django.test import Client

from finder import limits
from tests.studies import store, study
from trials.models import Partner

VISITOR = {"REMOTE_ADDR": "93.184.216.34"}
PROXY = {"REMOTE_ADDR": "172.18.0.1"}


def get(path, **meta):
    return Client().get(path, **{**VISITOR, **meta})


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("setting", "path"),
    [
        ("SEARCHES_PER_MINUTE", "/studies/?q=lupus"),
        ("SUGGESTIONS_PER_MINUTE", "/suggest/?q=lu"),
        ("SEARCHES_PER_MINUTE", "/es/studies/map/?q=x"),
    ],
)
def test_who_searches_too_often_is_asked_to_wait(settings, setting, path):
    setattr(settings, setting, 2)
    answers = [get(path) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    refused = answers[2]
    assert 1 <= int(refused["Retry-After"]) <= 60 and refused["Cache-Control"] == "no-store"
    assert "<h1>" in refused.content.decode()
    assert get(path, REMOTE_ADDR="93.184.216.35").status_code == 200
    assert get("/studies/").status_code == get("/conditions/").status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["booklet/", "studies/", "studies/map/"])
def test_what_is_made_anew_for_each_frame_is_counted_without_a_query_too(settings, page):
    settings.SEARCHES_PER_MINUTE = 2
    partner = Partner.objects.create(name="Example Clinic", allowed_origins="https://clinic.example.org")
    answers = [get(f"/embed/{partner.key}/en/{page}") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert "frame-ancestors https://clinic.example.org" in answers[2]["Content-Security-Policy"]


@pytest.mark.django_db
def test_a_step_of_the_questionnaire_too_many_loses_no_answer(settings):
    settings.FORMS_PER_MINUTE = 1
    store(study())
    client = Client(headers={"HX-Request": "true"})
    assert client.post("/check/", {"do": "next"}, **VISITOR).status_code in (200, 400)
    refused = client.post("/check/", {"do": "next"}, **VISITOR)
    assert refused.status_code == 429  # htmx leaves the form as it is, and check.js says so
    assert refused["Cache-Control"] == "no-store"


@pytest.mark.django_db
def test_visitors_behind_a_proxy_that_does_not_name_them_are_not_counted_as_one(settings):
    settings.SEARCHES_PER_MINUTE = 1
    assert [get("/studies/?q=a", **PROXY).status_code for _ in range(3)] == [200] * 3
    settings.PROXY_ADDRESS_HEADER = "HTTP_X_FORWARDED_FOR"
    named = [get("/studies/?q=a", HTTP_X_FORWARDED_FOR=f"10.0.0.{n}", **PROXY).status_code for n in (1, 2, 1)]
    assert named == [200, 200, 429]


@pytest.mark.django_db
def test_the_counters_hold_no_address_and_no_more_than_fits(rf):
    for number in range(60_000):
        limits.ask(rf.get("/", REMOTE_ADDR=f"93.{number >> 16}.{number >> 8 & 255}.{number & 255}"), "searches", 5)
    held = caches["limits"]._cache
    assert len(held) <= 50_000
    assert not any("93." in key for key in held)


@pytest.mark.parametrize(
    ("method", "path", "sent", "status"),
    [
        ("post", "/check/", {"data": b"x" * 300_000, "content_type": "application/x-www-form-urlencoded"}, 413),
        ("post", "/check/", {"data": b"", "content_type": "text/plain", "CONTENT_LENGTH": "many"}, 413),
        ("post", "/check/", {"data": b"", "content_type": "text/plain", "CONTENT_LENGTH": "9" * 30}, 413),
        ("post", "/check/", {"data": b"", "content_type": "text/plain", "CONTENT_LENGTH": f"{999_999:030}"}, 413),
        ("post", "/admin/login/", {"data": b"x" * 5_000_000, "content_type": "multipart/form-data; boundary=b"}, 413),
        ("get", "/studies/?q=" + "x" * 9_000, {}, 414),
    ],
)
def test_too_much_at_once_is_refused_before_it_is_read(method, path, sent, status):
    answer = getattr(Client(), method)(path, **sent)
    assert (answer.status_code, answer["Cache-Control"]) == (status, "no-store")
