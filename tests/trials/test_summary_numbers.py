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
        ("You have 3 of these.", "Two of the following", "en", ("Two",), ("3",)),
        ("Your score is more than 3.2.", "DAS28 > 3.2", "en", (), ()),
        ("Your IIEF-5 score is less than 21.", "IIEF-5 score of < 21.0", "en", (), ()),
        ("Fewer than 100000 per microlitre.", "< 100,000/uL", "en", (), ()),
        ("Menos de 100.000 y 0,75.", "< 100,000/uL and 0.75", "es", (), ()),
        ("Menos de 100.000 y 0,5.", "< 100,000/uL and 0.75", "es", ("0.75",), ("0,5",)),
        ("您的年龄为18至75岁。", "Age 18-75 years", "zh-hans", (), ()),
        ("参加者为3,000人。", "计划有3,000人参加。", "zh-hans", (), ()),
        ("参加者为30人。", "计划有3,000人参加。", "zh-hans", ("3,000",), ("30",)),
        ("No number.", "No number either", "en", (), ()),
        ("", "5 mg", "en", ("5",), ()),
        ("1.2.3 and " + "9" * 500, "1.2.3 and " + "9" * 500, "en", (), ()),
    ],
)
def test_numbers_are_kept(
    said: str, official: str, lang: str, lost: tuple[str, ...], invented: tuple[str, ...]
) -> None:
    assert number_problem([said], [official], [], lang) == NumberProblem(lost, invented)


@pytest.mark.parametrize(
    "said, official, lang, lost, invented",
    [
        ("You had two flares.", "At least three flares in the last year", "en", ("three",), ("two",)),
        ("You had three flares.", "At least 3 flares", "en", (), ()),
        ("Physical activity five times a week.", "Physical activity three times a week", "en", ("three",), ("five",)),
        ("You have it.", "One hundred and five people", "en", (), ()),
        ("You have it.", "fıve of them", "en", (), ()),  # a letter that is "i" only without case
        ("您有它。", "一" * 20_000, "zh-hans", (), ()),
        ("You had 10 flares.", "Ten flares", "en", (), ()),
        ("You had one flare.", "At least 1 flare", "en", (), ()),
        ("You had 1 flare.", "One or more flares", "en", (), ()),
        ("You had flares.", "One or more flares", "en", (), ()),
        ("You have a disease that no one can treat.", "Refractory disease", "en", (), ()),
        ("You take it twice a day.", "Taken two times a day", "en", (), ()),
        ("You take it 2 times a day.", "Taken twice a day", "en", (), ()),
        ("You have arthritis in both knees.", "Arthritis of the knees", "en", (), ()),
        ("Wait thirty-two weeks, two-thirds of it at home.", "Wait", "en", (), ()),
        ("You had two-week courses.", "Courses of 2 weeks", "en", (), ()),
        ("Usted ha tenido dos crisis.", "At least three flares", "es", ("three",), ("dos",)),
        ("Usted ha tenido tres crisis.", "At least three flares", "es", (), ()),
        ("Usted ha tenido una crisis.", "At least 1 flare", "es", (), ()),
        ("Usted ha tenido crisis.", "At least 1 flare", "es", ("1",), ()),
        ("Usted tiene una enfermedad.", "Active disease", "es", (), ()),
        ("Usted lo toma una vez al día.", "Taken once daily", "es", (), ()),
        ("Usted lo toma once veces.", "Taken once daily", "es", (), ("once",)),
        ("Usted ha tenido once crisis.", "At least eleven flares", "es", (), ()),
        ("Durante treinta y dos semanas.", "For weeks", "es", (), ()),
        ("您有一种疾病。", "At least 1 flare", "zh-hans", ("1",), ()),
        ("您有一些统一的问题。", "At least 1 flare", "zh-hans", ("1",), ()),
        ("您有一种疾病。", "Active disease", "zh-hans", (), ()),
        ("您至少患有一种疾病。", "At least 1 of these diseases", "zh-hans", (), ()),
        ("您至少发作过1次，您有一种疾病。", "At least 1 flare", "zh-hans", (), ()),
        ("您至少发作过，您有一种疾病。", "At least 1 flare", "zh-hans", ("1",), ()),
        ("您患有以下至少一种疾病。", "At least 1 of these diseases", "zh-hans", (), ()),
        ("您发作过一次。", "At least 1 flare", "zh-hans", (), ()),
        ("您发作过两次。", "At least three flares", "zh-hans", ("three",), ("两",)),
        ("您发作过三次。", "At least three flares", "zh-hans", (), ()),
        ("您发作过两到三次。", "Two to three flares", "zh-hans", (), ()),
        ("您发作过十二次。", "At least two flares", "zh-hans", ("two",), ("十二",)),
        ("为期二十四周。", "For weeks", "zh-hans", (), ()),
        ("第二次发作，双侧，疾病三期。", "Second flare, both sides, stage III", "zh-hans", (), ()),
        ("十二指肠十分疼痛。", "Pain in the duodenum", "zh-hans", (), ()),
    ],
)
def test_small_numbers_count_as_words_too(
    said: str, official: str, lang: str, lost: tuple[str, ...], invented: tuple[str, ...]
) -> None:
    assert number_problem([said], [official], [], lang) == NumberProblem(lost, invented)


def test_what_stands_above_may_be_said_and_need_not_be() -> None:
    assert not number_problem(["At least 2: fever."], ["Fever"], ["At least 2 of the following:"], "en")
    assert not number_problem(["Fever."], ["Fever"], ["At least 2 of the following:"], "en")


def test_the_sentences_on_one_source_share_its_numbers_out() -> None:
    assert not number_problem(["You are 18 or older.", "You are 75 or younger."], ["Age 18-75"], [], "en")
