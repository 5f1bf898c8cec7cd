"""One rule held against the answers: met, not met, or not known, and whether an answer could still change that."""

import math
import operator
from collections.abc import Callable, Iterable

from trials.criteria.attributes import NUMBERS
from trials.criteria.diagnoses import wider_than
from trials.criteria.model import Kind, Rule, Within
from trials.criteria.treatments import classes_with
from trials.matching.answers import Answers, Taken
from trials.matching.findings import LEFT, MET, NOT_MET, OPEN, Finding, Value, any_found, other_way, settled, without

DAYS_A_MONTH = 30.4375
# Months in each unit of time.
MONTHS = {"days": 1 / DAYS_A_MONTH, "weeks": 7 / DAYS_A_MONTH, "months": 1.0, "years": 12.0}
# Antimalarials are DMARDs, but many texts that forbid these allow those, in another line or none.
_PERHAPS = {"dmard": frozenset({"hydroxychloroquine", "antimalarial"})}
_COMPARED: dict[str, Callable[[float, float], bool]] = {
    ">=": operator.ge, ">": operator.gt, "<=": operator.le, "<": operator.lt, "=": operator.eq,
}  # fmt: skip


def finding(rule: Rule, kind: Kind, answers: Answers) -> Finding:
    """The rule as it counts within a criterion of this kind, for somebody whom it concerns."""
    return _partly(bare_finding(rule, answers), rule, kind)


def concerns(rule: Rule, answers: Answers) -> Value:
    """Whether the rule holds for this person at all: some are for those with one of the diseases alone."""
    return _diagnosis(rule.applies_to, answers).value if rule.applies_to else True


def bare_finding(rule: Rule, answers: Answers) -> Finding:
    """The rule as it stands, whatever kind of criterion it is in and whether or not it decides."""
    if rule.attribute in NUMBERS:
        return _number(rule, answers)
    if rule.attribute == "sex":
        held = OPEN if answers.sex is None else settled(answers.sex in _choices(rule))
    elif rule.attribute == "diagnosis":
        held = _diagnosis(_choices(rule), answers)
    elif rule.attribute == "treatment":
        held = _treatment(rule, answers)
    else:
        return _yes_no(rule, answers)
    return other_way(held) if rule.op == "not in" else held


def _choices(rule: Rule) -> tuple[str, ...]:
    return rule.value if isinstance(rule.value, tuple) else (str(rule.value),)


def _number(rule: Rule, answers: Answers) -> Finding:
    given = answers.numbers.get(rule.attribute)
    if given is None or isinstance(rule.value, tuple):
        return OPEN
    if rule.attribute == "age" and float(rule.value).is_integer():
        given = math.floor(given)  # people are 75 until their 76th birthday
    return settled(_COMPARED[rule.op](given, rule.value))


def _yes_no(rule: Rule, answers: Answers) -> Finding:
    fact = answers.facts.get(rule.attribute)
    if fact is None:
        return OPEN
    if fact.value and rule.within:
        held = _lies_within(rule.within, fact.months_ago)
    else:
        held = LEFT if fact.value and fact.over else settled(fact.value)
    return held if rule.value is True else other_way(held)


def _lies_within(within: Within, months_ago: float | None) -> Finding:
    """Whether something that happened lies in the look-back."""
    if within.unit not in MONTHS:
        return LEFT if months_ago is None or months_ago > 0 else MET  # half-lives are the team's to reckon
    return OPEN if months_ago is None else settled(months_ago <= within.amount * MONTHS[within.unit])


def _diagnosis(wanted: Iterable[str], answers: Answers) -> Finding:
    possible = [one for one in wanted if answers.ruled_out.isdisjoint({one, *wider_than(one)})]
    if answers.diagnoses is None:
        return OPEN if possible else NOT_MET
    held = answers.diagnoses.union(*map(wider_than, answers.diagnoses))
    if not held.isdisjoint(wanted):
        return MET
    # Who has said "lupus" may have nephritis, too.
    open_to = answers.may_have.union(*map(wider_than, answers.may_have))
    left = any(one in open_to or not answers.diagnoses.isdisjoint(wider_than(one)) for one in possible)
    return OPEN if left else NOT_MET


def _treatment(rule: Rule, answers: Answers) -> Finding:
    """Whether one of the treatments was taken in the time that the rule means."""
    used = any_found([treatment_taken(slug, rule, answers) for slug in _choices(rule)])
    # That the dose was steady, or that it did not help, nobody was asked.
    return without(True, used) if rule.stable or rule.failed else used


def treatment_taken(slug: str, rule: Rule, answers: Answers) -> Finding:
    """Whether this one treatment, or one of its kind, was taken in the time that the rule means."""
    taken = answers.treatments or ()
    uses = [
        without(True, _used(one, rule)) if one.treatment in _PERHAPS.get(slug, ()) else _used(one, rule)
        for one in taken
        if one.treatment == slug or slug in classes_with(one.treatment)
    ]
    if not answers.never_taken.isdisjoint({slug, *classes_with(slug)}):
        return any_found([*uses, NOT_MET])
    # "A biologic" may have been this one.
    uses += [OPEN for one in taken if one.treatment in classes_with(slug)]
    listed = any(one.treatment == slug for one in taken)
    return any_found([*uses, NOT_MET if listed or answers.treatments_complete else OPEN])


def _used(one: Taken, rule: Rule) -> Finding:
    if one.current or rule.ever or rule.failed:
        return MET
    if rule.within and not rule.stable:
        return _lies_within(rule.within, one.months_ago)
    return OPEN if one.months_ago is None else LEFT  # it means now; what an earlier use counts is not said


def _partly(one: Finding, rule: Rule, kind: Kind) -> Finding:
    """A partial rule never lets in by itself, nor keeps out: what it leaves open, the text asks for beyond it."""
    if not rule.partial:
        return one
    needed = rule.op == "in" or (rule.op == "is" and rule.value is True)
    return without(kind is Kind.EXCLUSION or needed, one)
