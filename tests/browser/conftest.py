"""A live site with studies of every kind, driven by a real Chromium."""

from collections.abc import Iterator

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Browser, Page

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


@pytest.fixture
def site_url(transactional_db, live_server) -> Iterator[str]:
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
    yield live_server.url


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


@pytest.fixture
def check_url(transactional_db, live_server) -> str:
    store(
        study("NCT90000001", eligibilityModule={"eligibilityCriteria": ASKING}),
        study("NCT90000002", eligibilityModule={"eligibilityCriteria": ASKING.replace("of 6", "of 12")}),
        study("NCT90000003", eligibilityModule={"eligibilityCriteria": ASKING.replace("8.0", "9.0")}),
    )
    return f"{live_server.url}/check/"
