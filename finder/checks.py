"""What `manage.py check --deploy` says beside Django's own: settings that should not stay so on a real server."""

import os
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Tags, Warning, register

_GUIDE = "See docs/deployment.md."


@register(Tags.security, deploy=True)
def hosts_are_named(**_: Any) -> list[CheckMessage]:
    if "*" not in settings.ALLOWED_HOSTS:
        return []
    sentence = "FINDER_ALLOWED_HOSTS lets in every name: links could be made to lead elsewhere."
    return [Warning(sentence, _GUIDE, id="finder.W001")]


@register(Tags.security, deploy=True)
def visitors_can_be_told_apart(**_: Any) -> list[CheckMessage]:
    if settings.PROXY_ADDRESS_HEADER or not settings.HTTPS:
        return []
    sentence = "No header names a visitor's address, so that behind a proxy nobody's requests are counted."
    return [Warning(sentence, f"Set FINDER_PROXY_ADDRESS_HEADER. {_GUIDE}", id="finder.W002")]


@register(Tags.security, deploy=True)
def the_database_asks_for_a_password(**_: Any) -> list[CheckMessage]:
    database = settings.DATABASES["default"]
    over_network = str(database.get("HOST", "")).strip("/") and not str(database.get("HOST", "")).startswith("/")
    if not over_network or database.get("PASSWORD") or _password_elsewhere():
        return []
    return [Warning("The database is reached over a network without a password.", _GUIDE, id="finder.W003")]


def _password_elsewhere() -> bool:
    """libpq's own ways of naming one."""
    return bool(os.environ.get("PGPASSWORD") or os.environ.get("PGPASSFILE"))
