"""When time changes a verdict: by waiting alone, or after a medicine that is taken now."""

from datetime import date

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from tests.bundled import bundled_studies
from tests.trials.matching.test_properties import PERSON
from trials.criteria.attributes import TREATMENTS
from trials.criteria.model import Criterion, Kind, Rule, Within
from trials.matching.answers import answers_from_json
from trials.matching.later import Lift, after_stopping, when_open
from trials.matching.passing import shifted
from trials.matching.verdict import compiled, match
from trials.records import Eligibility
from trials.vocab import Verdict

IN, OUT = Kind.INCLUSION, Kind.EXCLUSION
WEEKS_8, MONTHS_6, YEARS_5 = Within(8, "weeks"), Within(6, "months"), Within(5, "years")
HALF_LIVES_5 = Within(5, "half_lives")
AZATHIOPRINE = Rule("treatment", "in", ("azathioprine",), within=WEEKS_8)
RITUXIMAB = Rule("treatment", "in", ("b-cell-depletion",), within=MONTHS_6)
CANCER = Rule("cancer", "is", True, within=YEARS_5)
DURATION = "disease_duration"


def study(*rules, **limits):
    criteria = [
        Criterion(f"C{place}", kind, None, "words", 0, 5, rules=(rule,))
        for place, (kind, rule) in enumerate(rules, start=1)
    ]
    return compiled(criteria, Eligibility(**limits))


def took(*uses, **more):
    return {"treatment": {"ever": [{"value": slug, **use} for slug, use in uses]}, **more}


def person(answers):
    return answers_from_json(answers)


def fits(one, answers):
    return match(one, answers).verdict is not Verdict.DOES_NOT_FIT


@pytest.mark.parametrize(
    ("one", "answers", "days"),
    [
        (study((OUT, AZATHIOPRINE)), took(("azathioprine", {"months_ago": 0})), 57),  # 8 weeks is still within them
        (study((OUT, AZATHIOPRINE)), took(("azathioprine", {"months_ago": 1})), 26),
        (study((OUT, AZATHIOPRINE)), took(("azathioprine", {"current": True})), None),
        (study((OUT, AZATHIOPRINE)), took(("azathioprine", {})), None),  # open, not out
        (study((OUT, RITUXIMAB)), took(("rituximab", {"months_ago": 5})), 31),
        (study((OUT, CANCER)), {"cancer": {"value": True, "months_ago": 59}}, 31),
        (study((OUT, CANCER)), {"cancer": {"value": True, "months_ago": 0}}, None),  # now, and who knows how long
        (study((OUT, Rule("live_vaccine", "is", True, within=Within(4, "weeks")))),
         {"live_vaccine": {"value": True, "months_ago": 0}}, 29),
        (study((IN, Rule("cancer", "is", False, within=YEARS_5))), {"cancer": {"value": True, "months_ago": 59}}, 31),
        (study((OUT, Rule("hiv", "is", True))), {"hiv": True}, None),
        (study((OUT, Rule("hiv", "is", True)), (OUT, AZATHIOPRINE)),
         took(("azathioprine", {"months_ago": 1}), hiv=True), None),
        (study(minimum_age_years=18.0), {"age": 17}, 366),
        (study(below_age_years=18.0), {"age": 18}, None),
        (study((OUT, Rule("age", "<=", 17.0, "years"))), {"age": 17.5}, 183),  # 17 until the 18th birthday
        (study((IN, Rule(DURATION, ">=", 6.0, "months"))), {DURATION: 4}, 61),
        (study((IN, Rule(DURATION, ">", 6.0, "months"))), {DURATION: 4}, 61),
        (study((IN, Rule(DURATION, "<=", 60.0, "months"))), {DURATION: 61}, None),
        (study((OUT, Rule(DURATION, "<=", 6.0, "months"))), {DURATION: 6}, 1),
        (study((OUT, Rule("treatment", "in", ("rituximab",), ever=True))),
         took(("rituximab", {"months_ago": 1})), None),
    ],
)  # fmt: skip
def test_waiting(one, answers, days):
    later = when_open(one, person(answers))
    assert (later and later.days) == days


def test_what_makes_the_date_comes_first_and_all_that_lifts_is_named():
    one = study((OUT, AZATHIOPRINE), (OUT, CANCER), minimum_age_years=18.0)
    answers = took(
        ("azathioprine", {"months_ago": 1}), age=17.5, cancer={"value": True, "months_ago": 59}, hiv=False
    )  # fmt: skip
    later = when_open(one, person(answers))
    assert [(lift.criterion, lift.attribute, lift.treatment, lift.window, lift.threshold) for lift in later.lifts] == [
        ("minimumAge", "age", "", None, 18.0),
        ("C2", "cancer", "", YEARS_5, None),
        ("C1", "treatment", "azathioprine", WEEKS_8, None),
    ]
    assert [round(lift.months * 30.4375) for lift in later.lifts] == [later.days, 31, 26]
    assert later.date_from(date(2026, 11, 22)) == date(2027, 5, 24)
    assert (later.verdict, later.for_team) == (Verdict.MAY_FIT, False)
    assert later.months == pytest.approx(183 / 30.4375)


def test_each_treatment_of_a_class_has_its_own_date():
    one = study((OUT, Rule("treatment", "in", ("biologic",), within=MONTHS_6)))
    later = when_open(one, person(took(("rituximab", {"months_ago": 4}), ("belimumab", {"months_ago": 1}))))
    assert [(lift.treatment, round(lift.months, 1)) for lift in later.lifts] == [("belimumab", 5.0), ("rituximab", 2.0)]


