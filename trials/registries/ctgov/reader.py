"""ClinicalTrials.gov API v2 study record → `StudyRecord`.

Source: https://clinicaltrials.gov/data-api/about-api/study-data-structure. Every module may be missing: records fetched
with `fields=`, and files converted from older layouts, are read as far as they go.
"""

import re
from dataclasses import replace
from datetime import date
from typing import Any

from trials import vocab as v
from trials.records import RecordDate, RecordError, SecondaryId, Sponsor, StudyRecord
from trials.registries import coherence
from trials.registries.ctgov.arms import read_arms, read_interventions, read_outcomes
from trials.registries.ctgov.design import read_design
from trials.registries.ctgov.eligibility import read_eligibility
from trials.registries.ctgov.sites import read_contacts, read_sites
from trials.registries.ctgov.values import (
    body,
    last_day,
    line,
    lines,
    parse_date,
    rows,
    sub,
    token,
)
from trials.registries.ledger import Ledger

NCT_ID = re.compile(r"NCT\d{8}")
_DATES = {
    v.DateKind.FIRST_POSTED: "studyFirstPostDateStruct",
    v.DateKind.START: "startDateStruct",
    v.DateKind.PRIMARY_COMPLETION: "primaryCompletionDateStruct",
    v.DateKind.COMPLETION: "completionDateStruct",
    v.DateKind.LAST_UPDATE_POSTED: "lastUpdatePostDateStruct",
    v.DateKind.STATUS_VERIFIED: "statusVerifiedDate",
    v.DateKind.RESULTS_FIRST_POSTED: "resultsFirstPostDateStruct",
}
# What every full record holds; one that lacks any of these was fetched or kept in part.
_ALWAYS_THERE = (
    ("statusModule", "overallStatus"),
    ("sponsorCollaboratorsModule", "leadSponsor"),
    ("designModule", "studyType"),
    ("eligibilityModule", "eligibilityCriteria"),
)


def study_id(payload: Any) -> str:
    """The study's NCT id. Raises RecordError when the record has none."""
    if not isinstance(payload, dict):
        raise RecordError("This is no study record: a JSON object is expected.")
    found = sub(sub(payload, "protocolSection"), "identificationModule").get("nctId")
    nct_id = found.strip().upper() if isinstance(found, str) else ""
    if not NCT_ID.fullmatch(nct_id):
        raise RecordError(f"The record has no NCT id (“{str(found)[:40]}”)." if found else "The record has no NCT id.")
    return nct_id


def version_date(payload: dict[str, Any]) -> date | None:
    """When the registry last changed the record, which orders its versions; None when it does not say."""
    status = sub(sub(payload, "protocolSection"), "statusModule")
    text = sub(status, "lastUpdatePostDateStruct").get("date") or status.get("lastUpdateSubmitDate")
    try:
        return parse_date(text)[0] if isinstance(text, str) else None
    except RecordError:
        return None


def is_complete(payload: dict[str, Any]) -> bool:
    """Whether the record holds what every full record of the registry holds."""
    protocol = sub(payload, "protocolSection")
    return all(sub(protocol, module).get(key) for module, key in _ALWAYS_THERE)


def read_study(payload: dict[str, Any]) -> StudyRecord:
    """Normalise one record. Raises RecordError only when it has no NCT id."""
    nct_id = study_id(payload)
    ledger = Ledger()
    protocol = sub(payload, "protocolSection")
    arms = read_arms(sub(protocol, "armsInterventionsModule"), ledger)
    record = StudyRecord(
        nct_id=nct_id,
        **_identity(sub(protocol, "identificationModule"), ledger),
        **_status(sub(protocol, "statusModule"), ledger),
        **_subject(sub(protocol, "descriptionModule"), sub(protocol, "conditionsModule"), ledger),
        **_people_and_places(protocol, ledger),
        mesh_terms=_mesh_terms(payload, ledger),
        design=read_design(sub(protocol, "designModule"), ledger),
        arms=arms,
        interventions=read_interventions(sub(protocol, "armsInterventionsModule"), arms, ledger),
        outcomes=read_outcomes(sub(protocol, "outcomesModule"), ledger),
        eligibility=read_eligibility(sub(protocol, "eligibilityModule"), ledger),
        has_results=payload["hasResults"] if isinstance(payload.get("hasResults"), bool) else None,
    )
    return replace(record, notes=tuple(ledger.notes))


def _identity(module: dict[str, Any], ledger: Ledger) -> dict[str, Any]:
    path = "protocolSection.identificationModule"
    return {
        "brief_title": line(module, "briefTitle", path, ledger),
        "official_title": line(module, "officialTitle", path, ledger),
        "acronym": line(module, "acronym", path, ledger)[:200],
        "org_study_id": line(sub(module, "orgStudyIdInfo"), "id", f"{path}.orgStudyIdInfo", ledger)[:500],
        "secondary_ids": _secondary_ids(module, ledger),
    }


