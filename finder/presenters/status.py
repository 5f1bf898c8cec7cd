"""A recruitment status as people see it: a word, a shape and a colour together."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from trials import labels
from trials import vocab as v
from trials.language import Text
from trials.models import Trial


@dataclass(frozen=True, slots=True)
class StatusView:
    """`shape` is full (open), half (not open to all yet) or empty (closed, or not known)."""

    word: Text
    shape: str


def study_status(trial: Trial) -> StatusView:
    """The status of a study, as far as the registry still lists it."""
    if trial.gone_since:
        return StatusView(_("No longer in the registry"), "empty")
    return status_view(trial.overall_status)


def status_view(token: str) -> StatusView:
    word = labels.label(v.RecruitmentStatus, token or v.RecruitmentStatus.UNKNOWN)
    if token in v.OPEN_STATUSES:
        return StatusView(word, "full")
    return StatusView(word, "half" if token in v.UPCOMING_STATUSES else "empty")
