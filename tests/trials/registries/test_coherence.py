"""Faults between the parts of one record, each as the registry has shown it."""

import pytest

from tests.studies import site, study
from trials import vocab as v
from trials.registries.ctgov import read_study


def read(*locations, **modules):
    return read_study(
        study(contactsLocationsModule={"locations": list(locations), **modules.pop("where", {})}, **modules)
    )


HANGZHOU = {"facility": "Children's Hospital, Zhejiang University", "city": "Hangzhou", "state": "Zhejiang"}


def test_a_site_on_christmas_island_whose_city_and_state_are_in_china_is_the_same_site_in_china():
    record = read(
        {**HANGZHOU, "country": "China", "zip": "0571", "geoPoint": {"lat": 30.3, "lon": 120.2}},
        {**HANGZHOU, "country": "Christmas Island", "zip": "310053"},
    )
    assert [(s.city, s.country_code, s.latitude) for s in record.sites] == [("Hangzhou", "CN", 30.3)]
    assert record.site_positions == (0,)
    notes = {note.rule: note for note in record.notes}
    assert notes["country-of-siblings"].written == "Christmas Island"
    assert notes["country-of-siblings"].shown == "China"
    assert notes["country-of-siblings"].path.endswith("locations[1].country")
    assert notes["site-listed-twice"].path.endswith("locations[0]")
    assert notes["site-listed-twice"].shown == "locations[1]"


@pytest.mark.parametrize(
    "locations",
    [
        # A point found in the stated country speaks for it.
        [
            site(
                "Clínica", "Ciudad de México", "Mexico", state="Distrito Federal", geoPoint={"lat": 19.4, "lon": -99.1}
            ),
            site("Hospital", "Brasília", "Brazil", state="Distrito Federal"),
        ],
        # No sibling to confirm it.
        [site("Hospital", "Hangzhou", "Christmas Island", state="Zhejiang")],
        # Two cities of one name.
        [site("Hospital", "Valencia", "Spain"), site("Clinic", "Valencia", "Venezuela")],
    ],
)
def test_one_piece_of_evidence_changes_no_country(locations):
    record = read(*locations)
    assert [s.country_text for s in record.sites] == [one["country"] for one in locations]


def test_a_state_of_a_siblings_country_alone_in_its_own_is_put_right_and_otherwise_flagged():
    melbourne = site("Alfred", "Melbourne", "Australia", state="Victoria")
    box_hill = site("Box Hill Hospital", "Box Hill", "Austria", state="Victoria")
    assert read(melbourne, box_hill).sites[1].country_code == "AU"
    with_vienna = read(melbourne, box_hill, site("AKH", "Vienna", "Austria"))
    assert with_vienna.sites[1].country_code == "AT"
    assert [note.rule for note in with_vienna.notes] == ["country-against-state"]


@pytest.mark.parametrize(
    ("one", "other", "count"),
    [
        ({"zip": "1"}, {"zip": "1", "status": "RECRUITING"}, 1),
        ({}, {"zip": "1"}, 1),
        ({"zip": "1"}, {"zip": "2"}, 2),  # two buildings
        ({"facility": "Research Site"}, {"facility": "Research Site"}, 2),  # the registry's way of naming none
        ({"facility": "Novartis Investigative Site"}, {"facility": "Novartis Investigative Site"}, 2),
        ({"facility": ""}, {"facility": ""}, 2),
        ({"city": "Bonn"}, {"city": "Berlin"}, 2),
    ],
)
def test_a_named_site_listed_twice_is_one(one, other, count):
    record = read({**site(), **one}, {**site("charite"), **other})
    assert len(record.sites) == count


def test_a_merged_site_keeps_all_contacts_and_the_more_open_status():
    one = site(status="COMPLETED", contacts=[{"name": "Desk A", "role": "CONTACT"}])
    other = site(
        status="RECRUITING", contacts=[{"name": "Desk B", "role": "CONTACT"}, {"name": "Desk A", "role": "CONTACT"}]
    )
    (merged,) = read(one, other).sites
    assert merged.status == v.RecruitmentStatus.RECRUITING
    assert [contact.name for contact in merged.contacts] == ["Desk A", "Desk B"]


@pytest.mark.parametrize(
    ("city", "state", "country", "shown"),
    [
        ("Beijing", "Beijing Municipality", "China", ""),
        ("Beijing", "Beijing", "China", ""),
        ("New York", "New York", "United States", "New York"),
        ("Hangzhou", "Zhejiang", "China", "Zhejiang"),
        ("York", "Yorkshire", "United Kingdom", "Yorkshire"),
    ],
)
def test_a_place_is_named_once(city, state, country, shown):
    assert read(site("Hospital", city, country, state=state)).sites[0].state == shown


OFFICIAL = {"name": "Investigator", "role": "PRINCIPAL_INVESTIGATOR"}


@pytest.mark.parametrize(
    ("affiliation", "country", "hidden"),
    [
        ("Immunology at National Institute of Allergy and Infectious Diseases (NIAID)", "China", True),
        ("National Institutes of Health (NIH)", "United States", False),  # lies where a site is
        ("Zhejiang University, China", "China", False),
        ("Zhejiang Cancer Hospital, USA", "China", False),  # shares a name with the sponsor
        ("Somewhere Else", "China", False),  # the country cannot be told
        ("", "China", False),
    ],
)
def test_a_contact_that_fits_no_sponsor_and_no_site_is_hidden(affiliation, country, hidden):
    record = read(
        site("First Hospital", "Hangzhou", country),
        where={"overallOfficials": [{**OFFICIAL, "affiliation": affiliation}]},
        sponsorCollaboratorsModule={"leadSponsor": {"name": "Zhejiang University"}},
    )
    assert bool(record.contacts[0].hidden) is hidden
    assert [note.origin for note in record.notes] == ([v.Origin.HIDDEN] if hidden else [])


def test_without_sites_no_contact_is_judged():
    record = read(where={"overallOfficials": [{**OFFICIAL, "affiliation": "NIAID"}]})
    assert record.contacts[0].hidden == ""
