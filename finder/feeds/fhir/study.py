"""A stored trial → the ResearchStudy that describes it. Texts are the registry's own, so the language is English."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import override

from finder.feeds.fhir import codes, contained
from finder.feeds.fhir.codes import concept
from finder.feeds.fhir.values import exact, filled, period
from finder.feeds.items import about
from finder.feeds.study import notices
from finder.presenters.plain import headline_of
from finder.presenters.study import REGISTRY_URL
from finder.presenters.terms import ENGLISH
from trials import vocab as v
from trials.models import Trial
from trials.plain_language.record.facts import StudyFacts
from trials.summaries import record_of, shown_summary

NCT_SYSTEM = "https://clinicaltrials.gov"


def research_study(trial: Trial, request: HttpRequest) -> dict[str, Any]:
    """`trial` comes with all its parts (`TrialQuerySet.with_parts`)."""
    people = contained.people(trial)
    group = contained.eligibility(trial)
    dates = {row.kind: row for row in trial.dates.all()}
    updated = dates.get(v.DateKind.LAST_UPDATE_POSTED)
    resource = {
        "resourceType": "ResearchStudy",
        "id": trial.nct_id,
        "meta": {"lastUpdated": trial.last_read_at.isoformat(timespec="seconds"), "source": _origin(trial)},
        "language": ENGLISH,
        "contained": [group, *contained.locations(trial), *(role for _contact, role in people)],
        "url": request.build_absolute_uri(reverse("api_study_fhir", args=[trial.nct_id])),
        "identifier": _identifiers(trial, request),
        "title": trial.brief_title or trial.official_title,
        "label": _labels(trial),
        "relatedArtifact": [{"type": "derived-from", "document": {"url": _origin(trial)}}] if _origin(trial) else [],
        "date": exact(updated) if updated else None,
        # Of this description, not of the study: what has left the registry may be no longer true.
        "status": "unknown" if trial.gone_since else "active",
        "primaryPurposeType": _purpose(trial),
        "phase": _phase(trial),
        "studyDesign": _design(trial),
        "focus": _focus(trial),
        "condition": [concept(listed.text) for listed in trial.listed_conditions.all()],
        "keyword": [concept(keyword) for keyword in trial.keywords],
        "region": _regions(trial),
        "descriptionSummary": trial.brief_summary,
        "description": trial.detailed_description,
        "period": period(dates.get(v.DateKind.START), dates.get(v.DateKind.COMPLETION)),
        "site": _sites(trial),
        "note": _notes(trial),
        "associatedParty": [*_sponsors(trial), *_people(people)],
        "progressStatus": _progress(trial),
        "whyStopped": concept(trial.why_stopped),
        "recruitment": {**_numbers(trial), "eligibility": {"reference": f"#{contained.GROUP}"} if group else {}},
        "comparisonGroup": _groups(trial),
        "outcomeMeasure": _outcomes(trial),
    }
    return dict(filled(resource))


def _origin(trial: Trial) -> str:
    return f"{REGISTRY_URL}{trial.nct_id}" if trial.registry == v.Registry.CTGOV else trial.listing_url


def _identifiers(trial: Trial, request: HttpRequest) -> list[dict[str, Any]]:
    """The registry's id first; of a study entered by hand ours, whose system is this site."""
    from_registry = trial.registry == v.Registry.CTGOV
    system = NCT_SYSTEM if from_registry else request.build_absolute_uri(reverse("studies"))
    others = (
        {"type": {"text": one.type}, "value": one.identifier, "assigner": {"display": one.domain}}
        for one in trial.secondary_ids.all()
    )
    own = {"type": {"text": "orgStudyId"}, "value": trial.org_study_id} if trial.org_study_id else {}
    return [{"use": "official", "system": system, "value": trial.nct_id}, own, *others]


def _labels(trial: Trial) -> list[dict[str, Any]]:
    """The registry's other titles, and what our page calls the study where that is our own sentence."""
    headline = headline_of(trial, shown_summary(trial, ENGLISH))
    titles = (
        ("official", trial.official_title),
        ("acronym", trial.acronym),
        ("plain-language", "" if headline.official else headline.text),
    )
    return [{"type": concept(code, "title", code), "value": text} for code, text in titles if text.strip()]


