"""schema.org descriptions of pages, for machines. Only properties that schema.org defines for the type are used."""

import json
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from finder.presenters.words import country_name
from trials import vocab as v
from trials.conditions import known
from trials.models import Trial

CONTEXT = "https://schema.org"
_SCRIPT_ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}

_STATUS = {
    v.RecruitmentStatus.RECRUITING: "Recruiting",
    v.RecruitmentStatus.NOT_YET_RECRUITING: "NotYetRecruiting",
    v.RecruitmentStatus.ENROLLING_BY_INVITATION: "EnrollingByInvitation",
    v.RecruitmentStatus.ACTIVE_NOT_RECRUITING: "ActiveNotRecruiting",
    v.RecruitmentStatus.SUSPENDED: "Suspended",
    v.RecruitmentStatus.COMPLETED: "Completed",
    v.RecruitmentStatus.TERMINATED: "Terminated",
    v.RecruitmentStatus.WITHDRAWN: "Withdrawn",
}
_OBSERVATION = {
    v.ObservationalModel.COHORT: "CohortStudy",
    v.ObservationalModel.CASE_ONLY: "CaseSeries",
}
_MASKED = {
    v.Masking.NONE: "OpenTrial",
    v.Masking.SINGLE: "SingleBlindedTrial",
    v.Masking.DOUBLE: "DoubleBlindedTrial",
    v.Masking.TRIPLE: "TripleBlindedTrial",
    v.Masking.QUADRUPLE: "TripleBlindedTrial",  # schema.org counts no further: three or more do not know
}


def as_script(data: dict[str, Any]) -> SafeString:
    """JSON that is safe inside a script element, whatever the registry's texts hold."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_SCRIPT_ESCAPES)
    return mark_safe(text)  # noqa: S308 - "<", ">" and "&" are escaped above  # nosec B308 B703


def site_jsonld(home_url: str) -> SafeString:
    """`home_url` is the first page in the language of this one."""
    name = "CTD Trial Finder"
    return as_script(
        {
            "@context": CONTEXT,
            "@type": "WebSite",
            "name": name,
            "url": home_url,
            "inLanguage": get_language(),
            "publisher": {"@type": "Organization", "name": name, "url": home_url},
        }
    )


def study_jsonld(trial: Trial, address: str, headline: str) -> SafeString:
    """`trial` comes with all its parts. `headline` is what its page calls it; the registry's titles stand beside.

    The description is the registry's English in every language.
    """
    facts = {
        "@context": CONTEXT,
        "@type": _type(trial),
        "name": headline,
        "alternateName": list(dict.fromkeys(filter(None, (trial.brief_title, trial.official_title)))),
        "description": trial.brief_summary,
        "url": address,
        "mainEntityOfPage": {"@type": "WebPage", "url": address, "inLanguage": get_language()},
        **_origin(trial),
        "healthCondition": _health_conditions(trial),
        "status": _status(trial),
        "sponsor": _lead_sponsor(trial),
        "studyLocation": _locations(trial),
        **_design(trial),
    }
    return as_script({name: value for name, value in facts.items() if value})


def _origin(trial: Trial) -> dict[str, Any]:
    """Which registered study it is; one entered by hand is in no registry, so only the page it comes from is named."""
    if trial.registry != v.Registry.CTGOV:
        return {"sameAs": trial.listing_url}
    return {
        "sameAs": f"https://clinicaltrials.gov/study/{trial.nct_id}",
        "identifier": [{"@type": "PropertyValue", "propertyID": "NCT", "value": trial.nct_id}],
    }


def _type(trial: Trial) -> str:
    types = {v.StudyType.INTERVENTIONAL: "MedicalTrial", v.StudyType.OBSERVATIONAL: "MedicalObservationalStudy"}
    return types.get(v.StudyType(trial.study_type), "MedicalStudy") if trial.study_type else "MedicalStudy"


def _status(trial: Trial) -> str:
    """What the registry says today: nothing of a study that it no longer lists."""
    stated = trial.overall_status and not trial.gone_since
    return _enumerated(_STATUS.get(v.RecruitmentStatus(trial.overall_status)) if stated else None)


def _enumerated(member: str | None) -> str:
    return f"{CONTEXT}/{member}" if member else ""


def _health_conditions(trial: Trial) -> list[dict[str, str]]:
    ours = (known(link.condition_id) for link in trial.condition_links.all())
    names = [c.clinical_name for c in ours if c] + [listed.text for listed in trial.listed_conditions.all()]
    return [{"@type": "MedicalCondition", "name": name} for name in sorted(set(names))]


def _lead_sponsor(trial: Trial) -> list[dict[str, str]]:
    leads = (sponsor for sponsor in trial.sponsors.all() if sponsor.role == v.SponsorRole.LEAD)
    return [{"@type": "Organization", "name": lead.name} for lead in leads]


def _locations(trial: Trial) -> list[dict[str, Any]]:
    """Each town once: one site's hospital and contacts are for people, not for machines."""
    towns = dict.fromkeys((s.city, s.country_code) for s in trial.sites.all() if s.city or s.country_code)
    return [
        {
            "@type": "AdministrativeArea",
            "name": ", ".join(part for part in (city, country_name(code) if code else "") if part),
            "address": {
                "@type": "PostalAddress",
                **({"addressLocality": city} if city else {}),
                **({"addressCountry": code} if code else {}),
            },
        }
        for city, code in towns
    ]


def _design(trial: Trial) -> dict[str, Any]:
    if trial.study_type == v.StudyType.OBSERVATIONAL:
        model = _OBSERVATION.get(v.ObservationalModel(trial.observational_model)) if trial.observational_model else None
        return {"studyDesign": _enumerated(model or "Observational")}
    if trial.study_type != v.StudyType.INTERVENTIONAL:
        return {}
    arms = {arm.type for arm in trial.arms.all()}
    members = [
        "RandomizedTrial" if trial.allocation == v.Allocation.RANDOMIZED else None,
        "PlaceboControlledTrial" if v.ArmType.PLACEBO_COMPARATOR in arms else None,
        _MASKED.get(v.Masking(trial.masking)) if trial.masking else None,
        "MultiCenterTrial" if len(trial.sites.all()) > 1 else None,
        "InternationalTrial" if len({s.country_code for s in trial.sites.all() if s.country_code}) > 1 else None,
    ]
    return {"trialDesign": [_enumerated(member) for member in members if member]}
