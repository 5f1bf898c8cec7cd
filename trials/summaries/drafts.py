"""A stored trial → what the plain-language writer reads of it, and the sentences that it writes."""

import logging
from enum import StrEnum
from functools import lru_cache
from typing import TypeVar

from trials import models as m
from trials import vocab as v
from trials.conditions import ancestors, known
from trials.criteria.model import Criterion, Kind, rule_from_json
from trials.plain_language.model import Origin, Section, Sentence, Summary
from trials.plain_language.record.facts import OFFICIAL_TITLE, TITLE
from trials.plain_language.tongue import tongue
from trials.plain_language.writer import write
from trials.records import Arm, Design, Eligibility, Intervention, Outcome, Site, Sponsor, StudyRecord

T = TypeVar("T", bound=StrEnum)
_KEPT = 200  # summaries: the same words give the same sentences, and one page is asked for by many
_log = logging.getLogger(__name__)


def draft_of(trial: m.Trial, lang: str) -> Summary:
    """The sentences that the rules write on a trial today; where they fail on it, its official words alone.

    `trial` comes with all its parts (`with_parts`). Raises ValueError on a language that the site does not speak.
    """
    return written_by_rules(trial, lang) or _official(trial, lang)


def written_by_rules(trial: m.Trial, lang: str) -> Summary | None:
    """The same, but None where the rules fail. A fault of the writer hides no study and keeps none from being stored.

    Raises ValueError on a language that the site does not speak.
    """
    language = tongue(lang).lang
    try:
        criteria, slugs = tuple(criteria_of(trial)), tuple(slugs_of(trial))
        return _written(record_of(trial), criteria, slugs, language, doubted_of(trial), trial.read_in_part)
    except Exception:
        _log.exception("No sentences could be written on %s.", trial.nct_id)
        return None


def _official(trial: m.Trial, lang: str) -> Summary:
    """The registry's title and every criterion, each as it is written there."""
    title = trial.brief_title or trial.official_title or trial.nct_id or ""
    source = TITLE if trial.brief_title or not trial.official_title else OFFICIAL_TITLE
    sentences = [Sentence(Section.HEADLINE, title, (source,), Origin.OFFICIAL)]
    for row in trial.criteria.all():
        section = Section.MAY_JOIN if row.kind == Kind.INCLUSION else Section.MAY_NOT_JOIN
        sentences.append(Sentence(section, row.text, (row.key,), Origin.OFFICIAL))
    return Summary(trial.nct_id, tongue(lang).lang, 0, tuple(sentences))


@lru_cache(maxsize=_KEPT)
def _written(
    record: StudyRecord,
    criteria: tuple[Criterion, ...],
    slugs: tuple[str, ...],
    lang: str,
    doubted: frozenset[str],
    read_in_part: bool,
) -> Summary:
    return write(record, criteria, slugs, lang, doubted=doubted, read_in_part=read_in_part)


def doubted_of(trial: m.Trial) -> frozenset[str]:
    """The criteria that keep their official words. An editor's criteria are numbered anew and were read by a person."""
    reading = getattr(trial, "criteria_reading", None)
    by_editor = any(row.from_editor for row in trial.criteria.all())
    return frozenset() if reading is None or by_editor else frozenset(reading.doubted)


def slugs_of(trial: m.Trial) -> list[str]:
    """Our conditions that the record itself names; what only the criteria accept is told by the criteria."""
    links = trial.condition_links.all()
    slugs = [link.condition_id for link in links if link.origin != m.TrialCondition.FROM_CRITERIA]
    # The narrowest first; rows come in no order of their own, and a sentence must not change with it.
    return sorted(filter(known, slugs), key=lambda slug: (-len(ancestors(slug)), slug))


def criteria_of(trial: m.Trial) -> list[Criterion]:
    """The criteria that the trial shows, the engine's or an editor's, in reading order."""
    rows = list(trial.criteria.all())
    keys = {row.pk: row.key for row in rows}
    return [
        Criterion(
            id=row.key,
            kind=Kind(row.kind),
            parent=keys.get(row.parent_id) if row.parent_id else None,
            text=row.text,
            source_start=row.source_start or 0,
            source_end=row.source_end or 0,
            join=int(row.join) if row.join.isdecimal() else row.join or None,  # type: ignore[arg-type]
            any_of=row.any_of,
            rules=tuple(map(rule_from_json, row.rules)),
        )
        for row in rows
    ]


def record_of(trial: m.Trial) -> StudyRecord:
    """The trial's rows as the record that they were stored from, as far as the writer reads it."""
    arms = list(trial.arms.all())
    places: dict[int, list[int]] = {}
    for place, arm in enumerate(arms):
        for intervention in arm.interventions.all():
            places.setdefault(intervention.pk, []).append(place)
    return StudyRecord(
        nct_id=trial.nct_id or "",
        registry=v.Registry(trial.registry),
        brief_title=trial.brief_title,
        official_title=trial.official_title,
        overall_status=_token(v.RecruitmentStatus, trial.overall_status),
        why_stopped=trial.why_stopped,
        brief_summary=trial.brief_summary,
        detailed_description=trial.detailed_description,
        conditions=tuple(listed.text for listed in trial.listed_conditions.all()),
        keywords=tuple(trial.keywords),
        design=_design(trial),
        arms=tuple(Arm(arm.label, _token(v.ArmType, arm.type), arm.description) for arm in arms),
        interventions=tuple(
            Intervention(
                one.name, _token(v.InterventionType, one.type), one.description,
                tuple(one.other_names), tuple(places.get(one.pk, ())),
            )
            for one in trial.interventions.all()
        ),
        outcomes=tuple(
            Outcome(v.OutcomeType(one.type), one.measure, one.description, one.time_frame)
            for one in trial.outcomes.all()
        ),
        eligibility=_eligibility(trial),
        sponsors=tuple(
            Sponsor(v.SponsorRole(one.role), one.name, _token(v.AgencyClass, one.agency_class))
            for one in trial.sponsors.all()
        ),
        sites=tuple(Site(country_code=site.country_code) for site in trial.sites.all()),
    )  # fmt: skip


def _eligibility(trial: m.Trial) -> Eligibility:
    return Eligibility(
        criteria_text=trial.eligibility_criteria,
        minimum_age_years=trial.minimum_age_years,
        below_age_years=trial.below_age_years,
        minimum_age_text=trial.minimum_age_text,
        maximum_age_text=trial.maximum_age_text,
        sex=_token(v.Sex, trial.sex),
        healthy_volunteers=trial.healthy_volunteers,
    )


def _design(trial: m.Trial) -> Design:
    return Design(
        study_type=_token(v.StudyType, trial.study_type),
        phases=tuple(map(v.Phase, trial.phases)),
        allocation=_token(v.Allocation, trial.allocation),
        intervention_model=_token(v.InterventionModel, trial.intervention_model),
        primary_purpose=_token(v.PrimaryPurpose, trial.primary_purpose),
        masking=_token(v.Masking, trial.masking),
        who_masked=tuple(map(v.WhoMasked, trial.who_masked)),
        observational_model=_token(v.ObservationalModel, trial.observational_model),
        enrollment_count=trial.enrollment_count,
        enrollment_type=_token(v.DateType, trial.enrollment_type),
    )


def _token(vocabulary: type[T], token: str) -> T | None:
    return vocabulary(token) if token else None
