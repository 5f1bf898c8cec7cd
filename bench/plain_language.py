"""How study records come out in plain words, and how fast, beside a floor: the criteria engine on the same texts.

    python3 manage.py bench plain_language PATH…      # files or folders of study records, as import_trials takes them

One core. Prints the reading grade of what we write, the share of criteria with a sentence of ours, what the promises of
`docs/plain-language.md` come to, and the time: of writing alone, and of reading our sentences again by the engine,
which an import does once. The ratio counts, not the milliseconds.
"""

import json
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from trials.criteria import engine
from trials.criteria.model import Criterion
from trials.ingest.files import Files
from trials.plain_language.__main__ import slugs_of_record
from trials.plain_language.eligibility.guard import LONGEST, numbers
from trials.plain_language.linter import findings
from trials.plain_language.model import Origin, Sentence, Summary
from trials.plain_language.readability import measure
from trials.plain_language.rereading import read_otherwise
from trials.plain_language.tongue import LANGUAGES
from trials.plain_language.writer import write
from trials.records import StudyRecord
from trials.registries.ctgov.pasted import record_of_payload


@dataclass
class Counted:
    """What came out over all records."""

    grades: list[float] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    seconds: dict[str, list[float]] = field(default_factory=dict)

    def timed(self, name: str, began: float) -> None:
        self.seconds.setdefault(name, []).append(time.process_time() - began)

    def add(self, record: StudyRecord, criteria: list[Criterion], doubted: frozenset[str], summary: Summary) -> None:
        self.grades.append(summary.grade)
        official = {one.id: one.text for one in criteria}
        sources = {source for one in summary.sentences for source in one.sources}
        ours = {one.sources[0] for one in written(summary)} & official.keys()
        ruled = {one.id for one in criteria if one.rules}
        self.counts.update(
            {
                "criteria": len(criteria),
                "criteria without a sentence": len(official.keys() - sources),
                "criteria in plain words": len(ours),
                "criteria with rules whose sentence reads alike": len(ours & ruled),
                "criteria with rules whose sentence reads otherwise": len(doubted & ruled),
            }
        )
        names = [one.name for one in record.sponsors] + [one.name for one in record.interventions]
        for one in written(summary):
            self.counts["sentences of ours"] += 1
            self.counts["longer than 25 words"] += measure([one.text]).longest > LONGEST
            self.counts["findings of the linter"] += len(findings(one.text, "en", names))
            if one.sources[0] in official:
                said, stands = numbers(one.text), numbers(official[one.sources[0]])
                self.counts["with a number that is not in the source"] += bool(said.keys() - stands.keys())


def written(summary: Summary) -> Iterator[Sentence]:
    return (one for one in summary.sentences if one.origin is Origin.WRITTEN)


def main() -> None:
    paths = [Path(argument) for argument in sys.argv[1:]]
    if not paths:
        sys.exit(__doc__)
    counted = Counted()
    for file_record in Files(paths).records():
        _one(json.loads(file_record.text), counted)
    _print(counted)


def _one(payload: dict[str, object], counted: Counted) -> None:
    try:
        study = engine.study_of(payload)
    except ValueError:
        return
    record = record_of_payload(payload, study.nct_id)
    slugs = slugs_of_record(record)
    began = time.process_time()
    criteria = engine.parse(study).criteria
    counted.timed("criteria engine (the floor)", began)
    began = time.process_time()
    summary = write(record, criteria, slugs)
    counted.timed("plain sentences in English", began)
    began = time.process_time()
    doubted = read_otherwise(criteria, study)
    counted.timed("reading them again", began)
    summary = write(record, criteria, slugs, doubted=doubted)
    counted.add(record, list(criteria), doubted, summary)
    for lang in LANGUAGES:
        if lang != "en":
            other = write(record, criteria, slugs, lang, doubted=doubted)
            counted.counts[f"criteria in plain words, {lang}"] += len(
                {one.sources[0] for one in written(other)} & {one.id for one in criteria}
            )


def _print(counted: Counted) -> None:
    grades, counts = sorted(counted.grades), counted.counts
    easy = sum(grade <= 8 for grade in grades) / len(grades)
    print(f"{len(grades)} studies: median grade {median(grades):.2f}, at grade 8 or below {easy:.1%}")
    for name, count in counts.items():
        print(f"{count:9,d}  {name}")
    share = counts["criteria in plain words"] / max(counts["criteria"], 1)
    alike, otherwise = (counts[f"criteria with rules whose sentence reads {how}"] for how in ("alike", "otherwise"))
    print(f"{share:9.1%}  of the criteria in plain words")
    print(
        f"{alike / max(alike + otherwise, 1):9.1%}  of sentences from rules read alike before the check, all after it"
    )
    floor = sum(counted.seconds["criteria engine (the floor)"])
    for name, seconds in counted.seconds.items():
        worst = sorted(seconds)[int(len(seconds) * 0.95)]
        print(
            f"{name:28} {1000 * sum(seconds) / len(seconds):7.1f} ms a study, "
            f"{1000 * worst:7.1f} at the 95th percentile, {sum(seconds) / floor:.2f} times the floor"
        )


if __name__ == "__main__":
    main()
