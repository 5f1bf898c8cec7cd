"""Criteria as trees: alternatives, joins, cohorts, what cannot be checked, limits of fields, reasons, open points."""

from dataclasses import replace

import pytest

from trials import vocab as v
from trials.criteria.model import Criterion, Kind, Rule
from trials.matching.answers import answers_from_json
from trials.matching.verdict import compiled, match
from trials.records import Eligibility

FITS, OUT, UNKNOWN = v.Verdict.MAY_FIT, v.Verdict.DOES_NOT_FIT, v.Verdict.UNKNOWN
HIV, TB = Rule("hiv", "is", True), Rule("tuberculosis", "is", True)


def criterion(name, *rules, parent=None, join=None, any_of=None):
    kind = Kind.INCLUSION if name[0] == "I" else Kind.EXCLUSION
    return Criterion(name, kind, parent, "words", 0, 5, join, any_of, rules)


def held(criteria, answers, **limits):
    return match(compiled(criteria, Eligibility(**limits)), answers_from_json(answers))


def verdict(criteria, **answers):
    return held(criteria, answers).verdict


def test_inclusions_must_hold_and_exclusions_must_not():
    study = [criterion("I1", Rule("ana_positive", "is", True)), criterion("E1", HIV)]
    assert verdict(study, ana_positive=True, hiv=False) is FITS
    assert verdict(study, ana_positive=True, hiv=True) is OUT
    assert verdict(study, ana_positive=False) is OUT
    assert verdict(study, ana_positive=True) is verdict(study, hiv=False) is verdict(study) is UNKNOWN


def test_rules_of_one_criterion_all_hold_and_alternatives_one_of_them():
    together = [criterion("E1", HIV, TB)]
    assert verdict(together, hiv=True, tuberculosis=True) is OUT
    assert verdict(together, hiv=True) is UNKNOWN
    assert verdict(together, hiv=False) is FITS
    either = [criterion("E1", *(Rule(one.attribute, "is", True, any_of=1) for one in (HIV, TB)))]
    assert verdict(either, hiv=True) is OUT
    assert verdict(either, hiv=False) is UNKNOWN


@pytest.mark.parametrize(
    ("join", "one", "two", "three"),
    [("any", OUT, OUT, OUT), (2, UNKNOWN, OUT, OUT), ("all", UNKNOWN, UNKNOWN, OUT), (None, UNKNOWN, UNKNOWN, OUT),
     (5, UNKNOWN, UNKNOWN, OUT)],
)  # fmt: skip
def test_children_combine_as_their_parent_says(join, one, two, three):
    names = ("hiv", "tuberculosis", "cancer")
    beneath = [criterion(f"E{n}", Rule(name, "is", True), parent="E1") for n, name in enumerate(names, 2)]
    study = [criterion("E1", join=join), *beneath]
    found = [verdict(study, **dict.fromkeys(names[:count], True)) for count in (1, 2, 3)]
    assert found == [one, two, three]
    assert verdict(study, **dict.fromkeys(names, False)) is FITS


def test_what_cannot_be_checked_never_decides_and_never_stands_in_the_way():
    study = [
        criterion("I1"),
        criterion("E1", join="any"),
        criterion("E2", HIV, parent="E1"),
        criterion("E3", parent="E1"),
    ]
    assert verdict(study, hiv=False) is FITS
    assert verdict(study, hiv=True) is OUT
    # One of two, the other for the study team: not met alone keeps nobody out, nor lets them in.
    needed = [criterion("I1", join="any"), criterion("I2", Rule("ana_positive", "is", True), parent="I1"),
              criterion("I3", parent="I1")]  # fmt: skip
    assert verdict(needed, ana_positive=False) is UNKNOWN
    assert held(needed, {"ana_positive": False}).open == frozenset()
    assert verdict(needed, ana_positive=True) is FITS


def test_cohorts_are_alternatives_and_the_exclusions_of_one_keep_nobody_out_of_the_other():
    lupus, sjogren = (Rule("diagnosis", "in", (slug,)) for slug in ("sle", "sjogren"))
    cohorts = [criterion("I1", lupus, any_of=1), criterion("I2", sjogren, any_of=1)]
    assert verdict(cohorts, diagnosis=["sjogren"]) is FITS
    assert verdict(cohorts, diagnosis=["behcet"]) is OUT
    barred = [
        criterion("E1", any_of=1), criterion("E2", HIV, parent="E1"),
        criterion("E3", any_of=1), criterion("E4", TB, parent="E3"),
    ]  # fmt: skip
    assert verdict(barred, hiv=True, tuberculosis=False) is UNKNOWN
    assert verdict(barred, hiv=True, tuberculosis=True) is OUT
    assert verdict(barred, hiv=False, tuberculosis=False) is FITS


def test_an_example_beneath_a_rule_is_not_taken_for_one_more_condition():
    study = [criterion("E1", Rule("active_infection", "is", True), join="any"), criterion("E2", HIV, parent="E1")]
    assert verdict(study, active_infection=False, hiv=True) is UNKNOWN
    assert verdict(study, active_infection=True, hiv=True) is OUT
    assert verdict(study, active_infection=False, hiv=False) is FITS


