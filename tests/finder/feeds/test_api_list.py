"""The list of studies as JSON: the same studies as on the page, in its order, and nothing left out in silence."""

import json
from datetime import UTC, datetime

import pytest
from django.http import QueryDict
from django.utils.translation import override

from finder.feeds.openapi import openapi_document
from finder.forms import read_search
from finder.presenters import cards
from tests.finder.conftest import listed
from tests.finder.feeds.schema import faults
from tests.studies import site, store, study
from trials.models import Intervention, Trial, TrialEditorial
from trials.plain_language.tongue import tongue

pytestmark = pytest.mark.django_db

LIST = "/api/v1/studies/"
DOCUMENT = openapi_document("http://testserver")
SCHEMAS = DOCUMENT["components"]["schemas"]
PARAMETERS = DOCUMENT["paths"]["/api/v1/studies/"]["get"]["parameters"]


def ids(client, query: str = "") -> list[str]:
    response = client.get(f"{LIST}{query}")
    assert response.status_code == 200, response.content
    return [one["nct_id"] for one in response.json()["studies"]]


@pytest.fixture
def thirty():
    """Of several statuses and dates, so that their order says something."""
    statuses = ["COMPLETED", "RECRUITING", "NOT_YET_RECRUITING", "UNKNOWN", "ACTIVE_NOT_RECRUITING"]
    store(*(
        study(
            f"NCT900000{n:02}",
            statusModule={
                "overallStatus": statuses[n % 5],
                "lastUpdatePostDateStruct": {"date": f"2026-{n % 9 + 1:02}-01", "type": "ACTUAL"},
            },
        )
        for n in range(30)
    ))  # fmt: skip


@pytest.mark.parametrize("query", ["", "?status=RECRUITING&status=UNKNOWN", "?condition=sle&age=40", "?q=testumab"])
def test_the_order_is_that_of_the_page(client, thirty, query):
    more = f"{query}&" if query else "?"
    pages = [listed(client, f"{more}page={number}") for number in (1, 2)]
    on_page = list(dict.fromkeys(pages[0] + pages[1]))
    assert ids(client, f"{more}page_size=100") == on_page and len(on_page) >= 10


def test_pages_lead_to_each_other_and_hold_every_study_once(client, thirty):
    address, seen = f"{LIST}?sex=female&page_size=7", []
    while address:
        answer = client.get(address).json()
        seen += [one["nct_id"] for one in answer["studies"]]
        address = answer["next"]
    assert len(seen) == len(set(seen)) == answer["count"] == 30
    assert (answer["page"], answer["pages"]) == (5, 5)
    assert answer["previous"] == "http://testserver/api/v1/studies/?sex=female&page_size=7&page=4"
    assert client.get(answer["previous"]).json()["next"].endswith("page=5")


def test_no_study_is_an_answer(client):
    answer = client.get(LIST).json()
    assert (answer["count"], answer["studies"], answer["pages"], answer["next"]) == (0, [], 1, None)


def test_an_item_says_what_the_registry_says(client):
    locations = [site("A", "Wuhan", "China", status="RECRUITING"), site("B", "Tokyo", "Japan", status="COMPLETED")]
    store(study(contactsLocationsModule={"locations": locations}))
    [item] = client.get(LIST).json()["studies"]
    assert item == {
        "nct_id": "NCT90000001",
        "title": "Testumab in Lupus",
        "url": "http://testserver/studies/NCT90000001/",
        "api_url": "http://testserver/api/v1/studies/NCT90000001/",
        "registry": "ctgov",
        "registry_url": "https://clinicaltrials.gov/study/NCT90000001",
        "listing_url": None,
        "status": "RECRUITING",
        "status_text": "The study is open. You can ask to join.",
        "open_to_join": True,
        "tested": "Tests or compares: Testumab (drug).",
        "study_type": "INTERVENTIONAL",
        "phases": ["PHASE2"],
        "conditions": ["sle"],
        "minimum_age_years": 18.0,
        "below_age_years": 76.0,
        "sex": "ALL",
        "enrollment_count": 60,
        "enrollment_type": "ESTIMATED",
        "site_count": 2,
        "open_site_count": 1,
        "countries": ["CN", "JP"],
        "first_posted": "2025-01-15",
        "registry_last_update": "2026-10-01",
        "read_at": "2026-11-20T00:00:00Z",
        "gone_since": None,
        "call_first": [],
        "is_sample": False,
    }


def test_a_bare_record_says_null_and_never_nothing(client):
    store({"protocolSection": {"identificationModule": {"nctId": "NCT90000001"}}})
    response = client.get(LIST)
    [item] = response.json()["studies"]
    assert item["status"] is item["sex"] is item["minimum_age_years"] is item["first_posted"] is None
    assert (item["title"], item["status_text"], item["phases"]) == ("NCT90000001", "Status not known", [])
    assert list(faults(DOCUMENT, SCHEMAS["StudyList"], response.json())) == []


