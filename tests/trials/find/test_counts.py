"""Every number at a filter is what the list behind it holds, for any search."""

import random
from dataclasses import replace

import pytest

from tests.studies import site, store, study
from trials import vocab as v
from trials.find import Near, Search, country_counts, counts_of, find_trials
from trials.places.distance import Point

pytestmark = pytest.mark.django_db

BERLIN, LEEDS = (52.52, 13.405), (53.8, -1.549)
_TOWNS = {"Berlin": ("Germany", BERLIN), "Leeds": ("United Kingdom", LEEDS), "Tokyo": ("Japan", (35.68, 139.69))}


def a_study(number: int, rng: random.Random) -> dict:
    """A study whose facets are drawn, some of them missing."""
    towns = rng.sample(sorted(_TOWNS), rng.randrange(0, 4))
    sites = [
        site("H", town, _TOWNS[town][0], status=rng.choice(["RECRUITING", "COMPLETED", None]),
             geoPoint={"lat": _TOWNS[town][1][0], "lon": _TOWNS[town][1][1]})
        for town in towns
    ]  # fmt: skip
    arms = [{"label": "A", "type": rng.choice(["EXPERIMENTAL", "PLACEBO_COMPARATOR", "OTHER"])}]
    return study(
        f"NCT900{number:05}",
        statusModule={"overallStatus": rng.choice(["RECRUITING", "COMPLETED", "NOT_YET_RECRUITING", None])},
        designModule={"studyType": rng.choice(["INTERVENTIONAL", "OBSERVATIONAL"]), "phases": rng.choice(
            [["PHASE1"], ["PHASE2", "PHASE3"], [], ["NA"]])},
        eligibilityModule={"sex": rng.choice(["ALL", "FEMALE", "MALE", None]),
                           "minimumAge": rng.choice(["18 Years", "5 Years", None])},
        armsInterventionsModule={"armGroups": rng.choice([arms, []]), "interventions": [
            {"type": rng.choice(["DRUG", "DEVICE"]), "name": rng.choice(["Testumab", "Placebo"])}]},
        sponsorCollaboratorsModule={"leadSponsor": {"name": "X", "class": rng.choice(["INDUSTRY", "NIH"])}},
        contactsLocationsModule={"locations": sites},
    )  # fmt: skip


def searches(rng: random.Random) -> Search:
    near = Near(Point(*BERLIN), "DE", rng.choice([50.0, 900.0]))
    return Search(
        statuses=tuple(rng.sample(["RECRUITING", "COMPLETED", "UNKNOWN", "AVAILABLE"], rng.randrange(3))),
        phases=tuple(rng.sample(["PHASE1", "PHASE2", "PHASE3"], rng.randrange(3))),
        age_years=rng.choice([None, 10.0, 40.0]),
        sex=rng.choice(["", "FEMALE", "MALE"]),
        country=rng.choice(["", "DE", "GB"]),
        study_type=rng.choice(["", "", "INTERVENTIONAL"]),
        interventions=rng.choice([(), (), ("DRUG",)]),
        placebo=rng.choice(["", "", "yes", "no"]),
        sponsor_classes=rng.choice([(), ("NIH",)]),
        takes_children=rng.choice([False, False, True]),
        near=rng.choice([None, None, near]),
    )


def with_only(search: Search, name: str, value: str) -> Search:
    """The search with one choice of a facet in place of those made."""
    field, chosen = {
        "status": ("statuses", (value,)),
        "phase": ("phases", (value,)),
        "type": ("study_type", value),
        "intervention": ("interventions", (value,)),
        "placebo": ("placebo", value),
        "sponsor": ("sponsor_classes", (value,)),
    }[name]
    return replace(search, **{field: chosen})


def test_every_count_is_what_the_search_with_that_choice_finds():
    rng = random.Random(6)
    store(*(a_study(number, rng) for number in range(60)))
    checked = 0
    for _ in range(25):
        search = searches(rng)
        counts = counts_of(search)
        assert counts.total == find_trials(search).count(), search
        for name in ("status", "phase", "type", "intervention", "placebo", "sponsor"):
            for value, number in counts.of(name).items():
                assert number == find_trials(with_only(search, name, value)).count(), (search, name, value)
                checked += number > 0
        for code, number in country_counts(search).items():
            assert number == find_trials(replace(search, country=code)).count(), (search, code)
    assert checked > 100


def test_the_statuses_of_a_list_add_up_to_it():
    rng = random.Random(7)
    store(*(a_study(number, rng) for number in range(40)))
    counts = counts_of(Search())
    assert sum(counts.of("status").values()) == counts.total == 40
    assert set(counts.of("status")) <= set(v.RecruitmentStatus)


def test_a_study_of_two_phases_counts_in_both_and_once_in_the_total():
    store(study(designModule={"phases": ["PHASE1", "PHASE2"]}))
    counts = counts_of(Search())
    assert counts.of("phase") == {"PHASE1": 1, "PHASE2": 1} and counts.total == 1


@pytest.mark.parametrize("number", [1, 30])
def test_all_counts_take_one_query(django_assert_num_queries, number):
    store(*(study(f"NCT900000{n:02}") for n in range(number)))
    with django_assert_num_queries(1):
        counts = counts_of(Search(statuses=("RECRUITING",)))
        assert counts.total == number and counts.of("phase")
