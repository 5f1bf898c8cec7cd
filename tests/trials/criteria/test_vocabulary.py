"""What the contract lets criteria and rules say, and the sentence for each thing that it does not."""

import time

import pytest

from trials.criteria.attributes import ATTRIBUTES, CHOICES, NUMBERS, YES_NO, ops_of
from trials.criteria.model import Criterion, Kind, Rule, Within
from trials.criteria.vocabulary import MESSAGES, problems_of


def criterion(key: str = "I1", **more):
    kind = "inclusion" if key.startswith("I") else "exclusion"
    base = {"id": key, "kind": kind, "parent": None, "text": "Lupus", "source_start": 0, "source_end": 5}
    return {**base, "join": None, "rules": [], **more}


def sentences(*criteria, **options) -> list[str]:
    return [str(problem) for problem in problems_of(list(criteria), **options)]


GOOD_RULES = [
    {"attribute": "age", "op": ">=", "value": 18, "unit": "years"},
    {"attribute": "creatinine", "op": "<=", "value": 1.5, "unit": "mg/dL", "any_of": 1, "partial": True},
    {"attribute": "cancer", "op": "is", "value": True, "within": {"amount": 5, "unit": "years"}, "partial": True},
    {"attribute": "car_t", "op": "is", "value": False},
    {"attribute": "sex", "op": "in", "value": ["female"]},
    {"attribute": "diagnosis", "op": "not in", "value": ["sle", "mctd"]},
    {"attribute": "treatment", "op": "in", "value": ["rituximab"], "within": {"amount": 0.5, "unit": "half_lives"}},
    {"attribute": "treatment", "op": "in", "value": ["dmard"], "stable": True, "failed": True, "ever": True},
    {"attribute": "mrss", "op": ">=", "value": 10, "unit": "points", "applies_to": ["systemic-sclerosis"]},
]


def test_what_the_contract_allows_has_no_problem():
    criteria = [
        criterion(rules=GOOD_RULES, join=2),
        criterion("I2", parent="I1", any_of=1, join="all"),
        criterion("E1", join="any", source_start=None, source_end=None),
    ]
    assert sentences(*criteria, text_length=5) == [] and sentences() == []


def test_what_the_engine_writes_has_the_form_that_is_checked():
    within = Within(6, "months")
    rules = (
        Rule("treatment", "in", ("rituximab",), within=within, any_of=1, ever=True),
        Rule("age", ">", 17.5, "years", applies_to=("sle",), partial=True),
    )
    made = Criterion("E1", Kind.EXCLUSION, None, "Rituximab", 3, 9, "any", 2, rules)
    assert problems_of([made.as_json()]) == []


def test_the_vocabulary_is_the_contracts():
    assert (len(NUMBERS), len(YES_NO), len(CHOICES["diagnosis"]), len(CHOICES["treatment"])) == (31, 37, 42, 35)
    assert len(ATTRIBUTES) == 31 + 37 + 3
    assert ops_of("treatment") == ops_of("sex") == ("in", "not in") and ops_of("hiv") == ("is",)


@pytest.mark.parametrize(
    "wrong, sentence",
    [
        ({"id": "X1"}, "“X1” is no number of a criterion. Write I1, I2 or E1, E2 and so on."),
        ({"id": None}, "“None” is no number of a criterion. Write I1, I2 or E1, E2 and so on."),
        ({"kind": "exclusion"}, "I1: the number of an inclusion begins with I, that of an exclusion with E."),
        ({"kind": "other"}, "I1: “other” is neither “inclusion” nor “exclusion”."),
        ({"text": " \n"}, "I1 has no text."),
        ({"parent": "I9"}, "I1 stands under “I9”, which does not exist."),
        ({"parent": "I1"}, "I1 stands under itself, by way of I1."),
        ({"join": 0}, "I1: “0” is none of “all”, “any” and a number from 1."),
        ({"join": True}, "I1: “True” is none of “all”, “any” and a number from 1."),
        ({"any_of": -1}, "I1: the group of alternatives is a whole number, not “-1”."),
        ({"source_start": 6}, "I1 does not point into the official text: “6–5”."),
        ({"source_start": None}, "I1 does not point into the official text: “None–5”."),
        ({"source_end": 11}, "I1 does not point into the official text: “0–11”."),
        ({"rules": {"attribute": "age"}}, "I1: the rules are not a list of objects."),
        ({"rules": ["age"]}, "I1: the rules are not a list of objects."),
    ],
)
def test_a_criterion_outside_the_contract_is_told_in_a_sentence(wrong, sentence):
    assert sentence in sentences(criterion(**wrong), text_length=10)


