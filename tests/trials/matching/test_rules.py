"""The truth table: one rule of each kind against every kind of answer."""

import pytest

from trials.criteria.model import Kind, Rule, Within
from trials.matching.answers import answers_from_json
from trials.matching.facts import finding

IN, OUT = Kind.INCLUSION, Kind.EXCLUSION
WEEKS_8 = Within(8, "weeks")
YEARS_5 = Within(5, "years")


def value(rule, answers, kind=IN):
    return finding(rule, kind, answers_from_json(answers)).value


@pytest.mark.parametrize(
    ("op", "below", "at", "above"),
    [(">=", False, True, True), (">", False, False, True), ("<=", True, True, False), ("<", True, False, False),
     ("=", False, True, False)],
)  # fmt: skip
def test_number(op, below, at, above):
    rule = Rule("fvc", op, 70.0, "% predicted")
    assert [value(rule, {"fvc": number}) for number in (69.9, 70, 70.1)] == [below, at, above]
    assert value(rule, {}) is None


@pytest.mark.parametrize(("age", "fits"), [(74, True), (75, True), (75.9, True), (76, False), (17.9, True)])
def test_people_are_of_an_age_until_their_next_birthday(age, fits):
    assert value(Rule("age", "<=", 75.0, "years"), {"age": age}) is fits


@pytest.mark.parametrize(
    ("asked", "within", "answer", "expected"),
    [
        (True, None, True, True), (True, None, False, False), (True, None, None, None),
        (False, None, True, False), (False, None, False, True), (False, None, None, None),
        (True, YEARS_5, True, None), (True, YEARS_5, False, False),
        (True, YEARS_5, {"value": True, "months_ago": 60}, True),
        (True, YEARS_5, {"value": True, "months_ago": 61}, False),
        (False, YEARS_5, {"value": True, "months_ago": 61}, True),
        (True, Within(5, "half_lives"), {"value": True, "months_ago": 1}, None),
        (True, Within(5, "half_lives"), {"value": True, "months_ago": 0}, True),
    ],
)  # fmt: skip
def test_yes_or_no(asked, within, answer, expected):
    answers = {} if answer is None else {"cancer": answer}
    assert value(Rule("cancer", "is", asked, within=within), answers) is expected


@pytest.mark.parametrize(
    ("wanted", "named", "expected"),
    [
        (("sle",), ["sle"], True), (("sle",), ["lupus-nephritis"], True), (("ctd",), ["lupus-nephritis"], True),
        (("lupus-nephritis",), ["sle"], None), (("diffuse-ssc",), ["systemic-sclerosis"], None),
        (("myositis",), ["dermatomyositis"], True), (("sle",), ["ctd"], None),
        (("sle",), ["sjogren"], False), (("sle", "sjogren"), ["sjogren"], True), (("sle",), [], False),
        (("sle",), None, None),
    ],
)  # fmt: skip
def test_diagnosis(wanted, named, expected):
    answers = {} if named is None else {"diagnosis": named}
    assert value(Rule("diagnosis", "in", wanted), answers) is expected
    other_way = None if expected is None else not expected
    assert value(Rule("diagnosis", "not in", wanted), answers) is other_way


NOW, EARLIER, SOMETIME = {"current": True}, {"months_ago": 12}, {}


@pytest.mark.parametrize(
    ("asked", "taken", "use", "complete", "expected"),
    [
        ({}, "rituximab", NOW, False, True), ({}, "rituximab", EARLIER, True, None),
        ({}, "rituximab", SOMETIME, True, None),
        ({}, None, None, False, None), ({}, None, None, True, False),
        ({}, "azathioprine", NOW, False, None), ({}, "azathioprine", NOW, True, False),
        ({}, "b-cell-depletion", NOW, True, None),  # which of them was not said
        ({"ever": True}, "rituximab", EARLIER, False, True), ({"ever": True}, "rituximab", SOMETIME, False, True),
        ({"within": WEEKS_8}, "rituximab", NOW, False, True), ({"within": WEEKS_8}, "rituximab", EARLIER, False, False),
        ({"within": WEEKS_8}, "rituximab", {"months_ago": 1}, False, True),
        ({"within": WEEKS_8}, "rituximab", SOMETIME, True, None),
        ({"stable": True, "within": WEEKS_8}, "rituximab", NOW, True, None),
        ({"stable": True, "within": WEEKS_8}, None, None, True, False),
        ({"failed": True}, "rituximab", EARLIER, True, None), ({"failed": True}, None, None, True, False),
    ],
)  # fmt: skip
def test_treatment(asked, taken, use, complete, expected):
    ever = [{"value": taken, **use}] if taken else []
    answers = {"treatment": {"ever": ever, "complete": complete}}
    assert value(Rule("treatment", "in", ("rituximab",), **asked), answers) is expected


@pytest.mark.parametrize("wider", ["b-cell-depletion", "biologic", "immunosuppressant"])
def test_who_takes_a_drug_takes_its_classes(wider):
    taken = {"ever": [{"value": "rituximab", "current": True}]}
    assert value(Rule("treatment", "in", (wider,)), {"treatment": taken}) is True


