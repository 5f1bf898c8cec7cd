"""What a partner may be told of the page views in its frames. Only here are counts of views read."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from django.db.models import Sum

from trials.models import Partner
from trials.partners.suppression import Shown, added, shown, shown_studies

SPANS = (30, 90, 365)  # days, each within the next
DAYS_ONE_BY_ONE = 90  # a longer span is shown by weeks
_WEEK = 7  # days


@dataclass(frozen=True, slots=True)
class Stretch:
    """A day or a week, the last of which ends with the span; both days are included."""

    first: date
    last: date
    views: Shown


@dataclass(frozen=True, slots=True)
class PartnerUse:
    """Page views from `first` to `last`. `studies` are pairs of an id and its views, the most viewed first; None where
    nothing may be told of them.
    """

    first: date
    last: date
    stretches: tuple[Stretch, ...]
    total: Shown
    studies: tuple[tuple[str, Shown], ...] | None


def partner_use(partner: Partner, today: date, span_days: int) -> PartnerUse:
    """Up to yesterday: of a day that goes on, one view more could be seen coming. `span_days` is one of `SPANS`.

    Two queries.
    """
    last = today - timedelta(days=1)
    newest_first = [last - timedelta(days=n) for n in range(max(SPANS))]
    of_days = _of_days(partner, newest_first)
    bounds = [0, *SPANS]
    told_of_spans = shown_studies(
        [[of_days[day] for day in newest_first[start:end]] for start, end in pairwise(bounds)],
        _of_studies(partner, last),
    )
    days = newest_first[:span_days][::-1]
    told = told_of_spans[SPANS.index(span_days)]
    return PartnerUse(
        first=days[0],
        last=last,
        stretches=tuple(_stretches([(day, of_days[day]) for day in days])),
        total=added(of_days[day] for day in days),
        studies=None if told is None else tuple(sorted(told.items(), key=_most_viewed_first)),
    )


def _of_days(partner: Partner, days: list[date]) -> dict[date, Shown]:
    rows = partner.views.filter(day__range=(days[-1], days[0])).order_by().values_list("day").annotate(Sum("views"))
    counts = dict(rows)
    return {day: shown(counts.get(day, 0)) for day in days}


def _of_studies(partner: Partner, last: date) -> Mapping[str, list[int]]:
    """For each study its views of each span."""
    rows = partner.views.exclude(nct_id="").filter(day__lte=last, day__gt=last - timedelta(days=max(SPANS)))
    counts: dict[str, list[int]] = {}
    for nct_id, day, views in rows.values_list("nct_id", "day", "views"):
        of_study = counts.setdefault(nct_id, [0] * len(SPANS))
        for place, span in enumerate(SPANS):
            of_study[place] += views if (last - day).days < span else 0
    return counts


def _most_viewed_first(study: tuple[str, Shown]) -> tuple[int, str]:
    """Those with few views stand in the order of their ids, which tells nothing of how few."""
    nct_id, views = study
    return -views.at_least, nct_id


def _stretches(days: list[tuple[date, Shown]]) -> Iterable[Stretch]:
    size = 1 if len(days) <= DAYS_ONE_BY_ONE else _WEEK
    starts = range(len(days) % size - size if len(days) % size else 0, len(days), size)
    for start in starts:
        part = days[max(0, start) : start + size]
        yield Stretch(part[0][0], part[-1][0], added(views for _day, views in part))
