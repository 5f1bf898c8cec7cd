"""What holds for every study and every person: on the bundled studies, with answers drawn at random."""

import json
from functools import cache
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from trials.criteria import engine
from trials.criteria.attributes import DIAGNOSES, NUMBERS, TREATMENTS, YES_NO
from trials.matching.answers import answers_from_json
from trials.matching.verdict import compiled, match
from trials.registries.ctgov.reader import read_study
from trials.vocab import Verdict

SAMPLE = Path(__file__).resolve().parents[3] / "trials" / "sample"
MONTHS = st.integers(0, 240)
TAKEN = st.fixed_dictionaries(
    {"value": st.sampled_from(sorted(TREATMENTS))}, optional={"months_ago": MONTHS, "current": st.booleans()}
)
ANSWER = {
    **dict.fromkeys(NUMBERS, st.floats(0, 200)),
    **dict.fromkeys(YES_NO, st.booleans() | st.fixed_dictionaries({"value": st.booleans(), "months_ago": MONTHS})),
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
def studies():
    found = []
    for path in sorted(SAMPLE.glob("NCT*.json")):
        payload = json.loads(path.read_text())
        criteria = engine.parse(engine.study_of(payload)).criteria
        found.append(compiled(criteria, read_study(payload).eligibility))
    return found


def verdicts(answers):
    return [match(study, answers_from_json(answers)).verdict for study in studies()]


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
    for study in studies():
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
    for study in studies():
        found = match(study, answers_from_json(answers))
        if found.verdict is Verdict.UNKNOWN and key not in found.open:
            assert match(study, more).verdict is Verdict.UNKNOWN
