"""The audit log: logins and second factors stand in it, everybody with the right reads it, nobody changes it."""

from html import unescape
from typing import Any

import pytest
from auditlog.models import LogEntry
from django.contrib.auth.models import Permission, User
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django_otp.plugins.otp_totp.models import TOTPDevice

LIST = "/admin/auditlog/logentry/"


def events() -> list[tuple[str, str | None]]:
    """Each event with who did it, the oldest first."""
    found = LogEntry.objects.filter(additional_data__has_key="event").order_by("pk").select_related("actor")
    return [(one.additional_data["event"], one.actor and one.actor.get_username()) for one in found]


def test_logins_and_logouts_are_kept(account: User, sign_in: Any, client: Client) -> None:
    sign_in(password="wrong")
    sign_in()
    client.post("/admin/logout/")
    assert events() == [("sign_in_failed", None), ("signed_in", "ada"), ("signed_out", "ada")]
    assert set(LogEntry.objects.filter(action=3).values_list("object_repr", flat=True)) == {"ada"}


def test_a_name_that_is_no_account_is_not_kept(account: User, sign_in: Any) -> None:
    sign_in("my secret password", "ada")
    assert events() == []
    assert not LogEntry.objects.filter(object_repr__icontains="secret").exists()


def test_nothing_is_kept_of_tries_beyond_the_limit(account: User, sign_in: Any) -> None:
    for _turn in range(9):
        sign_in(password="wrong")
    assert len(events()) == 5


def test_a_wrong_code_is_a_failed_login(device: TOTPDevice, sign_in: Any) -> None:
    sign_in(code="000000")
    assert events() == [("sign_in_failed", None)]


def test_second_factors_are_kept_without_their_secrets(account: User, client: Client, code: Any) -> None:
    client.force_login(account)
    client.post("/admin/second-factor/", {"begin": ""})
    secret = TOTPDevice.objects.get().key
    client.post("/admin/second-factor/", {"confirm": "", "code": code(TOTPDevice.objects.get())})
    client.post("/admin/second-factor/", {"renew": "", "code": code(TOTPDevice.objects.get())})
    client.post("/admin/second-factor/", {"remove": "", "code": code(TOTPDevice.objects.get())})
    TOTPDevice.objects.create(user=account, confirmed=True)
    call_command("second_factor", remove="ada", verbosity=0)
    kept = [("signed_in", "ada"), ("factor_added", "ada"), ("codes_renewed", "ada"), ("factor_removed", "ada")]
    assert events() == [*kept, ("factor_removed", None)]
    assert secret not in str(list(LogEntry.objects.values()))


@pytest.fixture
def entry(account: User, client: Client) -> LogEntry:
    """What an editor has done: an account got a first name that is code."""
    client.force_login(account)
    url = reverse("admin:auth_user_change", args=[account.pk])
    form = {"username": "ada", "first_name": "<script>alert(1)</script>", "is_active": "on", "is_staff": "on",
            "is_superuser": "on", "date_joined_0": "2026-01-01", "date_joined_1": "12:00"}  # fmt: skip
    assert client.post(url, form).status_code == 302
    return LogEntry.objects.filter(action=LogEntry.Action.UPDATE).latest("pk")


def test_the_log_is_read_searched_and_filtered(entry: LogEntry, client: Client, account: User) -> None:
    page = unescape(client.get(LIST).content.decode())
    assert "signed in" in page and "First name" in page
    for query in (
        "q=ada",
        "q=alert",
        f"actor__id__exact={account.pk}",
        f"content_type__id__exact={entry.content_type_id}",
    ):
        assert f"{entry.pk}/change/" in client.get(f"{LIST}?{query}").content.decode()
    assert f"{entry.pk}/change/" not in client.get(f"{LIST}?q=nothing-like-it").content.decode()
    shown = client.get(f"{LIST}{entry.pk}/change/").content.decode()
    assert "<script>alert" not in shown and "&lt;script&gt;alert(1)" in shown
    assert LIST in client.get("/admin/").content.decode()


def test_nobody_changes_or_deletes_an_entry(entry: LogEntry, client: Client) -> None:
    url = f"{LIST}{entry.pk}/"
    assert client.post(f"{url}change/", {"object_repr": "x"}).status_code == 403
    assert client.post(f"{url}delete/", {"post": "yes"}).status_code == 403
    assert client.get(f"{LIST}add/").status_code == 403
    client.post(LIST, {"action": "delete_selected", "_selected_action": [entry.pk], "post": "yes"})
    assert LogEntry.objects.filter(pk=entry.pk).exists()


def test_reading_it_is_a_right_of_its_own(entry: LogEntry, client: Client) -> None:
    reader = User.objects.create_user("reader", is_staff=True)
    client.force_login(reader)
    assert client.get(LIST).status_code == 403
    reader.user_permissions.add(Permission.objects.get(codename="view_logentry", content_type__app_label="auditlog"))
    assert client.get(LIST).status_code == 200


def test_who_did_it_stays_known_when_the_account_goes(entry: LogEntry, client: Client, account: User) -> None:
    client.force_login(User.objects.create_superuser("eve"))
    account.delete()
    entry.refresh_from_db()
    assert entry.actor is None
    assert 'class="field-who">ada<' in client.get(f"{LIST}?q=alert").content.decode()


def test_a_page_of_the_log_asks_the_same_however_much_it_shows(
    entry: LogEntry, client: Client, account: User, django_assert_max_num_queries: Any
) -> None:
    client.get(LIST)
    for number in range(40):
        LogEntry.objects.log_create(account, action=1, changes={"email": ["", str(number)]}, actor=account)
    with django_assert_max_num_queries(12):
        assert client.get(LIST).status_code == 200


def test_visitors_pages_know_nothing_of_the_desk(account: User, client: Client) -> None:
    client.force_login(account)
    with CaptureQueriesContext(connection) as asked:
        client.get("/privacy/")
    told = " ".join(query["sql"] for query in asked.captured_queries)
    assert not any(table in told for table in ("session", "auth_", "otp_", "auditlog"))
