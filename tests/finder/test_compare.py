"""Studies side by side: what stands in a row, what is said of how alike they are, and who cannot be compared."""

import re

import pytest

from tests.finder.conftest import words_of
from tests.places import store_places
from tests.studies import site, store, study
from trials.criteria.concepts import Concept
from trials.models import Criterion, Partner, Trial, TrialEditorial

pytestmark = pytest.mark.django_db

IDS = ("NCT90000001", "NCT90000002", "NCT90000003", "NCT90000004")
FIELDS = {Concept.AGE, Concept.SEX, Concept.DISEASE}  # of which the record itself speaks
FIRST = """Inclusion Criteria:

* SLE
* SLEDAI of 6 or more
* At least 2 of the following:
  * Rash
  * Arthritis
  * Hemoglobin of 80 g/L or less

Exclusion Criteria:

* Pregnancy
* HIV infection
* Any of the following within 6 months:
  * Rituximab
  * Cyclophosphamide
  * Major surgery
  * Cancer
  * Plans to move away
* Fear of needles"""
SECOND = """Inclusion Criteria:

* SLE
* A SLEDAI score ≥ 8

Exclusion Criteria:

* Pregnant women
* Known infection with HIV
* Hepatitis B"""


def rules(text: str) -> dict:
    return {"eligibilityCriteria": text}


def stored_pair(first: str = FIRST, second: str = SECOND) -> None:
    store(study(IDS[0], eligibilityModule=rules(first)), study(IDS[1], eligibilityModule=rules(second)))


def html_of(client, *ids: str, query: str = "", path: str = "/compare/") -> str:
    response = client.get(f"{path}?ids={','.join(ids)}{query}")
    assert response.status_code == 200
    return response.content.decode()


def row(html: str, key: str) -> tuple[str, list[str]]:
    """What a row says of how alike they are, and the words of each of its cells."""
    found = re.search(rf'<tbody id="row-{key}">(.*?)</tbody>', html, re.DOTALL)
    assert found, key
    mark = re.search(r'<span class="mark[^>]*>(.*?)</span>', found[1], re.DOTALL)
    assert mark
    return words_of(mark[1]), [words_of(cell) for cell in re.findall(r"<td>.*?</td>", found[1], re.DOTALL)]


def has_row(html: str, key: str) -> bool:
    return f'id="row-{key}"' in html


def test_a_row_differs_where_the_limits_do_and_shows_each_criterion_as_its_study_does(client):
    stored_pair()
    mark, cells = row(html_of(client, *IDS[:2]), "activity")
    assert mark == "Differs"
    assert "You may be able to join if" in cells[0] and "6 or more" in cells[0] and "at least 8" in cells[1]
    assert "Official wording SLEDAI of 6 or more Inclusion 2 in the record" in cells[0]


def test_the_same_words_are_the_same_and_the_same_rule_in_other_words_is_told_apart(client):
    stored_pair()
    html = html_of(client, *IDS[:2])
    assert row(html, "disease")[0] == "Same in both"
    assert row(html, "age")[0] == "Same in both"
    assert row(html, "pregnancy")[0] == "Same rule, other words"


def test_what_has_an_exception_or_another_number_is_not_called_the_same(client):
    stored_pair("Exclusion Criteria:\n\n* Hepatitis B", "Exclusion Criteria:\n\n* Hepatitis B, unless it is cured")
    assert row(html_of(client, *IDS[:2]), "infections")[0] in {"Worded differently", "Differs"}


@pytest.mark.parametrize("more", ["Hepatitis B or syphilis", "Hepatitis B with cirrhosis"])
def test_what_names_another_illness_is_not_called_the_same(client, more):
    stored_pair("Exclusion Criteria:\n\n* Hepatitis B", f"Exclusion Criteria:\n\n* {more}")
    assert row(html_of(client, *IDS[:2]), "infections")[0] in {"Worded differently", "Differs"}


