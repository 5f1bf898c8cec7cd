"""A study in a list for programs: the registry's tokens unchanged, our sentences beside them.

None means that the registry does not say. The order of the fields is that of the answer.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from finder.presenters.about import condition_views
from finder.presenters.cards import tested_sentence
from finder.presenters.freshness import freshness
from finder.presenters.status import study_status
from finder.presenters.study import REGISTRY_URL
from finder.presenters.terms import ENGLISH
from finder.presenters.titles import title_of
from trials import vocab as v
from trials.models import Trial, TrialQuerySet
from trials.plain_language.expressions import said
from trials.plain_language.record.facts import StudyFacts
from trials.plain_language.record.frame import status_sentences
from trials.plain_language.tongue import tongue
from trials.records import StudyRecord
from trials.site_counts import SiteCount, site_counts

_Status = v.RecruitmentStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyItem:
    """`below_age_years` is the first age that is too old. `open_to_join`: somebody can ask to join today."""

    nct_id: str
    title: str
    url: str
    api_url: str
    registry: str
    registry_url: str | None
    listing_url: str | None
    status: str | None
    status_text: str
    open_to_join: bool
    tested: str
    study_type: str | None
    phases: tuple[str, ...]
    conditions: tuple[str, ...]
    minimum_age_years: float | None
    below_age_years: float | None
    sex: str | None
    enrollment_count: int | None
    enrollment_type: str | None
    site_count: int
    open_site_count: int
    countries: tuple[str, ...]
    first_posted: date | None
    registry_last_update: date | None
    read_at: datetime
    gone_since: datetime | None
    call_first: tuple[str, ...]
    is_sample: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What everybody who shows these data should show, too."""

    credit: str
    licence: str
    not_medical_advice: str


def about() -> About:
    return About(
        credit=_("Source of the studies: ClinicalTrials.gov, U.S. National Library of Medicine."),
        licence=_("The registry’s data can be used freely. Please name the registry as the source."),
        not_medical_advice=_(
            "This site is not medical advice. Talk with your doctor before you join a study. "
            "The study team has the last word on who can join."
        ),
    )


def with_item_parts(trials: TrialQuerySet) -> TrialQuerySet:
    """All that an item needs but its sites, in two queries more."""
    return trials.select_related("editorial").prefetch_related("interventions", "condition_links")


def items(trials: Sequence[Trial], request: HttpRequest, today: date, stale_after_months: int) -> list[StudyItem]:
    """`trials` come with the parts of an item."""
    counts = site_counts(trial.pk for trial in trials)
    return [
        StudyItem(**item_fields(trial, request, counts.get(trial.pk, SiteCount()), today, stale_after_months))
        for trial in trials
    ]


def item_fields(
    trial: Trial, request: HttpRequest, count: SiteCount, today: date, stale_after_months: int
) -> dict[str, Any]:
    """The fields of `StudyItem`, which a whole study has, too."""
    from_registry = trial.registry == v.Registry.CTGOV
    return {
        "nct_id": str(trial.nct_id),
        "title": title_of(trial),
        "url": request.build_absolute_uri(trial.get_absolute_url()),
        "api_url": request.build_absolute_uri(reverse("api_study", args=[trial.nct_id])),
        "registry": trial.registry,
        "registry_url": f"{REGISTRY_URL}{trial.nct_id}" if from_registry else None,
        "listing_url": None if from_registry else trial.listing_url or None,
        "status": trial.overall_status or None,
        "status_text": status_text(trial),
        "open_to_join": trial.recruiting and not trial.gone_since,
        "tested": tested_sentence(trial.study_type, list(trial.interventions.all())),
        "study_type": trial.study_type or None,
        "phases": tuple(trial.phases),
        "conditions": tuple(condition.slug for condition in condition_views(trial)),
        "minimum_age_years": trial.minimum_age_years,
        "below_age_years": trial.below_age_years,
        "sex": trial.sex or None,
        "enrollment_count": trial.enrollment_count,
        "enrollment_type": trial.enrollment_type or None,
        "site_count": count.sites,
        "open_site_count": 0 if trial.gone_since else count.open_sites,
        "countries": count.countries,
        "first_posted": trial.first_posted_on,
        "registry_last_update": trial.last_update_posted_on,
        "read_at": trial.last_read_at,
        "gone_since": trial.gone_since,
        "call_first": freshness(trial, today, stale_after_months).reasons,
        "is_sample": trial.is_sample,
    }


def status_text(trial: Trial) -> str:
    """How a study stands, as its page says it; where our rules have no sentence that holds, in a word or two."""
    by_hand = trial.registry == v.Registry.HAND
    if trial.gone_since or trial.overall_status in {"", _Status.WITHHELD} or (by_hand and _unconfirmed(trial)):
        return str(study_status(trial).word)
    record = StudyRecord(str(trial.nct_id), overall_status=_Status(trial.overall_status))
    language = tongue(get_language() or ENGLISH)
    return " ".join(said(fact.sentence, language) for fact in status_sentences(StudyFacts(record)))


def _unconfirmed(trial: Trial) -> bool:
    """The registry's own word; of a listing it would say what no registry said."""
    return trial.overall_status == _Status.UNKNOWN
