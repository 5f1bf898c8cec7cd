"""Pages for machines: health, sitemap, robots."""

from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.utils import timezone

from tests.studies import store, study
from trials.models import ImportRun

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.mark.django_db
def test_health_says_what_an_operator_needs(client):
    store(study())
    assert client.get("/healthz").json() == {
        "database": "ok",
        "migrations_applied": True,
        "hours_since_sync": None,
        "trials": 1,
    }


@pytest.mark.django_db
def test_health_counts_hours_since_the_last_complete_sync(client):
    now = timezone.now()
    for hours, state in ((5, ImportRun.State.COMPLETE), (1, ImportRun.State.STOPPED)):
        then = now - timedelta(hours=hours)
        ImportRun.objects.create(
            kind=ImportRun.Kind.INCREMENTAL,
            state=state,
            source="x",
            started_at=then,
            heartbeat_at=then,
            finished_at=then,
        )
    assert client.get("/healthz").json()["hours_since_sync"] == 5.0


@pytest.fixture
def database_gone(transactional_db, monkeypatch):
    """Postgres really cannot be reached: the socket's folder does not exist."""
    connection.close()
    monkeypatch.setitem(connection.settings_dict, "HOST", "/nonexistent")
    yield
    monkeypatch.undo()
    connection.close()


def test_health_without_a_database_is_503(client, database_gone):
    response = client.get("/healthz")
    assert (response.status_code, response.json()) == (503, {"database": "down"})


@pytest.mark.parametrize("path", ["/", "/studies/", "/studies/NCT90000001/", "/learn/"])
def test_pages_without_a_database_are_calm(client, database_gone, path):
    response = client.get(path)
    assert (response.status_code, response.headers["Retry-After"]) == (503, "60")
    assert "The site is taking a short break" in response.content.decode()
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.django_db
def test_the_sitemap_lists_pages_conditions_and_visible_studies(client):
    store(study(), study("NCT90000002", conditionsModule={"conditions": ["Malaria"], "keywords": []},
                         identificationModule={"briefTitle": "Malaria", "officialTitle": ""}))  # fmt: skip
    tree = ElementTree.fromstring(client.get("/sitemap.xml").content)
    places = {place.text for place in tree.iter(f"{SITEMAP}loc")}
    assert {"http://testserver/", "http://testserver/conditions/sle/"} <= places
    assert [p for p in places if "NCT" in p] == ["http://testserver/studies/NCT90000001/"]
    assert [day.text for day in tree.iter(f"{SITEMAP}lastmod")] == ["2026-10-01"]


@pytest.mark.django_db
def test_robots_find_the_sitemap_and_no_endless_filters(client):
    text = client.get("/robots.txt").content.decode()
    assert "Disallow: /studies/?" in text and "Sitemap: http://testserver/sitemap.xml" in text
