"""Days for somebody's own calendar. Titles say nothing of health: a calendar may be shared."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from finder.calendar_file import Day
from finder.check.acting import Shown
from finder.check.position import before_one, shown_trial
from finder.check.state import StateError
from finder.presenters import words
from finder.presenters.check_later import later_view
from finder.presenters.timeline import dates_ahead
from trials import labels
from trials import vocab as v
from trials.models import Trial, TrialDate


@dataclass(frozen=True, slots=True)
class LookAgain:
    """`month` is the day of the file in words, no more exact than the answers tell it."""

    nct_id: str
    day: Day
    month: str


def title_of_day(nct_id: str) -> str:
    return _("Look at study %(id)s again") % {"id": nct_id}


def look_again(shown: Shown, now: datetime, today: date, root: str) -> LookAgain:
    """When somebody could look at a study again that does not fit them now; `root` begins the study's address.

    Raises StudyGone, and StateError where no such day can be told.
    """
    trial = shown_trial(shown.what)
    trial = Trial.objects.prefetch_related("criteria").get(pk=trial.pk)
    position = before_one(shown.position, trial)
    later = later_view(position.studies.trees[0], position.answers, today)
    if later.look_on is None:
        raise StateError(_("No date can be told for this study now. Please start again."))
    nct_id = str(trial.nct_id)
    lines = [*later.lines, _("Our software worked this out from your answers and the rules of the study.")]
    lines.append(_("It can be wrong. The study team decides who can join."))
    if later.after_medicine:
        lines.append(_("Do not stop any medicine without your doctor."))
    day = Day(
        key=f"study:{nct_id}:look-again:{later.look_on:%Y-%m}",
        day=later.look_on,
        title=title_of_day(nct_id),
        lines=(*lines, root + trial.get_absolute_url()),
        address=root + trial.get_absolute_url(),
        made_at=now,
        is_private=True,
    )
    return LookAgain(nct_id, day, words.precise_date(later.look_on, v.DatePrecision.MONTH))


def study_days(trial: Trial, today: date, address: str) -> tuple[Day, ...]:
    """The planned steps that lie ahead, those of one day in one entry; `trial` comes with its dates."""
    steps: dict[date, list[TrialDate]] = {}
    for one in dates_ahead(list(trial.dates.all()), today):
        steps.setdefault(one.date, []).append(one)
    return tuple(_study_day(trial, day, several, address) for day, several in steps.items())


def _study_day(trial: Trial, day: date, steps: Sequence[TrialDate], address: str) -> Day:
    nct_id = str(trial.nct_id)
    lines = [
        _("%(step)s: about %(date)s.")
        % {"step": labels.label(v.DateKind, one.kind), "date": words.precise_date(one.date, one.precision)}
        for one in steps
    ]
    if any(one.precision != v.DatePrecision.DAY for one in steps):
        lines.append(_("The registry names no exact day, so this entry stands on the first one that it can be."))
    lines.append(_("Planned dates often change. Look at the page of the study before you plan."))
    return Day(
        key=f"study:{nct_id}:{steps[0].kind}",
        day=day,
        title=title_of_day(nct_id),
        lines=(*lines, address),
        address=address,
        made_at=trial.last_read_at,
    )
