"""What is still open over many studies: which of them can still be settled, and by which answers."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from trials.matching.answers import Answers
from trials.matching.catalogue import Catalogue, Standing, judge_of, judged
from trials.matching.findings import LEFT, OPEN
from trials.matching.index import Direct, union
from trials.matching.outcomes import Outcome


@dataclass(frozen=True, slots=True)
class Pending:
    """`stands`: the verdicts. `may_fit` are the open studies that answers can still let in. `asked_alone` has for each
    plain attribute the studies that an answer to it can help to settle; `asked` the same for each group that asks more.
    """

    stands: Standing
    may_fit: int
    asked_alone: dict[str, int]
    asked: tuple[tuple[Direct, Outcome, int], ...]


def pending(
    catalogue: Catalogue, answers: Answers, view: int, *, reaches: Callable[[str], bool],
    judge: Callable[[Direct], Outcome],
) -> Pending:  # fmt: skip
    """`reaches` says of a plain attribute whether an answer may still come; `judge` knows as much of the others."""
    return _pending(catalogue, answers, view, *judged(catalogue, answers, view, judge), reaches)


def settled_by_one(catalogue: Catalogue, answers: Answers, view: int) -> dict[str, int]:
    """For each plain attribute that is not known the open studies that some answer to it settles, and no other answer
    with it."""
    judge = judge_of(answers)
    live, left = judged(catalogue, answers, view, lambda one: judge(one.group))
    names = {cells.attribute for cells in catalogue.cells}.union(*(outcome.open for _direct, outcome in left))
    settled = {}
    for name in names - {"diagnosis", "treatment"}:
        found = _pending(catalogue, answers, view, live, list(_with_one(name, answers, left)), name.__eq__)
        studies = union((*found.asked_alone.values(), *(studies for _direct, _outcome, studies in found.asked)))
        if studies:
            settled[name] = studies
    return settled


def _with_one(name: str, answers: Answers, left: Iterable[tuple[Direct, Outcome]]) -> Iterator[tuple[Direct, Outcome]]:
    """The groups, where only this attribute can still be answered."""
    judge = judge_of(answers, lambda rule: OPEN if rule.attribute == name else LEFT)
    for direct, outcome in left:
        yield direct, judge(direct.group) if name in outcome.open else Outcome(outcome.kind, LEFT, LEFT)


def _pending(
    catalogue: Catalogue, answers: Answers, view: int, live: int, left: Sequence[tuple[Direct, Outcome]],
    reaches: Callable[[str], bool],
) -> Pending:  # fmt: skip
    alone: dict[str, tuple[int, int]] = {}
    asked = stuck = 0
    for cells in catalogue.cells:
        state = cells.state(answers)
        here = cells.pending[state] & live
        asked |= here
        if state < 0 and reaches(cells.attribute):
            alone[cells.attribute] = here, cells.may_keep_out
            here &= ~cells.may_let_in
        stuck |= here
    for direct, outcome in left:
        asked |= direct.studies & live
        stuck |= 0 if outcome.may_let_in else direct.studies
    may_fit = asked & ~stuck
    asked_alone = {attribute: here & (may_fit | keeps_out) for attribute, (here, keeps_out) in alone.items()}
    beside = (
        (direct, outcome, direct.studies & (live if outcome.may_keep_out else may_fit)) for direct, outcome in left
    )
    stands = Standing(live & ~asked, view & ~live, asked)
    return Pending(stands, may_fit, asked_alone, tuple(one for one in beside if one[2] and one[1].open))
