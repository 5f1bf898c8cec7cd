"""Small counts kept back, so that no number of page views tells of a few people, not even by sums.

Of days each count is shown by itself: exactly, as zero, or as "fewer than 5". Every sum of days (a week, all of a span)
is made of what is shown of its days, never of what was counted, so that it tells nothing new: of a sum of hidden days
only the bounds are known.

Studies are counted over spans that lie within each other, beside the same days. No more pages of studies can have been
shown than pages in all: that alone ties the ones to the others, in the newest stretch of time as in each one that a
longer span adds. It tells nothing where the days leave room: were each count that is hidden, of days and of studies, as
low as can be, there would still be days enough to have any one of those studies as high as can be. From the first
stretch without such room on, nothing is told of studies. Whether there is room is reckoned from what is shown, not from
what was counted; so who knows this rule learns no more by it. What is left: of a study that is shown exactly in two
spans, the difference is known, and it may be small (docs/admin.md).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

# The least number of views that is shown. A page is often opened twice or three times by the same person, and a small
# clinic knows who was there that day: five is what public statistics on health take as the least.
FEWEST = 5


@dataclass(frozen=True, slots=True, order=True)
class Shown:
    """What is told of a count: it lies within these bounds, both included."""

    at_least: int
    at_most: int

    @property
    def is_exact(self) -> bool:
        return self.at_least == self.at_most

    @property
    def is_few(self) -> bool:
        """One view or more, and fewer than are shown."""
        return self == _FEW


_FEW = Shown(1, FEWEST - 1)


def shown(count: int) -> Shown:
    """Of a count itself, not of a sum of counts that are shown, too. That nobody came is no secret."""
    return _FEW if 0 < count < FEWEST else Shown(count, count)


def added(parts: Iterable[Shown]) -> Shown:
    """The sum, as far as its parts tell it."""
    listed = list(parts)
    return Shown(sum(one.at_least for one in listed), sum(one.at_most for one in listed))


def leaves_room(days: Iterable[Shown], studies_at_least: int) -> bool:
    """Whether a stretch of time has days enough for what is shown of studies to give nothing away.

    `studies_at_least` is how many views of studies there were in it if each hidden count is as low as can be.
    """
    return not studies_at_least or studies_at_least + _FEW.at_most - _FEW.at_least <= added(days).at_least


def shown_studies(
    stretches: Sequence[Sequence[Shown]], counts: Mapping[str, Sequence[int]]
) -> list[dict[str, Shown] | None]:
    """For each span what is told of the studies that were viewed in it; None where nothing may be.

    `stretches` has the days that each span adds to the one before, `counts` the views of each study in each span.
    """
    told: list[dict[str, Shown] | None] = []
    before = 0
    for span, days in enumerate(stretches):
        of_span = {name: shown(of_study[span]) for name, of_study in counts.items() if of_study[span]}
        lowest = added(of_span.values()).at_least
        if not leaves_room(days, lowest - before):
            break
        told.append(of_span)
        before = lowest
    return [*told, *[None] * (len(stretches) - len(told))]
