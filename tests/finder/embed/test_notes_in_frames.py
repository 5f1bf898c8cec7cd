"""Nothing is kept in a clinic's frame: no notes, no link with a passcode, and a way out to the full site."""

import re

import pytest
from django.test import Client

from tests.studies import store, study

pytestmark = pytest.mark.django_db
FOR_NOTES = re.compile(r"notes-words|your-notes|data-notes|static/(?:device|notes|kept|passcode|saved)")


@pytest.fixture(autouse=True)
def one_study(db):
    store(study())


@pytest.mark.parametrize("path", ["studies/NCT90000001/", "studies/NCT90000001/handout/", "saved/", "saved/open/"])
def test_a_frame_has_nothing_that_would_keep_notes(partner, path):
    answer = Client().get(f"/embed/{partner.key}/es/{path}")
    assert answer.status_code == 200
    assert not FOR_NOTES.search(answer.content.decode())
    outside = Client().get(f"/es/{path}").content.decode()
    assert FOR_NOTES.search(outside)


@pytest.mark.parametrize("language, address", [("en", "/saved/"), ("es", "/es/saved/")])
@pytest.mark.parametrize("path", ["saved/", "saved/open/"])
def test_a_frame_leads_out_to_the_page_of_the_full_site(partner, language, address, path):
    html = Client().get(f"/embed/{partner.key}/{language}/{path}").content.decode()
    assert re.search(rf'<a href="{address}" target="_blank"', html)