def test_nobody_who_was_not_asked_about_treatments_is_told_about_them():
    assert value(Rule("treatment", "in", ("rituximab",)), {}) is None
    assert value(Rule("treatment", "not in", ("rituximab",)), {}) is None


@pytest.mark.parametrize(
    ("kind", "rule", "answer", "expected"),
    [
        (OUT, Rule("copd_or_asthma", "is", True, partial=True), {"copd_or_asthma": True}, None),
        (OUT, Rule("copd_or_asthma", "is", True, partial=True), {"copd_or_asthma": False}, False),
        (OUT, Rule("alt", ">", 3.0, "x ULN", partial=True), {"alt": 4}, None),
        (OUT, Rule("alt", ">", 3.0, "x ULN", partial=True), {"alt": 2}, False),
        (IN, Rule("biopsy_proven", "is", True, partial=True), {"biopsy_proven": True}, None),
        (IN, Rule("biopsy_proven", "is", True, partial=True), {"biopsy_proven": False}, False),
        (IN, Rule("diagnosis", "in", ("sle",), partial=True), {"diagnosis": ["sle"]}, None),
        (IN, Rule("diagnosis", "in", ("sle",), partial=True), {"diagnosis": ["sjogren"]}, False),
        (IN, Rule("cancer", "is", False, partial=True), {"cancer": True}, None),
        (IN, Rule("cancer", "is", False, partial=True), {"cancer": False}, True),
        (IN, Rule("fvc", ">=", 50.0, "% predicted", partial=True), {"fvc": 40}, None),
        (IN, Rule("fvc", ">=", 50.0, "% predicted", partial=True), {"fvc": 60}, True),
        (IN, Rule("treatment", "not in", ("rituximab",), partial=True),
         {"treatment": {"ever": [{"value": "rituximab", "current": True}]}}, None),
    ],
)  # fmt: skip
def test_a_partial_rule_settles_one_way_alone(kind, rule, answer, expected):
    assert value(rule, answer, kind) is expected


@pytest.mark.parametrize(
    ("wanted", "answers", "expected"),
    [
        (("lupus-nephritis",), {"diagnosis": ["sle"], "ruled_out": ["lupus-nephritis"]}, False),
        (("lupus-nephritis", "neuropsychiatric-lupus"), {"diagnosis": ["sle"], "ruled_out": ["lupus-nephritis"]}, None),
        (("cutaneous-lupus",), {"diagnosis": ["sle"]}, False),
        (("cutaneous-lupus",), {"diagnosis": ["sle"], "may_have": ["cutaneous-lupus"]}, None),
        (("ild",), {"diagnosis": ["sle"], "may_have": ["ipf"]}, None),
        (("ild",), {"diagnosis": ["sle"], "may_have": ["ild"], "ruled_out": ["ild"]}, False),
        (("lupus-nephritis",), {"ruled_out": ["sle"]}, False),
        (("ctd",), {"diagnosis": ["ctd"], "ruled_out": ["sle"]}, True),
        (("sle",), {"diagnosis": ["sle"], "ruled_out": ["sle"]}, True),
    ],
)
def test_a_diagnosis_that_is_ruled_out_or_was_not_asked(wanted, answers, expected):
    assert value(Rule("diagnosis", "in", wanted), answers) is expected


@pytest.mark.parametrize(
    ("asked", "treatment", "expected"),
    [
        ("rituximab", {"never": ["rituximab"]}, False),
        ("rituximab", {"never": ["biologic"]}, False),
        ("biologic", {"never": ["rituximab"]}, None),
        ("biologic", {"ever": [{"value": "rituximab", "current": True}], "never": ["biologic"]}, True),
        ("rituximab", {"ever": [{"value": "biologic", "current": True}], "never": ["rituximab"]}, False),
        ("rituximab", {"ever": [{"value": "biologic", "current": True}]}, None),
    ],
)
def test_a_treatment_that_was_never_taken(asked, treatment, expected):
    assert value(Rule("treatment", "in", (asked,)), {"treatment": treatment}) is expected


@pytest.mark.parametrize(
    ("within", "answer", "expected"),
    [
        (None, {"value": True, "over": True}, None),
        (None, {"value": True, "over": True, "months_ago": 240}, None),
        (None, {"value": True, "months_ago": 0}, True),
        (YEARS_5, {"value": True, "over": True, "months_ago": 12}, True),
        (YEARS_5, {"value": True, "over": True, "months_ago": 240}, False),
        (YEARS_5, {"value": True, "over": True}, None),
    ],
)
def test_what_was_once_and_may_be_over(within, answer, expected):
    assert value(Rule("cancer", "is", True, within=within), {"cancer": answer}, OUT) is expected


def test_a_malaria_medicine_is_a_dmard_that_many_texts_allow():
    taken = {"treatment": {"ever": [{"value": "hydroxychloroquine", "current": True}]}}
    assert value(Rule("treatment", "in", ("dmard",)), taken, OUT) is None
    assert value(Rule("treatment", "in", ("antimalarial",)), taken, OUT) is True
    long_ago = {"treatment": {"ever": [{"value": "hydroxychloroquine", "months_ago": 30}], "complete": True}}
    assert value(Rule("treatment", "in", ("dmard",), within=WEEKS_8), long_ago, OUT) is False
