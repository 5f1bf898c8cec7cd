"""How criteria begin, and the plain sentence that each beginning asks for: the table `data/beginnings.toml`."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from trials.plain_language.casing import small
from trials.plain_language.data import data
from trials.plain_language.eligibility.forms import FORMS, says_more
from trials.plain_language.eligibility.things import plain_english
from trials.plain_language.expressions import English, Expression


def begun(clause: str) -> tuple[bool, Expression | None]:
    """Whether the clause begins in a way that we know, and the sentence that this asks for, if it can be said."""
    for pattern, entry in _beginnings():
        if found := pattern.fullmatch(clause):
            return True, _sentence(entry, found["x"])
    return False, None


def _sentence(entry: dict[str, Any], slot: str) -> Expression | None:
    if "official" in entry or says_more(slot):
        return None
    if "says" in entry:
        form = FORMS[entry["says"]]
        return form.of_today(slot) if entry.get("only") == "now" else form.of(slot)
    return English(entry["english"].format(small(plain_english(slot.strip(" ,")))))


@cache
def _beginnings() -> tuple[tuple[re.Pattern[str], dict[str, Any]], ...]:
    return tuple(_compiled())


def _compiled() -> Iterator[tuple[re.Pattern[str], dict[str, Any]]]:
    table = data("beginnings")
    for entry in (*table["verb"], *table["noun"]):
        begins = entry["begins"]
        for name, alternatives in table["parts"].items():
            begins = begins.replace(f"{{{name}}}", alternatives)
        yield re.compile(begins, re.IGNORECASE), entry