def test_who_will_be_too_old_by_then_is_not_told_to_wait():
    one = study((OUT, AZATHIOPRINE), below_age_years=76.0)
    assert when_open(one, person(took(("azathioprine", {"months_ago": 0}), age=75.5)))
    assert when_open(one, person(took(("azathioprine", {"months_ago": 0}), age=75.9))) is None


def test_half_lives_have_no_date():
    one = study((OUT, Rule("treatment", "in", ("azathioprine",), within=HALF_LIVES_5)))
    later = when_open(one, person(took(("azathioprine", {"months_ago": 0}))))
    assert (later.days, later.verdict, later.for_team) == (1, Verdict.UNKNOWN, True)


def test_a_study_that_may_fit_needs_no_waiting():
    assert when_open(study((OUT, AZATHIOPRINE)), person({})) is None
    assert after_stopping(study((OUT, AZATHIOPRINE)), person({})) is None


NOW = {"current": True}
NOW_ONLY = Rule("treatment", "in", ("azathioprine",))
STABLE = Rule("treatment", "in", ("azathioprine",), within=Within(4, "weeks"), stable=True)


@pytest.mark.parametrize(
    ("rules", "answers", "stops", "waits"),
    [
        ([(OUT, AZATHIOPRINE)], took(("azathioprine", NOW)), [("azathioprine", WEEKS_8)], []),
        ([(OUT, AZATHIOPRINE)], took(("azathioprine", {"months_ago": 1})), None, None),  # waiting does
        ([(OUT, Rule("treatment", "in", ("azathioprine",), within=HALF_LIVES_5))], took(("azathioprine", NOW)),
         [("azathioprine", HALF_LIVES_5)], []),
        ([(OUT, AZATHIOPRINE), (OUT, RITUXIMAB)], took(("azathioprine", NOW), ("rituximab", {"months_ago": 1})),
         [("azathioprine", WEEKS_8)], [("rituximab", MONTHS_6)]),
        ([(OUT, AZATHIOPRINE), (OUT, NOW_ONLY)], took(("azathioprine", NOW)), [("azathioprine", WEEKS_8)], []),
        ([(OUT, NOW_ONLY)], took(("azathioprine", NOW)), None, None),  # no window, nothing to say
        ([(OUT, AZATHIOPRINE), (OUT, Rule("hiv", "is", True))], took(("azathioprine", NOW), hiv=True), None, None),
        ([(OUT, AZATHIOPRINE), (IN, Rule("treatment", "in", ("immunosuppressant",)))], took(("azathioprine", NOW)),
         None, None),  # the study wants it
        ([(OUT, AZATHIOPRINE), (IN, STABLE)], took(("azathioprine", NOW)), None, None),
        ([(OUT, AZATHIOPRINE), (IN, Rule("treatment", "in", ("immunosuppressant",)))],
         took(("azathioprine", NOW), ("mycophenolate", NOW)), [("azathioprine", WEEKS_8)], []),
        ([(OUT, AZATHIOPRINE), (IN, Rule("treatment", "in", ("azathioprine",), failed=True))],
         took(("azathioprine", NOW)), [("azathioprine", WEEKS_8)], []),
    ],
)  # fmt: skip
def test_after_a_medicine_that_is_taken_now(rules, answers, stops, waits):
    found = after_stopping(study(*rules), person(answers))
    if stops is None:
        assert found is None
        return
    assert [(lift.treatment, lift.window) for lift in found.stops] == stops
    assert [(lift.treatment, lift.window) for lift in found.waits] == waits
    assert found.verdict is not Verdict.DOES_NOT_FIT


def test_one_who_is_too_old_when_the_window_has_passed_is_told_nothing():
    one = study((OUT, AZATHIOPRINE), below_age_years=76.0)
    assert after_stopping(one, person(took(("azathioprine", NOW), age=75.5)))
    assert after_stopping(one, person(took(("azathioprine", NOW), age=75.9))) is None


@settings(deadline=None, max_examples=60)
@given(PERSON, st.floats(0, 1))
@example({"age": 17.0, "investigational_drug": {"value": True, "months_ago": 1}}, 0.5)
def test_from_that_day_it_may_be_and_not_a_day_before(answers, share):
    answers = person(answers)
    for one in bundled_studies():
        later = when_open(one, answers)
        if later is None:
            continue
        assert not fits(one, answers)
        assert match(one, shifted(answers, later.days)).verdict is later.verdict is not Verdict.DOES_NOT_FIT
        assert not fits(one, shifted(answers, later.days - 1))
        assert not fits(one, shifted(answers, int(share * (later.days - 1))))
        assert later.lifts and all(0 < lift.months <= later.months for lift in later.lifts)
        assert len(set(later.lifts)) == len(later.lifts)


@settings(deadline=None, max_examples=30)
@given(PERSON, st.integers(1, 4_000))
def test_who_is_told_to_wait_in_vain_waits_in_vain(answers, days):
    answers = person(answers)
    for one in bundled_studies():
        if not fits(one, answers) and when_open(one, answers) is None:
            assert not fits(one, shifted(answers, days))


@settings(deadline=None, max_examples=60)
@given(st.sets(st.sampled_from(sorted(TREATMENTS)), min_size=1, max_size=3), st.integers(18, 70))
def test_nobody_is_told_of_windows_that_would_change_nothing(taken, age):
    answers = person(took(*((slug, NOW) for slug in sorted(taken)), age=age))
    ended = person(took(*((slug, {"months_ago": 0}) for slug in sorted(taken)), age=age))
    told = [(one, after_stopping(one, answers)) for one in bundled_studies()]
    assume(any(found for _one, found in told))
    for one, found in told:
        if found is not None:
            assert not fits(one, answers)
            assert fits(one, shifted(ended, max(lift.months for lift in found.stops) * 30.4375 + 1e-6))
            assert all(isinstance(lift, Lift) and lift.window and lift.treatment in taken for lift in found.stops)