def _purpose(trial: Trial) -> dict[str, Any]:
    return concept(trial.primary_purpose, "purpose", codes.PURPOSES.get(trial.primary_purpose))


def _phase(trial: Trial) -> dict[str, Any]:
    return concept("/".join(trial.phases), "phase", codes.PHASES.get(tuple(sorted(trial.phases))))


def _design(trial: Trial) -> list[dict[str, Any]]:
    """Each token with the registry's name of its field, as "masking: DOUBLE"."""
    said = [
        ("studyType", trial.study_type),
        ("allocation", trial.allocation),
        ("interventionModel", trial.intervention_model),
        ("observationalModel", trial.observational_model),
        ("timePerspective", trial.time_perspective),
        ("masking", trial.masking),
        *(("whoMasked", who) for who in trial.who_masked),
    ]
    return [concept(f"{field}: {token}", "design", codes.DESIGN.get((field, token))) for field, token in said if token]


def _focus(trial: Trial) -> list[dict[str, Any]]:
    """What is under test: of several groups what the experimental ones get, and no placebo."""
    record = record_of(trial)
    names = dict.fromkeys(record.interventions[place].name for place in StudyFacts(record).tested)
    return [{"concept": {"text": name}} for name in names]


def _regions(trial: Trial) -> list[dict[str, Any]]:
    countries = dict.fromkeys(site.country_code for site in trial.sites.all() if site.country_code)
    return [concept(code, "country", code) for code in countries]


def _sites(trial: Trial) -> list[dict[str, Any]]:
    return [
        {"reference": f"#site-{place}", "display": contained.place_name(site)}
        for place, site in enumerate(trial.sites.all(), start=1)
    ]


def _notes(trial: Trial) -> list[dict[str, Any]]:
    with override(ENGLISH):
        told = about()
        return [{"text": text} for text in (*notices(trial), told.credit, told.not_medical_advice)]


def _sponsors(trial: Trial) -> list[dict[str, Any]]:
    return [
        {
            "name": one.name,
            "role": concept(one.role, "party", codes.PARTIES.get(one.role)),
            "classifier": [concept(one.agency_class)],
        }
        for one in trial.sponsors.all()
    ]


def _people(people: list[tuple[Any, dict[str, Any]]]) -> list[dict[str, Any]]:
    found = []
    for contact, role in people:
        token = contact.kind if contact.kind == v.ContactKind.CENTRAL else contact.role or contact.kind
        party = {"reference": f"#{role['id']}"}
        found.append({"name": contact.name, "role": concept(token, "party", codes.PARTIES.get(token)), "party": party})
    return found


def _progress(trial: Trial) -> list[dict[str, Any]]:
    """How the study stands today; nothing of one that the registry no longer lists."""
    token = trial.overall_status
    if not token or trial.gone_since:
        return []
    return [{"state": concept(token, "progress", codes.PROGRESS.get(token)), "actual": True}]


def _numbers(trial: Trial) -> dict[str, Any]:
    """How many people: planned or counted, as the registry says; a number of neither kind is left out."""
    name = {"ESTIMATED": "targetNumber", "ACTUAL": "actualNumber"}.get(trial.enrollment_type)
    return {name: trial.enrollment_count} if name else {}


def _groups(trial: Trial) -> list[dict[str, Any]]:
    return [
        {
            "linkId": f"arm-{place}",
            "name": arm.label,
            "type": concept(arm.type, "arm", codes.ARMS.get(arm.type)) if arm.type else {},
            "description": arm.description,
            "intendedExposure": [{"display": one.name} for one in arm.interventions.all()],
        }
        for place, arm in enumerate(trial.arms.all(), start=1)
    ]


def _outcomes(trial: Trial) -> list[dict[str, Any]]:
    """The time frame stands below the description, as FHIR has no place for it."""
    return [
        {
            "name": one.measure,
            "type": [concept(one.type, "outcome", codes.OUTCOMES.get(one.type))],
            "description": "\n\n".join(
                filter(None, (one.description, f"Time frame: {one.time_frame}" if one.time_frame else ""))
            ),
        }
        for one in trial.outcomes.all()
    ]