@pytest.mark.parametrize(
    ("section", "first", "second"),
    [
        ("Exclusion", "Kidney impairment", "Severe renal impairment"),
        ("Exclusion", "Pregnancy", "Pregnant or breastfeeding women"),
        ("Exclusion", "Pregnant or breastfeeding", "Pregnant, breastfeeding or planning a pregnancy"),
        ("Exclusion", "Pregnant women", "Women who plan to become pregnant"),
        ("Inclusion", "Treated with methotrexate or azathioprine", "Treated with methotrexate and azathioprine"),
        ("Exclusion", "Suicidal thoughts", "Suicide attempt in the past"),
        ("Inclusion", "Women must use contraception", "Men must use contraception"),
        ("Exclusion", "Major surgery planned within 4 weeks", "Major surgery within the past 4 weeks"),
        ("Exclusion", "Seasonal flu live vaccine within 4 weeks", "Live vaccine planned within 4 weeks"),
        ("Inclusion", "Prednisone of 10 mg/day stable for two weeks", "Prednisone of 10 mg/day stable for eight weeks"),
    ],
)
def test_what_the_rules_leave_out_is_not_called_the_same(client, section, first, second):
    stored_pair(f"{section} Criteria:\n\n* {first}", f"{section} Criteria:\n\n* {second}")
    html = html_of(client, *IDS[:2])
    asked = {key: row(html, key)[0] for key in (*Concept, "others") if has_row(html, key) and key not in FIELDS}
    assert asked and not {"Same in both", "Same rule, other words"} & set(asked.values()), asked


def test_how_many_of_the_points_are_needed_makes_a_difference(client):
    points = "".join(f"\n  * {one}" for one in ("Platelets above 100", "Neutrophils above 1000", "Hemoglobin above 8"))
    ways = (f"Inclusion Criteria:\n\n* At least {count} of the following:{points}" for count in ("one", "two"))
    stored_pair(*ways)
    assert row(html_of(client, *IDS[:2]), "blood")[0] == "Differs"


def test_what_the_record_holds_behind_the_same_sentence_is_not_called_the_same(client):
    def treated(description: str) -> dict:
        return {"interventions": [{"type": "DRUG", "name": "Belimumab", "description": description}]}

    store(study(IDS[0], armsInterventionsModule=treated("10 mg/kg into a vein every 4 weeks")))
    store(study(IDS[1], armsInterventionsModule=treated("200 mg under the skin once a week")))
    html = html_of(client, *IDS[:2])
    assert row(html, "tested")[0] == "Same in our short words"
    assert has_row(html_of(client, *IDS[:2], query="&show=differences"), "tested")


def test_a_placebo_that_is_no_group_of_its_own_is_told(client):
    arms = [{"label": f"Disease {n}", "type": "EXPERIMENTAL", "interventionNames": ["Drug: Placebo"]} for n in (1, 2)]
    given = {"armGroups": arms, "interventions": [{"type": "DRUG", "name": name} for name in ("Testumab", "Placebo")]}
    store(study(IDS[0], armsInterventionsModule=given), study(IDS[1]))
    _, cells = row(html_of(client, *IDS[:2]), "groups")
    assert "The record names a placebo" in cells[0] and "The record names a placebo" not in cells[1]


def test_other_sites_are_not_the_same_though_as_many_stand_in_as_many_countries(client):
    here, there = (
        [site(f"Clinic {n}", city) for n, city in enumerate(cities)]
        for cities in (("Boston", "Boston"), ("Los Angeles", "San Diego"))
    )
    store(
        study(IDS[0], contactsLocationsModule={"locations": here}),
        study(IDS[1], contactsLocationsModule={"locations": there}),
    )
    assert row(html_of(client, *IDS[:2]), "places")[0] == "Differs"


@pytest.mark.parametrize(
    ("text", "mark"),
    [("Exclusion Criteria:\n\n* Fear of needles", "Same in both"), ("", "Our software cannot compare this")],
)
def test_conditions_in_another_order_are_the_same(client, text, mark):
    names = ["Systemic Sclerosis", "Myositis"]
    for nct_id, listed in zip(IDS[:2], (names, names[::-1]), strict=True):
        store(study(nct_id, conditionsModule={"conditions": listed}, eligibilityModule=rules(text)))
    assert row(html_of(client, *IDS[:2]), "disease")[0] == mark


