"""A fault in a data file is an error that names its place."""

from typing import Any

import pytest

from trials.questions import reading
from trials.questions.checks import QuestionsError, check
from trials.questions.reading import question_from, questions

AGE: dict[str, Any] = {
    "attribute": "age", "kind": "number", "name": "your age", "highest": 120, "spread": [1, 2, 3, 4, 5],
    "unit": [{"slug": "years", "name": "years", "factor": 1}],
}  # fmt: skip
PILLS: dict[str, Any] = {
    "attribute": "treatment", "kind": "treatments", "name": "your pills",
    "choice": [{"slug": "methotrexate", "name": "Methotrexate"}],
}  # fmt: skip
HIV: dict[str, Any] = {"attribute": "hiv", "kind": "yes_no", "name": "any HIV"}


def row(*fields: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"slug": "q", "group": "You", "text": "How old are you?", "field": list(fields), **more}


def test_what_is_right_is_read() -> None:
    question = question_from(row(AGE))
    assert question.fields[0].units[0].factor == 1 and question.fields[0].spread == (1, 2, 3, 4, 5)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (row(AGE, colour="red"), "question “q”: “colour” is no key of ours."),
        (row({**AGE, "kind": "guess"}), "question “q”, field “age”: “guess” is none of number, yes_no"),
        (row({**AGE, "known_by": "aunt"}), "“aunt” is none of patient, doctor"),
        (row({key: value for key, value in AGE.items() if key != "name"}), "field “age”: “name” is missing."),
        (row(AGE, text=5), "question “q”: “text” has to be a text."),
        (row({**AGE, "lowest": "low"}), "field “age”: “lowest” has to be a number."),
        (row({**AGE, "asks_when": 1}), "“asks_when” has to be true or false."),
        (row({**AGE, "unit": [{"slug": "years", "name": "years"}]}), "unit “years”: “factor” is missing."),
        ({"slug": "q", "text": "?"}, "question “q”: “group” is missing."),
    ],
)
def test_a_row_that_is_no_question_is_refused(wrong: dict[str, Any], said: str) -> None:
    with pytest.raises(QuestionsError) as caught:
        question_from(wrong)
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (row(), "has no field"),
        (row({**AGE, "text": "Age?"}), "only one of several fields has a “text” of its own"),
        (row({**AGE, "attribute": "shoe"}), "no attribute that is asked"),
        (row({**HIV, "attribute": "healthy_volunteer"}), "no attribute that is asked"),
        (row({**HIV, "kind": "number", "unit": AGE["unit"]}), "cannot be asked as “number”"),
        (row({**AGE, "unit": []}), "a number needs a unit"),
        (row({**AGE, "unit": AGE["unit"] * 2}), "unit “years” stands twice"),
        (row({**AGE, "unit": [{"slug": "years", "name": "years", "factor": 0}]}), "the factor has to be above 0"),
        (row({**AGE, "lowest": 120}), "“lowest” has to be below “highest”"),
        (row({**AGE, "spread": [1, 2, 3, 4, 500]}), "has to lie between “lowest” and “highest”"),
        (row({**AGE, "spread": [5, 4, 3, 2, 1]}), "five numbers that do not fall"),
        (row({**AGE, "spread": [0, 0, 0, 0, 0]}), "“spread” is for numbers"),
        (row({**HIV, "asks_when": True}), "“spread” is for numbers and for times since"),
        (row({**AGE, "asks_when": True}), "only a yes or no is asked when it was"),
        (row({**HIV, "unit": AGE["unit"]}), "only a number has units and bounds"),
        (row({**AGE, "choice": PILLS["choice"]}), "only a list has choices"),
        (row({**PILLS, "choice": []}), "it needs some"),
        (row({**HIV, "chance": 1.5}), "a share has to lie between 0 and 1"),
        (row({**HIV, "name": "HIV."}), "no capital letter first, no full stop"),
        (row({**HIV, "help": "Two  spaces."}), "not one clean line: “Two  spaces.”"),
        (
            row({**PILLS, "choice": [{"slug": "snake-oil", "name": "Oil"}]}),
            "choice “snake-oil” is none of the contract",
        ),
        (row({**PILLS, "choice": PILLS["choice"] * 2}), "choice “methotrexate” stands twice"),
        (row({**PILLS, "choice": [{**PILLS["choice"][0], "of": ["sle"]}]}), "are for kinds"),
        (row(PILLS, covers=["snake-oil"]), "“covers” names no treatment: snake-oil"),
        (row(HIV, of=["flu"]), "“of” names no diagnosis: flu"),
    ],
)
def test_a_question_that_does_not_hold_together_is_refused(wrong: dict[str, Any], said: str) -> None:
    with pytest.raises(QuestionsError) as caught:
        check((question_from(wrong),))
    assert said in str(caught.value)


def test_a_question_or_an_attribute_that_stands_twice_or_is_left_out_is_told() -> None:
    with pytest.raises(QuestionsError, match="question “condition” stands twice"):
        check((*questions(), questions()[0]))
    with pytest.raises(QuestionsError, match="“age” is asked twice"):
        check((*questions(), question_from(row(AGE))))
    with pytest.raises(QuestionsError, match="“hepatitis_b” is never asked"):
        check(tuple(one for one in questions() if one.slug != "infections"))


def test_a_file_needs_its_header(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    monkeypatch.setattr(reading, "_FOLDER", tmp_path)
    (tmp_path / "you.toml").write_text('version = "1.0.0"\ndate = 2026-11-22\n')
    with pytest.raises(QuestionsError, match=r"you\.toml: “sources” is missing"):
        questions.__wrapped__()
