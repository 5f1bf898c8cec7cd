"""Editors with real passwords, who come in by the real form."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.test import Client

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
