"""The questionnaire from the first screen to the list with its reasons."""

import pytest

from tests.finder.check.conftest import Person
from tests.studies import store, study


def test_the_condition_comes_first_and_nothing_is_preset(person):
    assert person.asked == "condition"
    assert "checked" not in person.page and "selected" not in person.page
    assert "Back" not in person.words


def test_only_studies_of_the_condition_are_in_question(person):
    assert "2 studies for Lupus (SLE)" in person.has_lupus().press("results").words


def test_an_empty_screen_asks_again_and_keeps_the_place(person):
    person.press("next")
    assert person.response.status_code == 200
    assert person.asked == "condition" and "Please choose an answer" in person.words


def test_a_skipped_question_is_not_asked_again_and_says_nothing(person):
    person.has_lupus()
    seen = ["condition"]
    while person.asked:
        assert person.asked not in seen
        seen.append(person.asked)
        person.press("skip")
    assert 'data-verdict="does_not_fit"' not in person.page
    assert "Not enough known (2)" in person.words


def test_an_answer_that_keeps_out_names_the_rule_in_plain_and_official_words(person):
    person.has_lupus().answer("infections", hiv="yes").press("show:does_not_fit")
    assert "Probably does not fit (2)" in person.words
    assert "HIV infection" in person.page and "Exclusion 1: official wording" in person.words
    assert "This study needs a no" in person.words


def test_who_meets_all_may_fit_and_reads_how_much_was_checked(person):
    person.has_lupus().tell(
        about_you={"age": "40", "sex": "female"}, lupus_score={"sledai": "14"},
        infections={"hiv": "no"}, biologics={"all": "yes"},
    )  # fmt: skip
    assert "May fit (2)" in person.words
    assert "of its 6 rules, at least in part. The study team will check the rest." in person.words


def test_back_shows_what_was_entered_and_it_can_be_changed(person):
    person.has_lupus().answer("about_you", age="40", sex="female")
    person.press("back")
    assert person.asked == "about_you" and 'value="40"' in person.page
    person.press("next", age="12", sex="female").press("show:does_not_fit")
    assert "Probably does not fit (2)" in person.words and "You said: 12 years" in person.words
    person.press("review")
    assert "12 years" in person.words and "Female" in person.words
    assert person.press("change:condition").asked == "condition"


def test_a_problem_with_one_input_loses_none_of_the_others(person):
    person.has_lupus()
    while person.asked != "about_you":
        person.press("skip")
    person.press("next", age="old", sex="female")
    assert person.asked == "about_you" and "Please write a number with digits" in person.words
    assert 'value="old"' in person.page and 'value="female" checked' in person.page


def test_the_questions_end_where_none_can_change_a_verdict(person):
    person.has_lupus().answer("infections", hiv="yes")
    assert not person.asked
    assert "No other question of ours would change this list" in person.words


def test_the_list_goes_on_over_pages(db):
    store(*(study(f"NCT900001{n:02}") for n in range(23)))
    person = Person().press("next", diagnosis=["sle"]).press("results")
    shown = set()
    for page in range(1, 4):
        assert f"Page {page} of 3" in person.words
        shown |= set(person.page.split('data-nct-id="')[1:])
        person.press(f"show:unknown,{page + 1}")
    assert len({part[:11] for part in shown}) == 23


def test_rule_by_rule(person):
    person.has_lupus().answer("infections", hiv="yes").press("study:NCT90000001")
    assert "Speaks against it (1)" in person.words
    for heading in ("Still open", "Fits, as far as you said"):
        assert heading in person.words
    assert person.press("study:NCT99999999").response.status_code == 404


def test_about_one_study_whatever_its_status(studies):
    person = Person("/check/?study=NCT90000004")
    assert "About one study:" in person.words and person.asked == "condition"
    person.has_lupus().answer("infections", hiv="yes")
    assert "Probably does not fit" in person.words and "Speaks against it (1)" in person.words


@pytest.mark.parametrize("nct_id", ["NCT00000000", "x", "NCT90000001%00"])
def test_about_a_study_that_we_do_not_have(studies, nct_id):
    assert Person(f"/check/?study={nct_id}").response.status_code == 404


