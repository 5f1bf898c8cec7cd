"""When time will change a verdict: by waiting alone, or after a medicine that is taken now has ended.

Nothing here advises anybody to stop a medicine: it says what the study's own rules count from.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import chain

from trials.criteria.model import Kind, Rule, Within
from trials.matching.answers import Answers, Taken
from trials.matching.facts import DAYS_A_MONTH, finding
from trials.matching.outcomes import outcome_of, rules_that
from trials.matching.passing import named, shifted, turning_days
from trials.matching.tree import Groups, Node
from trials.matching.verdict import match
from trials.vocab import Verdict

_LIFETIME_DAYS = 36_525


@dataclass(frozen=True, slots=True)
class Lift:
    """A rule that keeps the person out now and no longer does `months` from now.

    `criterion` is the one that it stands in, as in `Reason`. `treatment` is the person's own one that the window counts
    from, and empty where `attribute` is a fact or a number. `window` is as the study writes it; None for a number,
    which has to pass `threshold` in the unit of the criteria contract.
    """

    criterion: str
    attribute: str
    months: float
    treatment: str = ""
    window: Within | None = None
    threshold: float | None = None


@dataclass(frozen=True, slots=True)
class Later:
    """After so many whole days a study is no longer known not to fit; `verdict` is what it is then.

    `lifts`, the last to lift first: that one makes the date. No date can be told where `for_team`: the study counts in
    half-lives, and what that comes to only its team knows. Pages show the month alone where an answer was in months,
    and of an age in whole years the date is the latest: the birthday may be sooner.
    """

    days: int
    verdict: Verdict
    lifts: tuple[Lift, ...]

    @property
    def months(self) -> float:
        return self.days / DAYS_A_MONTH

    @property
    def for_team(self) -> bool:
        return any(lift.window is not None and lift.window.unit == "half_lives" for lift in self.lifts)

    def date_from(self, today: date) -> date:
        return today + timedelta(days=self.days)


@dataclass(frozen=True, slots=True)
class AfterStopping:
    """What would have to pass for a study that is kept from somebody by what they take now.

    `stops` are the windows to pass after the last dose of each such medicine; `waits`, what has to pass beside it.
    Never shown without the line that nobody must stop a medicine without their doctor, and never with a date.
    """

    stops: tuple[Lift, ...]
    waits: tuple[Lift, ...]
    verdict: Verdict


def when_open(study: Groups[Node], answers: Answers) -> Later | None:
    """The first day from which a study that does not fit may do so by waiting alone; None where it never will.

    Time is all that changes: the person grows older, the disease longer, what is past goes further back. What is so
    or is taken now goes on, and every test stays as it is.
    """
    decided: list[tuple[Node, Rule]] = []
    for group in study:
        rules = list(_against(group, answers))
        if rules and not any(_may_lift(rule, answers) for _node, rule in rules):
            return None
        decided += rules
    if not decided:
        return None
    moving = [group for group in study if any(_may_lift(rule, answers) for _node, rule in _rules((group,)))]
    for day in _days(moving, answers):
        then = shifted(answers, day)
        if not any(outcome_of(group, then).keeps_out for group in moving):
            lifts = {lift for node, rule in decided for lift in _lifts(node, rule, answers, day)}
            return Later(day, match(study, then).verdict, tuple(sorted(lifts, key=_last_first)))
    return None


def after_stopping(study: Groups[Node], answers: Answers) -> AfterStopping | None:
    """What has to pass where a study does not fit because of what is taken now, and its rule has a window.

    None where that would not do, or where the study asks for one of these medicines.
    """
    windowed = (group for group in study if any(_counts_now(rule, answers) for _node, rule in _rules((group,))))
    rules = {rule for group in windowed for _node, rule in _against(group, answers) if rule.within}
    ending = {one.treatment for rule in rules for one in _counted(rule, answers) if one.current}
    if not ending:
        return None
    stopped = replace(answers, treatments=tuple(_ended(one, ending) for one in answers.treatments or ()))
    later = when_open(study, stopped)
    if later is None or _asks_for_it(study, answers, shifted(stopped, later.days)):
        return None
    stops = tuple(lift for lift in later.lifts if lift.treatment in ending)
    return AfterStopping(stops, tuple(lift for lift in later.lifts if lift not in stops), later.verdict)


def _ended(one: Taken, ending: set[str]) -> Taken:
    return Taken(one.treatment, 0.0) if one.current and one.treatment in ending else one


def _asks_for_it(study: Groups[Node], before: Answers, after: Answers) -> bool:
    """Whether something that the study asks people to take is met before, and no longer after."""
    return any(
        _is_met(rule, before) and not _is_met(rule, after)
        for node, rule in _rules(study)
        if rule.attribute == "treatment" and (rule.op == "in") is (node.kind is Kind.INCLUSION)
    )


def _against(group: tuple[Node, ...], answers: Answers) -> Iterator[tuple[Node, Rule]]:
    """The rules by which a group of alternatives keeps out; none where it does not."""
    if outcome_of(group, answers).keeps_out:
        yield from chain.from_iterable(rules_that(node, node.kind is Kind.EXCLUSION, answers) for node in group)


def _rules(groups: Iterable[tuple[Node, ...]]) -> Iterator[tuple[Node, Rule]]:
    for node in chain.from_iterable(groups):
        yield from ((node, rule) for rule in chain.from_iterable(node.rules))
        yield from _rules(node.children)


def _days(groups: Iterable[tuple[Node, ...]], answers: Answers) -> list[int]:
    """The days in the person's lifetime on which a group may come out otherwise."""
    days = {day for _node, rule in _rules(groups) for day in turning_days(rule, answers)}
    return sorted(day for day in days if 0 < day <= _LIFETIME_DAYS)


