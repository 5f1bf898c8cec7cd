"""A study's dates: drawn as flags on a line, and as a list that says the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from finder.presenters import words
from trials import labels
from trials import vocab as v
from trials.models import TrialDate

WIDTH = 760  # units of the drawing
LINE_END = 600  # or before, where a flag's words need more room to the right
LANE = 44
LETTER = 10  # rough width of a letter in the widest of the system fonts, bold
GAP = 7  # from the pole to the words
EDGE = 10
# The team's own confirmation of the status is a note on the record, not a step of the study.
_DRAWN = set(v.DateKind) - {v.DateKind.STATUS_VERIFIED}
_CAN_BE_PLANNED = (v.DateKind.START, v.DateKind.PRIMARY_COMPLETION, v.DateKind.COMPLETION)


@dataclass(frozen=True, slots=True)
class DateView:
    label: words.Text
    day: str
    iso: str
    kind: words.Text  # "planned" or nothing


@dataclass(frozen=True, slots=True)
class Flag:
    """`x`: place on the line; `top`: of the words, which stand right of the pole; all in units of the drawing."""

    label: words.Text
    day: str
    x: int
    top: int
    past: bool
    today: bool = False


@dataclass(frozen=True, slots=True)
class Timeline:
    """`ahead` where a planned step is still to come, so that there is something for a calendar."""

    dates: tuple[DateView, ...]
    flags: tuple[Flag, ...]
    height: int
    ahead: bool
    width: int = WIDTH

    @property
    def line_y(self) -> int:
        return self.height - EDGE


def timeline(dates: Sequence[TrialDate], today: date) -> Timeline:
    """`flags` is empty with fewer than two dates: a line needs two ends."""
    ordered = sorted(dates, key=lambda d: (d.date, d.kind))
    drawn = [d for d in ordered if d.kind in _DRAWN]
    flags = _flags(drawn, today) if len(drawn) > 1 and drawn[0].date < drawn[-1].date else ()
    return Timeline(tuple(_date_view(d) for d in ordered), flags, _height(flags), bool(dates_ahead(dates, today)))


def dates_ahead(dates: Sequence[TrialDate], today: date) -> list[TrialDate]:
    """The planned steps of a study that lie ahead, in their order."""
    ahead = [one for one in dates if one.kind in _CAN_BE_PLANNED and one.date > today]
    return sorted(ahead, key=lambda one: (one.date, _CAN_BE_PLANNED.index(v.DateKind(one.kind))))


def _date_view(d: TrialDate) -> DateView:
    planned = d.kind in _CAN_BE_PLANNED and d.type == v.DateType.ESTIMATED
    kind = labels.label(v.DateType, d.type) if planned else ""
    return DateView(labels.label(v.DateKind, d.kind), words.precise_date(d.date, d.precision), _iso(d), kind)


def _iso(d: TrialDate) -> str:
    """ISO 8601, as short as the date is precise."""
    length = {v.DatePrecision.YEAR: 4, v.DatePrecision.MONTH: 7}.get(v.DatePrecision(d.precision), 10)
    return d.date.isoformat()[:length]


def _flags(drawn: Sequence[TrialDate], today: date) -> tuple[Flag, ...]:
    marks = [(d.date, labels.label(v.DateKind, d.kind), words.precise_date(d.date, d.precision), False) for d in drawn]
    marks.append((today, _("Today"), words.long_date(today), True))
    marks.sort(key=lambda mark: (mark[0], mark[3]))
    first, last = marks[0][0].toordinal(), marks[-1][0].toordinal()
    widths = [GAP + max(len(str(label)), len(text)) * LETTER for _day, label, text, _today in marks]
    days = [day.toordinal() - first for day, *_rest in marks]
    room = [(WIDTH - EDGE - width) / after for after, width in zip(days, widths, strict=True) if after]
    scale = min((LINE_END - 2 * EDGE) / (last - first), *room)
    xs = [round(EDGE + after * scale) for after in days]
    lanes = _lanes(xs, widths)
    highest = max(lanes)
    return tuple(
        Flag(label, text, x, (highest - lane) * LANE, day <= today, is_today)
        for (day, label, text, is_today), x, lane in zip(marks, xs, lanes, strict=True)
    )


def _lanes(xs: Sequence[int], widths: Sequence[float]) -> list[int]:
    """A lane for each flag, from the right: above every pole that its words would cross."""
    lanes = [0] * len(xs)
    for place in range(len(xs) - 1, -1, -1):
        end = xs[place] + widths[place] + EDGE
        crossed = [lanes[other] for other in range(place + 1, len(xs)) if xs[other] <= end]
        lanes[place] = max(crossed, default=-1) + 1
    return lanes


def _height(flags: Sequence[Flag]) -> int:
    return max((flag.top for flag in flags), default=0) + LANE + 2 * EDGE
