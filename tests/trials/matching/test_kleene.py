"""Three-valued logic, every combination of two and three values."""

from itertools import permutations, product

import pytest

from trials.matching.kleene import agreed, all_of, any_of, at_least, negated

VALUES = (True, False, None)
# Each unknown may turn out either way: what all the ways share is what is known.
WAYS = {True: (True,), False: (False,), None: (True, False)}


def shared(combine, values):
    found = {combine(way) for way in product(*(WAYS[value] for value in values))}
    return found.pop() if len(found) == 1 else None


@pytest.mark.parametrize("size", [1, 2, 3])
@pytest.mark.parametrize(
    ("ours", "plain"),
    [(all_of, all), (any_of, any), *((lambda v, n=n: at_least(n, v), lambda v, n=n: sum(v) >= n) for n in (1, 2, 3))],
)  # fmt: skip
def test_known_is_what_holds_whichever_way_the_unknown_turn_out(ours, plain, size):
    for values in product(VALUES, repeat=size):
        assert ours(values) is shared(plain, values), values
        assert {ours(order) for order in permutations(values)} == {ours(values)}


def test_findings_that_differ_agree_on_nothing():
    assert [agreed(pair) for pair in product(VALUES, repeat=2)] == [
        True, None, None, None, False, None, None, None, None,
    ]  # fmt: skip
    assert [negated(value) for value in VALUES] == [False, True, None]
