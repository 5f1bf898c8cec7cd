"""What a person answers stays with them: no cache, no cookie, no log, no row; and a hostile form gets a sentence."""

import logging

import pytest
from django.apps import apps
from django.core.signing import Signer
from django.test import Client

from finder.check.state import _SALT

MARK = "40.625"


def counted():
    return {model.__name__: model.objects.count() for model in apps.get_models()}


def test_no_cache_keeps_it_and_no_cookie_is_set(person):
    for do in ("next", "results", "review", "handout", "show:unknown"):
        person.press(do, diagnosis=["sle"])
        assert person.response.headers["Cache-Control"] == "no-store, private", do
        assert not person.response.cookies
        assert person.response.headers["X-Robots-Tag"] == "noindex"


def test_nothing_is_stored_and_nothing_is_logged(person, caplog):
    before = counted()
    with caplog.at_level(logging.DEBUG):
        person.has_lupus().answer("about_you", age=MARK, sex="female").press("results").press("handout")
    assert f"{MARK} years" in person.words
    assert counted() == before
    assert MARK not in caplog.text


def test_a_fault_logs_its_place_and_none_of_its_words(person, caplog, monkeypatch):
    def fails(*_arguments, **_named):
        raise RuntimeError(f"the answer was {MARK}")

    monkeypatch.setattr("finder.views.check.check_context", fails)
    person.press("next", diagnosis=["sle"])
    assert person.response.status_code == 500
    assert "RuntimeError at" in caplog.text and MARK not in caplog.text
    assert person.response.headers["Cache-Control"] == "no-store, private"


def signed(held):
    return Signer(salt=_SALT).sign_object(held, compress=True)


HOSTILE = {
    "no signature": {"state": "eyJlIjp7fX0"},
    "too long": {"state": "x" * 30_000},
    "too many inputs": {"at": "condition", "diagnosis": ["sle"] * 400},
    "a long input": {"at": "about_you", "age": "9" * 5_000},
}


@pytest.mark.parametrize("form", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_form_gets_a_sentence(studies, form):
    response = Client().post("/check/", {"do": "next", **form})
    assert response.status_code == 400
    assert "Start again" in response.content.decode() or "start again" in response.content.decode()
    assert response.headers["Cache-Control"] == "no-store, private"


@pytest.mark.parametrize(
    "form",
    [
        {"do": ""},
        {"do": "nonsense"},
        {"do": "show:everything"},
        {"do": "show:unknown,99999999999"},
        {"do": "show:unknown,-1"},
        {"do": "change:condition"},
        {"do": "change:x"},
        {"do": "back"},
        {"do": "go"},
        {"do": "why"},
        {"do": "why", "why": "<script>alert(1)</script>"},
        {"do": "why", "why": "\x00"},
        {"do": "study:"},
        {"do": "study:\x00"},
        {"do": "stay", "screen": "study:x' OR 1=1"},
        {"do": "stay", "screen": "stay:stay"},
        {"at": "condition", "diagnosis": "\x00"},
        {"at": "about_you", "age": "\ud800".encode("utf-8", "surrogatepass")},
        {"at": "\x00"},
        {"at": "what is your password"},
        {"state": signed({"e": {"about_you": {"age": {"n": "x", "u": "years"}}}, "s": ""})},
        {"do": "review", "state": signed({"e": {"about_you": {"age": {"n": "x", "u": "years"}}}, "s": ""})},
        {"do": "handout", "state": signed({"e": {"condition": {"diagnosis": {"c": ["plague"]}}}, "s": ""})},
        {"state": "\x00"},
        {"do": "review", "state": signed({"e": {"a question of last year": {"y": 1}}, "s": ""})},
    ],
)
def test_odd_forms_never_break_the_page(studies, form):
    response = Client().post("/check/", form)
    assert response.status_code in (200, 400, 404)
    assert "<script>alert" not in response.content.decode()


@pytest.mark.parametrize("method", ["put", "delete", "patch", "options"])
def test_other_methods_are_refused(db, method):
    assert getattr(Client(), method)("/check/").status_code == 405


def test_a_form_without_a_cookie_is_answered(studies):
    """As from a clinic's frame, where no cookie comes along."""
    response = Client(enforce_csrf_checks=True).post("/check/", {"at": "condition", "do": "next", "diagnosis": "sle"})
    assert response.status_code == 200


def test_a_very_large_body_is_refused(studies):
    response = Client().post("/check/", {"state": "x" * 2_000_000})
    assert response.status_code == 413


def test_a_key_of_yesterday_still_opens_a_form(person, settings):
    person.has_lupus()
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another one"
    assert person.press("review").response.status_code == 200
    assert "Lupus (SLE)" in person.words


def test_a_study_that_is_gone_costs_no_answers(person):
    person.has_lupus().press("study:NCT99999999")
    assert person.response.status_code == 404
    assert "Lupus (SLE)" in person.press("review").words
