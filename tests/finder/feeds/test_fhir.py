"""FHIR R5: every bundled study and real record is a valid ResearchStudy that says no more than the record does."""

import gzip
import json
from datetime import UTC, datetime

import pytest
from fhir.resources.researchstudy import ResearchStudy

from finder.feeds.fhir import codes
from finder.launch.steps import ROOT
from tests.bundled import SAMPLE
from tests.finder.feeds.by_hand import released_by_hand
from tests.finder.feeds.test_api_study import FULL
from tests.studies import site, store, study
from trials import vocab as v
from trials.models import Trial

pytestmark = pytest.mark.django_db

ADDRESS = "/api/v1/studies/NCT90000001/fhir/"
CORPUS = ROOT.parent / "shared" / "corpus"
BATCH = 50  # of each file: enough for all its shapes, and quick


def resource(client, nct_id: str = "NCT90000001"):
    """What the address answers, valid by the published shape, with references that lead somewhere."""
    response = client.get(f"/api/v1/studies/{nct_id}/fhir/")
    assert response.status_code == 200, response.content
    assert response.headers["Content-Type"] == "application/fhir+json"
    told = json.loads(response.content)
    checked(told)
    return told


def checked(told) -> None:
    ResearchStudy.model_validate_json(json.dumps(told))
    contained = [one["id"] for one in told.get("contained", [])]
    text = json.dumps({name: value for name, value in told.items() if name != "contained"})
    assert len(contained) == len(set(contained))
    assert all(f'"reference": "#{one}"' in text for one in contained), "FHIR: what is contained is referred to (dom-3)"
    assert text.count('"reference": "#') == len(contained)
    assert none_empty(told)


def none_empty(value) -> bool:
    if isinstance(value, dict | list):
        return bool(value) and all(map(none_empty, value.values() if isinstance(value, dict) else value))
    return value is not None and value != ""


def test_a_full_record_is_mapped_field_by_field(client):
    store(study(**FULL))
    told = resource(client)
    assert told["identifier"][0] == {"use": "official", "system": "https://clinicaltrials.gov", "value": "NCT90000001"}
    assert [one["value"] for one in told["identifier"]] == ["NCT90000001", "TEST-1", "2026-1"]
    assert (told["title"], told["status"], told["date"]) == ("Testumab in Lupus", "active", "2026-10-01")
    assert told["url"] == f"http://testserver{ADDRESS}"
    assert {one["type"]["text"]: one["value"] for one in told["label"]} == {
        "official": "A Randomised Study of Testumab in Systemic Lupus Erythematosus",
        "acronym": "TEST",
        "plain-language": told["label"][2]["value"],
    }
    [progress] = told["progressStatus"]
    assert progress["state"]["coding"] == [
        {"system": "http://hl7.org/fhir/research-study-status", "code": "recruiting"}
    ]
    assert told["phase"]["coding"][0]["code"] == "phase-2"
    assert told["period"] == {"start": "2025-03", "end": "2028-12"}
    assert told["condition"] == [{"text": "Systemic Lupus Erythematosus"}]
    assert told["recruitment"] == {"targetNumber": 60, "eligibility": {"reference": "#eligibility"}}
    assert [(one["text"], one.get("coding", [{}])[0].get("code")) for one in told["studyDesign"]] == [
        ("studyType: INTERVENTIONAL", "SEVCO:01001"),
        ("allocation: RANDOMIZED", "SEVCO:01003"),
        ("masking: DOUBLE", None),
    ]
    assert told["focus"] == [{"concept": {"text": "Testumab"}}]
    assert [(one["name"], one["type"]["coding"][0]["code"]) for one in told["comparisonGroup"]] == [
        ("Testumab", "experimental"), ("Placebo", "placebo-comparator"),
    ]  # fmt: skip
    assert [(one["name"], "coding" in one["type"][0]) for one in told["outcomeMeasure"]] == [
        ("SRI-4 response", True), ("Flares", True), ("Mood", False),
    ]  # fmt: skip
    assert told["outcomeMeasure"][0]["description"] == "Time frame: Week 52"
    assert [one["role"]["coding"][0]["code"] for one in told["associatedParty"]] == [
        "lead-sponsor", "general-contact", "study-chair",
    ]  # fmt: skip
    assert [one["text"] for one in told["region"]] == ["DE", "FR"]


def test_sites_and_rules_are_contained(client):
    store(study(**FULL))
    told = resource(client)
    inside = {one["id"]: one for one in told["contained"]}
    assert inside["site-1"]["position"] == {"longitude": 13.41, "latitude": 52.52}
    assert inside["site-1"]["contact"][0]["telecom"][1] == {"system": "email", "value": "ann@example.org"}
    assert [one["display"] for one in told["site"]] == ["A, Berlin, DE", "B, Lyon, FR"]
    group = inside["eligibility"]
    assert "Active disease" in group["description"] and group["membership"] == "definitional"
    ages = group["characteristic"][0]["valueRange"]
    assert ages["low"] == {"value": 18, "unit": "year", "system": "http://unitsofmeasure.org", "code": "a"}
    assert ages["high"]["value"] == 75
    assert [one["code"]["text"] for one in group["characteristic"]] == [
        "minimumAge, maximumAge",
        "sex",
        "healthyVolunteers",
    ]