def _may_lift(rule: Rule, answers: Answers) -> bool:
    return any(day > 0 for day in turning_days(rule, answers))


def _counts_now(rule: Rule, answers: Answers) -> bool:
    """Whether the rule has a window, and names something that is taken now."""
    return rule.within is not None and any(one.current for one in named(rule, answers))


def _counted(rule: Rule, answers: Answers) -> Iterator[Taken]:
    """What the person took that meets the rule, be it asked for or forbidden."""
    return (one for one in named(rule, answers) if _is_met(rule, replace(answers, treatments=(one,))))


def _is_met(rule: Rule, answers: Answers) -> bool:
    """Whether a treatment that the rule names was taken in its time, whatever else it says of it."""
    bare = replace(rule, op="in", partial=False, stable=False, failed=False, ever=rule.ever or rule.failed)
    return finding(bare, Kind.INCLUSION, answers).value is True


def _lifts(node: Node, rule: Rule, answers: Answers, day: int) -> Iterator[Lift]:
    """How the rule has lifted by that day, where it has."""
    if rule.attribute == "treatment":
        for one in _counted(rule, answers):
            if months := _lifted(replace(rule, op="in"), replace(answers, treatments=(one,)), day):
                yield Lift(node.id, rule.attribute, months, one.treatment, rule.within)
    elif months := _lifted(rule, answers, day):
        threshold = None if isinstance(rule.value, tuple | bool) else rule.value
        yield Lift(node.id, rule.attribute, months, window=rule.within, threshold=threshold)


def _lifted(rule: Rule, answers: Answers, last: int) -> float | None:
    """In how many months the rule first comes out otherwise, if that is by the last day."""
    before = finding(rule, Kind.INCLUSION, answers).value
    for day in sorted(turning_days(rule, answers)):
        if 0 < day <= last and finding(rule, Kind.INCLUSION, shifted(answers, day)).value is not before:
            return day / DAYS_A_MONTH
    return None


def _last_first(lift: Lift) -> tuple[float, str, str, str]:
    return -lift.months, lift.criterion, lift.attribute, lift.treatment
