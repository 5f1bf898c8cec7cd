"""An editor's own criteria for a study: stored whole beside the engine's, with every earlier one kept."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from trials.criteria.vocabulary import Problem, problems_of
from trials.ingest.criteria import Shown, replace_criteria, standing_corrections, study_of_trial, write_criteria
from trials.ingest.readings import Readings, text_hash_of
from trials.ingest.relink import relink_at_once
from trials.ingest.stale import refresh_summaries
from trials.ingest.turns import writers_turn
from trials.models import CriteriaCorrection, Trial


class TextChangedError(Exception):
    """The registry's text is no longer the one that the correction was made for."""


class CorrectedMeanwhileError(Exception):
    """Another editor has corrected the criteria, or taken a correction back, since this one began."""


class CorrectionError(ValueError):
    """The criteria break the contract; `problems` say how."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(" ".join(map(str, problems)))
        self.problems = problems


def key_of(correction: CriteriaCorrection | None) -> str:
    """What names a standing correction, or that there is none, to `based_on`."""
    return str(correction.pk) if correction else ""


@transaction.atomic
def save_correction(
    trial: Trial,
    criteria: Sequence[Mapping[str, Any]],
    *,
    editor: AbstractBaseUser,
    text_hash: str,
    based_on: str | None = None,
) -> CriteriaCorrection:
    """Show these criteria (in the contract's form) from now on, as long as the text is the one they were made for.

    `text_hash` names that text, `based_on` the correction that the editor saw (`key_of`; None takes the place of any).
    Raises TextChangedError or CorrectedMeanwhileError when that is no longer what stands, CorrectionError when the
    criteria break the contract. The same criteria again leave no second correction.
    """
    writers_turn()  # an import that has the trial in hand would not know of the correction
    text = Trial.objects.values_list("eligibility_criteria", flat=True).get(pk=trial.pk)
    if text_hash_of(text) != text_hash:
        raise TextChangedError
    if problems := problems_of(criteria, text_length=len(text)):
        raise CorrectionError(problems)
    standing = _standing(trial, based_on)
    if standing and not standing.outdated and standing.criteria == list(criteria):
        return standing
    _end(standing, editor)
    made = CriteriaCorrection.objects.create(
        trial=trial, criteria=list(criteria), text_hash=text_hash, editor_id=editor.pk
    )
    replace_criteria([Shown(trial.pk, criteria, True)], [trial.pk])
    relink_at_once([trial.pk])  # the diseases that the criteria accept
    refresh_summaries([trial.pk])
    return made


@transaction.atomic
def take_back(trial: Trial, *, editor: AbstractBaseUser, based_on: str | None = None) -> None:
    """Show what the engine reads again; a correction that the trial has ends, and stays in the history.

    Raises CorrectedMeanwhileError when it is not the one of `based_on`.
    """
    writers_turn()
    _end(_standing(trial, based_on), editor)
    fresh = Trial.objects.prefetch_related("listed_conditions").get(pk=trial.pk)
    write_criteria({trial.pk: study_of_trial(fresh)}, Readings(), anew=True)
    relink_at_once([trial.pk])
    refresh_summaries([trial.pk])


def _standing(trial: Trial, based_on: str | None) -> CriteriaCorrection | None:
    standing = standing_corrections([trial.pk]).get(trial.pk)
    if based_on is not None and based_on != key_of(standing):
        raise CorrectedMeanwhileError
    return standing


def _end(standing: CriteriaCorrection | None, editor: AbstractBaseUser) -> None:
    if standing:
        standing.ended_at, standing.ended_by_id = timezone.now(), editor.pk
        standing.save(update_fields=["ended_at", "ended_by"])