def test_a_rule_that_one_study_alone_has_is_no_leave_for_the_other(client):
    stored_pair()
    html = html_of(client, *IDS[:2])
    mark, cells = row(html, "blood")
    assert mark == "Only in NCT90000001" and cells[1].endswith("We found no rule on this.")
    assert "it does not follow that something is allowed" in words_of(html)


def test_who_is_let_in_and_who_is_kept_out_are_told_apart_in_words(client):
    stored_pair()
    _, cells = row(html_of(client, *IDS[:2]), "infections")
    assert "You may not be able to join if" in cells[0] and "You may be able to join if" not in cells[0]


def test_a_point_is_never_torn_out_of_its_at_least_two_of_these(client):
    stored_pair()
    _, cells = row(html_of(client, *IDS[:2]), "blood")
    assert all(part in cells[0] for part in ("2 of", "rash", "arthritis"))
    assert "more points of this rule" not in cells[0]


def test_points_that_hold_each_for_itself_and_speak_of_something_else_are_folded_in_their_place(client):
    stored_pair()
    _, cells = row(html_of(client, *IDS[:2]), "kept-out")
    seen, folded = cells[0].split("3 more points of this rule")
    assert "6 months" in seen and "ituximab" in seen and "surgery" not in seen and "surgery" in folded


def test_no_criterion_is_left_out(client):
    stored_pair()
    html = html_of(client, *IDS[:2])
    in_sight = re.sub(r'<details class="wording rest-of-rule">.*?</ul></details>', "", html, flags=re.DOTALL)
    places = {f"Inclusion {n}" for n in ("1", "2", "3", "3.1", "3.2", "3.3")}
    places |= {f"Exclusion {n}" for n in ("1", "2", "3", "3.1", "3.2", "3.3", "3.4", "3.5", "4")}
    assert places <= set(re.findall(r"((?:In|Ex)clusion [\d.]+) in the record", words_of(in_sight)))
    assert "needles" in row(html, "others")[1][0] and "move away" in row(html, "others")[1][0]
    assert row(html, "others")[0] == "Only in NCT90000001"


def test_only_what_differs_can_be_asked_for_and_what_is_left_out_is_named(client):
    stored_pair()
    html = html_of(client, *IDS[:2], query="&show=differences")
    assert has_row(html, "activity") and not has_row(html, "sex") and has_row(html, "pregnancy")
    assert "Not shown, because our software finds it the same:" in words_of(html)
    assert "Pregnancy and birth control" in words_of(html)
    assert 'href="/compare/?ids=NCT90000001,NCT90000002">Show all rows' in html


def test_what_no_study_has_a_rule_on_is_named_and_not_called_allowed(client):
    stored_pair()
    page = words_of(html_of(client, *IDS[:2]))
    assert "In none of these studies did we find a rule on:" in page and "Antibodies" in page
    assert "That does not mean that it does not matter." in page


def test_a_study_that_was_not_read_is_never_said_to_have_no_rule(client):
    stored_pair()
    Criterion.objects.filter(trial__nct_id=IDS[1]).delete()
    mark, cells = row(html_of(client, *IDS[:2]), "activity")
    assert mark == "Our software cannot compare this"
    assert "Our software could not read the rules of this study." in cells[1]
    assert "In none of these studies" not in html_of(client, *IDS[:2])


def test_the_registry_does_not_say_where_a_field_is_empty(client):
    store(study(IDS[0]), {"protocolSection": {"identificationModule": {"nctId": IDS[1]}}})
    Trial.objects.update(read_in_part=False)
    html = html_of(client, *IDS[:2])
    assert row(html, "start") == (
        "Only in NCT90000001",
        ["NCT90000001 March 2025", "NCT90000002 The registry does not say."],
    )
    Trial.objects.filter(nct_id=IDS[1]).update(read_in_part=True)
    assert "This is not in the part of the record that we have." in row(html_of(client, *IDS[:2]), "start")[1][1]


