"""Many studies at once: what several of them ask alike is judged once, and what asks one plain thing beforehand."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from trials.criteria.model import Kind, Rule
from trials.matching.answers import Answers
from trials.matching.index import Cells, Direct, Group, indexed, union
from trials.matching.outcomes import Outcome, Still, outcome_by, outcome_of_rules
from trials.matching.tree import Groups, Node
from trials.vocab import Verdict


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Catalogue:
    """Studies by name, and each group of alternatives that any of them asks, with the studies that ask it.

    A set of studies is a number, one bit for each in the order of `names`. `cells` and `direct` are the groups again,
    as they are judged: ahead of all answers, or with the answers.
    """

    names: tuple[str, ...]
    asked: tuple[tuple[Group, int], ...]
    cells: tuple[Cells, ...]
    direct: tuple[Direct, ...]

    @property
    def all(self) -> int:
        return (1 << len(self.names)) - 1

    def named(self, studies: int) -> Iterator[str]:
        return (name for place, name in enumerate(self.names) if studies >> place & 1)


@dataclass(frozen=True, slots=True)
class Standing:
    """How the studies of a catalogue stand for one person: three sets that share none and miss none."""

    may_fit: int
    does_not_fit: int
    unknown: int

    def counts(self) -> Mapping[Verdict, int]:
        return {
            Verdict.MAY_FIT: self.may_fit.bit_count(),
            Verdict.DOES_NOT_FIT: self.does_not_fit.bit_count(),
            Verdict.UNKNOWN: self.unknown.bit_count(),
        }


@dataclass(frozen=True, slots=True)
class Touched:
    """What is known of a person: the attributes, and of treatments those that something is known of; None: of all."""

    attributes: frozenset[str]
    treatments: frozenset[str] | None

    @classmethod
    def by(cls, answers: Answers) -> "Touched":
        found = {*answers.numbers, *answers.facts}
        if answers.sex is not None:
            found.add("sex")
        if answers.diagnoses is not None or answers.ruled_out:
            found.add("diagnosis")
        if answers.treatments is not None or answers.never_taken or answers.treatments_complete:
            found.add("treatment")
        taken = answers.never_taken.union(one.treatment for one in answers.treatments or ())
        return cls(frozenset(found), None if answers.treatments_complete else taken)

    def touches(self, direct: Direct) -> bool:
        touched = direct.attributes & self.attributes
        if touched != {"treatment"}:
            return bool(touched)
        return self.treatments is None or not direct.treatments.isdisjoint(self.treatments)


def catalogue_of(studies: Iterable[tuple[str, Groups[Node]]]) -> Catalogue:
    """Put together once for each state of the data; it depends on no answer."""
    names: list[str] = []
    asking: dict[Group, list[int]] = {}
    for place, (name, groups) in enumerate(studies):
        names.append(name)
        for group in groups:
            asking.setdefault(group, []).append(place)
    asked = {group: _set_of(places) for group, places in asking.items()}
    return Catalogue(tuple(names), tuple(asked.items()), *indexed(asked))


def _set_of(places: Iterable[int]) -> int:
    found = 0
    for place in places:
        found |= 1 << place
    return found


def standing(catalogue: Catalogue, answers: Answers, view: int | None = None) -> Standing:
    """The verdict on every study, as `match` gives it for each alone; with `view`, on those of a set."""
    seen = catalogue.all if view is None else view
    touched, judge = Touched.by(answers), judge_of(answers)
    live, left = judged(catalogue, answers, seen, lambda one: judge(one.group) if touched.touches(one) else one.unasked)
    pending = union(cells.pending[cells.state(answers)] for cells in catalogue.cells)
    pending |= union(direct.studies for direct, _outcome in left)
    return Standing(live & ~pending, seen & ~live, live & pending)


def judged(
    catalogue: Catalogue, answers: Answers, view: int, judge: Callable[[Direct], Outcome]
) -> tuple[int, list[tuple[Direct, Outcome]]]:
    """The studies in view that are not kept out, and the groups judged with the answers that do not let in yet.

    What is asked only by studies that are out already is not judged.
    """
    live = view & ~union(cells.out[cells.state(answers)] for cells in catalogue.cells)
    left = []
    for direct in catalogue.direct:
        if not direct.studies & live:
            continue
        outcome = judge(direct)
        if outcome.keeps_out:
            live &= ~direct.studies
        elif not outcome.lets_in:
            left.append((direct, outcome))
    return live, left


def judge_of(answers: Answers, still: Still | None = None) -> Callable[[Group], Outcome]:
    """`outcome_of` for the groups of a catalogue, of which many share rules: each of these is held once."""
    held: dict[Kind, dict[int, Outcome]] = {kind: {} for kind in Kind}

    def of_rules(group: Sequence[Rule], kind: Kind) -> Outcome:
        outcome = held[kind].get(id(group))
        if outcome is None:
            outcome = held[kind][id(group)] = outcome_of_rules(group, kind, answers, still)
        return outcome

    return lambda group: outcome_by(group, of_rules)
