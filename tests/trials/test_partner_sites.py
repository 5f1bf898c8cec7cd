import pytest

from tests.studies import site, store, study
from trials.models import Site
from trials.partner_sites import is_own, own_trials, towns_called

SITES = [
    ("King’s College Hospital", "London"),
    ("Peking University Third Hospital", "Beijing"),
    ("Klinik (Nord)", "Bonn"),
]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("King", {"London"}),
        ("king’s college", {"London"}),
        ("Hospital", {"London", "Beijing"}),
        ("Hospital | beijing", {"Beijing"}),
        ("Hospital | Bonn", set()),
        ("Klinik (Nord)", {"Bonn"}),
        (".*", set()),
        ("Nord)", {"Bonn"}),
    ],
)
def test_a_name_is_whole_words_and_with_a_town_of_that_town_alone(line, found):
    """The database and the page decide alike."""
    places = [site(name, city, "Germany", status="RECRUITING") for name, city in SITES]
    store(*(study(f"NCT9000000{n}", contactsLocationsModule={"locations": [one]}) for n, one in enumerate(places)))
    assert {one.city for one in Site.objects.filter(trial__in=own_trials([line]))} == found
    assert {city for name, city in SITES if is_own(name, city, [line])} == found
    assert {town.partition(" (")[0] for town in towns_called(line)} == found
