"""What `manage.py check --deploy` says beside Django's own: settings that should not stay so on a real server."""

import os
from email.utils import parseaddr
from typing import Any

from cryptography.fernet import Fernet
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register

from trials.recipients import one_address

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


@register
def mail_is_set_up_or_off(**_: Any) -> list[CheckMessage]:
    """Half a set-up would send nothing, and a key that is none would fail at the first mail."""
    guide = "See docs/mail.md."
    named = {"HOST": settings.MAIL_HOST, "FROM": settings.MAIL_FROM, "KEYS": settings.MAIL_KEYS}
    missing = [f"FINDER_MAIL_{name}" for name, value in named.items() if not value]
    found: list[CheckMessage] = []
    if missing and len(missing) < len(named):
        found.append(
            Error(f"Mail is set up in part: set {', '.join(missing)}, or none of them.", guide, id="finder.E001")
        )
    sender = settings.MAIL_FROM
    if sender and not (sender.isprintable() and one_address(parseaddr(sender)[1])):
        found.append(Error("FINDER_MAIL_FROM holds no address that mail can come from.", guide, id="finder.E002"))
    try:
        [Fernet(key) for key in settings.MAIL_KEYS]
    except ValueError:
        sentence = "A key in FINDER_MAIL_KEYS is none. Make one: python3 manage.py shell -c"
        code = "'from cryptography.fernet import Fernet; print(Fernet.generate_key().decode())'"
        found.append(Error(f"{sentence} {code}", guide, id="finder.E003"))
    return found
