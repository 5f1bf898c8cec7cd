"""`manage.py bench questions PATH…`: how soon made-up patients know where they stand, by the order of the questions.

PATH are files or folders of study records, as import_trials takes them. Each patient has one disease; what they answer,
and what they do not know, is drawn from the data of the questions, and is the same in every order. In view are the
studies that are still open when the first two questions have told what the patient has; these two count as asked.
100 % are the verdicts that are settled with all that the patient knows answered: the ceiling, a share of those in view.

    ours     the next question of `trials.questions.choosing`
    fixed    the order of the data files
    useful   the same, leaving out what can change no verdict
    random   any question that can change a verdict
    entropy  of these the one whose answer is least certain
"""

import json
import math
import random
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import mean, median

from trials.criteria import engine
from trials.ingest.files import Files
from trials.matching.catalogue import Catalogue, catalogue_of, standing
from trials.matching.tree import Groups, Node
from trials.matching.verdict import compiled
from trials.questions.answering import Entry, answers_of
from trials.questions.choosing import choose, points_now
from trials.questions.model import Field, Kind, Question
from trials.questions.priors import quantile
from trials.questions.reach import Reach
from trials.questions.reading import question_of, questions
from trials.questions.unticked import offered
from trials.registries.ctgov.pasted import record_of_payload

PATIENTS = 10  # of each disease
SEED = 20_261_122
FIRST = ("condition", "kinds")
MARKS = (5, 10, 20)
ENOUGH = 0.9
DISEASES: Mapping[str, tuple[str, ...]] = {
    "lupus": ("sle",),
    "systemic sclerosis": ("systemic-sclerosis",),
    "myositis": ("myositis",),
    "Sjögren": ("sjogren",),
    "ANCA vasculitis": ("anca-vasculitis",),
    "lung disease with SSc": ("systemic-sclerosis", "ild"),
    "rheumatoid arthritis": ("rheumatoid-arthritis",),
    "mixed CTD": ("mctd",),
}
Entries = dict[str, Entry]
Pick = Callable[[Catalogue, Entries, int, random.Random], str | None]


def studies_from(paths: list[Path]) -> Iterator[tuple[str, Groups[Node]]]:
    for record in Files(paths).records():
        payload = json.loads(record.text)
        study = engine.study_of(payload)
        limits = record_of_payload(payload, study.nct_id).eligibility
        yield str(study.nct_id), compiled(engine.parse(study).criteria, limits)


def drawn(question: Question, named: tuple[str, ...], rng: random.Random) -> Entry:
    """What a patient enters on a screen; only what they know."""
    entry: dict[str, Mapping[str, object]] = {}
    for field in question.fields:
        if rng.random() < field.known:
            entry[field.attribute] = _given(field, named, rng)
    return entry


def _given(field: Field, named: tuple[str, ...], rng: random.Random) -> Mapping[str, object]:
    if field.kind in (Kind.NUMBER, Kind.STEROID_DOSE):
        unit = field.units[0]
        return {"n": quantile(field, rng.random()) / unit.factor, "u": unit.slug}
    if field.kind is Kind.YES_NO:
        if rng.random() >= field.chance:
            return {"v": "no"}
        return {"v": "yes", **({"n": quantile(field, rng.random()), "u": "months"} if field.asks_when else {})}
    if field.kind is Kind.SEX:
        return {"v": "female" if rng.random() < 0.88 else "male"}
    if field.kind is Kind.KINDS:
        return {"c": [one.slug for one in offered(field, named) if rng.random() < one.chance], "all": True}
    taken = [one.slug for one in field.choices if rng.random() < one.chance]
    return {"t": {slug: _use(rng) for slug in taken}, "all": True}


def _use(rng: random.Random) -> Mapping[str, object]:
    return {"w": "now"} if rng.random() < 0.5 else {"w": "past", "n": 120 * rng.random() ** 2, "u": "months"}


@dataclass(frozen=True)
class Patient:
    """All that they would enter, screen by screen."""

    entries: Entries

    @classmethod
    def with_disease(cls, named: tuple[str, ...], rng: random.Random) -> "Patient":
        entries: Entries = {"condition": {"diagnosis": {"c": list(named)}}}
        for question in questions():
            if question.slug not in entries:
                entries[question.slug] = drawn(question, named, rng)
        return cls(entries)

    def first(self) -> Entries:
        return {slug: self.entries[slug] for slug in FIRST}

    def answer(self, entries: Entries, slug: str) -> Entries:
        return {**entries, slug: self.entries[slug]}


def ours(catalogue: Catalogue, entries: Entries, view: int, _rng: random.Random) -> str | None:
    following = choose(catalogue, answers_of(entries), asked=frozenset(entries), view=view)
    return following.question.slug if following else None


