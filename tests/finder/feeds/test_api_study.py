"""A whole study as JSON: what its page shows, with its sources, and nothing that the page hides."""

import json
from itertools import product

import pytest
from django.db import connection

from finder.feeds.openapi import openapi_document
from finder.feeds.study import Study
from tests.bundled import SAMPLE
from tests.finder.feeds.by_hand import released_by_hand
from tests.finder.feeds.schema import faults, resolved
from tests.studies import site, store, study
from trials import vocab as v
from trials.models import Contact, Trial, TrialEditorial
from trials.plain_language.model import Section

pytestmark = pytest.mark.django_db

ADDRESS = "/api/v1/studies/NCT90000001/"
DOCUMENT = openapi_document("http://testserver")
SCHEMAS = DOCUMENT["components"]["schemas"]
CONTACT = {"name": "Ann Lee", "role": "CONTACT", "phone": "+49 30 1234", "email": "ann@example.org"}
FULL = {
    "contactsLocationsModule": {
        "locations": [
            site("A", "Berlin", status="RECRUITING", geoPoint={"lat": 52.52, "lon": 13.41}, contacts=[CONTACT]),
            site("B", "Lyon", "France", status="WITHDRAWN"),
        ],
        "centralContacts": [CONTACT],
        "overallOfficials": [{"name": "Dr Who", "affiliation": "Example University", "role": "STUDY_CHAIR"}],
    },
    "outcomesModule": {"secondaryOutcomes": [{"measure": "Flares"}], "otherOutcomes": [{"measure": "Mood"}]},
    "identificationModule": {"acronym": "TEST", "secondaryIdInfos": [{"id": "2026-1", "type": "EUDRACT_NUMBER"}]},
    "statusModule": {"primaryCompletionDateStruct": {"date": "2027", "type": "ESTIMATED"}},
}


def answer(client, path: str = ADDRESS):
    response = client.get(path)
    assert response.status_code == 200, response.content
    return response.json()


def test_every_field_of_the_answer_is_described_and_every_described_one_is_filled(client):
    """Walks all properties: those of a full record are there with a value, so the description promises nothing else."""
    store(study(**FULL))
    told = answer(client)
    assert list(faults(DOCUMENT, SCHEMAS["Study"], told)) == []
    empty = {place for place, value in walked(SCHEMAS["Study"], told) if value in (None, [], "")}
    assert empty == {
        "listing_url", "gone_since", "call_first", "notices", "detailed_description", "why_stopped", "editors_note",
        "gender_description", "study_population", "criteria[].parent", "design.intervention_model",
        "design.primary_purpose", "design.who_masked", "design.observational_model", "design.time_perspective",
        "arms[].description", "arms[].interventions", "interventions[].description", "interventions[].other_names",
        "outcomes[].description", "outcomes[].time_frame", "secondary_ids[].domain", "secondary_ids[].link",
        "contacts[].phone", "contacts[].email", "contacts[].affiliation", "sites[].state", "sites[].postal_code",
        "sites[].latitude", "sites[].longitude", "sites[].contacts", "sites[].contacts[].affiliation",
    }  # fmt: skip


def walked(schema, value, place=""):
    """Every described property of the value, with its place; one that is described and not there fails."""
    schema = resolved(DOCUMENT, schema)
    for name, below in schema.get("properties", {}).items():
        here = f"{place}.{name}" if place else name
        yield here, value[name]
        below = resolved(DOCUMENT, below)
        if below.get("type") == "object":
            yield from walked(below, value[name], here)
        for one in value[name] if "items" in below else []:
            yield from walked(below["items"], one, f"{here}[]")


def test_the_description_of_a_study_begins_with_that_of_an_item():
    item, whole = SCHEMAS["StudyItem"], SCHEMAS["Study"]
    assert list(whole["properties"])[: len(item["properties"])] == list(item["properties"])
    for schema in SCHEMAS.values():
        if schema.get("additionalProperties") is False:
            assert set(schema["required"]) == set(schema["properties"]) - {"errors"}
    assert list(whole["properties"]) == list(Study.__dataclass_fields__)


