"""Beside the verdicts: other studies, dates, why a study is not on the list, and the page for the doctor."""

import pytest

from tests.finder.check.conftest import CRITERIA, Person, asking
from tests.studies import site, store
from trials.models import Partner

DRUG = {"armGroups": [{"label": "A", "type": "EXPERIMENTAL"}],
        "interventions": [{"type": "DRUG", "name": "Anifrolumab", "armGroupLabels": ["A"]}]}  # fmt: skip


def with_hiv(person):
    return person.has_lupus().answer("infections", hiv="yes")


def test_another_study_of_the_same_drug_is_named_unless_it_is_ruled_out_too(db):
    store(
        asking("NCT90000001", CRITERIA, armsInterventionsModule=DRUG),
        asking("NCT90000002", CRITERIA.replace("* HIV infection\n", ""), armsInterventionsModule=DRUG),
        asking("NCT90000003", CRITERIA, armsInterventionsModule=DRUG),
    )
    person = with_hiv(Person()).press("show:does_not_fit")
    sibling = "Another study of anifrolumab is not ruled out for you:"
    assert person.words.casefold().count(sibling.casefold()) == 2
    assert '/studies/NCT90000002/"' in person.page.split("sibling")[1]


def test_when_waiting_is_enough_the_month_is_told(person):
    person.has_lupus().answer(
        "biologics", treatment=["rituximab"], all="yes",
        **{"treatment.rituximab": "past", "treatment.rituximab.ago": "1", "treatment.rituximab.ago_unit": "months"},
    )  # fmt: skip
    words = person.press("show:does_not_fit").words
    assert "From about" in words and "more than 6 months since: Rituximab" in words
    assert "Do not stop" not in words


def test_a_medicine_that_is_taken_now_is_never_told_with_a_date(person):
    person.has_lupus().answer("biologics", treatment=["rituximab"], all="yes", **{"treatment.rituximab": "now"})
    words = person.press("show:does_not_fit").words
    told = "Do not stop a medicine without your doctor. The study’s own rule is:"
    assert words.count(told) == words.count("months after the last dose of Rituximab") == 2
    assert "From about" not in words
    assert "You said: Rituximab (now)." in words


@pytest.mark.parametrize("medicine", ["hydroxychloroquine", "glucocorticoids"])
def test_nothing_is_said_of_the_end_of_a_medicine_that_must_not_stop_suddenly(db, medicine):
    store(asking("NCT90000001", CRITERIA.replace("Rituximab", medicine)))
    person = (
        Person()
        .has_lupus()
        .answer("basic_medicines", treatment=[medicine], all="yes", **{f"treatment.{medicine}": "now"})
    )
    words = person.press("show:does_not_fit").words
    assert "Probably does not fit (1)" in words and "after the last dose" not in words


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("NCT90000001", "It is on your list. By your answers it probably does not fit: “"),
        ("nct 90000001", "It is on your list."),
        ("90000003", "It is not about the conditions that you named."),
        ("NCT90000004", "Nobody can ask to join it today. Its status is “Finished” (record of 1 October 2026)."),
        ("NCT00000000", "We do not have this study. The registry may have it."),
        ("lupus", "Please write the number of a study"),
        ("", "Please write the number of a study"),
    ],
)
def test_why_a_study_is_not_on_the_list(person, typed, told):
    with_hiv(person).press("results").press("why", why=typed)
    assert person.response.status_code == 200
    assert told in person.words


def test_why_tells_the_rule(person):
    with_hiv(person).press("results").press("why", why="NCT90000001")
    assert "HIV infection" in person.page and "Exclusion 1: official wording" in person.words


def test_the_page_for_the_doctor(person):
    person.has_lupus().answer("infections", hiv="no").press("handout")
    assert "For your doctor" in person.words
    assert "What do you have? Lupus (SLE)" in person.words
    assert "Tests and values to look up" in person.words and "your lupus score (SLEDAI)" in person.words
    assert "Still open:" in person.words
    assert "NCT90000001" in person.words and "NCT90000003" not in person.words
    assert "Notes" in person.words
    assert 'method="post"' not in person.page and 'name="state"' not in person.page  # nothing there sends anything


def test_the_page_for_the_doctor_names_whom_to_ask_unless_the_study_does_not_fit(db):
    desk = {"centralContacts": [{"name": "Study desk", "role": "CONTACT", "email": "desk@example.org"}]}
    store(asking("NCT90000001", CRITERIA, contactsLocationsModule=desk))
    person = Person().has_lupus()
    assert "desk@example.org" in person.press("handout").words
    assert "desk@example.org" not in with_hiv(Person()).press("handout").words


def test_the_page_for_the_doctor_before_any_answer(studies):
    assert "You have not answered anything yet." in Person().press("handout").words


def test_one_test_away_names_what_most_studies_wait_for(person):
    person.has_lupus().tell(
        about_you={"age": "40", "sex": "female"}, infections={"hiv": "no"}, biologics={"all": "yes"}
    )
    assert "One test away" in person.words and "your lupus score (SLEDAI)" in person.words


def test_on_the_paper_of_a_clinic_its_own_studies_come_first_and_are_named(db):
    places = [site(name, "Boston", "United States", status="RECRUITING") for name in ("First Hospital", "Own Hospital")]
    store(*(
        asking(f"NCT9000000{n}", CRITERIA, contactsLocationsModule={"locations": [one]}) for n, one in enumerate(places)
    ))  # fmt: skip
    clinic = Partner.objects.create(
        name="Example Clinic", allowed_origins="https://clinic.example.org", own_sites="Own Hospital"
    )
    person = Person().has_lupus()
    own = person.press("handout", path=f"/embed/{clinic.key}/en/check/").words
    assert own.index("NCT90000001") < own.index("Open at Example Clinic") < own.index("NCT90000000")
    assert own.count("Open at Example Clinic") == 1
    assert "Open at" not in person.press("results").press("handout").words
