"""How a person stands with each rule of one study, for a list of them."""

from dataclasses import dataclass
from enum import StrEnum

from trials.matching.answers import Answers
from trials.matching.outcomes import Outcome, outcome_of
from trials.matching.tree import Groups, Node


class Mark(StrEnum):
    AGAINST = "against"
    OPEN = "open"  # an answer can still settle it
    FITS = "fits"
    TEAM = "team"  # no answer of ours settles it


@dataclass(frozen=True, slots=True)
class Marked:
    """A criterion of the top level, or several that are alternatives. `open` are the attributes that it waits for."""

    ids: tuple[str, ...]
    mark: Mark
    open: frozenset[str] = frozenset()


def marked(study: Groups[Node], answers: Answers) -> tuple[Marked, ...]:
    """In reading order; the limits of the record's own fields come first."""
    return tuple(_marked(group, outcome_of(group, answers)) for group in study)


def _marked(group: tuple[Node, ...], outcome: Outcome) -> Marked:
    ids = tuple(node.id for node in group)
    if outcome.keeps_out:
        return Marked(ids, Mark.AGAINST)
    if outcome.lets_in:
        return Marked(ids, Mark.TEAM if outcome.checked is None else Mark.FITS)
    return Marked(ids, Mark.OPEN if outcome.open else Mark.TEAM, outcome.open)
