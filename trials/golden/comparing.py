"""What a changed rule does to golden patients, and which criterion of a study keeps most of them out."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from trials.criteria.model import Kind
from trials.matching.answers import Answers
from trials.matching.tree import Groups, Node
from trials.matching.verdict import Match, Reason, match
from trials.vocab import Verdict


@dataclass(frozen=True, slots=True)
class Person:
    """A patient by key and name, with the answers read."""

    key: int
    name: str
    answers: Answers


@dataclass(frozen=True, slots=True)
class Flip:
    """Somebody whose verdict is another with other criteria."""

    person: Person
    before: Match
    after: Match


@dataclass(frozen=True, slots=True)
class RuledOut:
    """Whom a study keeps out. `concerned` have its disease; `by_criterion` holds a criterion's id, or the name of the
    record's own limit, and how many of them it rules out, the most first. Whom several rule out counts for each.
    Where nobody has the disease it is how many of all: an inclusion may ask for a diagnosis that its text does not.
    """

    concerned: int
    by_criterion: tuple[tuple[str, int], ...]


def flips(people: Sequence[Person], before: Groups[Node], after: Groups[Node]) -> tuple[Flip, ...]:
    """Those who get another verdict on a study when its criteria change, in their order."""
    found = (Flip(one, match(before, one.answers), match(after, one.answers)) for one in people)
    return tuple(flip for flip in found if flip.before.verdict is not flip.after.verdict)


def ruled_out(people: Sequence[Person], study: Groups[Node]) -> RuledOut:
    """Of those who have the study's disease, how many each criterion rules out."""
    found = [match(study, one.answers) for one in people]
    concerned = [one for one in found if _has_its_disease(one)]
    count = Counter(criterion for one in concerned or found for criterion in _that_keep_out(one))
    return RuledOut(len(concerned), tuple(count.most_common()))


def _has_its_disease(found: Match) -> bool:
    """Whether no inclusion keeps the person out for their diagnosis; what is not known keeps nobody out."""
    return not any(one.attribute == "diagnosis" and one.kind is Kind.INCLUSION for one in _against(found))


def _that_keep_out(found: Match) -> list[str]:
    """Each criterion once, in reading order."""
    return list(dict.fromkeys(one.criterion for one in _against(found)))


def _against(found: Match) -> Sequence[Reason]:
    return found.reasons if found.verdict is Verdict.DOES_NOT_FIT else ()
