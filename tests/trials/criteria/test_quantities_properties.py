"""Whatever the text: no exception, spans inside it, ranges in order, and time that grows with its length only."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trials.criteria.quantities import canonical, comparisons, windows
from trials.criteria.quantities.scales import PLAUSIBLE

PIECES = (
    "≥", ">", "=", "<", "/", "or", "equal", "to", "at", "least", "than", "between", "and", "from", "18", "-", "75",
    "years", "1,500", "0,5", "x", "10^9/L", "10", "9", "ULN", "the", "upper", "limit", "of", "normal", "%", "predicted",
    "mg", "per", "day", "week", "within", "past", "stable", "(", ")", ".", ";", "eighteen", "twice", "1:80", "weeks",
    "half-lives", "prior", "İ", "²", "\\", "+", "≤",
)  # fmt: skip
HOSTILE = (
    "1", ">", "> ", "1-", "within ", "1 d ", "within 1 week ", " ", "18 ", "1,111", "greater than or equal to ",
    "18 mg ", "3 x upper limit of the normal ", "one ", "ECOG 0, 1 ", "10 9 ", "<18 or ", "1 year or older ", "1 (",
    "stable ", "18  ",
)  # fmt: skip
texts = st.one_of(st.text(max_size=200), st.lists(st.sampled_from(PIECES), max_size=40).map(" ".join))


@given(texts)
@settings(max_examples=400, deadline=None)
def test_spans_lie_inside_the_text(text):
    for found in (*comparisons(text), *windows(text)):
        assert 0 <= found.start < found.end <= len(text)


@given(texts)
@settings(max_examples=400, deadline=None)
def test_comparisons_are_well_formed(text):
    for found in comparisons(text):
        assert found.op in {">=", ">", "<=", "<"}
        assert found.value == found.value and abs(found.value) < float("inf")


@given(st.integers(0, 500), st.integers(0, 500), st.sampled_from(["{} to {} mg", "between {} and {} mg", "{}-{} mg"]))
def test_a_range_is_lower_end_then_upper_end(one, other, form):
    low, high = sorted((one, other))
    found = comparisons(form.format(low, high))
    if low < high:
        assert [(c.op, c.value, c.unit) for c in found] == [(">=", low, "mg"), ("<=", high, "mg")]
        assert (found[0].start, found[0].end) == (found[1].start, found[1].end)


@given(st.sampled_from(sorted(PLAUSIBLE)), st.floats(allow_nan=True, allow_infinity=True), st.text(max_size=8))
def test_canonical_values_are_plausible_or_none(attribute, value, unit):
    result = canonical(attribute, value, unit)
    low, high = PLAUSIBLE[attribute]
    assert result is None or low - 0.01 <= result <= high + 0.01


@pytest.mark.parametrize("piece", HOSTILE)
def test_a_hostile_megabyte_takes_less_than_a_second(piece):
    text = piece * (1_000_000 // len(piece))
    start = time.process_time()
    comparisons(text)
    windows(text)
    assert time.process_time() - start < 1
