"""Who fails too often must wait, with whatever password, and learns nothing about accounts."""

from concurrent.futures import ThreadPoolExecutor
from html import unescape
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.cache import caches
from django.test import Client, RequestFactory

from finder.desk import tries
from finder.desk.tries import Try, Wait, begin_try


def note(answer: Any) -> str:
    """What the page says went wrong."""
    return unescape(answer.content.decode()).partition('class="errornote"')[2].partition("</p>")[0].partition(">")[2]


def test_the_right_password_gets_in(account: User, sign_in: Any, client: Client) -> None:
    assert sign_in().headers["Location"] == "/admin/"
    assert client.get("/admin/").status_code == 200


def test_five_failures_lock_an_account_even_for_the_right_password(account: User, sign_in: Any, client: Client) -> None:
    for _turn in range(5):
        assert sign_in(password="wrong").status_code == 200
    answer = sign_in()
    assert answer.status_code == 429
    assert 880 < int(answer.headers["Retry-After"]) <= 900
    assert note(answer) == "Too many tries failed. Wait 15 minutes, then try again."
    assert client.get("/admin/").status_code == 302


def test_the_wait_ends(account: User, sign_in: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    for _turn in range(5):
        sign_in(password="wrong")
    now = tries.monotonic()
    monkeypatch.setattr(tries, "monotonic", lambda: now + 14 * 60 + 30)
    assert note(sign_in()) == "Too many tries failed. Wait 1 minute, then try again."
    monkeypatch.setattr(tries, "monotonic", lambda: now + 15 * 60 + 1)
    assert sign_in().status_code == 302


def test_only_failures_count(account: User, sign_in: Any) -> None:
    for _turn in range(4):
        sign_in(password="wrong")
    for _turn in range(6):
        assert sign_in().status_code == 302
    assert sign_in(password="wrong").status_code == 200
    assert sign_in().status_code == 429


@pytest.mark.parametrize("name", ["ada", "ADA", " ada "])
def test_a_name_is_one_name_however_it_is_written(account: User, sign_in: Any, name: str) -> None:
    for _turn in range(5):
        sign_in(name, "wrong")
    assert sign_in().status_code == 429


def test_an_account_that_exists_looks_like_one_that_does_not(account: User, sign_in: Any) -> None:
    told = {}
    for name in ("ada", "nobody"):
        answers = [sign_in(name, "wrong") for _turn in range(6)]
        told[name] = [(answer.status_code, note(answer)) for answer in answers]
    assert told["ada"] == told["nobody"]


def test_who_is_no_editor_is_told_the_same(db: None, sign_in: Any, django_user_model: Any) -> None:
    django_user_model.objects.create_user("visitor", password="a long enough password")
    assert note(sign_in("visitor")) == note(sign_in("nobody"))


def test_an_address_may_fail_twenty_times(account: User, sign_in: Any) -> None:
    for number in range(20):
        assert sign_in(f"name{number}", "wrong").status_code == 200
    assert sign_in().status_code == 429
    assert sign_in(address="9.9.9.9").status_code == 302


def test_a_network_of_ipv6_is_one_address(account: User, sign_in: Any) -> None:
    for number in range(20):
        sign_in(f"name{number}", "wrong", address=f"2a00:1450::{number:x}")
    assert sign_in(address="2a00:1450::ffff").status_code == 429
    assert sign_in(address="2a00:1450:0:1::1").status_code == 302


def test_behind_a_proxy_that_tells_no_address_nobody_locks_everybody_out(account: User, sign_in: Any) -> None:
    for number in range(25):
        sign_in(f"name{number}", "wrong", address="10.0.0.1")
    assert sign_in(address="10.0.0.1").status_code == 302


def test_many_at_once_are_not_all_the_first(db: None) -> None:
    def attempt(_turn: int) -> Try | Wait:
        return begin_try(RequestFactory().post("/admin/login/", REMOTE_ADDR="8.8.8.8"), "ada")

    with ThreadPoolExecutor(16) as threads:
        begun = list(threads.map(attempt, range(64)))
    assert sum(isinstance(one, Try) for one in begun) == 5


def test_neither_names_nor_addresses_are_kept(account: User, sign_in: Any) -> None:
    sign_in("somebody", "wrong")
    kept = repr(caches["limits"]._cache)
    assert "login-account-" in kept
    assert "somebody" not in kept and "8.8.8.8" not in kept


@pytest.mark.parametrize("name", ["a\0da", " ", ""])
def test_a_name_that_cannot_be_right_is_not_looked_up(account: User, sign_in: Any, name: str) -> None:
    assert sign_in(name).status_code == 200
    assert caches["limits"]._cache == {}


def test_nobody_is_sent_to_another_host(account: User, sign_in: Any) -> None:
    for address in ("https://elsewhere.org/", "//elsewhere.org/", "/\\elsewhere.org", "javascript:alert(1)"):
        assert sign_in(query=f"?next={address}", next=address).headers["Location"] == "/admin/"
