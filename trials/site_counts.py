"""How many sites trials have, and where: one query for any number of trials."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, Q

from trials.models import Site


@dataclass(frozen=True, slots=True)
class SiteCount:
    """`open_sites` are those where one can ask to join; `countries`, ISO codes in order of the alphabet."""

    sites: int = 0
    open_sites: int = 0
    countries: tuple[str, ...] = ()


def site_counts(trial_ids: Iterable[int]) -> dict[int, SiteCount]:
    """Of each trial with sites."""
    counted = Site.objects.filter(trial_id__in=list(trial_ids)).order_by().values("trial_id")
    rows = counted.annotate(
        sites=Count("pk"),
        open_sites=Count("pk", filter=Q(recruiting=True)),
        countries=ArrayAgg("country_code", distinct=True, default=[]),
    )
    return {
        row["trial_id"]: SiteCount(row["sites"], row["open_sites"], tuple(sorted(filter(None, row["countries"]))))
        for row in rows
    }
