"""What is known of something that was asked: its value, and all the values that answers can still give it."""

from collections.abc import Sequence
from dataclasses import dataclass

from trials.matching.kleene import Value, agreed, all_of, any_of, at_least, negated


@dataclass(frozen=True, slots=True)
class Finding:
    """`may` holds `value`. Where only None is left, no answer settles it: the words ask for more than we do."""

    value: Value
    may: frozenset[Value]

    @property
    def is_open(self) -> bool:
        return len(self.may) > 1


MET = Finding(True, frozenset({True}))
NOT_MET = Finding(False, frozenset({False}))
LEFT = Finding(None, frozenset({None}))  # for the study team
OPEN = Finding(None, frozenset({True, False, None}))


def settled(value: bool) -> Finding:
    return MET if value else NOT_MET


def found(value: Value, *, true: bool, false: bool) -> Finding:
    """`true` and `false`: whether answers can still make it so. A value that is known stays: nothing takes it back."""
    if value is not None:
        return settled(value)
    return Finding(None, frozenset(one for one, may in ((True, true), (False, false), (None, True)) if may))


def other_way(one: Finding) -> Finding:
    return Finding(negated(one.value), frozenset(map(negated, one.may)))


def all_found(several: Sequence[Finding]) -> Finding:
    if len(several) == 1:
        return several[0]
    return found(
        all_of(one.value for one in several),
        true=all(True in one.may for one in several),
        false=any(False in one.may for one in several),
    )


def any_found(several: Sequence[Finding]) -> Finding:
    if len(several) == 1:
        return several[0]
    return found(
        any_of(one.value for one in several),
        true=any(True in one.may for one in several),
        false=all(False in one.may for one in several),
    )


def at_least_found(least: int, several: Sequence[Finding]) -> Finding:
    return found(
        at_least(least, [one.value for one in several]),
        true=sum(True in one.may for one in several) >= least,
        false=sum(False in one.may for one in several) > len(several) - least,
    )


def agreed_found(several: Sequence[Finding]) -> Finding:
    """Of findings whose joint is not known: what holds whichever it is."""
    if len(several) == 1:
        return several[0]
    return found(
        agreed(one.value for one in several),
        true=all(True in one.may for one in several),
        false=all(False in one.may for one in several),
    )
