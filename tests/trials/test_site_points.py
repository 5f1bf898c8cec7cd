"""Sites of many studies as points, added up by the database and in memory alike."""

import pytest

from tests.studies import site, store, study
from trials.find import Search, find_trials
from trials.models import Trial
from trials.site_points import CountrySites, SitePoint, country_sites, points_of, site_points

pytestmark = pytest.mark.django_db

BERLIN = {"geoPoint": {"lat": 52.52437, "lon": 13.41053}}
NEAR_BERLIN = {"geoPoint": {"lat": 52.5239, "lon": 13.4091}}
LYON = {"city": "Lyon", "country": "France", "geoPoint": {"lat": 45.74846, "lon": 4.84671}}
FINISHED = {"overallStatus": "COMPLETED"}


def found(**search):
    return find_trials(Search(all_diseases=True, **search))


def located(nct_id, *sites, **modules):
    return study(nct_id, contactsLocationsModule={"locations": list(sites)}, **modules)


def test_hospitals_of_a_town_are_one_point_and_each_trial_counts_once():
    store(
        located("NCT90000001", site("A", **BERLIN), site("B", **NEAR_BERLIN), site("C", **LYON)),
        located("NCT90000002", site("A", **BERLIN), statusModule=FINISHED),
    )
    assert site_points(found()) == [
        SitePoint(52.52, 13.41, "Berlin", "DE", sites=3, open_sites=2, trials=2),
        SitePoint(45.75, 4.85, "Lyon", "FR", sites=1, open_sites=1, trials=1),
    ]


def test_points_are_those_of_the_search_alone():
    store(
        located("NCT90000001", site("A", **BERLIN)),
        located("NCT90000002", site("C", **LYON), statusModule=FINISHED),
    )
    assert [p.city for p in site_points(found(statuses=("COMPLETED",)))] == ["Lyon"]
    assert [p.city for p in site_points(found(), "DE")] == ["Berlin"]
    assert [c.country_code for c in country_sites(found(), "FR")] == ["FR"]


def test_no_site_of_a_study_that_left_the_registry_is_open():
    store(located("NCT90000001", site("A", **BERLIN)))
    Trial.objects.update(gone_since="2026-11-01T00:00Z")
    assert [p.open_sites for p in site_points(found())] == [0]
    assert [p.open_sites for p in points_of(Trial.objects.get().sites.all(), gone=True)] == [0]


def test_sites_without_a_place_count_in_their_country_only():
    store(
        located("NCT90000001", site("A", **BERLIN), site("B")),
        located("NCT90000002", site("C", status="COMPLETED"), site("D", country="Atlantis")),
    )
    assert [p.sites for p in site_points(found())] == [1]
    assert country_sites(found()) == [
        CountrySites("DE", sites=3, open_sites=2, located=1, trials=2, open_trials=1),
        CountrySites("", sites=1, open_sites=1, located=0, trials=1, open_trials=1),
    ]


def test_the_sites_in_memory_give_the_same_points():
    store(located("NCT90000001", site("A", **BERLIN), site("B", **NEAR_BERLIN), site("C", **LYON), site("D")))
    in_memory = points_of(Trial.objects.get().sites.all(), gone=False)
    assert sorted(in_memory, key=str) == sorted(site_points(found()), key=str)


@pytest.mark.parametrize("number", [1, 40])
def test_each_asks_once_however_many_trials(django_assert_num_queries, number):
    store(*(located(f"NCT900000{n:02}", site("A", **BERLIN), site("B", **LYON)) for n in range(number)))
    with django_assert_num_queries(1):
        assert [p.sites for p in site_points(found())] == [number, number]
    with django_assert_num_queries(1):
        assert len(country_sites(found())) == 2
