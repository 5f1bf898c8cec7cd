"""The questionnaire asks all of the contract, once, and so that a "no" means what it rules out."""

import pytest

from trials.criteria.attributes import ATTRIBUTES, DIAGNOSES, NUMBERS, TREATMENTS, YES_NO
from trials.criteria.quantities.scales import PLAUSIBLE
from trials.criteria.treatments import classes_with
from trials.drugs import find_all
from trials.questions.checks import NEVER_ASKED, SEVERAL_SCREENS
from trials.questions.model import Field, Kind, Question
from trials.questions.reading import field_of, question_of, questions

FIELDS = [(question, field) for question in questions() for field in question.fields]
LISTS = [question for question in questions() if question.fields[0].kind is Kind.TREATMENTS]
# Whose rules look back in time, counted in some 560 rheumatology studies. Of a transplant, ever is enough.
LOOKS_BACK = {
    "active_infection", "live_vaccine", "major_surgery", "investigational_drug", "tuberculosis", "cancer",
    "hepatitis_b", "hepatitis_c",
    "heart_disease", "thrombosis", "copd_or_asthma", "other_lung_disease", "smoker", "liver_disease", "kidney_failure",
    "cns_disease", "suicidality", "substance_abuse",
}  # fmt: skip


def slug(question: Question) -> str:
    return question.slug


def choices_of(slug: str) -> set[str]:
    return {choice.slug for field in question_of(slug).fields for choice in field.choices}


def test_every_attribute_is_asked_once_but_those_with_several_lists() -> None:
    asked = [field.attribute for _question, field in FIELDS]
    assert set(asked) == ATTRIBUTES - NEVER_ASKED
    assert sorted(NEVER_ASKED) == ["healthy_volunteer"]
    assert {one for one in asked if asked.count(one) > 1} == SEVERAL_SCREENS


def test_the_pages_find_what_they_ask_for_by_name() -> None:
    assert questions()[0].slug == "condition"
    assert question_of("condition").fields[0].kind is Kind.CONDITIONS
    assert question_of("kinds").fields[0].kind is Kind.KINDS
    assert [field_of(one).attribute for one in sorted(ATTRIBUTES - NEVER_ASKED)] == sorted(ATTRIBUTES - NEVER_ASKED)
    assert field_of("diagnosis") is question_of("condition").fields[0]
    with pytest.raises(KeyError):
        question_of("shoe size")
    with pytest.raises(KeyError):
        field_of("healthy_volunteer")


def test_every_diagnosis_is_offered_as_a_condition_or_as_a_kind() -> None:
    assert choices_of("condition") | choices_of("kinds") == DIAGNOSES - {"other", "ctd"}


def test_a_kind_is_offered_beside_something() -> None:
    assert [choice.slug for choice in question_of("kinds").fields[0].choices if not choice.of] == []


def test_every_treatment_is_a_choice_on_one_screen() -> None:
    ticked = [choice.slug for question in LISTS for field in question.fields for choice in field.choices]
    assert sorted(ticked) == sorted(TREATMENTS)


@pytest.mark.parametrize("question", LISTS, ids=slug)
def test_what_a_screen_covers_has_no_member_on_another(question: Question) -> None:
    here = {choice.slug for choice in question.fields[0].choices} | set(question.covers)
    for covered in question.covers:
        members = {one for one in TREATMENTS if covered in classes_with(one)}
        assert covered in here and members - here == set(), covered


@pytest.mark.parametrize("question", LISTS, ids=slug)
def test_medicines_named_beside_a_choice_are_what_it_counts_as(question: Question) -> None:
    for choice in question.fields[0].choices:
        found = find_all(f"{choice.name}, {choice.help}")
        counts_as = {drug.contract for drug in found} - {None}
        assert counts_as <= {choice.slug} and (found or choice.slug == "other"), choice.slug


def test_no_screen_covers_what_is_on_several() -> None:
    covered = {one for question in LISTS for one in question.covers}
    assert TREATMENTS - covered == {"dmard", "immunosuppressant", "other"}


@pytest.mark.parametrize("question", questions(), ids=slug)
def test_a_screen_can_be_answered_in_one_go(question: Question) -> None:
    assert len(question.fields) <= (5 if question.slug == "blood_count" else 4)


@pytest.mark.parametrize(("question", "field"), FIELDS, ids=lambda one: getattr(one, "slug", None) or one.attribute)
def test_every_number_and_every_doctors_fact_says_where_it_is_found(question: Question, field: Field) -> None:
    if field.attribute in NUMBERS:
        assert field.help or question.help or field.attribute == "age"
        assert field.units


@pytest.mark.parametrize("attribute", sorted(NUMBERS))
def test_what_may_be_entered_has_room_for_every_threshold_and_for_zero_of_a_score(attribute: str) -> None:
    field = field_of(attribute)
    least, _most = PLAUSIBLE[attribute]
    assert field.lowest <= max(least, 10) and field.highest >= field.spread[4] >= field.spread[0] >= field.lowest


@pytest.mark.parametrize("attribute", sorted(YES_NO - NEVER_ASKED))
def test_facts_that_studies_look_back_on_are_asked_as_ever_and_when(attribute: str) -> None:
    field = field_of(attribute)
    assert field.asks_when is (attribute in LOOKS_BACK)
    if field.asks_when:
        question = next(one for one, inner in FIELDS if inner is field)
        assert " ever " in (field.text or question.text)


# What each row of the contract lists has to be named, or people answer something else.
NAMED = {
    "cns_disease": ("seizure", "stroke", "dementia", "psychosis", "lupus of the brain"),
    "heart_disease": ("heart failure", "heart attack", "unstable angina", "rhythm"),
    "pregnant_or_breastfeeding": ("pregnant", "breastfeeding", "plan"),
    "kidney_failure": ("failed", "dialysis"),
    "substance_abuse": ("alcohol", "drugs"),
    "copd_or_asthma": ("COPD", "asthma"),
    "tuberculosis": ("tuberculosis", "not treated"),
    "active_infection": ("serious", "treatment"),
    "thrombosis": ("clot", "stroke"),
    "car_t": ("CAR-T", "cells that were changed"),
    "stem_cell_transplant": ("stem cell", "bone marrow"),
    "other_autoimmune": ("another autoimmune disease",),
}


@pytest.mark.parametrize("attribute", NAMED)
def test_a_question_names_all_that_its_row_in_the_contract_names(attribute: str) -> None:
    question = next(one for one, field in FIELDS if field.attribute == attribute)
    text = field_of(attribute).text or question.text
    assert [part for part in NAMED[attribute] if part not in text] == []
