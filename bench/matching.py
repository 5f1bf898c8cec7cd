"""`manage.py bench matching RECORDS.jsonl LABELS.jsonl`: verdicts from the rules that the engine reads against verdicts
from labelled rules, for made-up patients.

Each patient's answers are drawn around the thresholds of one study's labelled rules, each left out with a chance of
30 %. Each patient is held against every study, and the pairs with the study that the answers were drawn around, which
are the close calls, are counted once more by themselves. A wrong "does not fit" is one that the labels do not give; so
is a wrong "may fit". The attributes behind the wrong ones are printed, of each pair those of what decided.
"""

import json
import random
import sys
from collections import Counter
from collections.abc import Iterator
from typing import Any

from trials.criteria import engine
from trials.criteria.attributes import CHOICES, NUMBERS, YES_NO
from trials.criteria.model import Criterion, Rule, criterion_from_json
from trials.matching.answers import answers_from_json
from trials.matching.tree import Groups, Node
from trials.matching.verdict import Match, compiled, match
from trials.records import Eligibility
from trials.registries.ctgov.pasted import record_of_payload
from trials.vocab import Verdict

PATIENTS = 2_000
LEFT_OUT = 0.3
SEED = 20_261_122


def lines(path: str) -> Iterator[dict[str, Any]]:
    with open(path, encoding="utf-8") as file:
        yield from map(json.loads, file)


def drawn(rules: list[Rule], rng: random.Random) -> dict[str, Any]:
    """Answers to what the rules ask, each near where it tips over; 30 % are left out."""
    answers: dict[str, Any] = {}
    for rule in rng.sample(rules, len(rules)):
        if rule.attribute not in answers and rng.random() > LEFT_OUT:
            answers[rule.attribute] = answer(rule, rng)
    return answers


def answer(rule: Rule, rng: random.Random) -> Any:
    if rule.attribute in NUMBERS and isinstance(rule.value, int | float):
        return max(0.0, round(rule.value * rng.choice((0.5, 0.9, 1.0, 1.1, 2.0)), 2))
    if rule.attribute in YES_NO:
        value = rng.random() < 0.5
        return {"value": value, "months_ago": rng.choice((0, 1, 3, 6, 24, 72))} if rng.random() < 0.5 else value
    choices = sorted(CHOICES[rule.attribute])
    wanted = rule.value if isinstance(rule.value, tuple) else ()
    chosen = rng.choice(wanted) if wanted and rng.random() < 0.5 else rng.choice(choices)
    if rule.attribute == "sex":
        return chosen
    if rule.attribute == "diagnosis":
        return [chosen]
    use: dict[str, Any] = {"value": chosen}
    use |= rng.choice(({"current": True}, {"months_ago": rng.choice((1, 3, 6, 12, 36))}, {}))
    return {"ever": [use], "complete": rng.random() < 0.5}


def main(records_path: str, labels_path: str) -> None:
    rng = random.Random(SEED)
    records = {engine.study_of(record).nct_id: record for record in lines(records_path)}
    pairs: list[tuple[Groups[Node], Groups[Node], list[Rule]]] = []
    for labelled in lines(labels_path):
        record = records[labelled["nct_id"]]
        limits: Eligibility = record_of_payload(record, labelled["nct_id"]).eligibility
        gold: list[Criterion] = list(map(criterion_from_json, labelled["criteria"]))
        ours = engine.parse(engine.study_of(record)).criteria
        rules = [rule for one in gold for rule in one.rules]
        pairs.append((compiled(gold, limits), compiled(ours, limits), rules))
    told: Counter[tuple[Verdict, Verdict]] = Counter()
    close: Counter[tuple[Verdict, Verdict]] = Counter()
    causes: dict[Verdict, Counter[str]] = {Verdict.DOES_NOT_FIT: Counter(), Verdict.MAY_FIT: Counter()}
    for _ in range(PATIENTS):
        own = rng.choice(pairs)
        answers = answers_from_json(drawn(own[2], rng))
        for pair in pairs:
            right, found = match(pair[0], answers), match(pair[1], answers)
            told[right.verdict, found.verdict] += 1
            close[right.verdict, found.verdict] += pair is own
            if found.verdict is not right.verdict and found.verdict in causes:
                causes[found.verdict].update(blamed(found, right))
    print(f"{PATIENTS:,} made-up patients and {len(pairs)} labelled studies: all pairs")
    report(told)
    blame(causes)
    print("\nEach patient and the study that the answers were drawn around:")
    report(close)


def blamed(found: Match, right: Match) -> set[str]:
    """What decided wrongly; for a wrong "may fit" what the labels still ask, or hold against the person."""
    if found.verdict is Verdict.DOES_NOT_FIT:
        return {reason.attribute for reason in found.reasons}
    return set(right.open) or {reason.attribute for reason in right.reasons}


def report(told: Counter[tuple[Verdict, Verdict]]) -> None:
    total = told.total()
    print(f"{'by the labels':16}{'by our rules':16}{'pairs':>9}{'share':>9}")
    for (right, found), count in sorted(told.items()):
        print(f"{right.value:16}{found.value:16}{count:9,}{100 * count / total:8.2f}%")
    for verdict in (Verdict.DOES_NOT_FIT, Verdict.MAY_FIT):
        wrong = sum(count for (right, found), count in told.items() if found is verdict is not right)
        of_all = sum(count for (_right, found), count in told.items() if found is verdict)
        print(f"wrong “{verdict.value}”: {wrong:,}, {100 * wrong / total:.2f}% of the pairs, "
              f"{100 * wrong / max(of_all, 1):.2f}% of those verdicts")  # fmt: skip


def blame(causes: dict[Verdict, Counter[str]]) -> None:
    for verdict, counted in causes.items():
        print(f"behind a wrong “{verdict.value}”: {', '.join(f'{name} {n:,}' for name, n in counted.most_common(12))}")


if __name__ == "__main__":
    main(*sys.argv[1:3])