def test_a_study_to_call_first_says_so_beside_its_status(client):
    stored_pair()
    store(study(IDS[1], statusModule={"overallStatus": "UNKNOWN"}))
    mark, cells = row(html_of(client, *IDS[:2]), "status")
    assert mark == "Differs" and "Call first. The study team has not confirmed the status" in cells[1]


def test_chance_masking_and_what_is_measured_stand_in_rows_of_their_own(client):
    stored_pair()
    html = html_of(client, *IDS[:2])
    assert "One of the groups gets a placebo." in row(html, "groups")[1][0]
    assert "do not know who gets what" in row(html, "masking")[1][0]
    assert "SRI-4 response (Week 52)" in row(html, "measured")[1][0]


def test_the_nearest_open_site_of_each_study_is_told_when_a_place_is_named(client):
    store_places()
    point = {"lat": 53.96, "lon": -1.08}
    sites = [site("Hospital York", "York", "United Kingdom", status="RECRUITING", geoPoint=point)]
    store(study(IDS[0], contactsLocationsModule={"locations": sites}), study(IDS[1]))
    html = html_of(client, *IDS[:2], query="&near=Leeds")
    _, cells = row(html, "nearest")
    assert "Hospital York" in cells[0] and "22 miles (36 km)" in cells[0]
    assert "No open site that we can measure the way to." in cells[1]
    assert "Distances are from Leeds" in words_of(html)
    assert not has_row(html_of(client, *IDS[:2]), "nearest")


@pytest.mark.parametrize("number", [2, 3, 4])
def test_as_many_queries_for_four_large_studies_as_for_two_small_ones(client, django_assert_num_queries, number):
    store(*(study(one, eligibilityModule=rules(FIRST if number == 4 else SECOND)) for one in IDS))
    with django_assert_num_queries(18):
        html = html_of(client, *IDS[:number])
    assert len(row(html, "activity")[1]) == number
    assert row(html, "activity")[0] == ("Same in both" if number == 2 else "Same in all")


def test_studies_stand_in_the_order_of_the_address_and_each_can_be_taken_off(client):
    store(*(study(one) for one in IDS))
    html = html_of(client, IDS[2], IDS[0], IDS[1])
    assert re.findall(r'data-nct-id="(NCT\d+)"', html) == [IDS[2], IDS[0], IDS[1]]
    assert f'href="/compare/?ids={IDS[2]},{IDS[1]}">Take {IDS[0]} off' in html


@pytest.mark.parametrize("query", ["", "?ids=", "?ids=nothing", "?ids=NCT12345678"])
def test_without_two_studies_a_calm_page_asks_for_their_numbers(client, query):
    response = client.get(f"/compare/{query}")
    page = words_of(response.content.decode())
    assert response.status_code == 200 and "Numbers of the studies, with a comma between them" in page
    assert ("“nothing” is no number of a study." in page) is ("nothing" in query)
    assert ("We have no study NCT12345678." in page) is ("NCT1" in query)


def test_a_single_study_offers_its_siblings(client):
    store(study(IDS[0]), study(IDS[1], identificationModule={"briefTitle": "More of Testumab"}))
    html = html_of(client, IDS[0])
    assert f'href="/compare/?ids={IDS[0]},{IDS[1]}"' in html
    assert "Compare with: More of Testumab Tests the same: testumab." in words_of(html)
    assert f'href="/compare/?ids={IDS[0]}"' in client.get(f"/studies/{IDS[0]}/").content.decode()


def test_one_that_is_added_in_the_form_stands_beside_the_others(client):
    store(*(study(one) for one in IDS))
    response = client.get("/compare/", {"ids": [f"{IDS[0]},{IDS[1]}", "nct 9000 0003"]})
    assert re.findall(r'data-nct-id="(NCT\d+)"', response.content.decode()) == list(IDS[:3])


def test_of_more_than_four_people_choose(client):
    store(*(study(f"NCT9000000{n}") for n in range(1, 7)))
    html = html_of(client, *(f"NCT9000000{n}" for n in range(1, 7)))
    assert html.count('type="checkbox" name="ids"') == 6 and "Choose two to four" in words_of(html)


