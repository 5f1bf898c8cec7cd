"""Studies by distance: nearest first, own country first, and what counts as a site that is near."""

import random
from datetime import date

import pytest

from tests.studies import reindex, site, store, study
from trials.find import Near, Search, Sort, country_counts, counts_of, in_order_of, keys_of_page, nearest_sites
from trials.models import Trial
from trials.places.distance import Point, distance_km

pytestmark = pytest.mark.django_db

STRASBOURG, KEHL, PARIS, LYON = (48.58, 7.75), (48.57, 7.82), (48.86, 2.35), (45.76, 4.84)
TODAY = date(2026, 11, 22)


def at(place: tuple[float, float], country: str, city: str = "Town", **more) -> dict:
    return site("H", city, country, geoPoint={"lat": place[0], "lon": place[1]}, **more)


def with_sites(nct_id: str, *sites: dict, **modules) -> dict:
    return study(nct_id, contactsLocationsModule={"locations": list(sites)}, **modules)


def listed(search: Search, *, first: int = 0, count: int = 20) -> list[str]:
    names = dict(Trial.objects.values_list("pk", "nct_id"))
    return [names[key] for key in keys_of_page(search, first=first, count=count, today=TODAY)]


@pytest.fixture
def four_studies():
    store(
        with_sites("NCT90000001", at(PARIS, "France")),
        with_sites("NCT90000002", at(KEHL, "Germany")),
        with_sites("NCT90000003", at(LYON, "France"), at(KEHL, "Germany")),
        with_sites("NCT90000004", site("H", "Nowhere", "France")),
    )


def near(radius_km: float | None = None, **more) -> Search:
    return Search(near=Near(Point(*STRASBOURG), "FR", radius_km), **more)


def test_the_own_country_comes_first_and_what_cannot_be_placed_last(four_studies):
    assert listed(near()) == ["NCT90000003", "NCT90000001", "NCT90000002", "NCT90000004"]


def test_nearest_first_whatever_the_country_when_asked(four_studies):
    found = listed(near(sort=Sort.NEAREST))
    assert found[2:] == ["NCT90000001", "NCT90000004"] and set(found[:2]) == {"NCT90000002", "NCT90000003"}


def test_without_a_known_country_only_distance_counts(four_studies):
    search = Search(near=Near(Point(*STRASBOURG)))
    assert listed(search)[2:] == ["NCT90000001", "NCT90000004"]


def test_pages_follow_each_other_without_gap_or_repeat(four_studies):
    every = listed(near())
    for size in (1, 2, 3):
        pages = [listed(near(), first=first, count=size) for first in range(0, 4, size)]
        assert [one for page in pages for one in page] == every


def test_a_radius_keeps_what_lies_within(four_studies):
    assert set(listed(near(20))) == {"NCT90000002", "NCT90000003"}
    assert counts_of(near(20)).total == 2
    assert listed(near(1)) == []


def test_of_an_open_study_only_open_sites_count_and_of_a_closed_one_all():
    closed = {"overallStatus": "COMPLETED"}
    store(
        with_sites("NCT90000001", at(KEHL, "Germany", status="COMPLETED"), at(PARIS, "France", status="RECRUITING")),
        with_sites("NCT90000002", at(KEHL, "Germany"), statusModule=closed),
    )
    assert listed(near(20)) == ["NCT90000002"]
    assert counts_of(near(20)).of("status") == {"COMPLETED": 1}


def test_across_the_antimeridian():
    fiji, samoa = (-18.14, 178.44), (-13.83, -171.76)
    store(with_sites("NCT90000001", at(samoa, "Samoa")), with_sites("NCT90000002", at(PARIS, "France")))
    search = Search(near=Near(Point(*fiji), "FJ", 1_300))
    assert listed(search) == ["NCT90000001"]


def test_the_nearest_site_is_an_open_one_with_its_distance_and_how_many_more():
    store(
        with_sites(
            "NCT90000001",
            at(KEHL, "Germany", "Kehl", status="COMPLETED"),
            at(PARIS, "France", "Paris", status="RECRUITING"),
            at(LYON, "France", "Lyon", status="RECRUITING"),
        )
    )
    (found,) = nearest_sites(near(), [Trial.objects.get().pk]).values()
    assert (found.city, found.is_open, found.open_sites, found.sites) == ("Lyon", True, 2, 3)
    assert found.km == pytest.approx(distance_km(Point(*STRASBOURG), Point(*LYON)), abs=0.01)


def test_where_no_site_is_open_the_nearest_is_told_with_its_status():
    store(with_sites("NCT90000001", at(KEHL, "Germany", "Kehl"), statusModule={"overallStatus": "COMPLETED"}))
    (found,) = nearest_sites(near(), [Trial.objects.get().pk]).values()
    assert (found.city, found.is_open, found.open_sites) == ("Kehl", False, 0)


