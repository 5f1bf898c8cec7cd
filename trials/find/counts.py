"""How many trials a search finds, and how many with each choice of each facet: one reading of the index for all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from django.db.models import BooleanField, Count, ExpressionWrapper, Func, Q

from trials import vocab as v
from trials.facets import Alike, Tally, tally
from trials.find.matching import before_facets, in_country, matching
from trials.find.near import countries_within
from trials.find.search import Search


@dataclass(frozen=True)
class Counts:
    """All that a list's filters say in numbers. A count is what a search with that choice finds, no more, no less."""

    search: Search
    groups: tuple[Alike, ...]  # the trials that the search finds before any facet narrows it

    @property
    def total(self) -> int:
        return self._counting.total

    @property
    def recent(self) -> tuple[int, ...]:
        """Of the total, how many were posted since each of the days that were asked about."""
        return self._counting.recent

    def of(self, name: str) -> Mapping[str, int]:
        """Trials per value of a facet, with its own choice lifted and all others kept."""
        if name != "status" or not self.search.country:
            return self._counting.counts[name]
        here = self._open_there.counts[name]  # an open study counts where it has an open site
        return {**self._all.counts[name], **{status: here.get(status, 0) for status in v.OPEN_STATUSES}}

    @property
    def _counting(self) -> Tally:
        return self._open_there if self.search.country and self.search.only_open else self._all

    @cached_property
    def _all(self) -> Tally:
        return tally(self.groups, self.search.chosen)

    @cached_property
    def _open_there(self) -> Tally:
        return tally((group for group in self.groups if group.open_there), self.search.chosen)


def counts_of(search: Search, days: Sequence[date] = ()) -> Counts:
    """Count in one query; `days` are those since which new trials are counted."""
    rows = before_facets(search)
    if search.country:
        rows = rows.filter(in_country(search.country, open_now=False))
    there = in_country(search.country, open_now=True) if search.country else Q(pk__isnull=False)
    recent = {f"since_{n}": Count("pk", filter=Q(first_posted_on__gte=day)) for n, day in enumerate(days)}
    grouped = (
        rows.order_by()
        .annotate(open_there=ExpressionWrapper(there, output_field=BooleanField()))
        .values("facets", "open_there")
        .annotate(number=Count("pk"), **recent)
    )
    groups = (
        Alike(row["facets"], row["open_there"], row["number"], tuple(row[name] for name in recent)) for row in grouped
    )
    return Counts(search, tuple(groups))


def country_counts(search: Search) -> dict[str, int]:
    """Trials per ISO country code, of sites whose country is known; of open sites when only open trials are asked."""
    rows = matching(replace(search, country=""))
    if search.near and search.near.radius_km is not None:
        return countries_within(rows, search.near)
    column = "open_countries" if search.only_open else "countries"
    each = rows.order_by().annotate(code=Func(column, function="unnest"))
    return dict(each.values_list("code").annotate(number=Count("pk")))