@pytest.mark.parametrize(
    ("schema", "vocabulary"),
    [("Status", v.RecruitmentStatus), ("Phase", v.Phase), ("StudyType", v.StudyType), ("Sex", v.Sex),
     ("ActualOrEstimated", v.DateType)],
)  # fmt: skip
def test_closed_lists_are_those_of_the_registry(schema, vocabulary):
    assert SCHEMAS[schema]["enum"] == [token.value for token in vocabulary]


@pytest.mark.parametrize(
    ("schema", "name", "vocabulary"),
    [
        ("Design", "allocation", v.Allocation), ("Design", "intervention_model", v.InterventionModel),
        ("Design", "primary_purpose", v.PrimaryPurpose), ("Design", "masking", v.Masking),
        ("Design", "observational_model", v.ObservationalModel), ("Design", "time_perspective", v.TimePerspective),
        ("Arm", "type", v.ArmType), ("Intervention", "type", v.InterventionType), ("Outcome", "type", v.OutcomeType),
        ("Sponsor", "role", v.SponsorRole), ("Sponsor", "agency_class", v.AgencyClass),
        ("Contact", "kind", v.ContactKind), ("StudyDate", "kind", v.DateKind),
        ("StudyDate", "precision", v.DatePrecision), ("Sentence", "section", Section),
    ],
)  # fmt: skip
def test_closed_lists_of_parts_are_those_of_the_registry(schema, name, vocabulary):
    listed = SCHEMAS[schema]["properties"][name]["enum"]
    assert [one for one in listed if one is not None] == [token.value for token in vocabulary]


def test_each_sentence_names_where_it_comes_from(client):
    store(study())
    told = answer(client)
    criteria = {one["id"]: one["text"] for one in told["criteria"]}
    assert criteria == {"I1": "Active disease", "E1": "Pregnancy"}
    for sentence in told["sentences"]:
        assert sentence["sources"]
        assert all(one in criteria or one.startswith("protocolSection.") for one in sentence["sources"]), sentence
    assert {one["section"] for one in told["sentences"]} >= {"headline", "what", "may_join", "may_not_join", "status"}
    assert not any(one["checked"] for one in told["sentences"]) and told["review_state"] == "draft"
    assert told["headline"] == next(one["text"] for one in told["sentences"] if one["section"] == "headline").rstrip(
        "."
    )


def test_dates_are_no_more_exact_than_the_registrys(client):
    store(study(**FULL))
    dates = {one["kind"]: one for one in answer(client)["dates"]}
    assert dates["START"] == {"kind": "START", "date": "2025-03", "precision": "MONTH", "type": "ACTUAL"}
    assert dates["PRIMARY_COMPLETION"]["date"] == "2027"
    assert dates["LAST_UPDATE_POSTED"]["date"] == "2026-10-01"


def test_sites_have_places_status_and_contacts(client):
    store(study(**FULL))
    first, second = answer(client)["sites"]
    assert (first["latitude"], first["longitude"], first["country"]) == (52.52, 13.41, "DE")
    assert (first["status"], first["open_to_join"]) == ("RECRUITING", True)
    assert [one["email"] for one in first["contacts"]] == ["ann@example.org"]
    assert (second["status"], second["open_to_join"], second["contacts"]) == ("WITHDRAWN", False, [])


@pytest.mark.parametrize("path", [ADDRESS, f"{ADDRESS}fhir/"])
def test_a_hidden_contact_is_nowhere_in_the_answer(client, path):
    store(study(**FULL))
    assert "Ann Lee" in client.get(path).content.decode()
    Contact.objects.exclude(kind=v.ContactKind.OFFICIAL).update(hidden="affiliation-fits-no-site")
    text = client.get(path).content.decode()
    assert "Dr Who" in text
    assert not any(secret in text for secret in ("Ann Lee", "1234", "ann@example.org"))


