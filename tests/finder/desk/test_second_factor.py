"""A second factor: set up on its page, asked for at the login, taken off with a proof."""

import re
from io import StringIO
from typing import Any

import pytest
from django.contrib.admin import site
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.test import Client
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

PAGE = "/admin/second-factor/"


@pytest.fixture
def at_desk(client: Client, sign_in: Any, account: User) -> Client:
    """A browser in which the editor has signed in with the password alone."""
    sign_in()
    return client


def shown_codes(answer: Any) -> list[str]:
    return re.findall(r"<li><code>([a-z2-7]{8})</code></li>", answer.content.decode())


def enrolled(browser: Client, code: Any) -> list[str]:
    browser.post(PAGE, {"begin": ""})
    return shown_codes(browser.post(PAGE, {"confirm": "", "code": code(TOTPDevice.objects.get())}))


def test_an_editor_sets_it_up(at_desk: Client, code: Any) -> None:
    assert at_desk.get(PAGE).status_code == 200
    assert not TOTPDevice.objects.exists()  # looking at the page stores nothing
    at_desk.post(PAGE, {"begin": ""})
    device = TOTPDevice.objects.get()
    page = at_desk.get(PAGE).content.decode()
    secret = re.search(r'class="desk-secret">([^<]+)<', page)
    assert secret and f"secret={secret[1].replace(' ', '')}&" in device.config_url
    drawing = re.search(r"<svg.*?</svg>", page, re.DOTALL)
    assert drawing and "style" not in drawing[0]
    answer = at_desk.post(PAGE, {"confirm": "", "code": code(device)})
    assert len(set(shown_codes(answer))) == 10
    assert "no-store" in answer.headers["Cache-Control"]
    later = at_desk.get(PAGE).content.decode()
    assert "You have 10 recovery codes left." in later
    assert not any(one in later for one in shown_codes(answer)) and secret[1] not in later


def test_nothing_is_asked_for_before_a_code_confirms_the_app(at_desk: Client, sign_in: Any) -> None:
    at_desk.post(PAGE, {"begin": ""})
    at_desk.post(PAGE, {"confirm": "", "code": "000000"})
    assert not TOTPDevice.objects.get().confirmed
    assert sign_in().status_code == 302


def test_other_sessions_end_when_it_is_set_up(at_desk: Client, account: User, code: Any) -> None:
    other = Client()
    other.force_login(account)
    enrolled(at_desk, code)
    assert other.get("/admin/").status_code == 302
    assert at_desk.get("/admin/").status_code == 200


def test_the_login_asks_for_the_code(device: TOTPDevice, sign_in: Any, code: Any, client: Client) -> None:
    assert sign_in().status_code == 200
    assert sign_in(code=code(device)).status_code == 302
    assert client.get("/admin/").status_code == 200


def test_a_wrong_code_looks_like_a_wrong_password(device: TOTPDevice, sign_in: Any, code: Any) -> None:
    right = code(device)
    told = [
        sign_in(password="wrong", code=right),
        sign_in(code=f"{(int(right) + 1) % 10**6:06}"),
        sign_in(code=""),
        sign_in("nobody", code=right),
    ]
    assert len({re.findall(r'errornote"[^<]*<', answer.content.decode())[0] for answer in told}) == 1
    assert {answer.status_code for answer in told} == {200}


def test_a_code_is_taken_once(device: TOTPDevice, sign_in: Any, code: Any) -> None:
    typed = code(device)
    assert sign_in(code=typed).status_code == 302
    assert sign_in(code=typed).status_code == 200


def test_wrong_codes_lock_the_account(device: TOTPDevice, sign_in: Any, code: Any) -> None:
    for _turn in range(5):
        sign_in(code="000000")
    assert sign_in(code=code(device)).status_code == 429


def test_after_a_wrong_code_the_right_one_must_wait(device: TOTPDevice, sign_in: Any, code: Any) -> None:
    typed = code(device)
    sign_in(code=f"{(int(typed) + 1) % 10**6:06}")
    assert sign_in(code=typed).status_code == 200
    assert TOTPDevice.objects.get().throttling_failure_count == 1


