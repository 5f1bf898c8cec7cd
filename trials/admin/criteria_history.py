"""The corrections that a study's criteria have had, each with what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from trials.admin.criteria_reading import ReadCriterion, reading_view
from trials.models import CriteriaCorrection, Trial


@dataclass(frozen=True, slots=True)
class PastCorrection:
    """A correction in the history, with the criteria that it holds."""

    row: CriteriaCorrection
    state: str
    criteria: Sequence[ReadCriterion]


def history_of(trial: Trial) -> list[PastCorrection]:
    rows = trial.criteria_corrections.select_related("editor", "ended_by")
    return [PastCorrection(row, _state(row), reading_view("", row.criteria, [], []).criteria) for row in rows]


def _state(row: CriteriaCorrection) -> str:
    if row.ended_at is not None:
        return _("replaced or taken back")
    return _("kept, but the text has changed since") if row.outdated else _("shown now")