def fixed(_catalogue: Catalogue, entries: Entries, _view: int, _rng: random.Random) -> str | None:
    return next((one.slug for one in Reach(answers_of(entries), frozenset(entries)).now), None)


def in_order(catalogue: Catalogue, entries: Entries, view: int, _rng: random.Random) -> str | None:
    useful = _useful(catalogue, entries, view)
    return next((question.slug for question in questions() if question.slug in useful), None)


def at_random(catalogue: Catalogue, entries: Entries, view: int, rng: random.Random) -> str | None:
    useful = sorted(_useful(catalogue, entries, view))
    return rng.choice(useful) if useful else None


def by_entropy(catalogue: Catalogue, entries: Entries, view: int, _rng: random.Random) -> str | None:
    useful = _useful(catalogue, entries, view)
    return max(sorted(useful), key=lambda slug: _bits(question_of(slug)), default=None)


def _useful(catalogue: Catalogue, entries: Entries, view: int) -> frozenset[str]:
    reach = Reach(answers_of(entries), frozenset(entries))
    return frozenset(points_now(catalogue, reach, view)[1])


def _bits(question: Question) -> float:
    """How uncertain the answer to a screen is; a number counts as one of eight."""
    total = 0.0
    for field in question.fields:
        chances = [one.chance for one in field.choices] or [field.chance]
        number = field.kind in (Kind.NUMBER, Kind.STEROID_DOSE)
        total += field.known * (3.0 if number else sum(map(_bits_of, chances)))
    return total


def _bits_of(chance: float) -> float:
    return -sum(share * math.log2(share) for share in (chance, 1 - chance) if share)


ORDERS: Mapping[str, Pick] = {
    "ours": ours, "fixed": fixed, "useful": in_order, "random": at_random, "entropy": by_entropy,
}  # fmt: skip


@dataclass(frozen=True)
class Walk:
    """The share of what can be settled after each question from the second on; and the fields asked by then."""

    shares: tuple[float, ...]
    fields: tuple[int, ...]

    def after(self, count: int) -> float:
        return self.shares[min(count - len(FIRST), len(self.shares) - 1)]

    def until(self, share: float) -> int:
        return next(place for place, reached in enumerate(self.shares, len(FIRST)) if reached >= share)


def walked(catalogue: Catalogue, patient: Patient, pick: Pick, view: int, ceiling: int, rng: random.Random) -> Walk:
    entries = patient.first()
    shares, fields = [], []
    while True:
        settled = view.bit_count() - standing(catalogue, answers_of(entries), view).unknown.bit_count()
        shares.append(settled / ceiling)
        fields.append(sum(len(question_of(slug).fields) for slug in entries))
        following = pick(catalogue, entries, view, rng)
        if following is None:
            return Walk(tuple(shares), tuple(fields))
        entries = patient.answer(entries, following)


def main(paths: list[Path]) -> None:
    catalogue = catalogue_of(studies_from(paths))
    print(f"{len(catalogue.names)} studies, {len(questions())} questions, {PATIENTS} patients of each disease")
    head = "".join(f"{f'after {mark}':>10}" for mark in MARKS)
    print(f"{'':22}{'in view':>8}{'ceiling':>8} {'order':8}{head}{'to 90 %':>10}{'fields':>8}{'to all':>8}")
    for name, named in DISEASES.items():
        for line in lines(catalogue, name, named):
            print(line)


def lines(catalogue: Catalogue, name: str, named: tuple[str, ...]) -> Iterator[str]:
    walks: dict[str, list[Walk]] = {order: [] for order in ORDERS}
    views, ceilings = [], []
    rng = random.Random(SEED)
    for _ in range(PATIENTS):
        patient = Patient.with_disease(named, rng)
        view = standing(catalogue, answers_of(patient.first())).unknown
        known = standing(catalogue, answers_of(patient.entries), view)
        ceiling = view.bit_count() - known.unknown.bit_count()
        views.append(view.bit_count())
        ceilings.append(ceiling / view.bit_count())
        for order, pick in ORDERS.items():
            walks[order].append(walked(catalogue, patient, pick, view, ceiling, random.Random(SEED)))
    for order, several in walks.items():
        until = [walk.until(ENOUGH) for walk in several]
        fields = [walk.fields[count - len(FIRST)] for walk, count in zip(several, until, strict=True)]
        shares = "".join(f"{mean(walk.after(mark) for walk in several):10.0%}" for mark in MARKS)
        beside = f"{name:22}{mean(views):8.0f}{mean(ceilings):8.0%}" if order == "ours" else " " * 38
        yield (f"{beside} {order:8}{shares}{mean(until):10.1f}{mean(fields):8.1f}"
               f"{median(len(walk.shares) - 1 + len(FIRST) for walk in several):8.0f}")  # fmt: skip


if __name__ == "__main__":
    main([Path(argument) for argument in sys.argv[1:]])
