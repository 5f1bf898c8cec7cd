"""The cities that tell the land on our maps."""

import pytest

from trials import gazetteer_points

place = pytest.importorskip("trials.models.place", reason="There is no table of places yet.")
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh(no_cities_on_maps):
    gazetteer_points.forget()


def city(number, latitude, longitude, kind="CITY", **more):
    place.Place.objects.create(
        id=number, kind=kind, name="X", country_code="US", latitude=latitude, longitude=longitude, **more
    )


def test_cities_are_read_from_south_to_north_without_postal_codes():
    city(1, 53.8, -1.55)
    city(2, -33.87, 151.2)
    city(3, 40.75, -73.99, kind="ZIP", postal_code="10001")
    assert gazetteer_points.cities() == ((-33.87, 151.2), (53.8, -1.55))


def test_they_are_read_once_for_a_process_and_an_empty_table_never_stays(django_assert_num_queries):
    assert gazetteer_points.cities() == ()
    city(1, 53.8, -1.55)
    first = gazetteer_points.cities()
    assert first == ((53.8, -1.55),)
    with django_assert_num_queries(0):
        assert gazetteer_points.cities() is first
