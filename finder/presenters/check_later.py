"""When a study that does not fit may fit later, in words: by waiting, or after a medicine has ended."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from finder.presenters.check_names import choice_name, measure, name_of
from finder.presenters.words import listing, precise_date
from trials.language import time_span
from trials.matching.answers import Answers
from trials.matching.later import Later, Lift, after_stopping, when_open
from trials.matching.tree import Groups, Node
from trials.vocab import DatePrecision

LONGEST_WAIT_MONTHS = 24  # what lies further off helps nobody plan
# Stopping these can be dangerous in itself: nothing here may sound like it.
_NOT_TO_STOP = {
    *("glucocorticoids", "hydroxychloroquine", "antimalarial", "tacrolimus", "cyclosporine"),
    *("prostanoid", "iloprost", "endothelin-antagonist", "pde5-inhibitor"),
}
_TRANSPLANTS = ("organ_transplant", "stem_cell_transplant")


@dataclass(frozen=True, slots=True)
class LaterView:
    """`look_on` is the day on which to look at the study again, where one can be told: no more exact than the month
    that the lines name. `after_medicine` where that is counted from a medicine that the person had.
    """

    lines: tuple[str, ...] = ()
    look_on: date | None = None
    after_medicine: bool = False


def later_view(study: Groups[Node], answers: Answers, today: date) -> LaterView:
    """Nothing for a study that fits, or that time alone will not open."""
    waiting = when_open(study, answers)
    if waiting is None:
        return LaterView(tuple(_stopping(study, answers)))
    if waiting.months > LONGEST_WAIT_MONTHS:
        return LaterView()
    return LaterView(
        (_waiting(waiting, today),),
        None if waiting.for_team else _first_ahead(waiting.date_from(today), today),
        after_medicine=any(lift.attribute == "treatment" for lift in waiting.lifts),
    )


def _first_ahead(day: date, today: date) -> date:
    """The first day of its month, or of the next one where that has passed."""
    first = day.replace(day=1)
    return first if first > today else (first + timedelta(days=31)).replace(day=1)


def _waiting(waiting: Later, today: date) -> str:
    if waiting.for_team:
        return _("This may change with time. The study counts in half-lives of a drug, so only its team can say when.")
    values = {
        # The answers say how long ago, no more exactly than people know.
        "month": precise_date(waiting.date_from(today), DatePrecision.MONTH),
        "reason": _reason(waiting.lifts[0]),
    }
    if waiting.lifts[0].attribute == "age":  # the birthday may be sooner
        return _("By %(month)s at the latest this may change: %(reason)s.") % values
    return _("From about %(month)s this may change: %(reason)s.") % values


def _reason(lift: Lift) -> str:
    if lift.threshold is not None:
        values = {"name": name_of(lift.attribute), "limit": measure(lift.attribute, lift.threshold)}
        return _("%(name)s then passes %(limit)s") % values
    what = choice_name("treatment", lift.treatment) if lift.treatment else name_of(lift.attribute)
    time = time_span(lift.window.amount, lift.window.unit) if lift.window else ""
    return _("it is then more than %(time)s since: %(what)s") % {"time": time, "what": what}


def _stopping(study: Groups[Node], answers: Answers) -> Iterator[str]:
    found = after_stopping(study, answers)
    if found is None or any(stop.treatment in _NOT_TO_STOP for stop in found.stops):
        return
    if any(answers.facts[name].value for name in _TRANSPLANTS if name in answers.facts):
        return
    stops = [
        _("%(time)s after the last dose of %(medicine)s")
        % {
            "time": time_span(stop.window.amount, stop.window.unit),
            "medicine": choice_name("treatment", stop.treatment),
        }
        for stop in found.stops
        if stop.window
    ]
    if stops:
        yield _("Do not stop a medicine without your doctor. The study’s own rule is: %(times)s.") % {
            "times": listing(stops)
        }
