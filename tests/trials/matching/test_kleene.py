"""Three-valued logic, every combination of two and three values."""

from itertools import permutations, product

import pytest

from trials.matching.findings import (
    LEFT,
    OPEN,
    agreed_found,
    all_found,
    any_found,
    at_least_found,
    other_way,
    settled,
)  # fmt: skip

VALUES = (True, False, None)


def joined(join):
    """The value of what is joined, of values that are known, and others for which answers may come or not."""

    def value(values):
        found = {join([unknown if one is None else settled(one) for one in values]).value for unknown in (OPEN, LEFT)}
        assert len(found) == 1
        return found.pop()

    return value


def at_least(number):
    return joined(lambda several: at_least_found(number, several))


# Each unknown may turn out either way: what all the ways share is what is known.
WAYS = {True: (True,), False: (False,), None: (True, False)}


def shared(combine, values):
    found = {combine(way) for way in product(*(WAYS[value] for value in values))}
    return found.pop() if len(found) == 1 else None


@pytest.mark.parametrize("size", [1, 2, 3])
@pytest.mark.parametrize(
    ("ours", "plain"),
    [
        (joined(all_found), all),
        (joined(any_found), any),
        *((at_least(number), lambda values, least=number: sum(values) >= least) for number in (1, 2, 3)),
    ],
)  # fmt: skip
def test_known_is_what_holds_whichever_way_the_unknown_turn_out(ours, plain, size):
    for values in product(VALUES, repeat=size):
        assert ours(values) is shared(plain, values), values
        assert {ours(order) for order in permutations(values)} == {ours(values)}


def test_findings_that_differ_agree_on_nothing():
    agreed = joined(agreed_found)
    assert [agreed(pair) for pair in product(VALUES, repeat=2)] == [
        True, None, None, None, False, None, None, None, None,
    ]  # fmt: skip
    assert [joined(lambda one: other_way(one[0]))([value]) for value in VALUES] == [False, True, None]


def test_what_a_finding_may_become_is_what_joins_of_its_ways_become():
    """Joined findings may become exactly the values that joining what each may become gives."""
    known = {True: settled(True), False: settled(False)}
    for join in (all_found, any_found, lambda several: at_least_found(2, several)):
        for left, right in product((*known.values(), OPEN, LEFT), repeat=2):
            found = join([left, right])
            ways = product(left.may, right.may)
            assert found.may == {join([known.get(one, LEFT) for one in way]).value for way in ways}