def test_a_site_of_unknown_country_is_no_nearer_than_it_is():
    store(with_sites("NCT90000001", at(LYON, "Atlantis")), with_sites("NCT90000002", at(KEHL, "Germany")))
    assert listed(near(sort=Sort.NEAREST)) == ["NCT90000002", "NCT90000001"]


def test_the_country_and_the_radius_hold_for_the_same_site():
    store(with_sites("NCT90000001", at(KEHL, "Germany"), at(LYON, "France")))
    assert listed(near(20, country="FR")) == [] and counts_of(near(20, country="FR")).total == 0
    assert listed(near(20, country="DE")) == ["NCT90000001"]


def test_a_study_gone_from_the_registry_is_told_by_its_nearest_site():
    store(with_sites("NCT90000001", at(KEHL, "Germany", "Kehl", status="COMPLETED"), at(PARIS, "France", "Paris")))
    Trial.objects.update(gone_since="2026-11-01T00:00:00Z")
    reindex()
    (found,) = nearest_sites(near(), [Trial.objects.get().pk]).values()
    assert (found.city, found.is_open, found.open_sites) == ("Kehl", False, 0)
    assert listed(near(20)) == ["NCT90000001"]


def test_the_whole_list_stands_in_the_order_of_its_pages(four_studies):
    for search in (near(), near(sort=Sort.NEAREST), Search(sort=Sort.NEWEST), Search(text="testumab")):
        whole = list(in_order_of(search, TODAY).values_list("nct_id", flat=True))
        assert whole == listed(search) and len(whole) == 4


def test_a_radius_finds_the_same_studies_as_distances_alone():
    """Cells of the index only make it quicker: random towns, some of them beyond the antimeridian and at the poles."""
    rng = random.Random(20_261_122)
    towns = [(rng.uniform(-90, 90), rng.uniform(-180, 180)) for _ in range(40)]
    towns += [(rng.uniform(-20, -15), rng.choice((178, -178)) + rng.uniform(-2, 2)) for _ in range(40)]
    towns += [(rng.choice((89.5, -89.5)), rng.uniform(-180, 180)) for _ in range(20)]
    store(*(with_sites(f"NCT{n:08}", at(town, "France")) for n, town in enumerate(towns, 1)))
    for town in towns[::4]:
        for radius_km in (30, 250, 900, 9_000):
            found = {int(nct_id[3:]) for nct_id in listed(Search(near=Near(Point(*town), "", radius_km)), count=100)}
            assert found == {
                n for n, other in enumerate(towns, 1) if distance_km(Point(*town), Point(*other)) <= radius_km
            }, (town, radius_km)


def test_each_country_counts_studies_with_a_site_within_the_radius_that_counts():
    store(
        with_sites("NCT90000001", at(KEHL, "Germany"), at(STRASBOURG, "France"), at(KEHL, "Germany")),
        with_sites("NCT90000002", at(KEHL, "Germany", status="COMPLETED"), at(PARIS, "France", status="RECRUITING")),
        with_sites("NCT90000003", at(KEHL, "Germany"), statusModule={"overallStatus": "COMPLETED"}),
    )
    assert country_counts(near(20)) == {"DE": 2, "FR": 1}


def test_pages_beyond_those_that_can_be_placed_go_on_with_the_rest(four_studies):
    store(*(with_sites(f"NCT9000001{n}", site("H", "Nowhere", "France")) for n in range(5)))
    every = listed(near())
    assert len(every) == 9
    for size in (1, 2, 4):
        assert [one for first in range(0, 9, size) for one in listed(near(), first=first, count=size)] == every


def test_a_chosen_country_counts_its_own_sites_alone():
    store(
        with_sites("NCT90000001", at(KEHL, "Germany", "Kehl"), at(LYON, "France", "Lyon")),
        with_sites("NCT90000002", at(PARIS, "France", "Paris"), site("H", "Nowhere", "France")),
    )
    search = near(country="FR")
    assert listed(search) == ["NCT90000001", "NCT90000002"]  # Lyon is nearer to Strasbourg than Paris is
    assert listed(Search(near=Near(Point(*PARIS), "FR"), country="FR")) == ["NCT90000002", "NCT90000001"]
    found = nearest_sites(search, Trial.objects.values_list("pk", flat=True))
    assert sorted((one.city, one.sites) for one in found.values()) == [("Lyon", 1), ("Paris", 2)]


def test_a_site_without_coordinates_has_no_distance():
    store(with_sites("NCT90000001", site("H", "Nowhere", "France")))
    (found,) = nearest_sites(near(), [Trial.objects.get().pk]).values()
    assert (found.city, found.km, found.open_sites) == ("Nowhere", None, 1)
    assert listed(near(25_000)) == []