def test_what_has_left_the_registry_is_open_nowhere(client):
    store(study())
    Trial.objects.update(gone_since=datetime(2026, 11, 1, tzinfo=UTC))
    [item] = client.get(LIST).json()["studies"]
    assert (item["open_to_join"], item["open_site_count"], item["status"]) == (False, 0, "RECRUITING")
    assert item["status_text"] == "No longer in the registry" and item["gone_since"] == "2026-11-01T00:00:00Z"
    assert "We noticed on 1 November 2026" in " ".join(item["call_first"])


def test_a_hidden_study_is_in_no_answer(client):
    store(study(), study("NCT90000002"))
    TrialEditorial.objects.create(trial=Trial.objects.get(nct_id="NCT90000001"), hidden=True, hidden_reason="x")
    assert ids(client, "?scope=all") == ids(client, "?q=testumab") == ["NCT90000002"]
    assert ids(client, "?q=NCT90000001") == []


def test_an_id_finds_its_study(client):
    store(study(), study("NCT90000002"))
    assert ids(client, "?q=nct90000002") == ["NCT90000002"]


def test_head_is_answered_without_a_body(client):
    response = client.head(LIST)
    assert (response.status_code, response.content) == (200, b"")


@pytest.mark.parametrize(
    "path", [LIST, f"{LIST}?color=x", f"{LIST}NCT90000009/", "/api/v1/nothing/", "/api/v1/openapi.json"]
)
def test_programs_of_every_site_may_read_it_and_no_cookie_is_set(client, path):
    response = client.get(path, headers={"Origin": "https://example.org", "Cookie": f"sessionid={'a' * 32}"})
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in response.headers
    assert not response.cookies and "Cookie" not in response.headers.get("Vary", "")


def test_it_is_cacheable_compressed_and_no_search_result(client):
    store(*(study(f"NCT900000{n:02}") for n in range(20)))
    response = client.get(LIST, headers={"Accept-Encoding": "gzip"})
    assert response.headers["Cache-Control"] == "public, max-age=300"
    assert response.headers["Content-Encoding"] == "gzip"
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert client.get(f"{LIST}?x=1").headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("number", [1, 20])
def test_query_count_does_not_grow(client, django_assert_num_queries, number):
    store(*(study(f"NCT900000{n:02}") for n in range(number)))
    with django_assert_num_queries(5):
        client.get(LIST)


@pytest.mark.parametrize("code", ["es", "zh-hans"])
def test_sentences_are_in_the_language_of_the_address(client, code):
    store(study())
    response = client.get(f"/{code}{LIST}")
    [item] = response.json()["studies"]
    assert response.headers["Content-Language"] == code
    assert item["url"] == f"http://testserver/{code}/studies/NCT90000001/"
    assert item["api_url"] == f"http://testserver/{code}{LIST}NCT90000001/"
    with override(code):
        assert item["status_text"] == tongue(code).say("The study is open. You can ask to join.")
        assert item["tested"] == cards.tested_sentence("INTERVENTIONAL", list(Intervention.objects.all()))
    assert "open" not in item["status_text"] and "Tests" not in item["tested"]
    assert (item["status"], item["title"]) == ("RECRUITING", "Testumab in Lupus")


class _Watched(QueryDict):
    """Which parameters are asked for."""

    def __init__(self, query: str) -> None:
        self.names: set[str] = set()
        super().__init__(query)

    def get(self, key, default=None):
        self.names.add(key)
        return super().get(key, default)

    def getlist(self, key, default=None):
        self.names.add(key)
        return super().getlist(key, default)


def test_every_parameter_of_the_list_is_described_and_each_described_one_works(client):
    """Whoever adds a parameter to the list of studies describes it in openapi.json, with an example."""
    watched = _Watched("")
    read_search(watched)
    described = {one["name"]: one for one in PARAMETERS}
    assert set(described) == watched.names | {"page_size"}
    for name, one in described.items():
        if "example" in one:
            values = one["example"] if isinstance(one["example"], list) else [one["example"]]
            assert list(faults(DOCUMENT, one["schema"], one["example"])) == []
            query = "&".join(f"{name}={value}" for value in values)
            assert client.get(f"{LIST}?{query}").status_code == 200, name


def test_the_description_is_open_and_names_this_site(client):
    response = client.get("/api/v1/openapi.json")
    document = response.json()
    assert (document["openapi"], document["servers"]) == ("3.1.0", [{"url": "http://testserver"}])
    references = {part.split('"')[0] for part in json.dumps(document).split('"$ref": "')[1:]}
    for reference in references:
        found = document
        for step in reference.removeprefix("#/").split("/"):
            found = found[step]
