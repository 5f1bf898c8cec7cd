"""A recruitment status as people see it: a word, a shape and a colour together."""

from dataclasses import dataclass

from finder.presenters.words import Text
from trials import labels
from trials import vocab as v

_UPCOMING = {v.RecruitmentStatus.NOT_YET_RECRUITING, v.RecruitmentStatus.ENROLLING_BY_INVITATION}


@dataclass(frozen=True, slots=True)
class StatusView:
    """`shape` is full (open), half (not open to all yet) or empty (closed, or not known)."""

    word: Text
    shape: str


def status_view(token: str) -> StatusView:
    word = labels.label(v.RecruitmentStatus, token or v.RecruitmentStatus.UNKNOWN)
    if token in v.OPEN_STATUSES:
        return StatusView(word, "full")
    return StatusView(word, "half" if token in _UPCOMING else "empty")
