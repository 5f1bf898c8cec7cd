"""A live site with studies of every kind, driven by a real Chromium."""

from collections.abc import Iterator

import pytest

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
