import pytest
from hypothesis import given
from hypothesis import strategies as st

from trials.places.spelling import edits

words = st.text("abc", max_size=8)


@pytest.mark.parametrize(
    ("a", "b", "far"),
    [("", "", 0), ("leeds", "leeds", 0), ("leeds", "leads", 1), ("lodnon", "london", 1), ("bostn", "boston", 1),
     ("glasgoww", "glasgow", 1), ("", "ulm", 3), ("chigaco", "chicago", 2)],
)  # fmt: skip
def test_letters_added_left_out_replaced_and_swapped_each_count_once(a, b, far):
    assert edits(a, b) == far


@given(words, words)
def test_it_is_the_same_both_ways_and_zero_only_for_the_same(a, b):
    assert edits(a, b) == edits(b, a)
    assert (edits(a, b) == 0) == (a == b)
    assert abs(len(a) - len(b)) <= edits(a, b) <= max(len(a), len(b))
