"""Numbers of an edited sentence against those of its source: none lost, none invented, in each language's writing."""

import pytest

from trials.summaries.numbers import NumberProblem, number_problem


@pytest.mark.parametrize(
    "said, official, lang, lost, invented",
    [
        ("You are 18 to 75 years old.", "Age 18-75 years", "en", (), ()),
        ("You are at least 18.", "Age 18-75 years", "en", ("75",), ()),
        ("You are 21 to 75.", "Age 18-75 years", "en", ("18",), ("21",)),
        ("You have two of these.", "At least 2 of the following", "en", (), ()),
        ("You have 2 of these.", "Two of the following", "en", (), ()),
        ("You have 3 of these.", "Two of the following", "en", (), ("3",)),
        ("Your score is more than 3.2.", "DAS28 > 3.2", "en", (), ()),
        ("Your IIEF-5 score is less than 21.", "IIEF-5 score of < 21.0", "en", (), ()),
        ("Fewer than 100000 per microlitre.", "< 100,000/uL", "en", (), ()),
        ("Menos de 100.000 y 0,75.", "< 100,000/uL and 0.75", "es", (), ()),
        ("Menos de 100.000 y 0,5.", "< 100,000/uL and 0.75", "es", ("0.75",), ("0,5",)),
        ("您的年龄为18至75岁。", "Age 18-75 years", "zh-hans", (), ()),
        ("No number.", "No number either", "en", (), ()),
        ("", "5 mg", "en", ("5",), ()),
        ("1.2.3 and " + "9" * 500, "1.2.3 and " + "9" * 500, "en", (), ()),
    ],
)
def test_numbers_are_kept(
    said: str, official: str, lang: str, lost: tuple[str, ...], invented: tuple[str, ...]
) -> None:
    assert number_problem([said], [official], [], lang) == NumberProblem(lost, invented)


def test_what_stands_above_may_be_said_and_need_not_be() -> None:
    assert not number_problem(["At least 2: fever."], ["Fever"], ["At least 2 of the following:"], "en")
    assert not number_problem(["Fever."], ["Fever"], ["At least 2 of the following:"], "en")


def test_the_sentences_on_one_source_share_its_numbers_out() -> None:
    assert not number_problem(["You are 18 or older.", "You are 75 or younger."], ["Age 18-75"], [], "en")
