"""Records in the form of ClinicalTrials.gov that need not be its own: a pasted listing has another id."""

from dataclasses import replace
from typing import Any

from trials.records import StudyRecord
from trials.registries.ctgov.reader import NCT_ID, read_study


def record_of_payload(payload: dict[str, Any], own_id: str | None) -> StudyRecord:
    """The record read; one of a pasted listing, whose id is no NCT id, is read alike."""
    if own_id is None or NCT_ID.fullmatch(own_id.strip().upper()):
        return read_study(payload)
    protocol = payload["protocolSection"]
    identified = {**protocol["identificationModule"], "nctId": "NCT00000000"}
    record = read_study({**payload, "protocolSection": {**protocol, "identificationModule": identified}})
    return replace(record, nct_id=own_id)