@pytest.mark.parametrize(
    "wrong, sentence",
    [
        ({"attribute": "height"}, "I1: we have no attribute “height”."),
        ({"attribute": ["age"]}, "I1: we have no attribute “['age']”."),
        ({"op": "is"}, "I1: “age” cannot be compared with “is”, only with: >=, >, <=, <, =."),
        ({"value": "18"}, "I1: the value of “age” is a number, not “18”."),
        ({"value": True}, "I1: the value of “age” is a number, not “True”."),
        ({"value": float("nan")}, "I1: the value of “age” is a number, not “nan”."),
        ({"unit": "months"}, "I1: the unit of “age” is “years”, not “months”."),
        ({"unit": None}, "I1: the unit of “age” is “years”, not “None”."),
        ({"within": {"amount": 0, "unit": "days"}}, "“within” needs an amount above 0"),
        ({"within": {"amount": 1, "unit": "minutes"}}, "a unit of: days, weeks, months, years, half_lives."),
        ({"within": "1 week"}, "“within” needs an amount above 0"),
        ({"applies_to": ["flu"]}, "I1: “applies_to” is a list of diagnoses; “flu” is none."),
        ({"applies_to": "sle"}, "I1: “applies_to” is a list of diagnoses; “sle” is none."),
        ({"partial": False}, "I1: “partial” is true or left out, not “False”."),
        ({"stable": True}, "I1: “stable” belongs to treatments only."),
        ({"any_of": "a"}, "I1: “any_of” of a rule is a whole number, not “a”."),
        ({"negated": True}, "I1: a rule has no field “negated”."),
    ],
)
def test_a_rule_on_a_number_outside_the_contract_is_told_in_a_sentence(wrong, sentence):
    rule = {"attribute": "age", "op": ">=", "value": 18, "unit": "years", **wrong}
    assert any(sentence in told for told in sentences(criterion(rules=[rule])))


@pytest.mark.parametrize(
    "rule, sentence",
    [
        ({"attribute": "hiv", "op": "is", "value": 1}, "I1: the value of “hiv” is true or false, not “1”."),
        ({"attribute": "hiv", "op": "=", "value": True}, "I1: “hiv” cannot be compared with “=”, only with: is."),
        ({"attribute": "hiv", "op": "is", "value": True, "unit": "x"}, "I1: “hiv” has no unit."),
        ({"attribute": "sex", "op": "in", "value": "female"}, "I1: the value of “sex” is a list of choices"),
        ({"attribute": "sex", "op": "in", "value": []}, "I1: the value of “sex” is a list of choices"),
        ({"attribute": "sex", "op": "in", "value": ["all"]}, "I1: “all” is no choice of “sex”."),
        (
            {"attribute": "treatment", "op": "is", "value": ["ivig"]},
            "compared with “is”, only with: in, not in.",
        ),
    ],
)
def test_a_rule_on_a_fact_or_a_choice_outside_the_contract_is_told_in_a_sentence(rule, sentence):
    assert any(sentence in told for told in sentences(criterion(rules=[rule])))


def test_cycles_doubles_and_children_ahead_of_their_parents_are_told_of_each():
    ring = [criterion("I1", parent="I3"), criterion("I2", parent="I1"), criterion("I3", parent="I2")]
    assert [told.split(" stands under itself")[0] for told in sentences(*ring)] == ["I1", "I2", "I3"]
    assert sentences(criterion(), criterion()) == ["There are two criteria I1."]
    assert sentences(criterion("I2", parent="I1"), criterion()) == ["I2 stands under I1, so it must come after it."]


@pytest.mark.parametrize("nothing", [None, 5, "text", {"id": "I1"}, ["I1"], [None]])
def test_what_is_no_list_of_criteria_is_one_sentence(nothing):
    assert [str(problem) for problem in problems_of(nothing)] == ["The criteria are not a list of objects."]


def test_a_chain_of_thousands_is_checked_in_no_time():
    chain = [criterion(f"I{n}", parent=f"I{n - 1}" if n > 1 else None) for n in range(1, 20_001)]
    began = time.process_time()
    assert sentences(*chain) == []
    assert time.process_time() - began < 2


def test_every_message_is_a_sentence():
    assert all(message[0] in "“%TI" and message.endswith((".", "s.")) for message in MESSAGES.values())
