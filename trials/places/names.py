"""Folding of place names, so that "Côte d’Ivoire" and "cote d'ivoire" are one."""

import re
import unicodedata
from functools import lru_cache

_NOT_WORD = re.compile(r"[^\w]+|_")


@lru_cache(maxsize=50_000)
def fold(name: str) -> str:
    """Return the name in lower case, without accents, with every run of other signs as one space."""
    plain = name
    if not name.isascii():
        plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return _NOT_WORD.sub(" ", plain.casefold()).strip()
