"""A whole study for programs: what its page shows, as data."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from finder.feeds import parts
from finder.feeds.items import About, StudyItem, about, item_fields
from finder.presenters.plain import headline_of
from finder.presenters.terms import ENGLISH
from trials import vocab as v
from trials.models import Trial
from trials.plain_language.model import Origin, Section
from trials.site_counts import SiteCount, site_counts
from trials.summaries import ShownSentence, ShownSummary, shown_summary


@dataclass(frozen=True, slots=True)
class Sentence:
    """`sources` are paths into the registry's record, or ids of `Study.criteria`.

    `origin` is "written" by our rules, "edited" by an editor or "official", the registry's own words. `checked`: an
    editor checked it as it stands.
    """

    section: str
    text: str
    language: str
    origin: str
    checked: bool
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Study(StudyItem):
    """Texts that are not sentences of ours are the registry's own words, in English."""

    headline: str
    headline_language: str
    review_state: str
    notices: tuple[str, ...]
    sentences: tuple[Sentence, ...]
    official_title: str | None
    acronym: str | None
    brief_summary: str | None
    detailed_description: str | None
    why_stopped: str | None
    editors_note: str | None
    eligibility_criteria: str | None
    minimum_age_text: str | None
    maximum_age_text: str | None
    healthy_volunteers: bool | None
    gender_description: str | None
    study_population: str | None
    has_results: bool | None
    read_in_part: bool
    criteria: tuple[parts.Criterion, ...]
    condition_details: tuple[parts.ConditionDetail, ...]
    listed_conditions: tuple[str, ...]
    keywords: tuple[str, ...]
    dates: tuple[parts.StudyDate, ...]
    design: parts.Design
    arms: tuple[parts.Arm, ...]
    interventions: tuple[parts.Intervention, ...]
    outcomes: tuple[parts.Outcome, ...]
    sponsors: tuple[parts.Sponsor, ...]
    secondary_ids: tuple[parts.SecondaryId, ...]
    contacts: tuple[parts.Contact, ...]
    sites: tuple[parts.Site, ...]
    about: About


def study_for_programs(trial: Trial, request: HttpRequest, today: date, stale_after_months: int) -> Study:
    """`trial` comes with all its parts (`TrialQuerySet.with_parts`)."""
    summary = shown_summary(trial, get_language() or ENGLISH)
    headline = headline_of(trial, summary)
    count = site_counts([trial.pk]).get(trial.pk, SiteCount())
    editorial = getattr(trial, "editorial", None)
    return Study(
        **item_fields(trial, request, count, today, stale_after_months),
        headline=headline.text,
        headline_language=ENGLISH if headline.official else summary.lang,
        review_state=summary.state.value,
        notices=notices(trial),
        sentences=tuple(_sentence(one, summary) for one in _shown(trial, summary)),
        editors_note=(editorial.public_note or None) if editorial else None,
        condition_details=parts.condition_details(trial),
        **_texts(trial),
        healthy_volunteers=trial.healthy_volunteers,
        has_results=trial.has_results,
        read_in_part=trial.read_in_part,
        criteria=parts.criteria(trial),
        listed_conditions=tuple(listed.text for listed in trial.listed_conditions.all()),
        keywords=tuple(trial.keywords),
        dates=parts.dates(trial),
        design=parts.design(trial),
        arms=parts.arms(trial),
        interventions=parts.interventions(trial),
        outcomes=parts.outcomes(trial),
        sponsors=parts.sponsors(trial),
        secondary_ids=parts.secondary_ids(trial),
        contacts=parts.contacts(trial),
        sites=parts.sites(trial),
        about=about(),
    )


_TEXTS = (
    "official_title", "acronym", "brief_summary", "detailed_description", "why_stopped", "eligibility_criteria",
    "minimum_age_text", "maximum_age_text", "gender_description", "study_population",
)  # fmt: skip


def _texts(trial: Trial) -> dict[str, Any]:
    return {name: getattr(trial, name) or None for name in _TEXTS}


def notices(trial: Trial) -> tuple[str, ...]:
    """What must be known before the data are used, in sentences."""
    said = []
    if trial.is_sample:
        said.append(_("This is a sample study. Its texts are in our own words. Its contacts are placeholders."))
    if trial.registry == v.Registry.HAND:
        said.append(_("This study is not from a registry. An editor entered it from a listing on another site."))
    if trial.read_in_part:
        said.append(_("We hold only a part of the registry’s record. What is missing here may stand there."))
    return tuple(said)


def _shown(trial: Trial, summary: ShownSummary) -> tuple[ShownSentence, ...]:
    """As on the page: of a study that has left the registry, the status is told by `status_text`."""
    return tuple(one for one in summary.sentences if not (one.section is Section.STATUS and trial.gone_since))


def _sentence(one: ShownSentence, summary: ShownSummary) -> Sentence:
    language = ENGLISH if one.origin == Origin.OFFICIAL else summary.lang
    return Sentence(one.section.value, one.text, language, one.origin, one.reviewed, one.sources)
