"""Search parameters → trials: the one place where a search becomes a query."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import reduce
from operator import or_

from django.db.models import Case, Count, Exists, F, Func, IntegerField, Min, OuterRef, Q, TextField, Value, When

from trials import vocab as v
from trials.models import Intervention, ListedCondition, Site, Trial, TrialCondition, TrialQuerySet

# What a patient can act on first; everything else follows, newest first.
STATUS_ORDER = (
    v.RecruitmentStatus.RECRUITING,
    v.RecruitmentStatus.AVAILABLE,
    v.RecruitmentStatus.NOT_YET_RECRUITING,
    v.RecruitmentStatus.ENROLLING_BY_INVITATION,
    v.RecruitmentStatus.ACTIVE_NOT_RECRUITING,
)
MOST_WORDS = 8  # of a free text; more add cost and no meaning
SHORT_WORD = 4  # letters; what is shorter stands inside too many other words ("APS" in "relapsed")
LONGEST_ABBREVIATION = 6  # letters, all capitals


@dataclass(frozen=True, slots=True)
class Search:
    """What somebody looks for. Empty means: no limit. `conditions` holds one group of slugs per named condition (the
    condition and all narrower ones); a trial must concern one of each group. `age_years` may have decimals.
    """

    text: str = ""
    conditions: tuple[frozenset[str], ...] = ()
    statuses: tuple[str, ...] = ()
    phases: tuple[str, ...] = ()
    age_years: float | None = None
    sex: str = ""
    country: str = ""
    study_type: str = ""
    all_diseases: bool = False

    @property
    def every_disease(self) -> bool:
        """Whether studies of diseases that are not ours belong to it: who names a condition means that one."""
        return self.all_diseases or bool(self.conditions)

    @property
    def only_open(self) -> bool:
        """Whether every chosen status is one in which people can join: then only open sites count."""
        return bool(self.statuses) and v.OPEN_STATUSES.issuperset(self.statuses)


@dataclass(frozen=True, slots=True)
class PlaceCount:
    """How many sites a trial has in a country, and its city there when all are in one."""

    country_code: str
    sites: int
    city: str


def find_trials(search: Search) -> TrialQuerySet:
    """The visible trials of a search, without order; what a record does not say never excludes it from age and sex."""
    trials: TrialQuerySet = Trial.objects.visible()
    if not search.every_disease:
        trials = trials.in_scope()
    for slugs in search.conditions:
        trials = trials.of_conditions(sorted(slugs))
    if search.statuses:
        trials = trials.with_status(*search.statuses)
    if search.phases:
        trials = trials.in_phase(*search.phases)
    if search.age_years is not None:
        trials = trials.open_to_age(search.age_years)
    if search.sex:
        trials = trials.open_to_sex(search.sex)
    if search.country:
        trials = trials.in_country(search.country, open_now=search.only_open)
    if search.study_type:
        trials = trials.filter(study_type=search.study_type)
    return _mentioning(trials, search.text)


def in_list_order(trials: TrialQuerySet) -> TrialQuerySet:
    """Open first, then as `STATUS_ORDER`; within a status the record changed last comes first.

    What the registry no longer lists stands with the closed ones.
    """
    rank = Case(
        When(gone_since__isnull=False, then=Value(len(STATUS_ORDER))),
        *(When(overall_status=status, then=Value(place)) for place, status in enumerate(STATUS_ORDER)),
        default=Value(len(STATUS_ORDER)),
        output_field=IntegerField(),
    )
    return trials.order_by(rank, F("last_update_posted_on").desc(nulls_last=True), "nct_id")


def _mentioning(trials: TrialQuerySet, text: str) -> TrialQuerySet:
    """Trials that have every word of the text in a title, a condition, a keyword or the name of what is tested."""
    words = text.split()[:MOST_WORDS]
    if words:
        keywords = Func(F("keywords"), Value(" "), function="array_to_string", output_field=TextField())
        trials = trials.alias(keyword_text=keywords)
    for word in words:
        listed = ListedCondition.objects.filter(_has("text", word), trial=OuterRef("pk"))
        tested = Intervention.objects.filter(_has("name", word), trial=OuterRef("pk"))
        own = (_has(field, word) for field in _SEARCHED)
        trials = trials.filter(reduce(or_, own, Q(Exists(listed)) | Q(Exists(tested))))
    return trials


_SEARCHED = ("brief_title", "official_title", "editorial__plain_title", "acronym", "keyword_text")


def _has(field: str, word: str) -> Q:
    """Whether the field has the word: a short word or an abbreviation as a whole word, another anywhere."""
    if len(word) < SHORT_WORD or (word.isupper() and len(word) <= LONGEST_ABBREVIATION):
        return Q(**{f"{field}__iregex": rf"(?<!\w){re.escape(word)}(?!\w)"})
    return Q(**{f"{field}__icontains": word})


def other_disease_count(search: Search) -> int:
    """How many more trials the same search finds among those of diseases that are not ours."""
    if search.every_disease:
        return 0
    return find_trials(replace(search, all_diseases=True)).filter(in_scope=False).count()


def status_counts(search: Search) -> dict[str, int]:
    """Trials per status, each as many as a search for that status alone finds."""
    counts = _per_status(replace(search, statuses=()))
    if search.country:  # an open study counts where it has an open site
        open_ones = tuple(sorted(v.OPEN_STATUSES))
        here = _per_status(replace(search, statuses=open_ones))
        counts |= {status: here.get(status, 0) for status in open_ones}
    return counts


def _per_status(search: Search) -> dict[str, int]:
    """A missing status counts as not known, and so does that of a study which the registry no longer lists."""
    unknown = Value(v.RecruitmentStatus.UNKNOWN.value)
    shown = Case(When(Q(gone_since__isnull=False) | Q(overall_status=""), then=unknown), default=F("overall_status"))
    trials = find_trials(search).order_by().annotate(shown=shown)
    return dict(trials.values_list("shown").annotate(number=Count("pk")))


def type_counts(search: Search) -> dict[str, int]:
    trials = find_trials(replace(search, study_type=""))
    return dict(trials.order_by().values_list("study_type").annotate(number=Count("pk")))


def phase_counts(search: Search) -> dict[str, int]:
    """Trials per phase; one of two phases counts in both."""
    phase = Func(F("phases"), function="unnest")
    trials = find_trials(replace(search, phases=())).order_by().annotate(phase=phase)
    return dict(trials.values_list("phase").annotate(number=Count("pk")))


def country_counts(search: Search) -> dict[str, int]:
    """Trials per ISO country code, of sites whose country is known; of open sites when only open trials are asked."""
    trials = find_trials(replace(search, country=""))
    sites = Site.objects.filter(trial__in=trials.values("pk")).exclude(country_code="")
    if search.only_open:
        sites = sites.filter(recruiting=True)
    return dict(sites.order_by().values_list("country_code").annotate(number=Count("trial", distinct=True)))


def trials_by_condition(trials: TrialQuerySet) -> dict[str, set[int]]:
    """The keys of the trials per condition slug, as linked (not the narrower conditions' too)."""
    found: dict[str, set[int]] = defaultdict(set)
    links = TrialCondition.objects.filter(trial__in=trials.order_by().values("pk"))
    for slug, trial_id in links.values_list("condition_id", "trial_id"):
        found[slug].add(trial_id)
    return found


def open_trials() -> TrialQuerySet:
    """The trials of our conditions that somebody can ask to join today."""
    return Trial.objects.visible().in_scope().recruiting()


def open_countries() -> list[str]:
    """ISO codes of the countries with an open site of an open trial."""
    sites = Site.objects.filter(trial__in=open_trials().values("pk"), recruiting=True).exclude(country_code="")
    return list(sites.order_by("country_code").values_list("country_code", flat=True).distinct())


@dataclass(frozen=True, slots=True)
class OpennessThere:
    """How many of a trial's sites in one country are open, and whether others there are still to open."""

    open_sites: int
    upcoming: bool


def openness_in(country_code: str, trial_ids: Iterable[int]) -> dict[int, OpennessThere]:
    """For each trial with a site in the country how it stands there; one query for all of them."""
    there = Site.objects.filter(trial_id__in=list(trial_ids), country_code=country_code).order_by()
    counted = there.values("trial_id").annotate(
        open_sites=Count("pk", filter=Q(recruiting=True)),
        upcoming=Count("pk", filter=Q(status=v.RecruitmentStatus.NOT_YET_RECRUITING)),
    )
    return {row["trial_id"]: OpennessThere(row["open_sites"], bool(row["upcoming"])) for row in counted}


def places_of(trial_ids: Iterable[int]) -> dict[int, list[PlaceCount]]:
    """For each trial its countries, most sites first; one query for all of them."""
    counted = (
        Site.objects.filter(trial_id__in=list(trial_ids))
        .order_by()
        .values("trial_id", "country_code")
        .annotate(sites=Count("pk"), cities=Count("city", distinct=True), city=Min("city"))
    )
    places: dict[int, list[PlaceCount]] = defaultdict(list)
    for row in counted:
        city = row["city"] if row["cities"] == 1 else ""
        places[row["trial_id"]].append(PlaceCount(row["country_code"], row["sites"], city))
    for of_trial in places.values():
        of_trial.sort(key=lambda place: (-place.sites, place.country_code))
    return places
