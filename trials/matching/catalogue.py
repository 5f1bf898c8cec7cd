"""Many studies at once: what several of them ask alike is judged once."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from trials.matching.answers import Answers
from trials.matching.outcomes import outcome_of
from trials.matching.tree import Groups, Node
from trials.vocab import Verdict


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Studies by name, and each group of alternatives that any of them asks, with the studies that ask it.

    A set of studies is a number, one bit for each in the order of `names`.
    """

    names: tuple[str, ...]
    asked: tuple[tuple[tuple[Node, ...], int], ...]

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


def catalogue_of(studies: Iterable[tuple[str, Groups[Node]]]) -> Catalogue:
    """Put together once for each state of the data; it depends on no answer."""
    names: list[str] = []
    asked: dict[tuple[Node, ...], int] = {}
    for place, (name, groups) in enumerate(studies):
        names.append(name)
        for group in groups:
            asked[group] = asked.get(group, 0) | 1 << place
    return Catalogue(tuple(names), tuple(asked.items()))


def standing(catalogue: Catalogue, answers: Answers) -> Standing:
    """The verdict on every study, as `match` gives it for each alone."""
    out = pending = 0
    for group, studies in catalogue.asked:
        outcome = outcome_of(group, answers)
        if outcome.keeps_out:
            out |= studies
        elif not outcome.lets_in:
            pending |= studies
    return Standing(catalogue.all & ~out & ~pending, out, pending & ~out)
