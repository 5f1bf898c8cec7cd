"""What somebody does not want is never looked for, and never becomes what they want."""

import pytest

from tests.trials.search.names import Names
from trials.search import Kind, read


def told(text):
    """What is set aside with its words, and all else that is read and left."""
    reading = read(text, Names())
    aside = [(part.values[0], part.matched) for part in reading.parts if part.kind is Kind.SET_ASIDE]
    others = [part.kind for part in reading.parts if part.kind is not Kind.SET_ASIDE]
    return aside, others, [free.text for free in reading.rest]


@pytest.mark.parametrize(
    "words",
    [
        "not in China", "outside China", "outside of China", "except China", "anywhere but China", "excluding China",
        "far from China", "not available in China", "not in China or India", "except China, Japan and Korea",
        "non China",
        "don't want to go to China", "not in the US", "not in the UK or the US", "can't travel to China",
        "fuera de China", "que no sea en China", "excepto China", "no en China", "no quiero ir a China",
        "不在中国", "除中国外", "除了中国以外", "中国以外", "不去中国", "中国除外",
    ],
)  # fmt: skip
def test_a_refused_country_is_not_the_wanted_one(words):
    assert told(f"lupus {words}") == ([(Kind.COUNTRY, words)], [Kind.CONDITION], [])


@pytest.mark.parametrize("words", ["not in Leeds", "outside Leeds", "far from Leeds", "fuera de Leeds", "不在北京"])
def test_a_refused_town_is_not_the_wanted_one(words):
    aside, others, rest = told(f"lupus {words}")
    assert ([said for _, said in aside], others, rest) == ([words], [Kind.CONDITION], [])


@pytest.mark.parametrize(
    "text",
    [
        "I live outside Leeds, lupus",
        "lupus anywhere but in China, near Leeds",
        "lupus not far from Leeds",
        "lupus, living outside of Leeds",
    ],
)
def test_who_lives_outside_a_town_looks_for_studies_near_it(text):
    assert read(text, Names()).values(Kind.PLACE) == ("token of Leeds",)


@pytest.mark.parametrize(
    "words",
    [
        "no placebo", "without placebo", "without a placebo group", "no placebo arm", "placebo-free",
        "not placebo controlled",
        "don't want placebo", "sin placebo", "sin grupo placebo", "不要安慰剂", "无安慰剂", "没有安慰剂组",
    ],
)  # fmt: skip
def test_no_placebo_is_a_filter(words):
    reading = read(f"lupus {words}")
    assert reading.values(Kind.PLACEBO) == ("no",) and reading.rest == ()


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("without steroids", Kind.DRUG_KIND), ("no steroids or methotrexate", Kind.DRUG_KIND),
        ("steroid-free", Kind.DRUG_KIND),
        ("not on steroids", Kind.DRUG_KIND), ("except CAR-T", Kind.DRUG_KIND),
        ("instead of steroids", Kind.DRUG_KIND),
        ("sin corticoides", Kind.DRUG_KIND), ("不用激素", Kind.DRUG_KIND), ("无激素", Kind.DRUG_KIND),
        ("no chemo", "WORDS"), ("not rituximab", "WORDS"), ("without a kidney biopsy", Kind.CONDITION),
        ("without hospital stay", "WORDS"), ("no injections", "WORDS"), ("不打针", "WORDS"),
        ("without treatment", "WORDS"),
        ("without kidney involvement", Kind.CONDITION), ("not affecting my kidneys", Kind.CONDITION),
        ("sin afectación renal", Kind.CONDITION), ("no renal", Kind.CONDITION), ("不累及肾脏", Kind.CONDITION),
        ("not phase 1", Kind.PHASE), ("not observational", Kind.STUDY_TYPE), ("not for children", Kind.CHILDREN),
    ],
)  # fmt: skip
def test_refused_treatments_organs_and_words_are_set_aside(words, kind):
    assert told(f"lupus {words}") == ([(kind, words)], [Kind.CONDITION], [])


def test_but_refuses_only_what_is_left_out_of_all():
    assert told("anywhere in Spain but Leeds, lupus") == ([("WORDS", "but Leeds")], [Kind.COUNTRY, Kind.CONDITION], [])
    assert read("lupus but in Leeds", Names()).values(Kind.PLACE) == ("token of Leeds",)


