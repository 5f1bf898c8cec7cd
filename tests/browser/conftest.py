"""A live site with studies of every kind, driven by a real Chromium.

Tests that write have the site for themselves (`site_url`, `check_url`) and leave it empty. A module whose tests only
read fills `shared_site` once, which spares each of them an import and a flush of all tables.
"""

from collections.abc import Iterator

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer
from pytest_django.plugin import DjangoDbBlocker

from tests.studies import site, store, study

COUNTRIES = ["Germany", "France", "Japan", "Australia"] * 50
MANY_SITES = [
    site(
        f"Hospital {n}", f"Town {n}", country, status="RECRUITING", contacts=[{"name": f"Desk {n}", "phone": f"+1 {n}"}]
    )
    for n, country in enumerate(COUNTRIES)
]
CRITERIA = """Inclusion Criteria:

1. SLE by the 2019 criteria
   * SLEDAI \\> 6
2. At least 2 of the following signs:
   * Rash on the face that was seen by a doctor in the last 12 months before screening
   * Arthritis

Exclusion Criteria:

* Pregnancy
* Infections:
  * Hepatitis B
  * HIV"""
ASKING = """Inclusion Criteria:

* Systemic lupus erythematosus
* SLEDAI of 6 or more
* Hemoglobin of 8.0 g/dL or more

Exclusion Criteria:

* HIV infection
* Cancer within 5 years
* Rituximab within 6 months"""
BARE = {"protocolSection": {"identificationModule": {"nctId": "NCT90000099"}}}
STALE = {"overallStatus": "UNKNOWN", "lastUpdatePostDateStruct": {"date": "2023-01-01", "type": "ACTUAL"}}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Who reads the shared site needs the database; pytest-django has by now put those first that would empty it."""
    for item in items:
        if "shared_site" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.django_db)


@pytest.fixture(scope="module")
def shared_site(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """The address of an empty site for a whole module: what its own fixtures store stays until its last test.

    What a test itself stores the site does not see: that would be rolled back.
    """
    server = LiveServer("localhost")
    server._live_server_modified_settings.enable()
    with django_db_blocker.unblock():
        yield server.url
        call_command("flush", interactive=False, verbosity=0)
        connection.close()
    server._live_server_modified_settings.disable()
    server.stop()


def fill_site() -> None:
    """NCT90000000 has 200 sites, NCT90000001 is out of date, NCT90000099 says nothing at all.

    Of the last two the status is not known.
    """
    store(
        study(
            "NCT90000000",
            contactsLocationsModule={"locations": MANY_SITES},
            eligibilityModule={"eligibilityCriteria": CRITERIA},
        ),
        study("NCT90000001", statusModule=STALE),
        *(study(f"NCT900000{n:02}", designModule={"phases": [f"PHASE{n % 4 + 1}"]}) for n in range(2, 30)),
        BARE,
        source="sample:test",
    )


@pytest.fixture
def site_url(transactional_db, live_server) -> str:
    fill_site()
    return live_server.url


@pytest.fixture(params=[True, False], ids=["script", "no-script"])
def desk(browser: Browser, site_url: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    """The first page of the desk, before an editor who has signed in, with and without scripts."""
    User.objects.create_superuser("editor", password="only for this test")
    context = browser.new_context(
        base_url=site_url, java_script_enabled=request.param, viewport={"width": 1280, "height": 700}
    )
    page = context.new_page()
    page.goto("/admin/")
    page.get_by_label("Username").fill("editor")
    page.get_by_label("Password").fill("only for this test")
    page.get_by_role("button", name="Log in").click()
    yield page
    context.close()


def fill_check() -> None:
    store(
        study("NCT90000001", eligibilityModule={"eligibilityCriteria": ASKING}),
        study("NCT90000002", eligibilityModule={"eligibilityCriteria": ASKING.replace("of 6", "of 12")}),
        study("NCT90000003", eligibilityModule={"eligibilityCriteria": ASKING.replace("8.0", "9.0")}),
    )


@pytest.fixture
def check_url(transactional_db, live_server) -> str:
    fill_check()
    return f"{live_server.url}/check/"
