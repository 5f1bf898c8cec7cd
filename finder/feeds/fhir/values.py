"""Small values of FHIR: texts that it can hold, elements that are not empty, ages in their own unit."""

import re
from typing import Any

from finder.feeds.fhir.codes import SYSTEMS
from finder.feeds.parts import exact
from finder.presenters.age_limits import age_limits
from trials.models import Trial, TrialDate

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")  # no text of FHIR may hold these
_AGE = re.compile(r"\s*(\d+(?:\.\d+)?)\s*(year|month|week|day|hour|minute)s?\s*$", re.IGNORECASE)
_UNITS = {"year": "a", "month": "mo", "week": "wk", "day": "d", "hour": "h", "minute": "min"}  # UCUM


def filled(value: Any) -> Any:
    """The value without what is empty in it: FHIR knows no empty element."""
    if isinstance(value, str):
        return _CONTROL.sub("", value).strip()
    if isinstance(value, dict):
        kept = {name: filled(one) for name, one in value.items()}
        return {name: one for name, one in kept.items() if not _is_empty(one)}
    if isinstance(value, list):
        return [one for one in map(filled, value) if not _is_empty(one)]
    return value


def _is_empty(value: Any) -> bool:
    return value is None or value in ("", [], {})


def age_range(trial: Trial) -> dict[str, Any]:
    """The registry's limits as they are written ("75 Years" is high: 75 a); empty where none can be read."""
    low, high = map(_quantity, age_limits(trial))
    return {"low": low, "high": high}


def _quantity(text: str) -> dict[str, Any]:
    match = _AGE.match(text)
    if not match:
        return {}
    unit = match[2].lower()
    number = float(match[1])
    value = int(number) if number.is_integer() else number
    return {"value": value, "unit": unit, "system": SYSTEMS["unit"], "code": _UNITS[unit]}


def period(start: TrialDate | None, end: TrialDate | None) -> dict[str, Any]:
    """FHIR allows no end before the start; a record that says so gives only the start."""
    if start and end and end.date < start.date:
        end = None
    return {"start": start and exact(start), "end": end and exact(end)}