def test_a_study_that_was_taken_off_meanwhile_is_not_shown(studies, django_user_model):
    from trials.models import Trial, TrialEditorial

    person = Person("/check/?study=NCT90000001")
    TrialEditorial.objects.create(trial=Trial.objects.get(nct_id="NCT90000001"), hidden=True, hidden_reason="Withdrawn")
    assert person.has_lupus().response.status_code == 404


def test_with_no_study_at_all(db):
    person = Person()
    assert person.response.status_code == 200
    assert not person.asked and "0 studies" in person.words


def test_an_editor_who_hides_a_study_takes_it_off_the_list_at_once(person):
    from trials.models import Trial, TrialEditorial

    assert "2 studies for" in person.has_lupus().press("results").words
    TrialEditorial.objects.create(trial=Trial.objects.get(nct_id="NCT90000001"), hidden=True, hidden_reason="Withdrawn")
    assert "1 study for" in person.press("results").words


def test_htmx_gets_the_part_that_it_swaps(studies):
    person = Person("/check/")
    person.client.headers = None
    response = person.client.post(
        "/check/", {"state": person.hidden("state"), "at": "condition", "do": "next", "diagnosis": "sle"},
        headers={"HX-Request": "true"},
    )  # fmt: skip
    html = response.content.decode()
    assert "<html" not in html and "<title>" in html
    assert 'id="announcement" hx-swap-oob="innerHTML"' in html and '<h1 id="check-heading" tabindex="-1">' in html


@pytest.mark.parametrize("path", ["/es/check/", "/zh-hans/check/"])
def test_goes_on_in_another_language(person, path):
    person.has_lupus().press("stay", path=path)
    assert person.response.status_code == 200 and f'action="{path}"' in person.page
    person.press("results", path=path)
    assert "NCT90000001" in person.page


@pytest.mark.parametrize(
    ("limits", "said"),
    [
        ({}, "Of its rules on who can join we can check only age and sex. Ask the study team about the others."),
        (
            {"minimumAge": None, "maximumAge": None, "sex": "ALL"},
            "We can check none of its rules on who can join. Ask the study team.",
        ),
    ],
)
def test_a_study_whose_record_says_nothing_is_never_said_to_fit(db, limits, said):
    store(study("NCT90000005", eligibilityModule={"eligibilityCriteria": "", **limits}))
    person = Person().has_lupus().tell(about_you={"age": "40", "sex": "female"})
    assert "May fit (0) Not enough known (1)" in person.words
    assert said in person.words
    assert 'data-verdict="unknown"' in person.page and 'data-verdict="may_fit"' not in person.page
    assert "Not enough known" in person.press("study:NCT90000005").words


def test_another_condition_asks_for_its_kinds_anew(db):
    """What was ticked as all beside one condition says nothing of kinds that were never offered."""
    kinds = "Inclusion Criteria:\n\n* Lupus nephritis or diffuse systemic sclerosis\n* SLEDAI of 6 or more"
    store(study("NCT90000001", eligibilityModule={"eligibilityCriteria": kinds}))
    person = Person()
    person.press("next", diagnosis=["systemic-sclerosis"]).answer("kinds", diagnosis=["diffuse-ssc"], all="yes")
    person.press("change:condition").press("next", diagnosis=["sle"])
    assert person.asked == "kinds"
    assert "diffuse" not in person.press("review").words.casefold()


def test_what_was_right_on_a_screen_goes_along_to_another_language(person):
    person.has_lupus()
    while person.asked != "about_you":
        person.press("skip")
    person.press("stay", path="/es/check/", age="old", sex="female")
    assert person.asked == "about_you" and 'value="female" checked' in person.page


def test_a_value_that_was_cleared_does_not_come_back(person):
    person.has_lupus().answer("about_you", age="40", sex="female").press("back")
    person.press("next", age="", sex="")
    assert 'value="40"' not in person.page


def test_back_from_the_list_shows_the_question_that_waits(person):
    person.has_lupus()
    waits = person.asked
    assert person.press("results").press("back").asked == waits
