"""`python -m trials.criteria RECORDS.jsonl` and `python -m trials.criteria --numbers TEXTS.jsonl`: no database
needed."""

import argparse
import json
import sys
from collections.abc import Callable, Iterable
from typing import Any

from trials.criteria.engine import parse, study_of
from trials.criteria.messages import sentence
from trials.criteria.model import Parsed
from trials.criteria.quantities import comparisons


def as_json(parsed: Parsed) -> dict[str, Any]:
    return {
        "nct_id": parsed.nct_id,
        "criteria": [criterion.as_json() for criterion in parsed.criteria],
        "warnings": [sentence(warning) for warning in parsed.warnings],
    }


def study_line(line: str) -> dict[str, Any]:
    """One record in, one result out; a line that is no study gives its error."""
    try:
        return as_json(parse(study_of(_object(line))))
    except ValueError as error:
        return {"nct_id": None, "error": str(error)}


def numbers_line(line: str) -> dict[str, Any]:
    try:
        given = _object(line)
        text = given.get("text")
        if not isinstance(text, str):
            raise ValueError("not a text: the field “text” is missing")
    except ValueError as error:
        return {"id": None, "error": str(error)}
    found = []
    for comparison in comparisons(text):
        entry: dict[str, Any] = {"op": comparison.op, "value": comparison.value, "unit": comparison.unit}
        found.append(entry | ({"window": True} if comparison.window else {}))
    return {"id": given.get("id"), "comparisons": found}


def _object(line: str) -> dict[str, Any]:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise ValueError(f"not JSON: {error}") from None
    if not isinstance(value, dict):
        raise ValueError("not a JSON object")
    return value


def write(lines: Iterable[str], read: Callable[[str], dict[str, Any]]) -> None:
    for line in lines:
        if line.strip():
            sys.stdout.write(json.dumps(read(line), ensure_ascii=False) + "\n")


def main() -> int:
    arguments = argparse.ArgumentParser(prog="python -m trials.criteria", description=__doc__)
    arguments.add_argument("file", help="one JSON object a line")
    arguments.add_argument("--numbers", action="store_true", help="read texts, write every value threshold in them")
    given = arguments.parse_args()
    sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    try:
        with open(given.file, encoding="utf-8", errors="replace", newline="\n") as lines:
            write(lines, numbers_line if given.numbers else study_line)
    except OSError as error:
        sys.stderr.write(f"{given.file} cannot be read: {error.strerror}\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
