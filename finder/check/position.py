"""Where somebody stands: the studies in question for them, their answers, and what these make of the studies."""

import re
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from finder.check.state import State
from trials.matching.answers import Answers, AnswersError
from trials.matching.catalogue import Standing
from trials.models import Trial
from trials.open_studies import Studies, one_study, open_studies
from trials.questions.answering import answers_of
from trials.questions.choosing import Next, Step, step
from trials.vocab import Verdict

_ID = re.compile(r"[A-Z0-9-]{1,32}", re.ASCII)


class StudyGone(LookupError):
    """A study that is asked for by its id is not one that we show."""


@dataclass(frozen=True)
class Position:
    state: State
    studies: Studies
    answers: Answers
    view: int  # the set of studies that concern the person

    @cached_property
    def _step(self) -> Step:
        asked = frozenset(self.state.entries)
        return step(self.studies.catalogue, self.answers, asked=asked, view=self.view)

    @cached_property
    def standing(self) -> Standing:
        """Where no criterion can be checked, that age and sex fit is not enough to say that it may fit."""
        found = self._step.standing
        silent = found.may_fit & self.studies.without_rules
        return replace(found, may_fit=found.may_fit & ~silent, unknown=found.unknown | silent)

    @property
    def next(self) -> Next | None:
        """The question that is worth most now; None when none can change a verdict."""
        return self._step.next

    def of(self, verdict: Verdict) -> int:
        """The set of studies with this verdict."""
        found = {
            Verdict.MAY_FIT: self.standing.may_fit,
            Verdict.DOES_NOT_FIT: self.standing.does_not_fit,
            Verdict.UNKNOWN: self.standing.unknown,
        }
        return found[verdict]

    def verdict(self, place: int) -> Verdict:
        """Of one study in view, by its place."""
        return next(verdict for verdict in Verdict if self.of(verdict) >> place & 1)

    def places(self, verdict: Verdict) -> list[int]:
        """The same as places in `studies`, in their order."""
        chosen = self.of(verdict)
        return [place for place in range(len(self.studies.nct_ids)) if chosen >> place & 1]


def position_of(state: State) -> Position:
    """An entry that today's questions do not make, as after a change of the questions, counts as skipped. Raises
    StudyGone.
    """
    state = replace(state, entries={slug: entry for slug, entry in state.entries.items() if _is_usable(slug, entry)})
    answers = answers_of(state.entries)
    if state.study:
        studies = one_study(shown_trial(state.study))
        return Position(state, studies, answers, studies.catalogue.all)
    studies = open_studies()
    return Position(state, studies, answers, studies.concerning(answers.diagnoses or ()))


def _is_usable(slug: str, entry: Any) -> bool:
    try:
        answers_of({slug: entry})
    except (AnswersError, LookupError, TypeError, ValueError, AttributeError):
        return False
    return True


def before_one(position: Position, trial: Trial) -> Position:
    """The same person before one study alone, whatever its status."""
    if position.state.study:
        return position
    studies = one_study(trial)
    return Position(position.state, studies, position.answers, studies.catalogue.all)


def shown_trial(nct_id: str) -> Trial:
    """Raises StudyGone on what is no id of a study that we show."""
    trial = Trial.objects.visible().filter(nct_id=nct_id).first() if _ID.fullmatch(nct_id) else None
    if trial is None:
        raise StudyGone(nct_id)
    return trial
