"""Seals what lies in the database until it is sent: addresses and texts. Who has the rows alone can read nothing.

The first key of FINDER_MAIL_KEYS seals; each of them opens, so that a new one can be put before the old ones.
"""

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


@lru_cache(maxsize=4)
def _keys(keys: tuple[str, ...]) -> MultiFernet:
    """Raises ValueError on a key that is none, or without any."""
    return MultiFernet([Fernet(key) for key in keys])
