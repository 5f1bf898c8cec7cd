"""Study records for tests, in the registry's own shape. Facts are of no real study; ids begin with NCT9."""

import copy
import json
from datetime import UTC, datetime
from typing import Any

from trials.ingest.batch import store_batch
from trials.ingest.conditions import load_conditions
from trials.ingest.index import index_trials
from trials.ingest.parse import RawRecord
from trials.ingest.runs import start_run
from trials.models import ImportRun, Trial

READ_AT = datetime(2026, 11, 20, tzinfo=UTC)


def site(facility: str = "Charité", city: str = "Berlin", country: str = "Germany", **more: Any) -> dict[str, Any]:
    return {"facility": facility, "city": city, "country": country, **more}


def study(nct_id: str = "NCT90000001", **modules: dict[str, Any]) -> dict[str, Any]:
    """A full record; `statusModule={…}` and the like are laid over the module of that name."""
    protocol: dict[str, Any] = {
        "identificationModule": {
            "nctId": nct_id,
            "briefTitle": "Testumab in Lupus",
            "officialTitle": "A Randomised Study of Testumab in Systemic Lupus Erythematosus",
            "orgStudyIdInfo": {"id": "TEST-1"},
        },
        "statusModule": {
            "overallStatus": "RECRUITING",
            "startDateStruct": {"date": "2025-03", "type": "ACTUAL"},
            "completionDateStruct": {"date": "2028-12", "type": "ESTIMATED"},
            "studyFirstPostDateStruct": {"date": "2025-01-15", "type": "ACTUAL"},
            "lastUpdatePostDateStruct": {"date": "2026-10-01", "type": "ACTUAL"},
        },
        "sponsorCollaboratorsModule": {"leadSponsor": {"name": "Example University", "class": "OTHER"}},
        "descriptionModule": {"briefSummary": "The study tests testumab in adults with lupus."},
        "conditionsModule": {"conditions": ["Systemic Lupus Erythematosus"], "keywords": ["lupus"]},
        "designModule": {
            "studyType": "INTERVENTIONAL",
            "phases": ["PHASE2"],
            "designInfo": {"allocation": "RANDOMIZED", "maskingInfo": {"masking": "DOUBLE"}},
            "enrollmentInfo": {"count": 60, "type": "ESTIMATED"},
        },
        "armsInterventionsModule": {
            "armGroups": [
                {"label": "Testumab", "type": "EXPERIMENTAL"},
                {"label": "Placebo", "type": "PLACEBO_COMPARATOR"},
            ],
            "interventions": [{"type": "DRUG", "name": "Testumab", "armGroupLabels": ["Testumab"]}],
        },
        "outcomesModule": {"primaryOutcomes": [{"measure": "SRI-4 response", "timeFrame": "Week 52"}]},
        "eligibilityModule": {
            "eligibilityCriteria": "Inclusion Criteria:\n\n* Active disease\n\nExclusion Criteria:\n\n* Pregnancy",
            "minimumAge": "18 Years",
            "maximumAge": "75 Years",
            "sex": "ALL",
            "healthyVolunteers": False,
        },
        "contactsLocationsModule": {"locations": [site(status="RECRUITING")]},
    }
    for name, content in modules.items():
        protocol[name] = {**protocol.get(name, {}), **content}
    return copy.deepcopy({"protocolSection": protocol, "hasResults": False})


def updated(day: str, **modules: Any) -> dict[str, Any]:
    """Another version of the record, as far as its own date goes."""
    return study(statusModule={"lastUpdatePostDateStruct": {"date": day, "type": "ACTUAL"}}, **modules)


def raw(
    payload: Any, *, read_at: datetime = READ_AT, source: str = "file:test.jsonl", place: str = "line 1"
) -> RawRecord:
    text = payload if isinstance(payload, str) else json.dumps(payload, ensure_ascii=False)
    return RawRecord(text, read_at, source, place)


def store(*payloads: Any, **options: Any) -> ImportRun:
    """Import the records as one batch, as a command would."""
    load_conditions()
    run = start_run(ImportRun.Kind.FILES, "test")
    store_batch(run, [raw(payload, **options) for payload in payloads])
    return run


def reindex() -> None:
    """Let the search know of what was written past `trials.ingest`."""
    index_trials(Trial.objects.values_list("pk", flat=True))


def stored(nct_id: str = "NCT90000001", **modules: dict[str, Any]) -> Trial:
    store(study(nct_id, **modules))
    return Trial.objects.get(nct_id=nct_id)
