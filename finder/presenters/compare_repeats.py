"""A long rule that speaks of many things stands in full in the first of its rows; in the others it is folded."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from finder.presenters.compare_rules import Repeat, RulesOn, Views, keys_of
from finder.presenters.criteria import CriterionView
from finder.presenters.terms import text_of
from finder.presenters.words import Text

LONGEST_REPEATED = 120  # characters: a shorter rule is read again more quickly than it is unfolded


@dataclass(slots=True)
class Shown:
    """What stood in the rows so far of one study: the criteria of each rule, and the name of its row."""

    rules: list[tuple[frozenset[str], Text]] = field(default_factory=list)

    def without_repeats(self, rules: RulesOn, row: Text) -> RulesOn:
        """Of the next row of the page."""
        may, may_again = self._apart(rules.may)
        may_not, may_not_again = self._apart(rules.may_not)
        self.rules += [(frozenset(keys_of(view)), row) for view in (*may, *may_not)]
        return replace(rules, may=may, may_not=may_not, may_again=may_again, may_not_again=may_not_again)

    def _apart(self, views: Views) -> tuple[Views, tuple[Repeat, ...]]:
        again = {view: row for view in views if _length(view) > LONGEST_REPEATED and (row := self._row_of(view))}
        return tuple(one for one in views if one not in again), tuple(Repeat(*pair) for pair in again.items())

    def _row_of(self, view: CriterionView) -> Text:
        keys = frozenset(keys_of(view))
        return next((row for shown, row in self.rules if keys <= shown), "")


def _length(view: CriterionView) -> int:
    return sum(map(len, _texts([view])))


def _texts(views: Iterable[CriterionView]) -> Iterator[str]:
    for view in views:
        yield from (text_of(line.pieces) for line in view.lines)
        yield from _texts(view.children)
