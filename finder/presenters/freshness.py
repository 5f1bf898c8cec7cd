"""How far a record can be trusted today: "call first", and why."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from finder.presenters.words import long_date
from trials import vocab as v
from trials.models import Trial


@dataclass(frozen=True, slots=True)
class Freshness:
    """`reasons` are whole sentences; none of them means that the record is fresh."""

    reasons: tuple[str, ...]
    changed_on: str
    read_on: str

    @property
    def call_first(self) -> bool:
        return bool(self.reasons)


def months_before(today: date, months: int) -> date:
    """The same day some months earlier, or that month's last day."""
    month = today.year * 12 + today.month - 1 - months
    for day in range(today.day, today.day - 4, -1):
        try:
            return date(month // 12, month % 12 + 1, day)
        except ValueError:
            continue
    raise AssertionError("a month has at least 28 days")


def freshness(trial: Trial, today: date, stale_after_months: int) -> Freshness:
    changed = trial.last_update_posted_on
    reasons = []
    if trial.gone_since:
        day = long_date(trial.gone_since.date())
        reasons.append(_("The registry no longer lists this study. We noticed on %(date)s.") % {"date": day})
    if trial.overall_status == v.RecruitmentStatus.UNKNOWN:
        reasons.append(_("The study team has not confirmed the status for a long time."))
    if trial.ends_on and trial.ended_before(today):
        reasons.append(_("The stated end of the study, %(date)s, has passed.") % {"date": _end_of(trial)})
    if changed and changed < months_before(today, stale_after_months):
        reasons.append(
            _("The registry last changed this record on %(date)s, more than %(months)s months ago.")
            % {"date": long_date(changed), "months": stale_after_months}
        )
    if not changed:
        reasons.append(_("The registry does not say when it last changed this record."))
    return Freshness(tuple(reasons), long_date(changed) if changed else "", long_date(trial.last_read_at.date()))


def _end_of(trial: Trial) -> str:
    assert trial.ends_on is not None  # noqa: S101 - asked by the caller
    return long_date(trial.ends_on)
