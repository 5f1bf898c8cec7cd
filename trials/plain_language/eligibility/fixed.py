"""Criteria that registry texts word in a thousand ways and that say one thing: the table `data/fixed.toml`."""

import re
from collections.abc import Iterator, Mapping
from functools import cache

from trials.plain_language.data import data
from trials.plain_language.expressions import Expression, Number, Said

_LONGEST = 200  # characters: what is longer says more than one thing
_PART = re.compile(r"\{([a-z_]+)\}")


def fixed_sentence(text: str) -> Expression | None:
    """The sentence for a text that says one of these things and nothing else."""
    if len(text) > _LONGEST:
        return None
    for pattern, message in _table():
        if found := pattern.fullmatch(text):
            return Said(message, {name: Number(float(value)) for name, value in found.groupdict().items() if value})
    return None


@cache
def _table() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple(_compiled())


def _compiled() -> Iterator[tuple[re.Pattern[str], str]]:
    table = data("fixed")
    parts = table["parts"]
    for entry in table["age"]:
        yield _pattern(f"{{lead}}{entry['says']}{{tail}}", parts), entry["message"]
    for entry in table["whole"]:
        yield _pattern(entry["says"], parts), entry["message"]


def _pattern(says: str, parts: Mapping[str, str]) -> re.Pattern[str]:
    while _PART.search(says):
        says = _PART.sub(lambda found: parts[found[1]], says)
    return re.compile(says, re.IGNORECASE)
