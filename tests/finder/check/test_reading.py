"""One screen's inputs → its entry, and a sentence for each that cannot be used."""

import pytest
from django.http import QueryDict

from finder.check.acting import ticks
from finder.check.reading import read_screen
from trials.questions.reading import question_of, questions

SLE = {"condition": {"diagnosis": {"c": ["sle"]}}}


def read(slug, query):
    question = question_of(slug)
    return read_screen(question, ticks(question, SLE), QueryDict(query))


def screen_of(attribute):
    return next(one.slug for one in questions() for field in one.fields if field.attribute == attribute)


@pytest.mark.parametrize("question", questions(), ids=lambda question: question.slug)
def test_a_screen_left_empty_says_nothing(question):
    entered = read(question.slug, "")
    assert entered.is_empty and entered.entry == {}


@pytest.mark.parametrize(
    ("query", "entry"),
    [
        ("age=34", {"n": 34.0, "u": "years"}),
        ("age=34.5", {"n": 34.5, "u": "years"}),
        ("age=34,5&age.unit=years", {"n": 34.5, "u": "years"}),
        ("age= 7 ", {"n": 7.0, "u": "years"}),
        ("rest=unknown", {"v": "unknown"}),
        ("age=34&rest=unknown", {"n": 34.0, "u": "years"}),
    ],
)
def test_a_number(query, entry):
    assert read("about_you", query).entry["age"] == entry


@pytest.mark.parametrize(
    "typed", ["x", "-1", "nan", "inf", "1e400", "121", "1/2", "٣٤x", "9" * 60, "1_0_0_0", "%00", "<b>"]
)
def test_what_is_no_age_gets_a_sentence(typed):
    entered = read("about_you", f"age={typed}")
    assert "age" not in entered.entry
    assert entered.problems["age"].startswith("Please ")
    assert len(entered.raw["age"]) <= 40


def test_a_number_without_its_unit_is_not_guessed():
    slug = screen_of("hemoglobin")
    entered = read(slug, "hemoglobin=12")
    assert entered.problems == {"hemoglobin": "Please say in which unit this number is."}
    assert read(slug, "hemoglobin=12&hemoglobin.unit=g-per-dl").entry["hemoglobin"] == {"n": 12.0, "u": "g-per-dl"}
    assert "hemoglobin" in read(slug, "hemoglobin=12&hemoglobin.unit=stone").problems


def test_the_limits_are_told_in_the_unit_that_was_chosen():
    told = read(screen_of("hemoglobin"), "hemoglobin=120&hemoglobin.unit=g-per-dl").problems["hemoglobin"]
    field = next(one for one in question_of(screen_of("hemoglobin")).fields if one.attribute == "hemoglobin")
    assert f"{field.highest / 10:g}" in told


def test_no_steroid_is_a_dose_of_nothing():
    assert read("steroid_dose", "prednisone_dose.none=1").entry == {"prednisone_dose": {"n": 0.0, "u": ""}}
    dose = {"prednisone_dose": {"n": 4.0, "u": "methylprednisolone"}}
    assert read("steroid_dose", "prednisone_dose=4&prednisone_dose.unit=methylprednisolone").entry == dose


@pytest.mark.parametrize("said", ["yes", "no", "unknown", "declined"])
def test_yes_no_and_neither(said):
    assert read(screen_of("hiv"), f"hiv={said}").entry == {"hiv": {"v": said}}


@pytest.mark.parametrize(
    ("query", "given"),
    [
        ("cancer=yes&cancer.ago=7&cancer.ago_unit=months", {"v": "yes", "n": 7.0, "u": "months"}),
        ("cancer=yes&cancer.ago=&cancer.ago_unit=months", {"v": "yes"}),
        ("cancer=no&cancer.ago=7&cancer.ago_unit=months", {"v": "no"}),
    ],
)
def test_how_long_ago(query, given):
    assert read(screen_of("cancer"), query).entry == {"cancer": given}


@pytest.mark.parametrize(
    "query",
    [
        "cancer.ago=7",
        "cancer.ago=7&cancer.ago_unit=eons",
        "cancer.ago=130&cancer.ago_unit=years",
        "cancer.ago=x&cancer.ago_unit=days",
    ],
)
def test_a_time_that_cannot_be_used_gets_a_sentence(query):
    entered = read(screen_of("cancer"), f"cancer=yes&{query}")
    assert list(entered.problems) == ["cancer.ago"]


def test_only_what_was_offered_can_be_ticked():
    assert read("condition", "diagnosis=sle&diagnosis=plague&diagnosis=sle").entry == {"diagnosis": {"c": ["sle"]}}
    assert read("kinds", "diagnosis=diffuse-ssc").entry == {}  # nobody offered it beside lupus
    assert read("kinds", "diagnosis=lupus-nephritis&all=yes").entry == {
        "diagnosis": {"c": ["lupus-nephritis"], "all": True}
    }
    assert read("kinds", "all=unknown").entry == {"diagnosis": {"v": "unknown"}}


def test_medicines():
    query = "treatment=rituximab&treatment=belimumab&treatment.rituximab=past&treatment.rituximab.ago=7"
    query += "&treatment.rituximab.ago_unit=months&treatment.belimumab=now&all=unknown"
    assert read("biologics", query).entry == {
        "treatment": {
            "t": {"rituximab": {"w": "past", "n": 7.0, "u": "months"}, "belimumab": {"w": "now"}},
            "all": False,
        }
    }
    assert read("biologics", "all=yes").entry == {"treatment": {"t": {}, "all": True}}


@pytest.mark.parametrize("typed", ["250,000", "250.000"])
def test_a_mark_between_thousands_is_not_taken_for_a_decimal_point(typed):
    entered = read(screen_of("platelets"), f"platelets={typed}&platelets.unit=per-ul")
    assert "platelets" not in entered.entry and "thousands" in entered.problems["platelets"]


@pytest.mark.parametrize(
    "query", ["alt=25&alt.unit=times-the-limit", "platelets=250&platelets.unit=per-ul", "fvc=4.2", "alt=25", "fvc=3,9"]
)
def test_a_number_that_can_only_be_in_another_unit_is_asked_again(query):
    name = query.partition("=")[0]
    assert name in read(screen_of(name), query).problems


def test_two_answers_to_one_question_are_not_settled_for_the_person():
    assert (
        "prednisone_dose"
        in read("steroid_dose", "prednisone_dose=40&prednisone_dose.unit=prednisone&prednisone_dose.none=1").problems
    )
    both = read(screen_of("cancer"), "cancer=yes&cancer.now=1&cancer.ago=10&cancer.ago_unit=years")
    assert list(both.problems) == ["cancer.ago"]
    used = read("biologics", "treatment.rituximab=now&all=yes").entry["treatment"]["t"]
    assert used == {"rituximab": {"w": "now"}}


def test_not_to_say_the_age_is_not_to_decline_the_sex():
    assert read("about_you", "rest=declined").entry == {"age": {"v": "declined"}}
