"""A desk with studies on it: records of today's format, stored by the real import."""

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.utils import timezone

from trials.ingest.batch import store_batch
from trials.ingest.conditions import load_conditions
from trials.ingest.parse import RawRecord
from trials.models import Contact, FieldNote, ImportFailure, ImportRun, Trial

Payload = dict[str, Any]
Store = Callable[..., list[Trial]]


@pytest.fixture
def study() -> Callable[..., Payload]:
    """Makes one study record; `changed` may alter its protocol section."""

    def make(number: int = 1, changed: Callable[[Payload], object] | None = None) -> Payload:
        record = copy.deepcopy(RECORD)
        protocol = record["protocolSection"]
        protocol["identificationModule"]["nctId"] = f"NCT{90000000 + number}"
        if changed:
            changed(protocol)
        return record

    return make


@pytest.fixture
def store(db: None) -> Store:
    """Stores records through the real import, and returns their trials in the same order."""

    def keep(*records: Payload) -> list[Trial]:
        load_conditions()
        now = timezone.now()
        run = ImportRun.objects.create(kind="FILES", state="COMPLETE", source="test", started_at=now, heartbeat_at=now)
        store_batch(run, [RawRecord(json.dumps(record), now, "test", f"line {i}") for i, record in enumerate(records)])
        assert run.failed == 0
        found = {trial.nct_id: trial for trial in Trial.objects.all()}
        return [found[record["protocolSection"]["identificationModule"]["nctId"]] for record in records]

    return keep


@pytest.fixture
def fill(store: Store, study: Callable[..., Payload]) -> Callable[[range], list[Trial]]:
    """Puts studies on the desk, each with a row in every list: two versions, a hidden contact, notes, a failure."""

    def fill_desk(numbers: range) -> list[Trial]:
        trials = store(*(study(n) for n in numbers))
        store(*(study(n, _later) for n in numbers))
        for trial in trials:
            Contact.objects.filter(trial=trial, kind="OFFICIAL").update(hidden="stranger")
            FieldNote.objects.create(trial=trial, origin="FLAGGED", path="x", rule="test", written="a", shown="b")
            failure = ImportFailure(run=ImportRun.objects.earliest("pk"), place=f"line {trial.pk}", reason="No NCT id.")
            failure.save()
        return trials

    return fill_desk


def _later(protocol: Payload) -> None:
    protocol["statusModule"]["lastUpdatePostDateStruct"] = {"date": "2026-06-01"}
    protocol["statusModule"]["overallStatus"] = "COMPLETED"


@pytest.fixture
def editor(client: Client, django_user_model: Any) -> Client:
    """A browser in which somebody with all rights has signed in."""
    client.force_login(get_user_model().objects.create_superuser("editor", password="only for this test"))
    return client


RECORD: Payload = {
    "protocolSection": {
        "identificationModule": {
            "nctId": "NCT90000001",
            "orgStudyIdInfo": {"id": "ORG-1"},
            "secondaryIdInfos": [{"id": "2024-500001-11-00", "type": "CTIS"}],
            "briefTitle": "Study of a Medicine in Lupus",
            "officialTitle": "A Randomised Study of a Medicine in Systemic Lupus Erythematosus",
        },
        "statusModule": {
            "overallStatus": "RECRUITING",
            "startDateStruct": {"date": "2026-01", "type": "ESTIMATED"},
            "completionDateStruct": {"date": "2028-03-31", "type": "ESTIMATED"},
            "lastUpdatePostDateStruct": {"date": "2026-05-01"},
        },
        "sponsorCollaboratorsModule": {"leadSponsor": {"name": "University Hospital Test", "class": "OTHER"}},
        "descriptionModule": {"briefSummary": "Tests a medicine.", "detailedDescription": "In some detail."},
        "conditionsModule": {"conditions": ["Systemic Lupus Erythematosus", "Unheard Of Ailment"], "keywords": ["SLE"]},
        "designModule": {
            "studyType": "INTERVENTIONAL",
            "phases": ["PHASE2"],
            "enrollmentInfo": {"count": 40, "type": "ESTIMATED"},
        },
        "armsInterventionsModule": {
            "armGroups": [{"label": "Medicine", "type": "EXPERIMENTAL", "description": "Gets it."}],
            "interventions": [{"type": "DRUG", "name": "Medicine", "armGroupLabels": ["Medicine"]}],
        },
        "outcomesModule": {"primaryOutcomes": [{"measure": "SLEDAI", "timeFrame": "24 weeks"}]},
        "eligibilityModule": {
            "eligibilityCriteria": "Inclusion Criteria:\n\n* Active disease\n\nExclusion Criteria:\n\n* Pregnancy",
            "sex": "ALL",
            "minimumAge": "18 Years",
            "maximumAge": "75 Years",
        },
        "contactsLocationsModule": {
            "centralContacts": [{"name": "Study desk", "phone": "+1 555 0100", "email": "desk@example.org"}],
            "overallOfficials": [
                {"name": "Study lead", "affiliation": "University Hospital Test", "role": "STUDY_CHAIR"}
            ],
            "locations": [
                {"facility": "University Hospital Test", "city": "Berlin", "country": "Germany"},
                {"facility": "Second Hospital", "city": "Toronto", "country": "Canada", "status": "RECRUITING"},
            ],
        },
    },
    "hasResults": False,
}
