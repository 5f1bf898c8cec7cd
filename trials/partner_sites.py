"""Which studies and sites are a partner's own, by the names that the registry writes."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from django.db.models import Q

from trials.models import Site

SHORTEST_NAME = 4  # characters; shorter ones occur in the names of strangers
TOWN_MARK = "|"  # a name that many sites have is followed by it and the town


@dataclass(frozen=True, slots=True)
class OwnName:
    """A name as the registry writes it, or whole words of it; with a town, of sites there alone."""

    name: str
    town: str = ""

    def names(self, facility: str, city: str) -> bool:
        here = not self.town or self.town.casefold() == city.strip().casefold()
        return here and bool(_pattern(self.name).search(facility))

    @property
    def condition(self) -> Q:
        """The same for the database."""
        found = Q(facility__iregex=rf"(^|\W){re.escape(self.name)}(\W|$)")
        return found & Q(city__iexact=self.town) if self.town else found


@lru_cache(maxsize=1_000)
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", re.IGNORECASE)


@lru_cache(maxsize=1_000)  # asked for each site of a study
def own_name(line: str) -> OwnName:
    """A line such as "General Hospital" or "Investigative Site | Jena"."""
    name, _mark, town = line.partition(TOWN_MARK)
    return OwnName(" ".join(name.split()), " ".join(town.split()))


def own_trials(lines: Iterable[str]) -> tuple[int, ...]:
    """Keys of the trials that are open at a site with one of the names, in no order."""
    wanted = Q()
    for line in lines:
        wanted |= own_name(line).condition
    if not wanted:
        return ()
    sites = Site.objects.filter(wanted, recruiting=True, trial__index__recruiting=True, trial__index__hidden=False)
    return tuple(sites.order_by().values_list("trial_id", flat=True).distinct())


def is_own(facility: str, city: str, lines: Iterable[str]) -> bool:
    """Whether a site is one of theirs: as `own_trials` finds it."""
    return any(own_name(line).names(facility, city) for line in lines)


def towns_called(line: str) -> tuple[str, ...]:
    """The towns of all sites that the line names, with their countries: a clinic has one."""
    sites = Site.objects.filter(own_name(line).condition).order_by("country_code", "city")
    return tuple(f"{city} ({code})" for city, code in sites.values_list("city", "country_code").distinct())