def test_what_is_wanted_beside_it_stays():
    reading = read("scleroderma without steroids, rituximab in Leeds, not in China, recruiting", Names())
    assert reading.values(Kind.PLACE) == ("token of Leeds",) and reading.values(Kind.STATUS) == ("RECRUITING",)
    assert read("rituximab not methotrexate").values(Kind.DRUG) == ("rituximab",)
    assert read("lupus not in China but in Japan").values(Kind.COUNTRY) == ("JP",)
    assert read("not lupus, scleroderma").values(Kind.CONDITION) == ("systemic-sclerosis",)


@pytest.mark.parametrize(
    "text",
    [
        "狼疮 激素外用", "mi papá no responde al metotrexato, lupus", "lupus not under control",
        "lupus no longer recruiting", "lupus not yet recruiting", "lupus not recruiting", "lupus ANA negative",
        "non-radiographic axial spondyloarthritis", "methotrexate not working lupus", "failed methotrexate lupus",
        "can't tolerate methotrexate lupus", "I don't have lupus", "lupus no more than 50 miles from Leeds",
        "not sure, lupus",
        "no tengo lupus", "el metotrexato no me funciona, lupus", "有没有狼疮的研究", "是不是狼疮",
        "吃激素没有效果 狼疮",
        '"not in China"', "no children lupus",
    ],
)  # fmt: skip
def test_a_no_that_refuses_nothing_is_no_refusal(text):
    assert told(text)[0] == []


@pytest.mark.parametrize("text", ["lupus without", "lupus not", "lupus except", "lupus sin", "not, lupus"])
def test_a_refusal_of_nothing_is_not_looked_for(text):
    assert told(text) == ([], [Kind.CONDITION], [])


def test_a_question_whether_there_is_something_denies_nothing():
    assert read("有没有狼疮的研究").values(Kind.CONDITION) == ("sle",)


@pytest.mark.parametrize(
    "text", ["failed methotrexate lupus", "can't tolerate methotrexate lupus", "methotrexate not helping lupus",
             "my mother takes methotrexate (lupus)"],
)  # fmt: skip
def test_what_somebody_takes_is_said_as_that_and_its_words_are_not_looked_for(text):
    reading = read(text)
    assert [(part.values, part.taken, part.certain) for part in reading.parts if part.kind is Kind.DRUG] == [
        (("methotrexate",), True, False)
    ]
    assert reading.rest == ()


@pytest.mark.parametrize(
    "text",
    [
        "besides SSc I also have lupus", "apart from SSc I have lupus", "aparte de esclerodermia tengo lupus",
        "除了系统性硬化症还有狼疮", "除狼疮外还有硬皮病",
    ],
)  # fmt: skip
def test_a_disease_beside_another_is_not_refused(text):
    found = {slug for part in read(text, Names()).parts if part.kind is Kind.CONDITION for slug in part.values}
    assert found == {"systemic-sclerosis", "sle"} and told(text)[0] == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("SSc with no evidence of SSc-ILD", "with no evidence of SSc-ILD"),
        ("lupus without a diagnosis of sjogren", "without a diagnosis of sjogren"),
        ("lupus sin diagnóstico de esclerodermia", "sin diagnóstico de esclerodermia"),
    ],
)
def test_a_disease_that_nobody_found_is_refused_whole(text, words):
    assert told(text) == ([(Kind.CONDITION, words)], [Kind.CONDITION], [])


@pytest.mark.parametrize("text", ["lupus can't travel far from Leeds", "lupus no puedo viajar lejos de Leeds"])
def test_who_cannot_travel_far_wants_to_be_near(text):
    assert told(text)[0] == []


@pytest.mark.parametrize(
    "text",
    ["lupus not controlled by belimumab", "not helped by belimumab", "no improvement with belimumab",
     "not working benlysta"],
)  # fmt: skip
def test_what_has_not_helped_is_asked_and_not_looked_for(text):
    (drug,) = (part for part in read(text, Names()).parts if part.kind is Kind.DRUG)
    assert not drug.certain and drug.taken and told(text)[0] == []
