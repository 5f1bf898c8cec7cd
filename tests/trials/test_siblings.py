"""Siblings of stored studies."""

import pytest

from tests.studies import store, study
from trials.kinship import Sibling
from trials.models import Contact, Trial
from trials.siblings import siblings_of

pytestmark = pytest.mark.django_db

COMPANY = {"name": "Example Inc", "class": "INDUSTRY"}
SPONSORS = {"leadSponsor": {"name": "Example University", "class": "OTHER"}, "collaborators": [COMPANY]}


def of_drug(nct_id, name, official="", **more):
    """A study whose first group gets the drug, and both get azathioprine."""
    officials = [{"name": official, "affiliation": "Charité", "role": "PRINCIPAL_INVESTIGATOR"}] if official else []
    return study(
        nct_id,
        armsInterventionsModule={
            "armGroups": [{"label": "New", "type": "EXPERIMENTAL"}, {"label": "Old", "type": "ACTIVE_COMPARATOR"}],
            "interventions": [
                {"type": "DRUG", "name": name, "armGroupLabels": ["New"]},
                {"type": "DRUG", "name": "Azathioprine", "armGroupLabels": ["New", "Old"]},
            ],
        },
        sponsorCollaboratorsModule=more or SPONSORS,
        contactsLocationsModule={"overallOfficials": officials},
    )


def ids():
    return dict(Trial.objects.values_list("nct_id", "pk"))


def test_same_drug_and_same_team():
    store(
        of_drug("NCT90000001", "JY231 Injection", "Ada Reader"),
        of_drug("NCT90000002", "JY231 (JY231 injection)", leadSponsor=COMPANY),
        of_drug("NCT90000003", "Rituximab", "Ada Reader, MD"),
        of_drug("NCT90000004", "Testumab"),
    )
    one, other, third, alone = (ids()[f"NCT9000000{place}"] for place in range(1, 5))
    assert siblings_of([one, other, third, alone]) == {
        one: (Sibling(other, "drug", "JY231"), Sibling(third, "team", "Ada Reader")),
        other: (Sibling(one, "drug", "JY231"),),
        third: (Sibling(one, "team", "Ada Reader, MD"),),
        alone: (),
    }


def test_only_the_studies_in_view_count():
    store(of_drug("NCT90000001", "JY231"), of_drug("NCT90000002", "JY231"))
    one = ids()["NCT90000001"]
    assert siblings_of([one, one, 0]) == {one: ()}
    assert siblings_of([]) == {}


def test_what_all_groups_get_ties_nothing():
    store(of_drug("NCT90000001", "Rituximab"), of_drug("NCT90000002", "Belimumab"))
    assert set(siblings_of(list(ids().values())).values()) == {()}


def test_a_hidden_official_ties_nothing():
    store(of_drug("NCT90000001", "Rituximab", "Ada Reader"), of_drug("NCT90000002", "Belimumab", "Ada Reader"))
    in_view = list(ids().values())
    assert all(siblings_of(in_view).values())
    Contact.objects.update(hidden="not-of-this-study")
    assert not any(siblings_of(in_view).values())


@pytest.mark.parametrize("number", [1, 20])
def test_any_number_of_studies_costs_the_same_queries(number, django_assert_num_queries):
    store(*(of_drug(f"NCT9000{place:04}", "JY231", "Ada Reader") for place in range(number)))
    in_view = list(ids().values())
    with django_assert_num_queries(6):
        found = siblings_of(in_view)
    assert all(len(siblings) == 2 * (number - 1) for siblings in found.values())
