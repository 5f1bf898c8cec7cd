"""Which studies and sites are a partner's own, by the names that the registry writes."""

from collections.abc import Iterable

from django.db.models import Q

from trials.models import Site

SHORTEST_NAME = 4  # characters; shorter ones occur in the names of strangers


def own_trials(names: Iterable[str]) -> tuple[int, ...]:
    """Keys of the trials that are open at a site with one of the names in its own, in no order."""
    wanted = Q()
    for name in names:
        wanted |= Q(facility__icontains=name)
    if not wanted:
        return ()
    sites = Site.objects.filter(wanted, recruiting=True, trial__index__recruiting=True, trial__index__hidden=False)
    return tuple(sites.order_by().values_list("trial_id", flat=True).distinct())


def is_own(facility: str, names: Iterable[str]) -> bool:
    """Whether a site of this name is one of theirs: as `own_trials` finds it."""
    folded = facility.casefold()
    return any(name.casefold() in folded for name in names)
