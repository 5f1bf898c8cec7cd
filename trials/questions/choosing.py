"""Which question is worth most next: the one expected to settle most of what is still open.

A study is settled when one criterion keeps the person out, or when all are met. So, as in the adaptive greedy choice
for many conjunctions at once, an answer is worth for each open study the chance that it keeps out, and else a part of
the way to all that the study still asks; a study that can no longer let in is worth the first alone. The part is the
share of what is left, squared: a study that asks two things more is nearer its verdict than ten that ask twenty.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import prod
from weakref import WeakKeyDictionary

from trials.matching.answers import Answers
from trials.matching.catalogue import Catalogue, Standing, judge_of
from trials.matching.index import NOBODY
from trials.matching.outcomes import Outcome
from trials.matching.pending import Pending, pending, settled_by_one
from trials.questions.likely import Likely
from trials.questions.model import Kind, KnownBy, Question
from trials.questions.reach import Reach, told_by
from trials.questions.reading import question_of, questions


@dataclass(frozen=True, slots=True)
class Next:
    """`open` is the number of open studies in view; `settles` that of those for which this question is one of the open
    points: an answer can settle them, for some of them together with other answers. `left` is the number of questions
    that could still change a verdict, this one among them.
    """

    question: Question
    settles: int
    open: int
    left: int


@dataclass(frozen=True, slots=True)
class _Plan:
    """What depends on no answer. `untouched`: the outcome of each group while all questions can still be asked.
    `likely`: for each question the sets of studies that likely answers to it alone keep out, each with its chance.
    """

    untouched: Mapping[int, Outcome]
    likely: Mapping[str, tuple[tuple[float, int], ...]]


@dataclass(frozen=True, slots=True)
class Step:
    """How the studies in view stand, and what to ask next; both from judging once."""

    standing: Standing
    next: Next | None


def step(catalogue: Catalogue, answers: Answers, *, asked: frozenset[str], view: int) -> Step:
    """Nothing is next when no answer to a question that is not in `asked`, nor several together, can change any
    verdict.
    """
    found, points = points_now(catalogue, Reach(answers, asked), view)
    if not points:
        return Step(found.stands, None)
    best = _best(_plan(catalogue), found, points)
    settles, unknown = points[best].bit_count(), found.stands.unknown.bit_count()
    return Step(found.stands, Next(question_of(best), settles, unknown, len(points)))


def choose(catalogue: Catalogue, answers: Answers, *, asked: frozenset[str], view: int) -> Next | None:
    return step(catalogue, answers, asked=asked, view=view).next


def one_test_away(
    catalogue: Catalogue, answers: Answers, *, asked: frozenset[str], view: int
) -> tuple[tuple[str, int], ...]:
    """The plain attributes that are not known, each with the number of open studies in view that an answer to it can
    settle by itself, most first; of equals, first what was asked and the person did not know.
    """
    known_not = frozenset().union(*map(told_by, asked))
    counted = [
        (name, studies.bit_count())
        for name, studies in settled_by_one(catalogue, answers, view).items()
        if any(name in told_by(question.slug) for question in questions())
    ]
    return tuple(sorted(counted, key=lambda one: (-one[1], one[0] not in known_not, one[0])))


def points_now(catalogue: Catalogue, reach: Reach, view: int) -> tuple[Pending, dict[str, int]]:
    """What is open, and for each question that can change a verdict the studies for which it is an open point. What is
    asked of some diseases alone waits for the question what the person has.
    """
    untouched, judge = _plan(catalogue).untouched, judge_of(reach.answers, reach.still)
    found = pending(
        catalogue, reach.answers, view, reaches=reach.reaches,
        judge=lambda one: judge(one.group) if reach.touched.touches(one) else untouched[id(one)],
    )  # fmt: skip
    points: dict[str, int] = {}

    def add(asking: Iterable[str], studies: int) -> None:
        for slug in asking or ([reach.gate.slug] if reach.gate else []):
            points[slug] = points.get(slug, 0) | studies

    asking = {attribute: reach.asking(attribute) for attribute in reach.attributes}
    for attribute, studies in found.asked_alone.items():
        if studies:
            add(asking[attribute], studies)
    for direct, outcome, studies in found.asked:
        for attribute in outcome.open:
            add(asking[attribute] if attribute != "treatment" else reach.asking(attribute, direct.uses), studies)
    return found, points


def _best(plan: _Plan, found: Pending, points: Mapping[str, int]) -> str:
    for kind in (Kind.CONDITIONS, Kind.KINDS):
        for slug in points:
            if question_of(slug).fields[0].kind is kind:
                return slug
    by_left = _by_count(points.values(), found.may_fit)
    worth = {slug: _worth(question_of(slug), plan.likely[slug], asking, by_left) for slug, asking in points.items()}
    return max(sorted(worth), key=worth.__getitem__)


def _worth(question: Question, likely: tuple[tuple[float, int], ...], asking: int, by_left: Mapping[int, int]) -> float:
    out = sum(share * (studies & asking).bit_count() for share, studies in likely)
    steps = sum((studies & asking).bit_count() / count**2 for count, studies in by_left.items())
    known = prod(field.known for field in question.fields)
    return (out + steps * max(0.0, known - out / asking.bit_count())) / effort(question)


def effort(question: Question) -> float:
    """What a screen costs a person, against one plain question."""
    inputs = sum(1 + len(field.choices) / 6 * (field.kind is Kind.TREATMENTS) for field in question.fields)
    looked_up = any(field.known_by is KnownBy.DOCTOR for field in question.fields)
    return 1 + 0.1 * (inputs - 1) + 0.2 * looked_up


def _by_count(sets: Iterable[int], within: int) -> dict[int, int]:
    """The studies by the number of sets that they are in: counted in binary, for all studies at once."""
    digits: list[int] = []
    for carry in sets:
        carry &= within
        for place, digit in enumerate(digits):
            digits[place], carry = digit ^ carry, digit & carry
        if carry:
            digits.append(carry)
    counted = {0: within}
    for place, digit in enumerate(digits):
        counted = {
            number: studies
            for count, before in counted.items()
            for number, studies in ((count, before & ~digit), (count + (1 << place), before & digit))
            if studies
        }
    counted.pop(0, None)
    return counted


_plans: WeakKeyDictionary[Catalogue, _Plan] = WeakKeyDictionary()


def prepare(catalogue: Catalogue) -> None:
    """Does what needs no answers. The first choice does it too; for thousands of studies that is seconds."""
    judge = judge_of(NOBODY, Reach(NOBODY, frozenset()).still)
    likely = Likely(catalogue)
    _plans[catalogue] = _Plan(
        {id(one): judge(one.group) for one in catalogue.direct},
        {question.slug: likely.keep_out(question) for question in questions()},
    )


def _plan(catalogue: Catalogue) -> _Plan:
    if catalogue not in _plans:
        prepare(catalogue)
    return _plans[catalogue]
