"""`python -m trials.matching --criteria CRITERIA.jsonl --records RECORDS.jsonl --answers ANSWERS.jsonl > OUT.jsonl`.

No database. One line per patient and study, patients outside. CRITERIA is what `python -m trials.criteria` writes, or
gold in the same form; RECORDS holds the API v2 records of the same studies, for the limits in their fields. What cannot
be read gives a line `{"error": "…"}` and the run goes on; the exit status is 0 unless a file cannot be read at all.
"""

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

from trials.criteria import engine
from trials.criteria.model import criterion_from_json
from trials.matching.answers import Answers, answers_from_json
from trials.matching.tree import Groups, Node
from trials.matching.verdict import compiled, match
from trials.records import Eligibility, RecordError
from trials.registries.ctgov.pasted import record_of_payload

T = TypeVar("T")
Study = tuple[str, Groups[Node]]


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m trials.matching", description="Answers x criteria → verdicts.")
    for name in ("criteria", "records", "answers"):
        parser.add_argument(f"--{name}", type=Path, required=True, help="a .jsonl file")
    given = parser.parse_args(arguments)
    try:
        limits = dict(one for one in _read(given.records, _limits) if one)
        studies = [one for one in _read(given.criteria, lambda line: _study(line, limits)) if one]
        for patient in _read(given.answers, _patient):
            if patient:
                _write_all(*patient, studies)
    except OSError as error:
        print(f"{error.filename} cannot be read: {error.strerror}", file=sys.stderr)
        return 2
    return 0


def _write_all(name: Any, answers: Answers, studies: Iterable[Study]) -> None:
    for nct_id, study in studies:
        _write({"id": name, "nct_id": nct_id, **match(study, answers).as_json()})


def _read(path: Path, read: Callable[[dict[str, Any]], T]) -> Iterator[T | None]:
    """What `read` makes of each line; None, and an error on the way out, for one that cannot be read."""
    with path.open(encoding="utf-8", errors="replace", newline="\n") as lines:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                given = json.loads(line)
                if not isinstance(given, dict):
                    raise ValueError("not a JSON object")
                yield read(given)
            except (ValueError, RecordError, LookupError, TypeError, AttributeError, RecursionError) as error:
                _write({"error": f"{path.name}, line {number}: {type(error).__name__}: {error}"})
                yield None


def _limits(record: dict[str, Any]) -> tuple[str | None, Eligibility]:
    nct_id = engine.study_of(record).nct_id
    return nct_id, record_of_payload(record, nct_id).eligibility


def _study(parsed: dict[str, Any], limits: Mapping[str | None, Eligibility]) -> Study:
    criteria = map(criterion_from_json, parsed["criteria"])
    return parsed["nct_id"], compiled(criteria, limits.get(parsed["nct_id"], Eligibility()))


def _patient(given: dict[str, Any]) -> tuple[Any, Answers]:
    return given.get("id"), answers_from_json(given.get("answers", {}))


def _write(line: dict[str, Any]) -> None:
    print(json.dumps(line, ensure_ascii=False))


if __name__ == "__main__":
    sys.exit(main())
