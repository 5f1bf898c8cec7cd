"""Reads settings from the environment; what is missing or wrong fails with a sentence that names the fix."""

import os
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

GUIDE = "see docs/deployment.md"
TRUE = {"1", "true", "yes", "on"}
SECRET_LENGTH, SECRET_LETTERS = 32, 12  # how long at least, and how many different letters
_EXAMPLES = ("django-insecure", "changeme", "change-me", "change_me", "example", "your-secret", "placeholder", "…")
FALSE = {"0", "false", "no", "off"}


class SettingError(ImproperlyConfigured):
    """A setting that is missing or cannot be read; the message says what to set."""


def env_str(name: str, *, default: str | None = None) -> str:
    """The text of the variable `name`. Empty counts as missing; missing without a default is an error."""
    value = os.environ.get(name, "").strip() or default
    if value is None:
        raise SettingError(f"Set {name}; {GUIDE}.")
    return value


def env_secret(name: str) -> str:
    """A text that nobody can guess: long, of many different letters, and not the one of some example."""
    return _hard_to_guess(name, env_str(name))


def env_secrets(name: str) -> list[str]:
    """The same for several, separated by commas; none where the variable is empty."""
    return [_hard_to_guess(name, one) for one in env_list(name, default=[])]


def _hard_to_guess(name: str, secret: str) -> str:
    example = any(word in secret.lower() for word in _EXAMPLES)
    if len(secret) < SECRET_LENGTH or len(set(secret)) < SECRET_LETTERS or example:
        raise SettingError(
            f"{name} can be guessed: make one with `python3 -c 'import secrets; print(secrets.token_urlsafe(50))'`; "
            f"{GUIDE}."
        )
    return secret


def env_bool(name: str, *, default: bool) -> bool:
    """true/false, yes/no, on/off or 1/0; any other word is an error, never silently false."""
    word = env_str(name, default=str(default)).lower()
    if word not in TRUE | FALSE:
        raise SettingError(f"{name} is “{word}”: set it to true or false; {GUIDE}.")
    return word in TRUE


def env_int(name: str, *, default: int, minimum: int = 0) -> int:
    """A whole number of at least `minimum`."""
    text = env_str(name, default=str(default))
    if not text.isascii() or not text.isdigit() or int(text) < minimum:
        raise SettingError(f"{name} is “{text}”: set it to a whole number of at least {minimum}; {GUIDE}.")
    return int(text)


def env_choice(name: str, words: tuple[str, ...]) -> str:
    """One of the words; the first where the variable is empty."""
    word = env_str(name, default=words[0]).lower()
    if word not in words:
        raise SettingError(f"{name} is “{word}”: set it to one of {', '.join(words)}; {GUIDE}.")
    return word


def env_site_url(name: str) -> str:
    """Scheme and host of a site, as `https://trials.example.org`, and nothing more; empty where it is not set."""
    address = env_str(name, default="").rstrip("/")
    parts = urlsplit(address)
    if address and (parts.scheme not in ("https", "http") or not parts.hostname or parts.path or parts.query):
        raise SettingError(f"{name} is “{address}”: set it to an address like https://trials.example.org; {GUIDE}.")
    return address


def env_list(name: str, *, default: list[str] | None = None) -> list[str]:
    """The comma-separated parts of the variable `name`, without blanks. Empty counts as missing."""
    if default is not None and not os.environ.get(name, "").strip():
        return default
    parts = [part.strip() for part in env_str(name).split(",")]
    return [part for part in parts if part]


def env_database(name: str) -> dict[str, Any]:
    """Django's connection settings from the address in the variable `name`."""
    return database_from_url(env_str(name), name=name)


def database_from_url(url: str, *, name: str = "DATABASE_URL") -> dict[str, Any]:
    """Read `postgresql://user:password@host:port/database?option=value`; every part may be percent-encoded.

    A Unix socket is `postgresql://user@/database?host=/folder`. Other options go to libpq as they are (`sslmode`, …).
    """
    try:
        parts = urlsplit(url)
        port, host = parts.port, parts.hostname or ""
        options = dict(parse_qsl(parts.query, strict_parsing=bool(parts.query)))
    except ValueError:  # its text may repeat the password
        raise SettingError(f"{name} cannot be read: is every special character percent-encoded? {GUIDE}.") from None
    if parts.scheme not in {"postgres", "postgresql"}:
        raise SettingError(f"{name} starts with “{parts.scheme}”: only postgresql:// addresses work; {GUIDE}.")
    database = unquote(parts.path.removeprefix("/"))
    if not database or "/" in database:
        raise SettingError(f"{name} must end in one database name, as in postgresql://user@host/finder; {GUIDE}.")
    return {
        "NAME": database,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", "") or unquote(host),
        "PORT": options.pop("port", "") or str(port or ""),
        "OPTIONS": options,
    }
