"""Seals what lies in the database until it is sent: addresses and texts. Who has the rows alone can read nothing.

The first key of FINDER_MAIL_KEYS seals; each of them opens, so that a new one can be put before the old ones.
"""

import hashlib
import hmac
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


class SealError(Exception):
    """What was sealed cannot be opened with the keys of today."""


def seal(data: bytes) -> bytes:
    return _keys(tuple(settings.MAIL_KEYS)).encrypt(data)


def unseal(data: bytes) -> bytes:
    """Raises SealError."""
    try:
        return _keys(tuple(settings.MAIL_KEYS)).decrypt(data)
    except InvalidToken:
        raise SealError("No key of FINDER_MAIL_KEYS opens this; see docs/mail.md.") from None


def key_of_today() -> str:
    """The name of the key that seals."""
    return known_keys()[0]


def known_keys() -> list[str]:
    """Names of the keys that open, the newest first; no name leads back to a key."""
    return [hashlib.sha256(b"name of a key\0" + key.encode()).hexdigest()[:16] for key in settings.MAIL_KEYS]


def marks_of(text: str) -> list[str]:
    """A mark by each key, the newest first: a text has the same mark each time, and no mark leads back to a text."""
    keys = (hashlib.sha256(b"mark of a text\0" + key.encode()).digest() for key in settings.MAIL_KEYS)
    return [hmac.new(key, text.encode(), hashlib.sha256).hexdigest() for key in keys]


@lru_cache(maxsize=4)
def _keys(keys: tuple[str, ...]) -> MultiFernet:
    """Raises ValueError on a key that is none, or without any."""
    return MultiFernet([Fernet(key) for key in keys])
