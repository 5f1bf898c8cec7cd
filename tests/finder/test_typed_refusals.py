"""What a search cannot ask for, what somebody takes, and a place that nobody knows: said, and never looked for."""

import re
from html import unescape

import pytest

from tests.finder.conftest import listed
from tests.places import store_places
from tests.studies import site, store, study

pytestmark = pytest.mark.django_db


def in_country(nct_id: str, city: str, country: str, **modules) -> dict:
    return study(nct_id, contactsLocationsModule={"locations": [site("Clinic", city, country)]}, **modules)


def links(client, query: str) -> dict[str, str]:
    """The words of each link of the page, with its address."""
    html = client.get(f"/studies/{query}").content.decode()
    found = re.findall(r'<a [^>]*?href="([^"]*)"[^>]*>(.*?)</a>', html, re.DOTALL)
    return {" ".join(re.sub(r"<[^>]+>", "", text).split()): unescape(url) for url, text in found}


@pytest.fixture
def two_countries():
    store_places()
    store(
        in_country("NCT90000001", "Paris", "France", eligibilityModule={"minimumAge": "3 Months"}),
        in_country("NCT90000002", "Leeds", "United Kingdom", eligibilityModule={"maximumAge": "60 Years"}),
    )


@pytest.mark.parametrize(
    "typed",
    ["lupus not in France", "lupus outside Leeds", "lupus, except Paris", "lupus fuera de Francia", "除法国外 狼疮"],
)
def test_what_is_refused_narrows_nothing_and_is_said(client, read, two_countries, typed):
    assert sorted(listed(client, f"?q={typed}")) == ["NCT90000001", "NCT90000002"]
    page = read(f"/studies/?q={typed}")
    assert "We did not use “" in page and "Not used: " in page and "No study here has the words" not in page
    left = links(client, f"?q={typed}")["Remove these words"]
    assert "We did not use" not in read(left)
    assert "Condition: Lupus (SLE)" in read(left)


def test_a_refused_place_and_a_refused_treatment_are_told_apart(read, two_countries):
    assert "We cannot leave places out; the country filter picks the one you want." in read(
        "/studies/?q=lupus not in France"
    )
    assert "We did not use “no steroids”. Our search cannot leave things out." in read("/studies/?q=lupus no steroids")


def test_no_placebo_sets_its_filter_and_can_be_taken_back(client, read):
    arms = [{"label": "Placebo", "type": "PLACEBO_COMPARATOR", "interventionNames": ["Drug: Placebo"]}]
    drugs = [{"type": "DRUG", "name": "Placebo"}]
    store(
        study("NCT90000001", armsInterventionsModule={"armGroups": arms, "interventions": drugs}),
        study("NCT90000002", armsInterventionsModule={"armGroups": [{"label": "A", "type": "EXPERIMENTAL"}]}),
    )
    assert listed(client, "?q=lupus without placebo") == ["NCT90000002"] == listed(client, "?q=lupus&placebo=no")
    assert "No placebo is named" in read("/studies/?q=lupus without placebo")
    assert listed(client, "?q=lupus without placebo&placebo=yes") == ["NCT90000001"]


def test_a_misspelled_town_after_near_is_asked_back_and_not_looked_for(client, read, two_countries):
    assert sorted(listed(client, "?q=lupus near Leds")) == ["NCT90000001", "NCT90000002"]
    assert "We do not know the place “Leds”. Did you mean: Leeds, United Kingdom" in read("/studies/?q=lupus near Leds")
    assert links(client, "?q=lupus near Leds")["Leeds, United Kingdom"] == "/studies/?q=lupus&near=g2644688"
    assert "Not used: Leds" in read("/studies/?q=lupus near Leds") and "Near: Leds" not in read(
        "/studies/?q=lupus near Leds"
    )
    assert "We do not know the place “Xyzzyqq”. Try a larger town" in read("/studies/?q=lupus near Xyzzyqq")
    assert "We do not know the place" not in read("/studies/?q=lupus near Leds&near=Leeds")


def test_older_than_an_age_is_looked_for_as_that_age_and_said(client, read, two_countries):
    assert listed(client, "?q=lupus over 65") == ["NCT90000001"]
    page = read("/studies/?q=lupus over 65")
    assert "You typed “over 65”, so we looked for studies that take people aged 65. You can type an exact age." in page
    assert "We did not use “under 40”. For studies that fit an age, type that age." in read(
        "/studies/?q=lupus under 40"
    )


def test_an_age_in_months_is_said_in_months(client, read, two_countries):
    assert listed(client, "?q=lupus aged 6 months") == ["NCT90000001"]
    assert "Age 6 months" in read("/studies/?q=lupus aged 6 months") and "Age 0.5" not in read(
        "/studies/?q=lupus de 6 meses"
    )
    assert "Age 6 weeks" in read("/studies/?q=lupus, 6 weeks old") and "Age 18 months" in read(
        "/studies/?q=18 month old JIA"
    )
    assert links(client, "?q=狼疮 6个月")["6 months"] == "/studies/?q=%E7%8B%BC%E7%96%AE&age=0.5"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("my mother takes methotrexate", "methotrexate"), ("lupus failed methotrexate", "methotrexate"),
        ("on car-t, lupus", "car-t"), ("cell therapy failed lupus", "cell therapy"),
    ],
)  # fmt: skip
def test_what_somebody_takes_is_one_question_and_the_link_looks_for_it(client, read, two_countries, typed, said):
    assert sorted(listed(client, f"?q={typed}")) == ["NCT90000001", "NCT90000002"]
    page = read(f"/studies/?q={typed}")
    assert f"“{said}” may be what you take. To see studies that test it, choose: {said}" in page
    assert "cart-own" not in page and "Words:" not in page
    assert f"Treatment: {said}" in read(links(client, f"?q={typed}")[said])


def test_the_id_of_a_study_leads_there_also_with_spaces_and_beside_other_words(client, read):
    assert client.get("/studies/?q=nct 9000 0001").url == "/studies/NCT90000001/"
    assert "“nct 9000 0001” is the number of one study. Open that study" in read("/studies/?q=lupus nct 9000 0001")
    assert links(client, "?q=lupus nct 9000 0001")["Open that study"] == "/studies/NCT90000001/"


def test_of_two_places_one_is_measured_from_and_the_other_is_said(client, read, two_countries):
    page = read("/studies/?q=lupus near Paris or near Leeds")
    assert "We measure from one place, so we did not use “Leeds”. Measure from there" in page
    assert "Near: Paris, France" in page and "Near: Leeds" not in page
    there = links(client, "?q=lupus near Paris or near Leeds")["Measure from there"]
    assert "Near: Leeds, United Kingdom" in read(there) and "Near: Paris" not in read(there)
