"""How far a record can be trusted today: "call first", and why."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from finder.presenters.words import long_date, precise_date
from trials import labels
from trials import vocab as v
from trials.freshness import stale_before
from trials.models import Trial, TrialDate

_Status = v.RecruitmentStatus
# Nobody joins these any more, so there is nothing to call about.
OVER = {_Status.COMPLETED, _Status.TERMINATED, _Status.WITHDRAWN, _Status.NO_LONGER_AVAILABLE}


@dataclass(frozen=True, slots=True)
class Freshness:
    """`reasons` are whole sentences; none of them means that the record is fresh. `is_old`: one says `changed_on`."""

    reasons: tuple[str, ...]
    is_old: bool
    changed_on: str
    read_on: str

    @property
    def call_first(self) -> bool:
        return bool(self.reasons)


def freshness(trial: Trial, today: date, stale_after_months: int, end: TrialDate | None = None) -> Freshness:
    """`end` is the stated end as the registry tells it, with its precision; without it the last day of it is named."""
    changed = trial.last_update_posted_on
    is_old = changed is not None and changed < stale_before(today, stale_after_months)
    reasons = list(_gone(trial))
    if trial.overall_status not in OVER:
        reasons += _doubts(trial, today, stale_after_months if is_old else 0, end)
    read_on = long_date(trial.last_read_at.date())
    if trial.registry == v.Registry.HAND:
        reasons.append(_("This study is not from a registry. An editor entered it from a listing on another site."))
    elif not changed:
        reasons.append(_("The registry does not say when it last changed this record."))
    return Freshness(tuple(reasons), is_old, long_date(changed) if changed else "", read_on)


def _doubts(trial: Trial, today: date, old_months: int, end: TrialDate | None) -> Iterable[str]:
    """Why a study that is said to go on may be over. `old_months`: how old the record is at least, if it is old."""
    if trial.overall_status == v.RecruitmentStatus.UNKNOWN:
        yield _("The study team has not confirmed the status for a long time.")
    if trial.ends_on and trial.ended_before(today):
        yield _("The stated end of the study, %(date)s, has passed.") % {"date": _end_of(trial, end)}
    if old_months and trial.last_update_posted_on:
        yield _("The registry last changed this record on %(date)s, more than %(months)s months ago.") % {
            "date": long_date(trial.last_update_posted_on),
            "months": old_months,
        }


def _gone(trial: Trial) -> Iterable[str]:
    if trial.gone_since:
        day = long_date(trial.gone_since.date())
        yield _("The registry no longer lists this study. We noticed on %(date)s.") % {"date": day}
        if trial.overall_status:
            status = labels.label(v.RecruitmentStatus, trial.overall_status)
            yield _("Its last status there was: %(status)s.") % {"status": status}


def _end_of(trial: Trial, end: TrialDate | None) -> str:
    if end:
        return precise_date(end.date, end.precision)
    assert trial.ends_on is not None  # noqa: S101 - asked by the caller
    return long_date(trial.ends_on)
