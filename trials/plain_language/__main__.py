"""`python -m trials.plain_language RECORDS.jsonl [--lang en] > OUT.jsonl`: study records in, plain sentences out.

One result per line in, in the same order. A line that is no study gives `{"nct_id": null, "error": "…"}` and the run
goes on; the exit status is 0 unless the file cannot be read at all, or the language is not one of ours.
"""

import argparse
import io
import json
import sys
from pathlib import Path
from typing import Any

from trials.conditions import conditions_of
from trials.criteria import engine
from trials.plain_language.rereading import read_otherwise
from trials.plain_language.tongue import LANGUAGES, tongue
from trials.plain_language.writer import write
from trials.records import RecordError, StudyRecord
from trials.registries.ctgov.pasted import record_of_payload


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m trials.plain_language", description="Study records → plain sentences."
    )
    parser.add_argument("records", type=Path, help="a .jsonl file of API v2 study records")
    parser.add_argument("--lang", default="en", help=f"one of: {', '.join(LANGUAGES)}")
    options = parser.parse_args(arguments)
    if isinstance(sys.stdout, io.TextIOWrapper):  # half a letter in one record must not end the run
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        lang = tongue(options.lang).lang
        lines = options.records.open(encoding="utf-8", errors="replace")
    except (ValueError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    with lines:
        for line in lines:
            if line.strip():
                print(json.dumps(summary_of(line, lang), ensure_ascii=False))
    return 0


def summary_of(line: str, lang: str) -> dict[str, Any]:
    """The result for one line of JSON."""
    try:
        payload = json.loads(line)
        if not isinstance(payload, dict):
            raise RecordError("not a JSON object")
        study = engine.study_of(payload)
        record = record_of_payload(payload, study.nct_id)
    except (ValueError, RecursionError, RecordError) as error:
        return {"nct_id": None, "error": str(error)}
    criteria = engine.parse(study).criteria
    return write(record, criteria, slugs_of_record(record), lang, doubted=read_otherwise(criteria, study)).as_json()


def slugs_of_record(record: StudyRecord) -> list[str]:
    """Our conditions of the study, as its own fields name them."""
    found = conditions_of(
        titles=(record.brief_title, record.official_title),
        conditions=record.conditions,
        keywords=record.keywords,
        mesh_terms=record.mesh_terms,
    )
    return [link.slug for link in found.links]


if __name__ == "__main__":
    sys.exit(main())
