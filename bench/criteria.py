"""How fast eligibility texts become trees and rules, beside a floor: cutting the same texts into words.

    python3 manage.py bench criteria PATH…      # files or folders of study records, as import_trials takes them

One core. The ratio counts, not the milliseconds; ten times the text must take ten times as long.
"""

import json
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from trials.criteria.engine import parse, study_of
from trials.criteria.model import Study
from trials.ingest.files import Files

ROUNDS = 3
LONG_TEXT = 10  # times: a text repeated so often must take so many times as long
_WORD = re.compile(r"\w+|[^\w\s]")


def studies(paths: list[Path]) -> list[Study]:
    """Every record that has an eligibility text."""
    found = []
    for record in Files(paths).records():
        try:
            study = study_of(json.loads(record.text))
        except ValueError:
            continue
        if study.text:
            found.append(study)
    return found


def floor(given: list[Study]) -> int:
    return sum(len(_WORD.findall(study.text)) for study in given)


def ours(given: list[Study]) -> int:
    return sum(len(parse(study).criteria) for study in given)


def seconds(work: Callable[[list[Study]], int], given: list[Study]) -> tuple[float, int]:
    """The median over the rounds in processor seconds, and what the work counted."""
    times, count = [], 0
    for _ in range(ROUNDS):
        began = time.process_time()
        count = work(given)
        times.append(time.process_time() - began)
    return median(times), count


def main() -> None:
    paths = [Path(argument) for argument in sys.argv[1:]]
    if not paths:
        sys.exit(__doc__)
    given = studies(paths)
    parse(given[0])  # the vocabulary is read once, before the first text
    floor_s, words = seconds(floor, given)
    ours_s, criteria = seconds(ours, given)
    longest = sorted(given, key=lambda study: len(study.text))[-20:]
    long_s, _ = seconds(ours, longest)
    repeated = [Study(s.nct_id, "\n\n".join([s.text] * LONG_TEXT), s.title, s.conditions) for s in longest]
    ten_s, _ = seconds(ours, repeated)
    print(f"{len(given)} texts, {criteria} criteria, {words} words")
    print(f"floor, words only   {1000 * floor_s / criteria:8.3f} ms per criterion")
    times = f"{ours_s / floor_s:.0f} times the floor"
    print(f"tree and rules      {1000 * ours_s / criteria:8.3f} ms per criterion, {times}")
    print(f"{LONG_TEXT} times the text   {ten_s / long_s:8.1f} times as long")


if __name__ == "__main__":
    main()
