"""Single values of a ClinicalTrials.gov record: text, tokens, ages, dates, numbers.

Real records hold anything: `&#39;`, `\\>`, control characters, "All" for ALL, "18.0" for an age, "" for a date. What
can be read is read; what had to be put right or could not be read is a line in the ledger, never an error and never
dropped silently.
"""

import html
import re
from calendar import monthrange
from contextlib import suppress
from datetime import date, datetime
from enum import StrEnum
from typing import Any, TypeVar

from trials import vocab as v
from trials.records import RecordError
from trials.registries.ledger import Ledger, storable

Token = TypeVar("Token", bound=StrEnum)

# Bounded, for a number of thousands of digits is no character, and refused with an error.
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,30});", re.IGNORECASE)
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()<>#+\-.!~|=&^$%\"'/])")
_TAG = re.compile(r"</?(?:br|p|b|i|u|em|strong|sup|sub|li|ul|ol|div|span)\s*/?>", re.IGNORECASE)
_AGE = re.compile(r"(\d+(?:\.\d+)?)\s*(\w+)?\.?$")
_ISO_DATE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")
_PRECISION = (v.DatePrecision.YEAR, v.DatePrecision.MONTH, v.DatePrecision.DAY)
_YEARS_PER_UNIT = {
    "year": 1.0,
    "month": 1 / 12,
    "week": 7 / 365.25,
    "day": 1 / 365.25,
    "hour": 1 / 8766,
    "minute": 1 / 525_960,
}
_TOKEN_ALIASES = {"UNKNOWN_STATUS": "UNKNOWN", "N_A": "NA", "BOTH": "ALL", "PHASE_1": "PHASE1", "PHASE_2": "PHASE2"}


def sub(parent: dict[str, Any], key: str) -> dict[str, Any]:
    """The object under a key; empty when the record has none or something else there."""
    value = parent.get(key)
    return value if isinstance(value, dict) else {}


def rows(parent: dict[str, Any], key: str) -> list[tuple[int, dict[str, Any]]]:
    """The objects of the list under a key, with their places in it."""
    value = parent.get(key)
    return [(i, row) for i, row in enumerate(value) if isinstance(row, dict)] if isinstance(value, list) else []


def lines(parent: dict[str, Any], key: str, path: str, ledger: Ledger) -> tuple[str, ...]:
    """The texts of the list under a key (some sources join them by "|"), without empty ones and repeats."""
    value = parent.get(key)
    items = value if isinstance(value, list) else value.split("|") if isinstance(value, str) else []
    read = (_line(item, ledger, path, f"{key}[{i}]") for i, item in enumerate(items))
    return tuple(dict.fromkeys(text for text in read if text))


def body(value: Any) -> str:
    """A longer text as the registry wrote it, less what cannot be stored; line ends are \\n."""
    if not isinstance(value, str):
        return ""
    return storable(value.replace("\r\n", "\n").replace("\r", "\n"))


def line(parent: dict[str, Any], key: str, path: str, ledger: Ledger) -> str:
    """The short text under a key, on one line, its entities, escapes and tags undone (and the ledger told)."""
    value = parent.get(key)
    return "" if value is None else _line(value, ledger, path, key)


def _line(value: Any, ledger: Ledger, path: str, key: str) -> str:
    if isinstance(value, int | float) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str):
        return ""
    if value.isprintable() and not ("&" in value or "\\" in value or "<" in value or "  " in value):
        return value.strip()  # nearly all of the millions of them, so at the cost of a look
    unescaped = _TAG.sub(" ", _ESCAPE.sub(r"\1", _ENTITY.sub(lambda entity: html.unescape(entity[0]), value)))
    shown = " ".join(storable(unescaped).split())
    if unescaped != value:
        ledger.add(v.Origin.REPAIRED, f"{path}.{key}", "markup", value, shown)
    return shown


def token(parent: dict[str, Any], key: str, vocabulary: type[Token], path: str, ledger: Ledger) -> Token | None:
    """The token under a key, also as older files spell it ("Male"); None, and a note, for one we do not know."""
    return _token(parent.get(key), vocabulary, path, key, ledger)


def tokens(parent: dict[str, Any], key: str, vocabulary: type[Token], path: str, ledger: Ledger) -> tuple[Token, ...]:
    """The tokens of the list under a key, those that we know."""
    read = (_token(text, vocabulary, path, key, ledger) for text in lines(parent, key, path, ledger))
    return tuple(one for one in read if one is not None)


def _token(value: Any, vocabulary: type[Token], path: str, key: str, ledger: Ledger) -> Token | None:
    if not isinstance(value, str) or not value.strip():
        return None
    try:
        return vocabulary(value)
    except ValueError:
        pass
    plain = re.sub(r"\W+", "_", value.strip().upper()).strip("_")
    try:
        return vocabulary(_TOKEN_ALIASES.get(plain, plain))
    except ValueError:
        ledger.add(v.Origin.FLAGGED, f"{path}.{key}", "unknown-token", value)
        return None


def states_no_limit(text: str | None) -> bool:
    """Whether an age limit says that there is none."""
    return text is None or text.strip().upper() in ("", "N/A", "NA", "NONE")


def parse_age(text: str | None, *, upper: bool = False) -> float | None:
    """Return an age limit in years, or None when the registry sets no limit.

    Source: API v2 `eligibilityModule.minimumAge` / `maximumAge`, e.g. "18 Years", "6 Months" (0.5); a number without a
    unit is years, as in older files. With `upper`, one whole unit is added, giving the first age that is too old
    ("75 Years" → 76). Raises RecordError on anything else.
    """
    if states_no_limit(text):
        return None
    assert text is not None  # noqa: S101  for the type checker
    match = _AGE.match(text.strip())
    unit = (match[2] or "year").lower().rstrip("s") if match else ""
    if match is None or unit not in _YEARS_PER_UNIT:
        raise RecordError(f"“{text[:40]}” is no age limit")
    years = (float(match[1]) + upper) * _YEARS_PER_UNIT[unit]
    if years > 150:
        raise RecordError(f"“{text[:40]}” is no age that a person reaches")
    return round(years, 6)


def parse_date(text: str) -> tuple[date, v.DatePrecision]:
    """Return the first day of the period that the registry names, and how precise it is.

    Source: API v2 dates, "2025-03-14", "2025-03", "2025"; also "March 2025" and "March 14, 2025" of older files.
    Raises RecordError on anything else.
    """
    text = text.strip()
    try:
        if match := _ISO_DATE.fullmatch(text):
            year, month, day = match.groups()
            return date(int(year), int(month or 1), int(day or 1)), _PRECISION[bool(month) + bool(day)]
        for form, precision in (("%B %d, %Y", v.DatePrecision.DAY), ("%B %Y", v.DatePrecision.MONTH)):
            with suppress(ValueError):
                return datetime.strptime(text, form).date(), precision
    except ValueError:  # a month of 13, a 30th of February
        pass
    raise RecordError(f"“{text[:40]}” is no date")


def last_day(first: date, precision: v.DatePrecision) -> date:
    """The last day of the day, month or year that begins with `first`."""
    if precision == v.DatePrecision.MONTH:
        return first.replace(day=monthrange(first.year, first.month)[1])
    return first.replace(month=12, day=31) if precision == v.DatePrecision.YEAR else first


def number(value: Any, low: float, high: float) -> float | None:
    """A finite number within the limits, or None."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return value if low <= value <= high else None  # never so for NaN; an integer of any size can be compared
