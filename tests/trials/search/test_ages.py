"""Ages of people, in years and months, and limits of age."""

import pytest

from tests.trials.search.names import sure
from trials.search import Kind, read


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("lupus my 15-year-old", "15"), ("lupus 15 years old", "15"), ("aged 70 lupus", "70"), ("lupus age 8", "8"),
        ("lupus 8 yo", "8"), ("18 months old with lupus", "1.5"), ("I am 34 and have lupus", "34"),
        ("34F lupus", "34"), ("lupus aged 6 months", "0.5"), ("lupus aged 18 months", "1.5"),
        ("6-month-old lupus", "0.5"),
        ("lupus, my baby is 6 months", "0.5"), ("lupus baby, 6 months", "0.5"), ("lupus, 6 weeks old", "0.11"),
        ("bebé de 6 meses con lupus", "0.5"), ("lupus de 6 meses", "0.5"), ("lupus, 18 meses de edad", "1.5"),
        ("狼疮 6个月大", "0.5"), ("狼疮 6个月的宝宝", "0.5"), ("狼疮宝宝6个月", "0.5"),
        ("lupus, hija de 12 años", "12"), ("tengo 45 años, lupus", "45"), ("狼疮15岁", "15"),
    ],
)  # fmt: skip
def test_an_age_is_read_in_years(text, age):
    assert sure(text, Kind.AGE) == (age,)


@pytest.mark.parametrize(
    "text",
    [
        "lupus for 20 years", "had lupus 5 years", "over 65 years old lupus", "lupus ages 5 to 17", "lupus in 2024",
        "I am 5 months pregnant with lupus", "I am 80 kg", "lupus desde hace 12 años",
        "lupus de 12 años de evolución",
        "mayores de 18 años lupus", "狼疮 18岁以上", "phase 3 lupus", "aged 400", "lupus desde hace 6 meses",
        "tratamiento de 6 meses lupus", "embarazada de 6 meses lupus", "狼疮病了6个月", "狼疮 6个月前确诊",
    ],
)  # fmt: skip
def test_how_long_somebody_is_ill_and_limits_are_no_age(text):
    assert sure(text, Kind.AGE) == ()


def test_months_alone_are_a_question_in_chinese():
    assert read("狼疮 6个月").values(Kind.AGE, certain=False) == ("0.5",)


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("lupus over 65", "65"), ("lupus older than 65", "65"), ("lupus aged over 70", "70"), ("lupus 65+", "65"),
        ("lupus 65 and older", "65"), ("lupus women over 60 years", "60"), ("lupus older than 40 years", "40"),
        ("lupus más de 65 años", "65"), ("lupus mayores de 65", "65"), ("lupus 65 años o más", "65"),
        ("狼疮 65岁以上", "65"), ("超过65岁 狼疮", "65"),
    ],
)  # fmt: skip
def test_older_than_an_age(text, age):
    assert sure(text, Kind.OVER_AGE) == (age,)


@pytest.mark.parametrize(
    "text", ["lupus under 18", "lupus under 5 years old", "lupus menor de 18", "18岁以下 狼疮", "未满18岁 狼疮"]
)
def test_younger_than_grown_up_is_a_child(text):
    assert sure(text, Kind.CHILDREN) == ("CHILDREN",)


@pytest.mark.parametrize(
    "text", ["adults over 18 lupus", "mayores de 18 años lupus", "狼疮 18岁以上", "lupus under 40"]
)
def test_a_limit_that_tells_no_age_is_set_aside(text):
    assert sure(text, Kind.SET_ASIDE) == (Kind.AGE,)


@pytest.mark.parametrize(
    "text",
    [
        "lupus for over 20 years", "lupus over 20 years", "más de 5 años con lupus",
        "first symptoms under 3 years ago lupus",
        "lupus over 50 miles", "over 100 patients lupus", "lupus 80+ kg", "CD20+ lupus", "lupus menos de 18 años",
    ],
)  # fmt: skip
def test_how_long_and_how_many_are_no_limit_of_age(text):
    kinds = {part.kind for part in read(text).parts}
    assert kinds.isdisjoint({Kind.OVER_AGE, Kind.AGE, Kind.CHILDREN, Kind.SET_ASIDE})


@pytest.mark.parametrize(
    "text",
    [
        "lupus eGFR above 60", "lupus score above 60", "BMI under 35", "platelets below 50", "FVC below 70",
        "lupus at least 4 criteria", "SLEDAI over 6", "lupus more than 2 flares", "lupus diagnosed at age 15",
        "I was diagnosed at 15 years old with lupus", "lupus onset at age 14, now 33",
        "diagnosticada con lupus a los 15 años", "12岁发病的狼疮",
    ],
)  # fmt: skip
def test_what_is_measured_and_the_age_at_diagnosis_are_no_age(text):
    assert not [part for part in read(text).parts if part.kind in {Kind.AGE, Kind.OVER_AGE, Kind.SET_ASIDE}]


def test_of_two_ages_neither_is_certain():
    ages = [part for part in read("my daughter is 12 and I am 40").parts if part.kind is Kind.AGE]
    assert [(age.values, age.certain) for age in ages] == [(("12",), False), (("40",), False)]
