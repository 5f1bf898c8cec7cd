"""What it means that something in a list was not ticked."""

from collections.abc import Iterable

from trials.criteria.diagnoses import wider_than
from trials.criteria.treatments import classes_with
from trials.questions.model import Choice, Field, Question


def offered(field: Field, conditions: Iterable[str]) -> tuple[Choice, ...]:
    """The choices that concern somebody with these conditions, without the conditions themselves."""
    named = frozenset(conditions)
    held = named.union(*map(wider_than, named))
    return tuple(
        choice
        for choice in field.choices
        if choice.slug not in named and (not choice.of or not held.isdisjoint(choice.of))
    )


def ruled_out(field: Field, conditions: Iterable[str], ticked: Iterable[str]) -> frozenset[str]:
    """The kinds that somebody with these conditions was offered and, as far as they can know, has not."""
    have = frozenset((*conditions, *ticked))
    wider = frozenset[str]().union(*map(wider_than, have))
    choices = offered(field, conditions)
    kinds_known = {choice.kind_of for choice in field.choices if choice.kind_of and choice.slug in have}
    return frozenset(
        choice.slug
        for choice in choices
        if choice.rules_out
        and choice.slug not in have | wider
        and (not choice.kind_of or choice.kind_of in kinds_known)
    )


def never_taken(question: Question, ticked: Iterable[str]) -> frozenset[str]:
    """The treatments and classes that somebody never had who ticked these, and says that the list is complete."""
    had = frozenset(ticked)
    return frozenset(question.covers) - had.union(*map(classes_with, had))
