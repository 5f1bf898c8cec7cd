"""A list as a table: Excel opens it right, no cell runs, its length costs no memory."""

import csv
import io
import tracemalloc
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from finder.feeds.reading import read
from finder.feeds.table import COLUMNS, guarded, table
from tests.finder.conftest import listed
from tests.finder.feeds.by_hand import released_by_hand
from tests.places import store_places
from tests.studies import READ_AT, reindex, site, store, study
from trials.models import Trial, TrialEditorial

TABLE = "/studies/csv/"
pytestmark = pytest.mark.django_db


def rows(client, query: str = "", path: str = TABLE) -> list[dict[str, str]]:
    response = client.get(f"{path}{query}")
    assert response.status_code == 200, response.content
    return list(csv.DictReader(io.StringIO(response.getvalue().decode("utf-8-sig"), newline="")))


def test_a_row_says_what_the_registry_says(client):
    store(study(contactsLocationsModule={"locations": [site("A", "Wuhan", "China"), site("B", "Tokyo", "Japan")]}))
    assert rows(client) == [
        {
            "nct_id": "NCT90000001",
            "title": "Testumab in Lupus",
            "status": "RECRUITING",
            "open_to_join": "true",
            "study_type": "INTERVENTIONAL",
            "phases": "PHASE2",
            "conditions": "sle",
            "minimum_age_years": "18",
            "below_age_years": "76",
            "sex": "ALL",
            "enrollment_count": "60",
            "enrollment_type": "ESTIMATED",
            "lead_sponsor": "Example University",
            "interventions": "Testumab",
            "site_count": "2",
            "open_site_count": "2",
            "countries": "CN | JP",
            "first_posted": "2025-01-15",
            "registry_last_update": "2026-10-01",
            "read_at": "2026-11-20T00:00:00+00:00",
            "gone_since": "",
            "is_sample": "false",
            "url": "http://testserver/studies/NCT90000001/",
            "registry_url": "https://clinicaltrials.gov/study/NCT90000001",
        }
    ]


@pytest.mark.parametrize(
    ("query", "distances"),
    [
        ("?near=Leeds", ["0.4", "612.9", ""]),
        ("?q=lupus near Leeds", ["0.4", "612.9", ""]),
        ("?near=Leeds&country=FR", ["612.9", "612.9"]),
        ("?near=Leeds&radius=50", ["0.4"]),
    ],
)
def test_near_a_place_a_column_has_the_distance_of_the_card(client, query, distances):
    store_places()
    leeds = site("A", "Leeds", "United Kingdom", status="RECRUITING", geoPoint={"lat": 53.8, "lon": -1.55})
    paris = site("B", "Paris", "France", status="RECRUITING", geoPoint={"lat": 48.85, "lon": 2.35})
    store(
        study("NCT90000001", contactsLocationsModule={"locations": [leeds, paris]}),
        study("NCT90000002", contactsLocationsModule={"locations": [paris]}),
        study("NCT90000003", contactsLocationsModule={"locations": [site("C", "Suva", "Fiji")]}),
    )
    assert [row["distance_km"] for row in rows(client, query)] == distances


def test_without_a_place_there_is_no_column_of_distances(client):
    store(study())
    assert list(rows(client)[0]) == list(COLUMNS) and "distance_km" not in COLUMNS


def test_the_file_is_one_that_excel_opens_right(client):
    store(study())
    Trial.objects.update(brief_title='Sjögren, "狼疮"\nand more')
    response = client.get(TABLE)
    content = response.getvalue()
    assert content.startswith(b"\xef\xbb\xbfnct_id,title,") and content.endswith(b"\r\n")
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert response.headers["Content-Disposition"].startswith('attachment; filename="studies-20')
    assert rows(client)[0]["title"] == 'Sjögren, "狼疮"\nand more'


