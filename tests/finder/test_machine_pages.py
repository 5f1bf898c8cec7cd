"""Pages for machines: health, sitemap, robots."""

from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext, override

from finder.languages.addresses import language_of
from tests.studies import store, study
from trials.models import ImportRun

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML_LINK = "{http://www.w3.org/1999/xhtml}link"


@pytest.mark.django_db
def test_health_says_what_an_operator_needs(client):
    store(study())
    told = client.get("/healthz").json()
    disk = told.pop("disk")
    assert told == {
        "database": "ok",
        "migrations_applied": True,
        "hours_since_sync": None,
        "trials": 1,
        "sync": {"state": "never", "began_at": None, "hours_running": None, "reason": ""},
        "read_only": False,
        "mail": {
            "waiting": 0,
            "oldest_minutes": None,
            "refused": 0,
            "given_up": 0,
            "in_doubt": 0,
            "locked": 0,
            "late": 0,
        },
        "warnings": [
            {"code": "sync_never", "sentence": "No study was read from the registry yet. Run manage.py sync_trials."}
        ],
    }
    assert disk["database_mb"] > 1 and disk["free_gb"] is not None  # on this machine we see it


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


@pytest.mark.parametrize("path", ["/", "/studies/", "/studies/NCT90000001/", "/learn/", "/es/"])
def test_pages_without_a_database_are_calm(client, database_gone, path):
    response = client.get(path)
    assert (response.status_code, response.headers["Retry-After"]) == (503, "60")
    with override(language_of(path)):
        assert gettext("The site is taking a short break") in response.content.decode()
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
def test_the_sitemap_names_each_page_once_with_its_translations(client):
    store(study())
    tree = ElementTree.fromstring(client.get("/sitemap.xml").content)
    places = [place.text for place in tree.iter(f"{SITEMAP}loc")]
    assert len(places) == len(set(places)) and not [place for place in places if "/es/" in place]
    [entry] = [entry for entry in tree if "NCT" in entry.find(f"{SITEMAP}loc").text]
    assert {link.get("hreflang"): link.get("href") for link in entry.iter(XHTML_LINK)} == {
        "es": "http://testserver/es/studies/NCT90000001/",
        "zh-hans": "http://testserver/zh-hans/studies/NCT90000001/",
    }


@pytest.mark.django_db
def test_robots_find_the_sitemap_and_no_endless_filters(client):
    lines = client.get("/robots.txt").content.decode().splitlines()
    assert "Sitemap: http://testserver/sitemap.xml" in lines
    assert {f"Disallow: {path}?" for path in ("/studies/", "/es/studies/", "/zh-hans/studies/")} <= set(lines)


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/healthz", "/robots.txt", "/sitemap.xml"])
def test_a_machine_is_answered_alike_whatever_language_it_asks_for(client, path):
    plain, asked = client.get(path), client.get(path, headers={"Accept-Language": "es"})
    assert asked.content == plain.content
    assert "Content-Language" not in plain.headers and "Accept-Language" not in plain.headers.get("Vary", "")