def _status(module: dict[str, Any], ledger: Ledger) -> dict[str, Any]:
    path = "protocolSection.statusModule"
    return {
        "overall_status": token(module, "overallStatus", v.RecruitmentStatus, path, ledger),
        "last_known_status": token(module, "lastKnownStatus", v.RecruitmentStatus, path, ledger),
        "why_stopped": line(module, "whyStopped", path, ledger),
        "dates": _dates(module, ledger),
    }


def _subject(described: dict[str, Any], listed: dict[str, Any], ledger: Ledger) -> dict[str, Any]:
    path = "protocolSection.conditionsModule"
    return {
        "brief_summary": body(described.get("briefSummary")),
        "detailed_description": body(described.get("detailedDescription")),
        "conditions": lines(listed, "conditions", path, ledger),
        "keywords": lines(listed, "keywords", path, ledger),
    }


def _people_and_places(protocol: dict[str, Any], ledger: Ledger) -> dict[str, Any]:
    """Sponsors, sites and contacts are judged against each other."""
    module = sub(protocol, "contactsLocationsModule")
    sponsors = _sponsors(sub(protocol, "sponsorCollaboratorsModule"), ledger)
    placed = coherence.tidy_sites(read_sites(module, ledger), ledger)
    sites = tuple(site for _, site in placed)
    contacts = read_contacts(module, ledger)
    return {
        "sponsors": sponsors,
        "sites": sites,
        "site_positions": tuple(position for position, _ in placed),
        "contacts": coherence.hide_strangers(contacts, sponsors, sites, _affiliations(protocol), ledger),
    }


def _dates(status: dict[str, Any], ledger: Ledger) -> tuple[RecordDate, ...]:
    dates = []
    for kind, key in _DATES.items():
        value = status.get(key)
        struct = value if isinstance(value, dict) else {"date": value}
        text, path = struct.get("date"), f"protocolSection.statusModule.{key}"
        if not isinstance(text, str) or not text.strip():
            continue
        try:
            day, precision = parse_date(text)
        except RecordError:
            ledger.add(v.Origin.FLAGGED, path, "unread-date", text)
            continue
        dates.append(RecordDate(kind, day, precision, token(struct, "type", v.DateType, path, ledger)))
    return tuple(dates)


def end_of(record: StudyRecord) -> date | None:
    """The last day of the end that the registry states."""
    stated = record.date_of(v.DateKind.COMPLETION)
    return last_day(stated.date, stated.precision) if stated else None


def _secondary_ids(identity: dict[str, Any], ledger: Ledger) -> tuple[SecondaryId, ...]:
    path = "protocolSection.identificationModule"
    listed = [
        SecondaryId(
            identifier=line(row, "id", f"{path}.secondaryIdInfos[{i}]", ledger),
            type=line(row, "type", f"{path}.secondaryIdInfos[{i}]", ledger)[:64],
            domain=line(row, "domain", f"{path}.secondaryIdInfos[{i}]", ledger),
            link=line(row, "link", f"{path}.secondaryIdInfos[{i}]", ledger),
        )
        for i, row in rows(identity, "secondaryIdInfos")
    ]
    aliases = [SecondaryId(alias, type="NCT_ALIAS") for alias in lines(identity, "nctIdAliases", path, ledger)]
    return tuple(one for one in listed + aliases if one.identifier)


def _sponsors(module: dict[str, Any], ledger: Ledger) -> tuple[Sponsor, ...]:
    path = "protocolSection.sponsorCollaboratorsModule"
    found = [(v.SponsorRole.LEAD, f"{path}.leadSponsor", sub(module, "leadSponsor"))]
    found += [
        (v.SponsorRole.COLLABORATOR, f"{path}.collaborators[{i}]", row) for i, row in rows(module, "collaborators")
    ]
    sponsors = (
        Sponsor(
            role,
            line(row, "name", where, ledger),
            token(row, "class", v.AgencyClass, where, ledger),
        )
        for role, where, row in found
    )
    return tuple(sponsor for sponsor in sponsors if sponsor.name)


def _affiliations(protocol: dict[str, Any]) -> tuple[str, ...]:
    """Further names of whom the study belongs to, beside the sponsors."""
    party = sub(sub(protocol, "sponsorCollaboratorsModule"), "responsibleParty")
    organization = sub(sub(protocol, "identificationModule"), "organization")
    names = (party.get("investigatorAffiliation"), party.get("oldOrganization"), organization.get("fullName"))
    return tuple(name for name in names if isinstance(name, str))


def _mesh_terms(payload: dict[str, Any], ledger: Ledger) -> tuple[str, ...]:
    browse = sub(sub(payload, "derivedSection"), "conditionBrowseModule")
    terms = (
        line(row, "term", "derivedSection.conditionBrowseModule.meshes", ledger) for _, row in rows(browse, "meshes")
    )
    return tuple(term for term in terms if term)