@pytest.mark.parametrize("title", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1", '=HYPERLINK("x")'])
def test_no_cell_runs_in_a_spreadsheet(client, title):
    store(study())
    Trial.objects.update(brief_title=title)
    Trial.objects.get().interventions.update(name=title)
    [row] = rows(client)
    assert row["title"] == row["interventions"] == f"'{title}"


@given(st.text())
def test_a_guarded_cell_begins_with_no_sign_of_a_formula_and_loses_nothing(text):
    cell = guarded(text)
    assert cell[:1] not in {"=", "+", "-", "@", "\t", "\r", "\n"} and cell.endswith(text)


@pytest.mark.parametrize("query", ["", "?status=RECRUITING", "?q=testumab&age=40"])
def test_the_order_is_that_of_the_page(client, query):
    store(*(
        study(
            f"NCT900000{n:02}",
            statusModule={
                "overallStatus": ["COMPLETED", "RECRUITING", "SUSPENDED"][n % 3],
                "lastUpdatePostDateStruct": {"date": f"2026-0{n % 7 + 1}-01", "type": "ACTUAL"},
            },
        )
        for n in range(18)
    ))  # fmt: skip
    assert [row["nct_id"] for row in rows(client, query)] == listed(client, query) != []


def test_no_study_is_a_table_without_rows(client):
    assert client.get(TABLE).getvalue().decode("utf-8-sig") == ",".join(COLUMNS) + "\r\n"


def test_a_hidden_study_is_in_no_table_and_one_by_hand_in_each(client):
    store(study())
    TrialEditorial.objects.create(trial=Trial.objects.get(), hidden=True, hidden_reason="x")
    trial = released_by_hand()
    [row] = rows(client)
    assert (row["nct_id"], row["registry_url"]) == (trial.nct_id, "https://example.org/listing")
    assert row["url"] == f"http://testserver/studies/{trial.nct_id}/"


def test_what_has_left_the_registry_is_open_nowhere(client):
    store(study())
    Trial.objects.update(gone_since=datetime(2026, 11, 1, tzinfo=UTC))
    [row] = rows(client)
    assert (row["open_to_join"], row["open_site_count"], row["gone_since"]) == (
        "false",
        "0",
        "2026-11-01T00:00:00+00:00",
    )


def test_what_cannot_be_used_is_an_error_and_no_table(client):
    response = client.get(f"{TABLE}?status=OPEN&page=2")
    assert (response.status_code, response.headers["Content-Type"]) == (400, "application/problem+json")
    assert [one["parameter"] for one in response.json()["errors"]] == ["status", "page"]


@pytest.mark.parametrize("code", ["es", "zh-hans"])
def test_the_columns_are_the_same_in_every_language_and_the_pages_its_own(client, code):
    store(study())
    [row] = rows(client, path=f"/{code}{TABLE}")
    assert list(row) == list(COLUMNS) and row["url"] == f"http://testserver/{code}/studies/NCT90000001/"


def test_head_reads_no_table(client):
    assert client.head(TABLE).status_code == 200


def test_it_is_compressed_on_the_way(client):
    store(*(study(f"NCT900000{n:02}") for n in range(20)))
    response = client.get(TABLE, headers={"Accept-Encoding": "gzip"})
    assert response.headers["Content-Encoding"] == "gzip" and len(response.getvalue()) < 3_000


@pytest.mark.parametrize("number", [1, 20])
def test_query_count_does_not_grow(client, django_assert_num_queries, number):
    store(*(study(f"NCT900000{n:02}") for n in range(number)))
    with django_assert_num_queries(5):
        client.get(TABLE).getvalue()


def many(numbers: range) -> None:
    """Rows with a long text each, which the table must not fetch. All but the first are copied where they lie."""
    first = Trial.objects.create(
        nct_id=f"NCT{80_000_000 + numbers[0]}",
        brief_title=f"Study {numbers[0]}",
        detailed_description="x" * 20_000,
        overall_status="RECRUITING",
        last_read_at=READ_AT,
    )
    own = {"id", "nct_id", "brief_title"}
    others = ", ".join(f'"{one.column}"' for one in Trial._meta.concrete_fields if one.column not in own)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO trials_trial (nct_id, brief_title, {others}) "
            f"SELECT 'NCT' || (80000000 + number), 'Study ' || number, {others} "
            "FROM trials_trial, generate_series(%s, %s) AS number WHERE id = %s",
            [numbers[1], numbers[-1], first.pk],
        )
    reindex()


def peak_of(rows_expected: int) -> int:
    """Bytes of memory at the worst moment while the table is read to its end."""
    tracemalloc.start()
    lines = sum(piece.count("\r\n") for piece in table(read(QueryDict("")), "http://testserver/studies/"))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert lines == rows_expected + 1
    return peak


def test_ten_thousand_rows_take_no_more_memory_than_one_thousand():
    many(range(1_000))
    peak_of(1_000)  # warms up what is made once
    few = peak_of(1_000)
    many(range(1_000, 10_000))
    assert peak_of(10_000) < 1.2 * few < 12_000_000
