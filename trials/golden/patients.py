"""The bundled patients: read from the data file, and refused where one breaks the contract."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from trials.matching.answers import AnswersError, answers_from_json
from trials.vocab import Verdict

FILE = Path(__file__).with_name("patients.toml")
_FIELDS = {"slug", "name", "note", "well", "answers", "verdicts"}
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class PatientsError(ValueError):
    """A sentence on what is wrong with the data file."""


@dataclass(frozen=True, slots=True)
class Expected:
    """The verdict that a study must give, and why its text says so."""

    nct_id: str
    verdict: Verdict
    reason: str


@dataclass(frozen=True, slots=True)
class Patient:
    """Somebody invented. `answers` are in the form of the matching contract."""

    slug: str
    name: str
    note: str
    answers: Mapping[str, Any]
    expected: tuple[Expected, ...]


@cache
def patients() -> tuple[Patient, ...]:
    """All bundled patients, in the order of the data file."""
    return patients_of(tomllib.loads(FILE.read_text(encoding="utf-8")))


def patients_of(data: Mapping[str, Any]) -> tuple[Patient, ...]:
    """What a data file holds. Raises PatientsError."""
    found = tuple(_patient(row, data.get("well", {})) for row in data["patient"])
    for name in ("slug", "name"):
        seen: set[str] = set()
        for one in found:
            value = getattr(one, name)
            if value in seen:
                raise PatientsError(f"There are two patients with the {name} “{value}”.")
            seen.add(value)
    return found


def _patient(row: Mapping[str, Any], well: Mapping[str, Any]) -> Patient:
    slug = str(row.get("slug", ""))
    if not _SLUG.fullmatch(slug) or not row.get("name"):
        raise PatientsError(f"“{slug}” needs a slug in small letters and a name.")
    if unknown := set(row) - _FIELDS:
        raise PatientsError(f"“{slug}” has no field “{min(unknown)}”.")
    answers = {**(well if row.get("well") else {}), **row.get("answers", {})}
    try:
        answers_from_json(answers)
    except AnswersError as error:
        raise PatientsError(f"“{slug}”: {error}") from error
    return Patient(slug, row["name"], row.get("note", ""), answers, tuple(_expected(slug, row.get("verdicts", {}))))


def _expected(slug: str, verdicts: Mapping[str, Any]) -> Iterator[Expected]:
    for nct_id, told in verdicts.items():
        if not isinstance(told, list) or len(told) != 2 or told[0] not in set(Verdict) or not told[1]:
            raise PatientsError(f"“{slug}”: {nct_id} needs a verdict and a reason.")
        yield Expected(nct_id, Verdict(told[0]), told[1])