def test_a_study_that_an_editor_took_off_is_not_shown_and_said_to_be(client):
    stored_pair()
    hidden = Trial.objects.get(nct_id=IDS[1])
    TrialEditorial.objects.create(trial=hidden, hidden=True, hidden_reason="Wrong record")
    page = words_of(html_of(client, *IDS[:2]))
    assert "We do not show the study NCT90000002." in page and "You have chosen one study." in page


def test_what_holds_on_every_page_holds_here(client):
    store(study(IDS[0], identificationModule={"briefTitle": 'A </script><b onclick="x">trial</b>'}), study(IDS[1]))
    response = client.get(f"/compare/?ids={IDS[0]},{IDS[1]}")
    html = response.content.decode()
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert len(ids) == len(set(ids)) and len(re.findall(r"<h1\b", html)) == 1
    assert "<b onclick" not in html and not re.search(r"""<[a-z][^<>]*\s(style|on\w+)=""", html)
    assert "max-age=300" in response.headers["Cache-Control"] and not response.cookies
    assert '<meta name="robots" content="noindex">' in html
    assert not re.search(r"<(dd|td|h\d|li|p|dt)[^>]*>\s*</\1>", html)
    assert set(re.findall(r'href="#([^"]+)"', html)) <= set(ids)


def test_links_into_a_record_lead_to_the_page_of_the_study(client):
    stored_pair()
    html = html_of(client, *IDS[:2])
    inside = set(re.findall(r'class="in-record" href="([^"#]*)#', html))
    assert inside == {"/studies/NCT90000001/", "/studies/NCT90000002/"}


@pytest.mark.parametrize("language", ["es", "zh-hans"])
def test_is_in_the_language_of_its_address_with_the_official_words_in_english(client, language):
    stored_pair()
    html = html_of(client, *IDS[:2], path=f"/{language}/compare/")
    assert f'<html lang="{language}"' in html and '<span lang="en">' in html
    assert f'href="/{language}/studies/NCT90000001/"' in html


def test_works_in_the_frame_of_a_clinic(client):
    stored_pair()
    partner = Partner.objects.create(name="Example Clinic", allowed_origins="https://clinic.example.org")
    html = html_of(client, *IDS[:2], path=f"/embed/{partner.key}/en/compare/")
    assert has_row(html, "activity")
    for address in re.findall(r'(?:href|action)="(/[^"]*)"', html):
        assert address.startswith((f"/embed/{partner.key}/", "/static/")), address


LONG = (
    "* History of lupus nephritis, hepatitis B, active tuberculosis or pregnancy, unless the study doctor has agreed in"
    " writing that none of these matters to the person's safety"
)


def test_a_long_rule_on_many_things_stands_in_full_once_and_is_folded_in_its_other_rows(client):
    text = f"Inclusion Criteria:\n\n* Lupus\n\nExclusion Criteria:\n\n{LONG}"
    stored_pair(text, text.replace("unless", "except if"))
    rows = [one for one in html_of(client, *IDS[:2]).split('<tbody id="row-') if "active tuberculosis" in one]
    first, *others = rows
    assert others and 'class="wording repeated"' not in first
    assert all(one.count('class="wording repeated"') == 2 for one in others)
    name = words_of(re.search(r'aria-level="3">(.*?)</span>', first)[1])
    assert all(f"The rule that stands under “{name}”" in words_of(one) for one in others)


def test_ages_of_the_record_are_compared_though_the_rules_of_one_study_could_not_be_read(client):
    ages = {"minimumAge": "18 Years", "maximumAge": "75 Years"}
    store(
        study(IDS[0], eligibilityModule={**rules(FIRST), **ages}),
        study(IDS[1], eligibilityModule={"minimumAge": "20 Years", "eligibilityCriteria": ""}),
    )
    html = html_of(client, *IDS[:2])
    assert row(html, "age")[0] == "Differs"
    assert row(html, "sex")[0] == "Our software cannot compare this"  # the text that is missing may say more
