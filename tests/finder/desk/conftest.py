"""Editors with real passwords, who come in by the real form."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.test import Client
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice

PASSWORD = "a long enough password"


@pytest.fixture
def account(db: None) -> User:
    """An editor who may do everything."""
    return get_user_model().objects.create_superuser("ada", password=PASSWORD)


@pytest.fixture
def sign_in(client: Client) -> Any:
    """Sends the login form as a browser would, from an address of the open internet."""

    def send(
        username: str = "ada", password: str = PASSWORD, *, address: str = "8.8.8.8", query: str = "", **more: str
    ) -> Any:
        typed = {"username": username, "password": password, **more}
        return client.post(f"/admin/login/{query}", typed, REMOTE_ADDR=address)

    return send


@pytest.fixture
def device(account: User) -> TOTPDevice:
    """The editor's app, confirmed."""
    return TOTPDevice.objects.create(user=account, name="app", confirmed=True)


def code_of(device: TOTPDevice) -> str:
    """What the app shows, as if nobody had typed a code for a while."""
    TOTPDevice.objects.filter(pk=device.pk).update(last_t=-1, throttling_failure_count=0)
    return f"{totp(device.bin_key):06}"


@pytest.fixture
def code() -> Any:
    return code_of