@pytest.mark.parametrize("status", [status.value for status in v.RecruitmentStatus])
def test_a_status_without_an_exact_counterpart_has_no_code(client, status):
    store(study(statusModule={"overallStatus": status}))
    [progress] = resource(client)["progressStatus"]
    assert progress["state"]["text"] == status
    assert ("coding" in progress["state"]) == (status in codes.PROGRESS)


@pytest.mark.parametrize(
    ("phases", "code"),
    [(["PHASE1", "PHASE2"], "phase-1-phase-2"), (["PHASE3", "PHASE2"], "phase-2-phase-3"), (["NA"], "n-a"),
     (["PHASE1", "PHASE3"], None)],
)  # fmt: skip
def test_two_phases_have_a_code_only_where_fhir_knows_them_together(client, phases, code):
    store(study(designModule={"phases": phases}))
    phase = resource(client)["phase"]
    assert phase.get("coding", [{}])[0].get("code") == code and set(phase["text"].split("/")) == set(phases)


def test_what_the_registry_does_not_say_is_not_there(client):
    store({"protocolSection": {"identificationModule": {"nctId": "NCT90000001"}}})
    told = resource(client)
    assert set(told) == {
        "resourceType", "id", "meta", "language", "url", "identifier", "relatedArtifact", "status", "note",
    }  # fmt: skip


def test_what_has_left_the_registry_is_of_unknown_standing(client):
    store(study())
    Trial.objects.update(gone_since=datetime(2026, 11, 1, tzinfo=UTC))
    told = resource(client)
    assert told["status"] == "unknown" and "progressStatus" not in told


def test_an_end_before_the_start_is_left_out(client):
    store(study(statusModule={"completionDateStruct": {"date": "2020-01", "type": "ACTUAL"}}))
    assert resource(client)["period"] == {"start": "2025-03"}


def test_a_counted_number_is_not_a_target(client):
    store(study(designModule={"enrollmentInfo": {"count": 61, "type": "ACTUAL"}}))
    assert resource(client)["recruitment"]["actualNumber"] == 61
    Trial.objects.update(enrollment_type="")
    assert set(resource(client)["recruitment"]) == {"eligibility"}


def test_texts_that_fhir_cannot_hold_are_made_fit(client):
    store(study(contactsLocationsModule={"locations": [site("  ", "\x01", "")]}))
    Trial.objects.update(brief_summary="a\x00b".replace("\x00", "\x01"), acronym="  ", why_stopped="\n")
    told = resource(client)
    assert told["descriptionSummary"] == "ab" and "whyStopped" not in told


def test_a_study_entered_by_hand_has_an_id_of_this_site(client):
    store(study())
    trial = released_by_hand()
    told = resource(client, str(trial.nct_id))
    assert told["identifier"][0]["system"] == "http://testserver/studies/"
    assert told["meta"]["source"] == "https://example.org/listing"
    assert "not from a registry" in told["note"][0]["text"]


def test_the_shape_is_the_same_under_every_language_since_it_has_one(client):
    store(study())
    assert client.get(f"/es{ADDRESS}").status_code == 404
    assert resource(client)["language"] == "en"


def test_every_bundled_study_is_valid(client, settings):
    settings.API_REQUESTS_PER_MINUTE = 1_000
    paths = sorted(SAMPLE.glob("NCT*.json"))
    store(*(json.loads(path.read_text()) for path in paths), source="sample:test")
    for path in paths:
        assert "This is a sample study." in resource(client, path.stem)["note"][0]["text"]


@pytest.mark.skipif(not CORPUS.is_dir(), reason="There are no real records beside the project.")
@pytest.mark.parametrize("name", ["ctgov_v2_ctd", "ctgov_v2_other", "ctgov_v2_partial", "cart_autoimmune_2026-08-22"])
def test_every_real_record_at_hand_is_valid(rf, name):
    from finder.feeds.fhir import research_study

    with gzip.open(CORPUS / f"{name}.jsonl.gz", "rt") as lines:
        records = [json.loads(line) for line in lines][:BATCH]
    store(*records)
    seen = 0
    for trial in Trial.objects.with_parts().iterator(chunk_size=50):
        checked(research_study(trial, rf.get("/")))
        seen += 1
    assert seen == len({one["protocolSection"]["identificationModule"]["nctId"] for one in records})


@pytest.mark.parametrize("number", [1, 20])
def test_query_count_does_not_grow_with_the_parts(client, django_assert_num_queries, number):
    store(study(contactsLocationsModule={"locations": [site(f"Site {n}") for n in range(number)]}))
    with django_assert_num_queries(15):
        client.get(ADDRESS)
