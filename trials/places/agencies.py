"""In which country a contact's affiliation lies, as far as its words tell.

Source: `agencies.toml` for public bodies, and country names written in the affiliation.
"""

import re
import tomllib
from functools import cache, lru_cache
from importlib import resources
from typing import Any

from trials.places.countries import country_code
from trials.places.names import fold


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(resources.files(__package__).joinpath("agencies.toml").read_text("utf-8"))


@cache
def common_words() -> frozenset[str]:
    """Words in so many names of institutions that sharing one tells nothing."""
    return frozenset(_data()["common_words"])


@cache
def _agencies() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(rf"\b{re.escape(fold(name))}\b"), code) for name, code in _data()["agencies"].items())


@lru_cache(maxsize=5000)
def country_of_agency(affiliation: str) -> str:
    """Return an ISO 3166-1 alpha-2 code, or "" when the words do not tell or tell two."""
    words = fold(affiliation)
    codes = {code for pattern, code in _agencies() if pattern.search(words)}
    codes |= {code for part in re.split(r"[,;()/]", affiliation) if (code := country_code(part.strip()))}
    return codes.pop() if len(codes) == 1 else ""
