"""Age and sex from the fields of a record: told where no criterion tells them, and in words that fit everybody."""

import pytest

from trials import vocab as v
from trials.criteria import engine
from trials.plain_language.model import Section
from trials.plain_language.writer import write
from trials.records import Eligibility, StudyRecord


def told(text: str = "", *, low: float | None = 18, high: float | None = 75, sex: v.Sex = v.Sex.ALL) -> list[str]:
    """The sentences on fields, of a record with this text of criteria."""
    limits = Eligibility(
        minimum_age_years=low,
        below_age_years=None if high is None else high + 1,
        minimum_age_text="" if low is None else f"{low} Years",
        maximum_age_text="" if high is None else f"{high} Years",
        sex=sex,
    )
    criteria = engine.parse(engine.Study("NCT90000001", text)).criteria if text else ()
    summary = write(StudyRecord("NCT90000001", eligibility=limits), criteria, ())
    return [one.text for one in summary.of(Section.MAY_JOIN) if "." in one.sources[0]]


@pytest.mark.parametrize(
    "text, sentences",
    [
        ("Exclusion Criteria:\n\n* Age < 18 years", ["You are 75 years or younger."]),
        ("Exclusion Criteria:\n\n* Older than 75 years", ["You are 18 years or older."]),
        ("Exclusion Criteria:\n\n* Age < 18 years\n* Older than 75 years", []),
        ("Inclusion Criteria:\n\n* Age 18 years or older", ["You are 75 years or younger."]),
        ("Inclusion Criteria:\n\n* SLE", ["You are 18 to 75 years old."]),
    ],
)
def test_of_two_limits_only_the_one_is_told_that_no_criterion_states(text, sentences):
    assert told(text) == sentences


@pytest.mark.parametrize(
    "low, high, sentence",
    [
        (1, None, "You are 1 year or older."),
        (2, None, "You are 2 years or older."),
        (None, 1, "You are 1 year or younger."),
        (None, 17, "You are 17 years or younger."),
        (1, 17, "You are 1 to 17 years old."),
    ],
)
def test_one_year_is_no_years(low, high, sentence):
    assert told(low=low, high=high) == [sentence]


@pytest.mark.parametrize(
    "low, sex, sentence",
    [
        (18, v.Sex.FEMALE, "You are a woman."),
        (12, v.Sex.FEMALE, "You are a woman or a girl."),
        (None, v.Sex.FEMALE, "You are a woman or a girl."),
        (21, v.Sex.MALE, "You are a man."),
        (6, v.Sex.MALE, "You are a man or a boy."),
    ],
)
def test_children_are_named_where_they_can_join(low, sex, sentence):
    assert told(low=low, high=None, sex=sex)[-1] == sentence


@pytest.mark.parametrize("lang, sentence", [("es", "Tiene 1 año o más."), ("zh-hans", "您的年龄为1岁或以上。")])
def test_one_year_is_said_in_each_language(lang, sentence):
    limits = Eligibility(minimum_age_years=1, minimum_age_text="1 Year")
    summary = write(StudyRecord("NCT90000001", eligibility=limits), (), (), lang)
    assert [one.text for one in summary.of(Section.MAY_JOIN)] == [sentence]
