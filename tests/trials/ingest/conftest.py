"""Texts of criteria, what is stored of them, and the database for another process."""

from pathlib import Path
from urllib.parse import quote, urlencode

from django.db import connection

from tests.studies import study
from trials.models import Criterion, ImportRun

ROOT = Path(__file__).resolve().parents[3]
TEXT = """Inclusion Criteria:

* Age 18 to 75 years
* At least 2 of the following:
  * Rash
  * Arthritis
  * Fever

Exclusion Criteria:

* Pregnancy
* Creatinine \\> 2 mg/dL
"""


def counts(run: ImportRun) -> tuple[int, int, int, int]:
    """How many records of a run were new, changed, known already, or not to be stored."""
    return run.created, run.updated, run.unchanged, run.failed


def with_text(text: str, day: str = "2026-10-01", **modules):
    return study(
        eligibilityModule={"eligibilityCriteria": text},
        statusModule={"lastUpdatePostDateStruct": {"date": day}},
        **modules,
    )


def tree() -> dict[str, str | None]:
    """Words → the words they stand under."""
    return {one.text: one.parent.text if one.parent else None for one in Criterion.objects.select_related("parent")}


def criterion(key: str = "I1", text: str = "Age 18 or older", **more):
    base = {"id": key, "kind": "inclusion", "parent": None, "text": text, "source_start": 0, "source_end": 5}
    return {**base, "join": None, "rules": [], **more}


def address() -> str:
    """The address of the test database, for another process."""
    at = connection.settings_dict
    place = urlencode({"host": at["HOST"]}, quote_via=quote)
    login = ":".join(quote(part) for part in (at["USER"], at["PASSWORD"]) if part)
    return f"postgresql://{login}@:{at['PORT'] or 5432}/{at['NAME']}?{place}"
