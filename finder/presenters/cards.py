"""A study in a list: what fits on one card."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from finder.presenters import words
from finder.presenters.age_limits import age_limits
from finder.presenters.changes import SinceView
from finder.presenters.freshness import freshness
from finder.presenters.marking import Marked
from finder.presenters.nearby import NearestView
from finder.presenters.status import StatusView, study_status
from finder.presenters.titles import title_of
from finder.presenters.towns import towns_in_own_words
from trials import labels
from trials import vocab as v
from trials.find import OpennessThere, PlaceCount, openness_in, places_of
from trials.models import Intervention, Trial

SHORT_LIST = 3  # how many names stand on a card when there are too many
LONG_LIST = SHORT_LIST + 3  # a list is cut only when three or more names would go


@dataclass(frozen=True, slots=True)
class Found:
    """What a card says of the search that found the study: where it is near, why it is listed, what is new in it, and
    its title and a line of its text with the words that were looked for. `own`: it is open at the clinic around us.
    """

    nearest: NearestView | None = None
    own: bool = False
    why: str = ""
    changes: SinceView | None = None
    title: tuple[Marked, ...] = ()
    excerpt: tuple[Marked, ...] = ()


@dataclass(frozen=True, slots=True)
class Card:
    nct_id: str
    url: str
    title: str
    status: StatusView
    here: str
    tested: str
    facts: tuple[words.Text, ...]
    call_first: bool
    is_sample: bool
    found: Found = Found()


def cards(
    trials: Sequence[Trial], today: date, stale_after_months: int, *, country: str = "", for_age: bool = False
) -> list[Card]:
    """One card for each trial; `trials` come with their editorial and interventions already fetched.

    With `country` a card says how the study stands there, with `for_age` also that no age limit is stated.
    """
    places = _in_own_words(places_of(trial.pk for trial in trials))
    made = [_card(trial, places.get(trial.pk, []), today, stale_after_months, for_age=for_age) for trial in trials]
    if not country:
        return made
    there = openness_in(country, [trial.pk for trial in trials])
    return [
        replace(card, here=_here(trial, there.get(trial.pk), words.country_name(country)))
        for card, trial in zip(made, trials, strict=True)
    ]


def _in_own_words(places: dict[int, list[PlaceCount]]) -> dict[int, list[PlaceCount]]:
    """With the towns as the language of the page has them, where we know."""
    towns = towns_in_own_words((one.city, one.country_code) for found in places.values() for one in found if one.city)
    if not towns:
        return places
    return {
        key: [replace(one, city=towns.get((one.city, one.country_code), one.city)) for one in found]
        for key, found in places.items()
    }


def _here(trial: Trial, there: OpennessThere | None, country: str) -> str:
    """How an open study stands in the chosen country; nothing where nobody can join it anywhere."""
    if there is None or trial.gone_since or not trial.recruiting:
        return ""
    values = {"country": country, "sites": words.sites(there.open_sites)}
    if there.open_sites:
        return _("Open to join in %(country)s: %(sites)s") % values
    return (_("Not open yet in %(country)s") if there.upcoming else _("Not open in %(country)s")) % values


def _card(trial: Trial, places: list[PlaceCount], today: date, stale_after_months: int, *, for_age: bool) -> Card:
    facts = (
        place_summary(places),
        phase_words(trial.phases, trial.study_type),
        words.people(trial.enrollment_count, trial.enrollment_type) if trial.enrollment_count is not None else "",
        words.ages(*age_limits(trial)) or (_("Age not stated") if for_age else ""),
    )
    return Card(
        nct_id=str(trial.nct_id),
        url=trial.get_absolute_url(),
        title=title_of(trial),
        status=study_status(trial),
        here="",
        tested=tested_sentence(trial.study_type, list(trial.interventions.all())),
        facts=tuple(fact for fact in facts if fact),
        call_first=freshness(trial, today, stale_after_months).call_first,
        is_sample=trial.is_sample,
    )


def phase_words(phases: Iterable[str], study_type: str = "") -> str:
    """ "Phase 1 and Phase 2"; a study of no drug has none, and its kind says more."""
    known = [phase for phase in phases if phase != v.Phase.NA]
    if known:
        return words.listing(labels.label(v.Phase, phase) for phase in known)
    if study_type == v.StudyType.OBSERVATIONAL:
        return _("Observes only")
    return ""


def tested_sentence(study_type: str, interventions: Sequence[Intervention]) -> str:
    """What is tested, in one sentence; empty when the registry names nothing."""
    names: list[str] = list(dict.fromkeys(_named(intervention) for intervention in interventions))
    if not names:
        return _("Observes people and gives no study treatment.") if study_type == v.StudyType.OBSERVATIONAL else ""
    things = short_listing(names)
    if study_type == v.StudyType.OBSERVATIONAL:
        return _("Observes people. It looks at: %(things)s.") % {"things": things}
    if study_type == v.StudyType.EXPANDED_ACCESS:
        return _("Gives access outside a study to: %(things)s.") % {"things": things}
    return _("Tests or compares: %(things)s.") % {"things": things}


def short_listing(names: Sequence[str]) -> str:
    if len(names) < LONG_LIST:
        return words.listing(names)
    rest = len(names) - SHORT_LIST
    more = ngettext("%(count)s more", "%(count)s more", rest) % {"count": words.number(rest)}
    return words.listing([*names[:SHORT_LIST], more])


def _named(intervention: Intervention) -> str:
    if not intervention.type or intervention.type == v.InterventionType.OTHER:
        return intervention.name
    kind = str(labels.label(v.InterventionType, intervention.type)).lower()
    return _("%(name)s (%(kind)s)") % {"name": intervention.name, "kind": kind}


def place_summary(places: Sequence[PlaceCount]) -> str:
    """ "Hangzhou, China", "12 sites in China and Japan", "131 sites in 23 countries"; empty without sites."""
    total = sum(place.sites for place in places)
    if not total:
        return ""
    countries = [words.country_name(place.country_code) for place in places if place.country_code]
    count = words.sites(total)
    if not countries:
        return count
    if len(places) == 1 and places[0].city and total == 1:
        return town(places[0].city, countries[0])
    if len(countries) <= SHORT_LIST:
        return _("%(sites)s in %(countries)s") % {"sites": count, "countries": words.listing(countries)}
    values = {"sites": count, "count": words.number(len(countries))}
    return ngettext("%(sites)s in %(count)s country", "%(sites)s in %(count)s countries", len(countries)) % values


def town(city: str, country: str) -> str:
    """City and country, named once when they are the same ("Singapore")."""
    return country if city.casefold() == country.casefold() else f"{city}, {country}"
