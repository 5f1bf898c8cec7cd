"""Kleene's three-valued logic: true, false, or None for what is not known."""

from collections.abc import Iterable, Sequence

Value = bool | None


def all_of(values: Iterable[Value]) -> Value:
    found: Value = True
    for value in values:
        if value is False:
            return False
        if value is None:
            found = None
    return found


def any_of(values: Iterable[Value]) -> Value:
    found: Value = False
    for value in values:
        if value is True:
            return True
        if value is None:
            found = None
    return found


def at_least(least: int, values: Sequence[Value]) -> Value:
    """Whether at least so many of the values hold."""
    if sum(value is True for value in values) >= least:
        return True
    return False if sum(value is not False for value in values) < least else None


def agreed(values: Iterable[Value]) -> Value:
    """The value that all share; None where they differ: what holds whichever way they are meant to combine."""
    found = set(values)
    return found.pop() if len(found) == 1 else None


def negated(value: Value) -> Value:
    return None if value is None else not value
