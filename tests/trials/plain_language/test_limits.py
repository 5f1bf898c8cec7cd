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
