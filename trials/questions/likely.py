"""Which studies likely answers keep out, each answer by itself."""

from collections import defaultdict
from functools import cache

from trials.matching.answers import Answers
from trials.matching.catalogue import Catalogue, Touched, judge_of
from trials.matching.index import Direct
from trials.questions.model import Question
from trials.questions.priors import Reply, replies
from trials.questions.reading import question_of


class Likely:
    """Of one catalogue: the groups that are judged with the answers are found by what they ask."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._cells = {cells.attribute: cells for cells in catalogue.cells}
        self._asking: dict[str, list[Direct]] = defaultdict(list)
        for direct in (one for one in catalogue.direct if one.unasked.may_keep_out):
            for name in (direct.attributes - {"treatment"}) | direct.treatments:
                self._asking[name].append(direct)

    def keep_out(self, question: Question) -> tuple[tuple[float, int], ...]:
        """The sets of studies that likely answers keep out, each with its chance; answers that keep nobody out have
        none."""
        shares: dict[int, float] = defaultdict(float)
        for share, answers in _replies(question.slug):
            shares[self._kept_out(answers)] += share
        return tuple((share, studies) for studies, share in shares.items() if studies)

    def _kept_out(self, answers: Answers) -> int:
        touched, judge, out = Touched.by(answers), judge_of(answers), 0
        for name in touched.attributes | (touched.treatments or frozenset()):
            if name in self._cells:
                out |= self._cells[name].out[self._cells[name].state(answers)]
            for direct in self._asking.get(name, ()):
                if direct.studies & ~out and judge(direct.group).keeps_out:
                    out |= direct.studies
        return out


@cache
def _replies(slug: str) -> tuple[Reply, ...]:
    return tuple(replies(question_of(slug)))
