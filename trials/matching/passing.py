"""What time alone makes of somebody's answers, and when that may matter to a rule."""

import math
from collections.abc import Iterator
from dataclasses import replace

from trials.criteria.model import Rule
from trials.criteria.treatments import classes_with
from trials.matching.answers import Answers, Fact, Taken
from trials.matching.facts import DAYS_A_MONTH, MONTHS

# They are over when they have happened; anything else that was so "0 months ago" is so now, and may well stay so.
MOMENTS = frozenset({"live_vaccine", "major_surgery", "organ_transplant", "stem_cell_transplant", "car_t"})
_A_HAIR = 1e-6  # days: what sums of months lose in floating point


def shifted(answers: Answers, days: float) -> Answers:
    """The same person so many days on, as far as time alone tells."""
    months = days / DAYS_A_MONTH
    by = {"age": months / 12, "disease_duration": months}
    return replace(
        answers,
        numbers={name: number + by.get(name, 0.0) for name, number in answers.numbers.items()},
        facts={
            name: replace(fact, months_ago=(fact.months_ago or 0.0) + months) if _is_past(name, fact) else fact
            for name, fact in answers.facts.items()
        },
        treatments=None if answers.treatments is None else tuple(_older(one, months) for one in answers.treatments),
    )


def _is_past(name: str, fact: Fact) -> bool:
    return fact.value and fact.months_ago is not None and (fact.months_ago > 0 or name in MOMENTS)


def _older(one: Taken, months: float) -> Taken:
    if one.current or one.months_ago is None:
        return one
    return replace(one, months_ago=one.months_ago + months)


def turning_days(rule: Rule, answers: Answers) -> Iterator[int]:
    """The days on which what the rule makes of the answers may change."""
    for months in _turning_months(rule, answers):
        days = months * DAYS_A_MONTH
        yield from {math.ceil(days - _A_HAIR), math.floor(days + _A_HAIR) + 1}  # "at least" and "more than"


def _turning_months(rule: Rule, answers: Answers) -> Iterator[float]:
    given = answers.numbers.get(rule.attribute)
    if given is not None and not isinstance(rule.value, tuple):
        if rule.attribute == "age":
            yield from ((rule.value - given) * 12, (rule.value + 1 - given) * 12)
        elif rule.attribute == "disease_duration":
            yield rule.value - given
    if rule.within is None:
        return
    length = rule.within.amount * MONTHS.get(rule.within.unit, 0.0)  # half-lives: once it is past, it is for the team
    yield from (length - months for months in _months_ago(rule, answers))


def _months_ago(rule: Rule, answers: Answers) -> Iterator[float]:
    """How long past the things are that the rule's window is about."""
    if rule.attribute == "treatment":
        yield from (one.months_ago for one in named(rule, answers) if not one.current and one.months_ago is not None)
    elif (fact := answers.facts.get(rule.attribute)) and _is_past(rule.attribute, fact):
        yield fact.months_ago or 0.0


def named(rule: Rule, answers: Answers) -> Iterator[Taken]:
    """What the person took of that which the rule names."""
    slugs = set(rule.value) if isinstance(rule.value, tuple) else {str(rule.value)}
    return (one for one in answers.treatments or () if slugs & {one.treatment, *classes_with(one.treatment)})
