"""What a criterion is about, and when two of them are known to ask the same."""

import pytest

from trials.criteria.attributes import ATTRIBUTES
from trials.criteria.concepts import Concept, asks_key, concepts_in, concepts_of, named_in, words_key
from trials.criteria.engine import parse
from trials.criteria.model import Criterion, Kind, Rule, Study


def read(line: str, section: str = "Inclusion") -> Criterion:
    parsed = parse(Study("NCT90000001", f"{section} Criteria:\n\n* {line}\n"))
    return parsed.criteria[0]


def test_every_attribute_of_the_vocabulary_has_a_concept():
    values = {"treatment": ("methotrexate",), "diagnosis": ("sle",), "sex": ("female",)}
    assert all(concepts_of(Rule(name, "in", values.get(name, 1.0)), Kind.INCLUSION) for name in ATTRIBUTES)


@pytest.mark.parametrize(
    ("line", "section", "concepts"),
    [
        ("SLEDAI of 6 or more", "Inclusion", {Concept.ACTIVITY}),
        ("Rituximab within 6 months", "Exclusion", {Concept.KEPT_OUT}),
        ("Prednisone above 20 mg/day", "Exclusion", {Concept.STEROIDS}),
        ("HIV infection", "Exclusion", {Concept.INFECTIONS}),
        ("Any one of the autoantibodies that the team accepts", "Inclusion", {Concept.ANTIBODIES}),
        ("Able to follow the plan of the study", "Inclusion", set()),
    ],
)
def test_a_criterion_stands_where_its_rules_or_without_any_its_words_put_it(line, section, concepts):
    assert concepts_in(read(line, section)) == concepts


@pytest.mark.parametrize(
    ("line", "concept"),
    [
        ("At least 6 tender joints and 6 swollen joints", Concept.ACTIVITY),
        ("A positive rheumatoid factor", Concept.ANTIBODIES),
        ("Diagnosed with lupus within the last three years", Concept.DURATION),
        ("Serious depression or substance abuse", Concept.NERVES),
        ("Poorly controlled hypertension", Concept.HEART),
        ("Diagnosis of the disease within the past 5 years", Concept.DURATION),
        ("On methotrexate for 3 months or more", Concept.NEEDED),
        ("Haematological or neuropsychiatric disorders", Concept.BLOOD),
        ("Haematological or neuropsychiatric disorders", Concept.NERVES),
        ("Women of child-bearing age must use birth control", Concept.PREGNANCY),
    ],
)
def test_what_a_criterion_names_is_not_passed_over(line, concept):
    assert concept in named_in(read(line))


@pytest.mark.parametrize("line", ["Stable non-steroidal painkillers", "Willing to take experimental drinks"])
def test_what_only_looks_like_a_word_is_not_one(line):
    assert not named_in(read(line)) & {Concept.STEROIDS, Concept.NERVES}


def test_a_disease_of_one_organ_is_a_matter_of_the_organ_too():
    found = concepts_in(read("Lupus nephritis"))
    assert found == {Concept.DISEASE, Concept.KIDNEYS}


def test_other_words_ask_the_same_only_with_the_same_rules_numbers_and_exceptions():
    asked = asks_key(read("SLEDAI of 6 or more"))
    assert asked is not None and asked == asks_key(read("A SLEDAI score ≥ 6"))
    assert asked != asks_key(read("SLEDAI of 8 or more"))
    assert asked != asks_key(read("SLEDAI of 6 or more at 2 visits"))
    assert asked != asks_key(read("SLEDAI of 6 or more, unless the rash is severe"))


def test_an_exception_is_another_rule_though_nothing_of_it_was_read():
    tested, excepted = (f"Women must have negative pregnancy test{more}" for more in ("", " unless surgically sterile"))
    assert read(tested).rules == read(excepted).rules
    assert asks_key(read(tested)) != asks_key(read(excepted))


def test_a_rule_that_leaves_something_open_or_none_at_all_is_never_the_same():
    assert asks_key(read("Cancer other than of the skin", "Exclusion")) is None
    assert asks_key(read("Able to follow the plan of the study")) is None


def test_alternatives_stay_together_whatever_their_order():
    either = asks_key(read("HIV or hepatitis C", "Exclusion"))
    assert either == asks_key(read("Hepatitis C or HIV", "Exclusion"))
    both = Criterion("E1", Kind.EXCLUSION, None, "HIV or hepatitis C", 0, 1, rules=(Rule("hiv", "is", True),))
    assert either != asks_key(both)


def test_words_are_the_same_whatever_their_spaces_capitals_and_full_stop():
    assert words_key("HIV  infection.") == words_key("hiv infection") != words_key("HIV infections")