def test_a_rule_for_some_diseases_asks_nothing_of_others():
    skin = Rule("mrss", ">=", 10.0, "points", applies_to=("systemic-sclerosis",))
    assert verdict([criterion("I1", skin)], diagnosis=["sle"]) is FITS
    assert verdict([criterion("I1", skin)], diagnosis=["diffuse-ssc"], mrss=5) is OUT
    assert verdict([criterion("I1", skin)], mrss=5) is UNKNOWN
    assert verdict([criterion("I1", skin)], mrss=15) is FITS
    lupus = Rule("sledai", ">=", 6.0, "points", applies_to=("sle",), any_of=1)
    both = [criterion("I1", lupus, Rule("mrss", ">=", 10.0, "points", applies_to=("systemic-sclerosis",), any_of=1))]
    assert verdict(both, diagnosis=["sle"], sledai=2) is OUT  # the other's rule is no way in for them
    assert verdict(both, diagnosis=["sjogren"]) is FITS


def test_the_fields_of_the_record_are_criteria_too():
    fields = {"minimum_age_years": 18.0, "below_age_years": 76.0, "sex": v.Sex.FEMALE}
    assert held([], {"age": 75.5, "sex": "female"}, **fields).verdict is FITS
    for answers, name in (({"age": 76}, "maximumAge"), ({"age": 17}, "minimumAge"), ({"sex": "male"}, "sex")):
        found = held([], answers, **fields)
        assert (found.verdict, [reason.criterion for reason in found.reasons]) == (OUT, [name])
    assert held([], {"age": 30}, **fields).open == {"sex"}


def test_every_criterion_that_decided_is_named_and_no_other():
    study = [
        criterion("I1", Rule("ana_positive", "is", True)),
        criterion("E1", join="any"),
        criterion("E2", HIV, parent="E1"),
        criterion("E3", TB, parent="E1"),
        criterion("E4", Rule("cancer", "is", True)),
    ]
    found = held(study, {"ana_positive": False, "hiv": False, "tuberculosis": True, "cancer": False})
    assert found.as_json() == {
        "verdict": "does_not_fit",
        "reasons": [
            {"criterion": "I1", "verdict": "NOT_MET", "attribute": "ana_positive"},
            {"criterion": "E3", "verdict": "MET", "attribute": "tuberculosis"},
        ],
        "open": [],
    }


def test_open_are_the_answers_that_could_still_change_the_verdict():
    stuck = criterion("E1", Rule("drug_allergy", "is", True, partial=True))
    study = [criterion("I1", Rule("ana_positive", "is", True)), stuck, criterion("E2", HIV)]
    assert held(study, {}).open == {"ana_positive", "drug_allergy", "hiv"}
    # With an allergy the study team decides in any case: only what can still keep out is worth asking.
    partly = criterion("E3", Rule("heart_disease", "is", True, partial=True))
    assert held([*study, partly], {"drug_allergy": True}).open == {"ana_positive", "hiv"}


def test_criteria_nested_deeper_than_python_calls_are_left_to_the_study_team():
    chain = [
        criterion("E1", join="any"),
        *(criterion(f"E{n}", parent=f"E{n - 1}", join="any") for n in range(2, 4_000)),
    ]
    assert verdict([*chain, criterion("E4000", HIV, parent="E3999")], hiv=True) is FITS


NO_HIV, NO_TB = Rule("hiv", "is", False), Rule("tuberculosis", "is", False)
EITHER, EITHER_NOT = ([replace(rule, any_of=1) for rule in pair] for pair in ((HIV, TB), (NO_HIV, NO_TB)))


def beneath(join, *rules):
    letter = "E" if rules[0] is HIV else "I"
    children = (criterion(f"{letter}{place}", rule, parent=f"{letter}1") for place, rule in enumerate(rules, 2))
    return [criterion(f"{letter}1", join=join), *children]


@pytest.mark.parametrize(
    ("study", "alone"),
    [
        ([criterion("E1", HIV)], True),
        ([criterion("E1", HIV, TB)], False),  # only who has both is out
        ([criterion("E1", *EITHER)], True),
        (beneath("any", HIV, TB), True),
        (beneath("all", HIV, TB), False),
        (beneath(2, HIV, TB), False),
        ([criterion("I1", NO_HIV, NO_TB)], True),
        ([criterion("I1", *EITHER_NOT)], False),
        ([criterion("I1", NO_HIV, any_of=1), criterion("I2", NO_TB, any_of=1)], False),
        (beneath("all", NO_HIV, NO_TB), True),
        (beneath("any", NO_HIV, NO_TB), False),
    ],
)
def test_a_reason_says_whether_its_rule_decides_by_itself(study, alone):
    """Of one that does not, no page may say "this study needs …"."""
    found = held(study, {"hiv": True, "tuberculosis": True})
    assert found.verdict is OUT
    assert {reason.alone for reason in found.reasons} == {alone}
    assert {reason.top for reason in found.reasons} == {study[0].id}
