"""What was entered, screen by screen → answers in the words of the criteria contract."""

import pytest

from trials.matching.answers import Fact, Taken
from trials.matching.facts import MONTHS
from trials.questions.answering import answers_of
from trials.questions.reading import question_of, questions


def question_with(attribute):
    return next(one.slug for one in questions() for field in one.fields if field.attribute == attribute)


def entered(**given):
    """Entries with one field each, on the screen that asks it."""
    return {question_with(attribute): {attribute: one} for attribute, one in given.items()}


def test_nothing_entered_is_nothing_known():
    answers = answers_of({})
    assert (answers.numbers, answers.facts, answers.sex, answers.diagnoses, answers.treatments) == (
        {},
        {},
        None,
        None,
        None,
    )


def test_a_skipped_screen_is_no_no():
    answers = answers_of({question.slug: {} for question in questions()})
    assert answers == answers_of({})


@pytest.mark.parametrize("said", ["unknown", "declined"])
def test_who_does_not_know_or_say_has_said_nothing(said):
    entries = {question.slug: {field.attribute: {"v": said} for field in question.fields} for question in questions()}
    assert answers_of(entries) == answers_of({})


@pytest.mark.parametrize(
    ("attribute", "given", "expected"),
    [
        ("fvc", {"n": 62.0, "u": "percent-predicted"}, 62.0),
        ("hemoglobin", {"n": 10.5, "u": "g-per-dl"}, 105.0),
        ("prednisone_dose", {"n": 8.0, "u": "methylprednisolone"}, 10.0),
        ("prednisone_dose", {"n": 0.0, "u": ""}, 0.0),
        ("disease_duration", {"n": 2.0, "u": "years"}, 24.0),
    ],
)
def test_numbers_are_turned_into_the_units_of_the_contract(attribute, given, expected):
    field = next(one for one in question_of(question_with(attribute)).fields if one.attribute == attribute)
    assert given["u"] in {"", *(unit.slug for unit in field.units)}
    assert answers_of(entered(**{attribute: given})).numbers[attribute] == pytest.approx(expected)


def test_a_yes_may_say_when_and_a_no_never_does():
    answers = answers_of(entered(cancer={"v": "yes", "n": 8.0, "u": "weeks"}))
    assert answers.facts["cancer"] == Fact(True, 8 * MONTHS["weeks"], over=True)
    assert answers_of(entered(cancer={"v": "yes"})).facts["cancer"] == Fact(True, over=True)
    assert answers_of(entered(cancer={"v": "yes", "n": 0.0, "u": "days"})).facts["cancer"] == Fact(True, 0.0)
    assert answers_of(entered(hiv={"v": "yes"})).facts["hiv"] == Fact(True)
    assert answers_of(entered(cancer={"v": "no"})).facts["cancer"] == Fact(False)


def test_a_man_is_not_pregnant_and_a_woman_is_asked():
    assert answers_of(entered(sex={"v": "male"})).facts["pregnant_or_breastfeeding"] == Fact(False)
    assert "pregnant_or_breastfeeding" not in answers_of(entered(sex={"v": "female"})).facts


def test_kinds_that_were_not_asked_stay_possible():
    answers = answers_of({"condition": {"diagnosis": {"c": ["sle"]}}})
    assert answers.diagnoses == {"sle"} and not answers.ruled_out
    assert {"lupus-nephritis", "ild"} <= answers.may_have


def test_kinds_that_were_left_are_ruled_out_only_by_who_says_so():
    some = {
        "condition": {"diagnosis": {"c": ["sle"]}},
        "kinds": {"diagnosis": {"c": ["cutaneous-lupus"], "all": False}},
    }
    answers = answers_of(some)
    assert answers.diagnoses == {"sle", "cutaneous-lupus"} and "lupus-nephritis" in answers.may_have
    every = {**some, "kinds": {"diagnosis": {"c": ["cutaneous-lupus"], "all": True}}}
    assert "lupus-nephritis" in answers_of(every).ruled_out
    assert "cutaneous-lupus" not in answers_of(every).ruled_out


def test_medicines_that_were_left_were_never_taken_only_by_who_says_so():
    slug = next(one.slug for one in questions() if "rituximab" in one.covers)
    taken = {"belimumab": {"w": "past", "n": 3.0, "u": "months"}, "anifrolumab": {"w": "now"}, "abatacept": {"w": ""}}
    some = answers_of({slug: {"treatment": {"t": taken, "all": False}}})
    assert some.treatments == (Taken("belimumab", 3.0), Taken("anifrolumab", current=True), Taken("abatacept"))
    assert not some.never_taken and not some.treatments_complete
    every = answers_of({slug: {"treatment": {"t": taken, "all": True}}})
    assert "rituximab" in every.never_taken
    assert not every.never_taken & {"belimumab", "biologic"}
    assert not every.treatments_complete  # other screens ask for the others


def test_who_takes_a_dose_of_steroid_takes_a_steroid():
    answers = answers_of(entered(prednisone_dose={"n": 5.0, "u": "prednisone"}))
    assert answers.treatments == (Taken("glucocorticoids", current=True),)
    assert answers_of(entered(prednisone_dose={"n": 0.0, "u": ""})).treatments is None


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ({"sex": {"v": "female"}, "age": {"n": 30.0, "u": "years"}}, Fact(False)),
        ({"sex": {"v": "female"}, "age": {"n": 62.0, "u": "years"}}, None),
        ({"sex": {"v": "male"}, "age": {"n": 30.0, "u": "years"}}, None),
        ({}, None),
    ],
)
def test_no_birth_control_keeps_out_only_whom_such_rules_mean(who, expected):
    answers = answers_of({**entered(contraception={"v": "no"}), "about_you": who})
    assert answers.facts.get("contraception") == expected


def test_a_disease_that_no_list_offers_is_never_ruled_out():
    every = {"condition": {"diagnosis": {"c": ["sle"]}}, "kinds": {"diagnosis": {"c": [], "all": True}}}
    assert "other" in answers_of(every).may_have
