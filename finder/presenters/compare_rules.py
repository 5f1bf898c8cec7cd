"""What one study asks on one concept: whole criteria, never torn out of the group that they stand in."""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from finder.presenters.criteria import CriteriaView, CriterionView
from finder.presenters.likeness import NOTHING, Sign
from finder.presenters.terms import text_of
from finder.presenters.words import Text
from trials.criteria.concepts import Concept, asks_key, concepts_in, concepts_of, named_in, rule_keys, words_key
from trials.criteria.model import Criterion, Kind, Rule
from trials.models import Trial
from trials.plain_language.glossary import mentions
from trials.summaries import criteria_of

FEWEST_FOLDED = 3  # points of a rule; fewer stand open beside the others
Views = tuple[CriterionView, ...]


@dataclass(frozen=True, slots=True)
class Repeat:
    """A rule that stands in full in the row of that name."""

    criterion: CriterionView
    row: Text


@dataclass(frozen=True, slots=True)
class RulesOn:
    """The criteria on one concept: those that let in, those that keep out, and those that stood on the page before."""

    may: Views = ()
    may_not: Views = ()
    sign: Sign = NOTHING
    may_again: tuple[Repeat, ...] = ()
    may_not_again: tuple[Repeat, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.may or self.may_not)


NO_RULES = RulesOn()


class StudyRules:
    """The criteria of one study as its page shows them, each beside the rules that our software reads in it."""

    def __init__(self, trial: Trial, criteria: CriteriaView) -> None:
        self.trial, self.criteria = trial, criteria
        self.read: Mapping[str, Criterion] = {one.id: one for one in criteria_of(trial)}

    def by_concept(self) -> tuple[dict[Concept, RulesOn], RulesOn]:
        """And those of which no word stands in any of these, so that none of the study's is left out.

        Where no criterion is about a concept, those stand there that only name it.
        """
        about: dict[Concept, set[str]] = {concept: set() for concept in Concept}
        naming: dict[Concept, set[str]] = {concept: set() for concept in Concept}
        for key, one in self.read.items():
            for concept in concepts_in(one):
                about[concept].add(key)
            for concept in named_in(one):
                naming[concept].add(key)
        keys = {concept: found or naming[concept] for concept, found in about.items()}
        found = {concept: self._on(wanted, concept) for concept, wanted in keys.items()}
        shown = {key for on in found.values() for one in (*on.may, *on.may_not) for key in keys_of(one)}
        return found, self._on(set(self.read) - shown, None)

    def _on(self, wanted: set[str], concept: Concept | None) -> RulesOn:
        if not wanted:
            return NO_RULES
        may = tuple(self._trimmed(self.criteria.inclusion, wanted))
        may_not = tuple(self._trimmed(self.criteria.exclusion, wanted))
        held = [one for one in (*may, *may_not) if not self._repeats_a_limit(one)]
        facts = frozenset(fact for one in held for fact in self._facts_of(one, concept))
        words = frozenset((self.read[one.key].kind, self._words(one)) for one in held)
        asks = frozenset((self.read[one.key].kind, self._asks(one)) for one in held)
        return RulesOn(may, may_not, Sign(words, asks, facts))

    def _trimmed(self, views: Sequence[CriterionView], wanted: set[str]) -> Iterator[CriterionView]:
        return (_trim(view, wanted, self.read) for view in views if _touches(view, wanted))

    def _facts(self, key: str, concept: Concept | None) -> Iterator[Hashable]:
        one = self.read[key]
        rules: list[Rule] = [rule for rule in one.rules if concept in concepts_of(rule, one.kind)]
        return ((one.kind, fact) for fact in rule_keys(rules))

    def _facts_of(self, view: CriterionView, concept: Concept | None) -> Iterator[Hashable]:
        """Of the whole of it, with how many of its points are needed where each does not hold for itself."""
        if view.lines:
            yield from self._facts(view.key, concept)
        if view.children and not _each_for_itself(view, self.read):
            one = self.read[view.key]
            yield one.kind, one.join if view.lines else view.lead
        for child in view.children:
            yield from self._facts_of(child, concept)

    def _words(self, view: CriterionView) -> Hashable:
        own = words_key(self.read[view.key].text) if view.lines else ""
        return own, view.lead, frozenset(map(self._words, view.children))

    def _asks(self, view: CriterionView) -> Hashable:
        own: Hashable = ""
        if view.lines:
            one = self.read[view.key]
            asked = asks_key(one)
            own = (asked, _terms(one.text), _said(view)) if asked else words_key(one.text)
        return own, view.lead, frozenset(map(self._asks, view.children))

    def _repeats_a_limit(self, view: CriterionView) -> bool:
        """Whether it says only what the record's own fields on age say, too."""
        rules = self.read[view.key].rules if view.lines and not view.children and not view.folded else ()
        return bool(rules) and all(map(self._is_limit, rules))

    def _is_limit(self, rule: Rule) -> bool:
        if rule.attribute != "age" or rule.partial or rule.applies_to or isinstance(rule.value, tuple):
            return False
        low, below = self.trial.minimum_age_years, self.trial.below_age_years
        return (rule.op, rule.value) in {(">=", low), ("<", below), ("<=", below - 1 if below is not None else None)}


def _said(view: CriterionView) -> tuple[Hashable, ...]:
    """Its sentences, which hold what the rules leave out: how severe an illness is, or that nursing keeps out, too."""
    return tuple(words_key(text_of(line.pieces)) for line in view.lines)


@lru_cache(maxsize=4096)
def _terms(text: str) -> frozenset[str]:
    """The hard words of a text: another one in it may be another rule, though ours read the same."""
    return frozenset(one.slug for one in mentions(text))


def _trim(view: CriterionView, wanted: set[str], read: Mapping[str, Criterion]) -> CriterionView:
    """The whole of it; points that speak of something else are folded, where each point holds for itself."""
    apart = [child for child in view.children if not _touches(child, wanted)]
    if not _each_for_itself(view, read) or sum(len(list(keys_of(child))) for child in apart) < FEWEST_FOLDED:
        return replace(view, children=tuple(_trim(child, wanted, read) for child in view.children))
    kept = tuple(_trim(child, wanted, read) for child in view.children if _touches(child, wanted))
    return replace(view, children=kept, folded=tuple(apart))


def _each_for_itself(view: CriterionView, read: Mapping[str, Criterion]) -> bool:
    """Not of alternatives to get in by, of "at least two of these", nor of what keeps out only together."""
    one = read[view.key]
    if not view.lines:
        return one.kind is Kind.EXCLUSION
    return one.join in ({"all", None} if one.kind is Kind.INCLUSION else {"any", None})


def _touches(view: CriterionView, wanted: set[str]) -> bool:
    return (bool(view.lines) and view.key in wanted) or any(_touches(child, wanted) for child in view.children)


def keys_of(view: CriterionView) -> Iterator[str]:
    """Of all criteria in sight."""
    if view.lines:
        yield view.key
    for child in view.children:
        yield from keys_of(child)
