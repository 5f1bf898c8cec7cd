"""The parameters of an address, each checked: a token, or a sentence that says why it cannot be used."""

import math
import re
from collections.abc import Callable
from datetime import date
from enum import StrEnum

from django.http import QueryDict
from django.utils.translation import gettext as _

OLDEST_AGE_YEARS = 120
MOST_VALUES = 20  # of one filter
LONGEST_TEXT = 200  # characters
FARTHEST_KM = 20_000  # nothing on earth is farther
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f]")


class Parameters:
    """`kept` are those that could be used, as they stand in an address; `problems` are sentences on the others."""

    def __init__(self, query: QueryDict) -> None:
        self.query = query
        self.problems: list[str] = []
        self.kept: list[tuple[str, str]] = []

    def typed(self, name: str) -> str:
        return _UNPRINTABLE.sub(" ", self.query.get(name, "")).strip()

    def text(self, name: str) -> str:
        text = " ".join(self.typed(name).split())
        if len(text) > LONGEST_TEXT:
            text = text[:LONGEST_TEXT].rstrip()
            self.problems.append(
                _("Your search was very long. We used its first %(count)s letters.") % {"count": len(text)}
            )
        if text:
            self.kept.append((name, text))
        return text

    def left_out(self, sentence: str, value: str) -> None:
        shown = value if len(value) <= 40 else f"{value[:40]}…"
        self.problems.append(sentence % {"value": shown} + " " + _("We left this filter out."))

    def one(self, name: str, known: Callable[[str], str], unknown: str) -> str:
        value = self.typed(name)
        if not value:
            return ""
        token = known(value)
        if token:
            self.kept.append((name, token))
        else:
            self.left_out(unknown, value)
        return token

    def many(self, name: str, tokens: type[StrEnum], unknown: str) -> tuple[str, ...]:
        found: dict[str, None] = {}
        for value in self.query.getlist(name)[:MOST_VALUES]:
            token = _UNPRINTABLE.sub(" ", value).strip().upper()
            if token in tokens.__members__:
                found[token] = None
            elif token:
                self.left_out(unknown, value)
        self.kept.extend((name, token) for token in found)
        return tuple(found)

    def several(self, name: str, known: Callable[[str], str], unknown: str) -> tuple[str, ...]:
        """As `one`, for each value that is given."""
        found: dict[str, None] = {}
        for value in self.query.getlist(name)[:MOST_VALUES]:
            value = _UNPRINTABLE.sub(" ", value).strip()
            if token := known(value):
                found[token] = None
            elif value:
                self.left_out(unknown, value)
        self.kept.extend((name, token) for token in found)
        return tuple(found)

    def flag(self, name: str) -> bool:
        """Whether the address says yes to it; any other word says nothing."""
        if self.typed(name) != "yes":
            return False
        self.kept.append((name, "yes"))
        return True

    def day(self, name: str, unknown: str) -> date | None:
        value = self.typed(name)
        if not value:
            return None
        try:
            day = date.fromisoformat(value)
        except ValueError:
            self.left_out(unknown, value)
            return None
        self.kept.append((name, day.isoformat()))
        return day

    def age(self) -> float | None:
        value = self.typed("age")
        if not value:
            return None
        age = _number(value)
        if age is None or not 0 <= age <= OLDEST_AGE_YEARS:
            self.left_out(_("The age “%(value)s” is not a number of years from 0 to 120."), value)
            return None
        self.kept.append(("age", f"{age:g}"))
        return age

    def radius_km(self, *, needless: bool) -> float | None:
        """`needless`: no place is named from which it could be measured."""
        value = self.typed("radius")
        if not value:
            return None
        if needless:
            self.problems.append(_("To search within a distance, name a town or a ZIP code."))
            return None
        radius = _number(value)
        if radius is None or not 0 < radius <= FARTHEST_KM:
            self.left_out(_("The distance “%(value)s” is not a number of km."), value)
            return None
        self.kept.append(("radius", f"{radius:g}"))
        return radius

    def page(self) -> int:
        value = self.typed("page")
        if not value:
            return 1
        if not value.isascii() or not value.isdigit() or int(value[:9]) == 0:
            self.problems.append(_("We do not know that page of the list. This is the first one."))
            return 1
        return int(value[:9])


def _number(text: str) -> float | None:
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        return None
    return value if math.isfinite(value) else None