@pytest.mark.parametrize("end", ["", "fhir/"])
def test_a_hidden_study_is_not_shown_and_says_so(client, end):
    store(study())
    TrialEditorial.objects.create(trial=Trial.objects.get(), hidden=True, hidden_reason="secret reason")
    response = client.get(f"{ADDRESS}{end}")
    assert (response.status_code, response.headers["Content-Type"]) == (404, "application/problem+json")
    assert "have taken the study NCT90000001 off" in response.json()["detail"]
    assert "secret" not in response.content.decode() and "Testumab" not in response.content.decode()


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/api/v1/studies/NCT99999999/", "We have no study with the id NCT99999999."),
        ("/api/v1/studies/lupus/", "begins with NCT"),
        ("/api/v1/studies/NCT99999999/fhir/", "We have no study with the id NCT99999999."),
        ("/api/v1/trials/", "There is nothing at this address."),
        ("/api/v1/", "There is nothing at this address."),
    ],
)
def test_what_is_not_there_is_a_problem_with_a_sentence(client, path, words):
    response = client.get(path, follow=True)
    assert (response.status_code, response.headers["Content-Type"]) == (404, "application/problem+json")
    assert words in response.json()["detail"]
    assert list(faults(DOCUMENT, SCHEMAS["Problem"], response.json())) == []


@pytest.mark.parametrize("end", ["", "fhir/"])
def test_the_id_is_read_in_any_case_and_takes_no_parameter(client, end):
    store(study())
    response = client.get(f"/api/v1/studies/nct90000001/{end}")
    assert (response.status_code, response.url) == (301, f"{ADDRESS}{end}")
    assert client.get(f"{ADDRESS}{end}?condition=sle").json()["errors"][0]["parameter"] == "condition"


def test_a_study_entered_by_hand_has_no_registry_and_says_so(client):
    store(study())
    trial = released_by_hand()
    told = answer(client, f"/api/v1/studies/{trial.nct_id}/")
    assert list(faults(DOCUMENT, SCHEMAS["Study"], told)) == []
    assert (told["registry"], told["registry_url"]) == ("hand", None)
    assert told["listing_url"] == "https://example.org/listing"
    assert told["notices"] == [
        "This study is not from a registry. An editor entered it from a listing on another site."
    ]


def test_every_bundled_study_is_as_described(client, settings):
    settings.API_REQUESTS_PER_MINUTE = 1_000
    paths = sorted(SAMPLE.glob("NCT*.json"))
    store(*(json.loads(path.read_text()) for path in paths), source="sample:test")
    for code, path in product(("", "/es", "/zh-hans"), paths):
        told = answer(client, f"{code}/api/v1/studies/{path.stem}/")
        assert list(faults(DOCUMENT, SCHEMAS["Study"], told)) == [], (code, path.stem)
        assert told["is_sample"] and len(told["notices"]) >= 1


def test_the_registrys_words_keep_their_language_and_ours_follow_the_address(client):
    store(study())
    told = answer(client, f"/es{ADDRESS}")
    languages = {one["origin"]: one["language"] for one in told["sentences"]}
    assert languages["written"] == "es" and languages.get("official", "en") == "en"
    assert told["condition_details"][0]["slug"] == "sle" and told["brief_summary"].startswith("The study tests")


@pytest.mark.parametrize("number", [1, 20])
def test_query_count_does_not_grow_with_the_parts(client, django_assert_num_queries, number):
    locations = [site(f"Site {n}", contacts=[{**CONTACT, "name": f"Ann {n}"}]) for n in range(number)]
    store(study(contactsLocationsModule={"locations": locations}))
    with django_assert_num_queries(16):
        client.get(ADDRESS)


def test_without_a_database_programs_get_a_problem_too(client, transactional_db, monkeypatch):
    connection.close()
    monkeypatch.setitem(connection.settings_dict, "HOST", "/nonexistent")
    try:
        response = client.get(ADDRESS)
    finally:
        monkeypatch.undo()
        connection.close()
    assert (response.status_code, response.headers["Retry-After"]) == (503, "60")
    assert response.headers["Content-Type"] == "application/problem+json"
    assert "short break" in response.json()["detail"]
