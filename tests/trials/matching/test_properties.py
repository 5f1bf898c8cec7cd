"""What holds for every study and every person: on the bundled studies, with answers drawn at random."""

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.bundled import bundled_studies
from trials.criteria.attributes import DIAGNOSES, NUMBERS, TREATMENTS, YES_NO
from trials.matching import facts
from trials.matching.answers import answers_from_json
from trials.matching.catalogue import catalogue_of, standing
from trials.matching.index import rules_of
from trials.matching.verdict import match
from trials.vocab import Verdict

MONTHS = st.integers(0, 240)
TAKEN = st.fixed_dictionaries(
    {"value": st.sampled_from(sorted(TREATMENTS))}, optional={"months_ago": MONTHS, "current": st.booleans()}
)
FACT = st.fixed_dictionaries({"value": st.booleans()}, optional={"months_ago": MONTHS, "over": st.booleans()})
ANSWER = {
    **dict.fromkeys(NUMBERS, st.floats(0, 200)),
    **dict.fromkeys(YES_NO, st.booleans() | FACT),
    "sex": st.sampled_from(["female", "male"]),
    "ruled_out": st.lists(st.sampled_from(sorted(DIAGNOSES)), max_size=3),
    "diagnosis": st.lists(st.sampled_from(sorted(DIAGNOSES)), max_size=3),
    "treatment": st.fixed_dictionaries(
        {"ever": st.lists(TAKEN, max_size=4, unique_by=lambda one: one["value"])},
        optional={"complete": st.booleans(), "never": st.lists(st.sampled_from(sorted(TREATMENTS)), max_size=3)},
    ),
}
PERSON = st.fixed_dictionaries({}, optional=ANSWER)


@cache
def catalogue():
    return catalogue_of((str(place), study) for place, study in enumerate(bundled_studies()))


@cache
def thresholds():
    """By attribute, the numbers that the studies ask for, where verdicts tip over."""
    found = {}
    for rule in (rule for study in bundled_studies() for group in study for rule in rules_of(group)):
        if rule.attribute in NUMBERS:
            found.setdefault(rule.attribute, set()).add(rule.value)
    return found


@cache
def look_backs():
    """The same for how many months something may be ago."""
    found = {}
    for rule in (rule for study in bundled_studies() for group in study for rule in rules_of(group)):
        if rule.within and rule.within.unit in facts.MONTHS:
            found.setdefault(rule.attribute, set()).add(rule.within.amount * facts.MONTHS[rule.within.unit])
    return found


def verdicts(answers):
    return [match(study, answers_from_json(answers)).verdict for study in bundled_studies()]


@settings(deadline=None, max_examples=60)
@given(PERSON, st.data())
def test_no_answer_takes_a_verdict_back(answers, data):
    """What one more answer leaves as it was, one answer less cannot turn into "does not fit"."""
    if not answers:
        return
    dropped = data.draw(st.sampled_from(sorted(answers)))
    fewer = {key: value for key, value in answers.items() if key != dropped}
    for before, after in zip(verdicts(fewer), verdicts(answers), strict=True):
        assert before in (Verdict.UNKNOWN, after)


@settings(deadline=None, max_examples=30)
@given(PERSON, st.randoms(use_true_random=False))
def test_the_order_of_answers_is_nothing_to_the_verdict(answers, rng):
    keys = list(answers)
    rng.shuffle(keys)
    other = {key: answers[key] for key in keys}
    if "treatment" in other:
        other["treatment"] = {**other["treatment"], "ever": other["treatment"]["ever"][::-1]}
    assert verdicts(other) == verdicts(answers)


@settings(deadline=None, max_examples=30)
@given(PERSON)
def test_a_settled_verdict_asks_nothing_and_names_what_kept_out(answers):
    for study in bundled_studies():
        found = match(study, answers_from_json(answers))
        if found.verdict is not Verdict.UNKNOWN:
            assert found.open == frozenset()
        if found.verdict is Verdict.DOES_NOT_FIT:
            assert found.reasons


@settings(deadline=None, max_examples=30)
@given(PERSON, st.data())
def test_an_answer_that_is_not_open_changes_no_verdict(answers, data):
    missing = sorted(set(ANSWER) - set(answers))
    key = data.draw(st.sampled_from(missing)) if missing else None
    if key is None:
        return
    more = answers_from_json({**answers, key: data.draw(ANSWER[key])})
    for study in bundled_studies():
        found = match(study, answers_from_json(answers))
        if found.verdict is Verdict.UNKNOWN and key not in found.open:
            assert match(study, more).verdict is Verdict.UNKNOWN


def assert_same_as_alone(answers, view):
    stands = standing(catalogue(), answers_from_json(answers), view)
    sets = {Verdict.MAY_FIT: stands.may_fit, Verdict.DOES_NOT_FIT: stands.does_not_fit, Verdict.UNKNOWN: stands.unknown}
    for place, verdict in enumerate(verdicts(answers)):
        found = [one for one, studies in sets.items() if studies >> place & 1]
        assert found == ([verdict] if view >> place & 1 else []), answers


@settings(deadline=None, max_examples=100)
@given(PERSON, st.integers(min_value=0))
def test_many_at_once_stand_as_each_alone(answers, chosen):
    assert_same_as_alone(answers, catalogue().all)
    assert_same_as_alone(answers, chosen & catalogue().all)


@pytest.mark.parametrize("attribute", sorted(NUMBERS))
def test_many_at_once_stand_as_each_alone_on_either_side_of_every_threshold(attribute):
    for threshold in sorted(thresholds().get(attribute, {1})):
        for number in (threshold, threshold - 0.1, threshold + 0.9, threshold + 1):
            assert_same_as_alone({attribute: max(0, number)}, catalogue().all)


@pytest.mark.parametrize("attribute", sorted(YES_NO))
def test_many_at_once_stand_as_each_alone_on_either_side_of_every_look_back(attribute):
    assert_same_as_alone({attribute: True}, catalogue().all)
    for months in (0, *sorted(look_backs().get(attribute, ()))):
        for ago in (months, months - 0.1, months + 0.1):
            assert_same_as_alone({attribute: {"value": True, "months_ago": max(0, ago)}}, catalogue().all)
