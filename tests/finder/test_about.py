"""Who is owed credit is named where the licence asks for it."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def test_about_credits_geonames_with_its_licence_and_the_sources_of_zip_codes(client: Client):
    page = client.get("/about/").content.decode()
    assert '<a href="https://www.geonames.org/" rel="noopener noreferrer">GeoNames</a>' in page
    assert '<a href="https://creativecommons.org/licenses/by/4.0/" rel="noopener noreferrer">' in page
    assert "unitedstateszipcodes.org" in page