def test_a_recovery_code_is_good_once(at_desk: Client, sign_in: Any, code: Any) -> None:
    codes = enrolled(at_desk, code)
    assert sign_in(code=codes[0].upper()).status_code == 302
    StaticDevice.objects.update(throttling_failure_count=0)
    assert sign_in(code=codes[0]).status_code == 200
    StaticDevice.objects.update(throttling_failure_count=0)
    assert sign_in(code=f"{codes[1][:4]} {codes[1][4:]}").status_code == 302
    assert StaticToken.objects.count() == 8


@pytest.mark.parametrize("typed", ["12\x003456", "1" * 10_000, "１２３４５６", "+12345", "1_2_3_4", "' OR 1=1 --"])
def test_codes_that_are_none_get_nobody_in(device: TOTPDevice, sign_in: Any, client: Client, typed: str) -> None:
    StaticDevice.objects.create(user=device.user)
    assert sign_in(code=typed).status_code == 200
    client.force_login(device.user)
    assert client.post(PAGE, {"remove": "", "code": typed}).status_code == 200
    assert TOTPDevice.objects.filter(confirmed=True).exists()


def test_somebody_elses_code_gets_nobody_in(device: TOTPDevice, sign_in: Any, code: Any) -> None:
    other = TOTPDevice.objects.create(user=User.objects.create_superuser("eve"), confirmed=True)
    assert sign_in(code=code(other)).status_code == 200


@pytest.mark.parametrize("act", ["remove", "renew"])
def test_who_sits_down_at_an_open_desk_cannot_change_it(at_desk: Client, code: Any, act: str) -> None:
    codes = enrolled(at_desk, code)
    assert not shown_codes(at_desk.post(PAGE, {act: "", "code": "000000"}))
    at_desk.post(PAGE, {"begin": ""})
    assert TOTPDevice.objects.get().confirmed
    assert {*StaticToken.objects.values_list("token", flat=True)} == {*codes}


def test_an_editor_takes_it_off(at_desk: Client, sign_in: Any, code: Any) -> None:
    enrolled(at_desk, code)
    at_desk.post(PAGE, {"remove": "", "code": code(TOTPDevice.objects.get())})
    assert not TOTPDevice.objects.exists() and not StaticToken.objects.exists()
    assert sign_in().status_code == 302


def test_new_recovery_codes_replace_the_old_ones(at_desk: Client, code: Any) -> None:
    old = enrolled(at_desk, code)
    new = shown_codes(at_desk.post(PAGE, {"renew": "", "code": code(TOTPDevice.objects.get())}))
    assert len(new) == 10 and not set(new) & set(old)


def test_where_it_is_required_nothing_comes_before_it(settings: Any, at_desk: Client, code: Any) -> None:
    settings.SECOND_FACTOR_REQUIRED = True
    for path in ("/admin/", "/admin/trials/trial/", "/admin/partner-preview/", "/admin/password_change/"):
        assert at_desk.get(path).headers["Location"] == PAGE
    assert "This site asks every editor" in at_desk.get(PAGE).content.decode()
    enrolled(at_desk, code)
    assert at_desk.get("/admin/").status_code == 200
    assert at_desk.post("/admin/logout/").status_code == 200


def test_where_it_is_required_a_session_without_it_ends(settings: Any, at_desk: Client, account: User) -> None:
    TOTPDevice.objects.create(user=account, confirmed=True)
    settings.SECOND_FACTOR_REQUIRED = True
    assert at_desk.get("/admin/").headers["Location"] == "/admin/login/?next=/admin/"
    assert not Session.objects.exists()


def test_visitors_are_not_asked(settings: Any, db: None, client: Client) -> None:
    settings.SECOND_FACTOR_REQUIRED = True
    assert client.get("/about/").status_code == 200
    assert client.get(PAGE).headers["Location"] == f"/admin/login/?next={PAGE}"


def test_an_operator_takes_it_off(device: TOTPDevice, at_desk: Client, sign_in: Any) -> None:
    told = StringIO()
    call_command("second_factor", remove="ada", stdout=told)
    assert told.getvalue() == "The account “ada” gets in with its password alone. Its sessions have ended.\n"
    assert sign_in().status_code == 302


@pytest.mark.parametrize(("name", "told"), [("ada", "has no second factor"), ("nobody", "There is no account")])
def test_an_operator_learns_what_was_wrong(account: User, name: str, told: str) -> None:
    with pytest.raises(CommandError, match=told):
        call_command("second_factor", remove=name)


def test_no_page_of_the_admin_shows_secrets() -> None:
    assert not {TOTPDevice, StaticDevice, StaticToken} & set(site._registry)
