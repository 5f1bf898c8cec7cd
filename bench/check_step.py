"""`manage.py bench check_step PATH…`: what one step of the questionnaire costs, beside judging each study alone.

PATH are files or folders of study records, as import_trials takes them. The studies are repeated up to each size with
their numbers and medicines changed at random, so that they do not all ask the same. A step is the verdict on every
study in view and the next question; patients walk from the first question to the last, as in `bench questions`. All
studies are in view, also those for other diseases. The floor is `match` on each study, at the same answers. Times are
those of the processor.
"""

import random
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from bench.questions import DISEASES, SEED, Entries, Patient, studies_from
from trials.criteria.attributes import NUMBERS, TREATMENTS
from trials.criteria.model import Rule
from trials.matching.answers import Answers
from trials.matching.catalogue import catalogue_of, standing
from trials.matching.tree import Groups, Node
from trials.matching.verdict import Match, match
from trials.questions.answering import answers_of
from trials.questions.choosing import prepare, step

SIZES = (200, 2_000, 20_000)
WALKS = {200: 8, 2_000: 6, 20_000: 2}
FLOORS = 3  # steps at which the floor is measured


def repeated(studies: list[Groups[Node]], size: int) -> Iterator[Groups[Node]]:
    rng = random.Random(SEED)
    for place in range(size):
        study = studies[place % len(studies)]
        yield study if place < len(studies) else tuple(tuple(_changed(node, rng) for node in group) for group in study)


def _changed(node: Node, rng: random.Random) -> Node:
    rules = tuple(tuple(_changed_rule(rule, rng) for rule in group) for group in node.rules)
    children = tuple(tuple(_changed(child, rng) for child in group) for group in node.children)
    return replace(node, rules=rules, children=children)


def _changed_rule(rule: Rule, rng: random.Random) -> Rule:
    if rule.attribute in NUMBERS and not isinstance(rule.value, tuple):
        number = rule.value * rng.choice((0.8, 0.9, 1.0, 1.1, 1.2))
        return replace(rule, value=float(round(number, 0 if number > 5 else 1)))
    if rule.attribute == "treatment" and isinstance(rule.value, tuple) and rng.random() < 0.5:
        return replace(rule, value=tuple(sorted({*rule.value, rng.choice(sorted(TREATMENTS))})))
    return rule


def milliseconds(work: Callable[[], Any]) -> tuple[float, Any]:
    began = time.process_time()
    result = work()
    return 1000 * (time.process_time() - began), result


def main(paths: list[Path]) -> None:
    every = [study for _name, study in studies_from(paths)]
    print(f"{len(every)} different studies")
    print(f"{'studies':>8}{'steps':>7}{'p50 ms':>9}{'p95 ms':>9}{'verdicts alone':>15}{'floor ms':>10}{'of it':>8}"
          f"{'compiled s':>12}{'prepared s':>11}")  # fmt: skip
    for size in SIZES:
        report(size, list(repeated(every, size)))


def _each(studies: list[Groups[Node]], answers: Answers) -> list[Match]:
    return [match(study, answers) for study in studies]


def report(size: int, studies: list[Groups[Node]]) -> None:
    named = [(str(place), study) for place, study in enumerate(studies)]
    compiled, catalogue = milliseconds(partial(catalogue_of, named))
    prepared, _none = milliseconds(partial(prepare, catalogue))
    steps: list[float] = []
    verdicts: list[float] = []
    floors: list[float] = []
    rng = random.Random(SEED)
    for _ in range(WALKS[size]):
        patient = Patient.with_disease(rng.choice(list(DISEASES.values())), rng)
        entries: Entries = {}
        while True:
            answers, asked = answers_of(entries), frozenset(entries)
            took, at = milliseconds(partial(step, catalogue, answers, asked=asked, view=catalogue.all))
            steps.append(took)
            verdicts.append(milliseconds(partial(standing, catalogue, answers))[0])
            if len(floors) < FLOORS:
                floors.append(milliseconds(partial(_each, studies, answers))[0])
            if at.next is None:
                break
            entries = patient.answer(entries, at.next.question.slug)
    p50, p95 = median(steps), quantiles(steps, n=20)[-1]
    print(f"{size:8,}{len(steps):7}{p50:9.1f}{p95:9.1f}{median(verdicts):15.1f}{median(floors):10.1f}"
          f"{p50 / median(floors):8.3f}{compiled / 1000:12.2f}{prepared / 1000:11.2f}")  # fmt: skip


if __name__ == "__main__":
    main([Path(argument) for argument in sys.argv[1:]])
