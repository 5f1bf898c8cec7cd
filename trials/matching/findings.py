"""Kleene's three-valued logic, and beside each value all those that answers can still give it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import and_

Value = bool | None  # None: not known

_IS_TRUE, _IS_FALSE, _MAY_TRUE, _MAY_FALSE = 1, 2, 4, 8
_TRUE, _FALSE = _IS_TRUE | _MAY_TRUE, _IS_FALSE | _MAY_FALSE


@dataclass(frozen=True, slots=True)
class Finding:
    """`may` holds `value`. Where only None is left, no answer settles it: the words ask for more than we do.

    There are six, one object each; `bits` says the same in a form that joins quickly.
    """

    value: Value
    may: frozenset[Value]
    bits: int

    @property
    def is_open(self) -> bool:
        return len(self.may) > 1


def _unknown(bits: int) -> Finding:
    may = ((True, _MAY_TRUE), (False, _MAY_FALSE))
    return Finding(None, frozenset({None, *(value for value, bit in may if bits & bit)}), bits)


MET = Finding(True, frozenset({True}), _TRUE)
NOT_MET = Finding(False, frozenset({False}), _FALSE)
LEFT = _unknown(0)  # for the study team
OPEN = _unknown(_MAY_TRUE | _MAY_FALSE)
_BY_BITS = {one.bits: one for one in (MET, NOT_MET, LEFT, OPEN, _unknown(_MAY_TRUE), _unknown(_MAY_FALSE))}


def settled(value: bool) -> Finding:
    return MET if value else NOT_MET


def found(value: Value, *, true: bool, false: bool) -> Finding:
    """`true` and `false`: whether answers can still make it so. A value that is known stays: nothing takes it back."""
    if value is not None:
        return settled(value)
    return _BY_BITS[_MAY_TRUE * true | _MAY_FALSE * false]


def other_way(one: Finding) -> Finding:
    return _BY_BITS[(one.bits & _TRUE) << 1 | (one.bits & _FALSE) >> 1]


def without(doubtful: bool, one: Finding) -> Finding:
    """The finding, where one of its values would say more than we know."""
    return _BY_BITS[one.bits & ~(_TRUE if doubtful else _FALSE)]


def as_far_as(one: Finding, other: Finding) -> Finding:
    """A finding without a value, where its value can become only what the other may become."""
    return _BY_BITS[one.bits & other.bits]


def all_found(several: Iterable[Finding]) -> Finding:
    shared, some = _TRUE | _FALSE, 0
    for one in several:
        shared &= one.bits
        some |= one.bits
    return _BY_BITS[shared & _TRUE | some & _FALSE]


def any_found(several: Iterable[Finding]) -> Finding:
    shared, some = _TRUE | _FALSE, 0
    for one in several:
        shared &= one.bits
        some |= one.bits
    return _BY_BITS[some & _TRUE | shared & _FALSE]


def at_least_found(least: int, several: Sequence[Finding]) -> Finding:
    bits = [one.bits for one in several]
    spare = len(bits) - least
    true = [sum(one & bit > 0 for one in bits) >= least for bit in (_IS_TRUE, _MAY_TRUE)]
    false = [sum(one & bit > 0 for one in bits) > spare for bit in (_IS_FALSE, _MAY_FALSE)]
    return found(True if true[0] else False if false[0] else None, true=true[1], false=false[1])


def agreed_found(several: Sequence[Finding]) -> Finding:
    """Of findings whose joint is not known: what holds whichever it is."""
    return _BY_BITS[reduce(and_, [one.bits for one in several])]
