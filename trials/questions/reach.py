"""What the questions that were not asked yet can still tell."""

from collections.abc import Iterable
from dataclasses import replace
from functools import cache, cached_property

from trials.criteria.attributes import ATTRIBUTES
from trials.criteria.diagnoses import wider_than
from trials.criteria.model import Rule
from trials.criteria.treatments import classes_with
from trials.matching.answers import Answers
from trials.matching.catalogue import Touched
from trials.matching.facts import bare_finding, treatment_taken
from trials.matching.findings import LEFT, NOT_MET, OPEN, Finding, found, other_way
from trials.matching.index import choices
from trials.questions.answering import OTHER
from trials.questions.model import Kind, Question
from trials.questions.reading import question_of, questions
from trials.questions.unticked import offered, ruled_out

# What an answer says beside what was asked: a man is not pregnant, who takes a dose of a steroid takes a steroid.
IMPLIED = {"sex": "pregnant_or_breastfeeding"}
STEROID_DOSE, STEROIDS = "prednisone_dose", "glucocorticoids"


def held_by(answers: Answers) -> frozenset[str]:
    """The diagnoses that the person has named, and the wider ones that go with them."""
    named = answers.diagnoses or frozenset()
    return named.union(*map(wider_than, named))


class Reach:
    """`now` are the questions that can be asked now; `later` those that can be once it is known what the person has,
    by the slug of the question that tells."""

    def __init__(self, answers: Answers, asked: frozenset[str]) -> None:
        self.answers = answers
        left = [question for question in questions() if question.slug not in asked]
        self.condition = next((one for one in left if _kind(one) is Kind.CONDITIONS), None)
        self.kinds = next((one for one in left if _kind(one) is Kind.KINDS and self._may_ask_kinds), None)
        held = held_by(answers)
        self.now: list[Question] = []
        self.later: list[Question] = []
        for one in left:
            if _kind(one) is Kind.KINDS and not self.kinds:
                continue
            if not one.of or not held.isdisjoint(one.of):
                self.now.append(one)
            elif self.condition or not self._could_have.isdisjoint(one.of):
                self.later.append(one)
        self.attributes = frozenset().union(*(told_by(one.slug) for one in (*self.now, *self.later)))
        self._known: dict[Rule, Finding] = {}

    @property
    def gate(self) -> Question | None:
        """The question that the later ones wait for."""
        return self.condition or self.kinds

    @property
    def _may_ask_kinds(self) -> bool:
        return self.condition is not None or self.answers.diagnoses is not None

    def reaches(self, attribute: str) -> bool:
        return attribute in self.attributes

    def still(self, rule: Rule) -> Finding:
        """What the answers to all of them can make of a rule that is not settled."""
        known = self._known.get(rule)
        if known is None:
            known = self._known[rule] = self._still(rule)
        return known

    def _still(self, rule: Rule) -> Finding:
        if rule.attribute == "diagnosis":
            able = self._diagnosis(rule)
        elif rule.attribute == "treatment":
            able = self._treatment(rule)
        else:
            return OPEN if rule.attribute in self.attributes else LEFT
        return other_way(able) if rule.op == "not in" else able

    def _diagnosis(self, rule: Rule) -> Finding:
        wanted = choices(rule)
        if self.condition:
            return found(None, true=any(one != OTHER for one in wanted), false=OTHER not in wanted)
        if not self.kinds:
            return LEFT
        return found(None, true=not self._could_have.isdisjoint(wanted), false=all(map(self._may_rule_out, wanted)))

    @cached_property
    def _could_have(self) -> frozenset[str]:
        """The diagnoses that a tick among the kinds would say."""
        named = self.answers.diagnoses or ()
        ticks = [one.slug for one in offered(self.kinds.fields[0], named)] if self.kinds else []
        return frozenset(ticks).union(*map(wider_than, ticks))

    @cached_property
    def _without(self) -> tuple[Answers, ...]:
        """The answers of somebody who ticks none of the kinds, and of somebody who ticks one alone."""
        if not self.kinds:
            return ()
        field, named = self.kinds.fields[0], self.answers.diagnoses or frozenset()
        ticks = [(), *((one.slug,) for one in offered(field, named) if one.kind_of)]
        return tuple(
            replace(self.answers, diagnoses=named.union(tick), ruled_out=ruled_out(field, named, tick),
                    may_have=frozenset((OTHER, *(one.slug for one in offered(field, named) if not one.rules_out))))
            for tick in ticks
        )  # fmt: skip

    def _may_rule_out(self, slug: str) -> bool:
        one = Rule("diagnosis", "in", (slug,))
        return any(bare_finding(one, answers) is NOT_MET for answers in (self.answers, *self._without))

    def _treatment(self, rule: Rule) -> Finding:
        now = self._slugs
        parts = {slug: treatment_taken(slug, rule, self.answers) for slug in choices(rule)}
        return found(
            None,
            true=any(True in part.may and not now.isdisjoint(telling_use(slug)) for slug, part in parts.items()),
            false=all(part is NOT_MET or (False in part.may and not now.isdisjoint(telling_none(slug, _is_dated(rule))))
                      for slug, part in parts.items()),
        )  # fmt: skip

    @cached_property
    def _slugs(self) -> frozenset[str]:
        return frozenset(one.slug for one in self.now)

    def asking(self, attribute: str, uses: Iterable[Rule] = ()) -> frozenset[str]:
        """The questions, of those that can be asked now, that tell something of an attribute; of treatments, of those
        that the rules are about."""
        if attribute == "diagnosis":
            return frozenset(one.slug for one in (self.gate,) if one)
        if attribute == "treatment":
            return self._slugs.intersection(frozenset().union(*map(_telling, uses)))
        return frozenset(one.slug for one in self.now if attribute in told_by(one.slug))

    @cached_property
    def touched(self) -> Touched:
        """What is known, or will never be."""
        by = Touched.by(self.answers)
        gone = {one.slug for one in questions()} - {one.slug for one in (*self.now, *self.later)}
        attributes = {*by.attributes, *(ATTRIBUTES - self.attributes - {"diagnosis", "treatment"})}
        if not self.condition:
            attributes.add("diagnosis")
        treatments = frozenset().union(*map(_of_treatments, gone))
        if treatments:
            attributes.add("treatment")
        return Touched(frozenset(attributes), None if by.treatments is None else by.treatments | treatments)


def _kind(question: Question) -> Kind:
    return question.fields[0].kind


@cache
def told_by(slug: str) -> frozenset[str]:
    """The attributes that an answer to the question tells something of."""
    told = {field.attribute for field in question_of(slug).fields}
    return frozenset(told.union(IMPLIED[one] for one in IMPLIED.keys() & told))


@cache
def telling_use(treatment: str) -> frozenset[str]:
    """The questions of which an answer can say that somebody had this treatment, or one of its kind."""
    return frozenset(
        question.slug
        for question in questions()
        if any(treatment == one or treatment in classes_with(one) for one in _ticked(question))
    )


@cache
def telling_none(treatment: str, dated: bool) -> frozenset[str]:
    """Those of which an answer can say that they had it never, or, where it is `dated`, not in a certain time."""
    wider = {treatment, *classes_with(treatment)}
    return frozenset(
        question.slug
        for question in questions()
        if not wider.isdisjoint(question.covers) or (dated and treatment in _ticked(question))
    )


def _is_dated(rule: Rule) -> bool:
    return bool(rule.within) and not (rule.stable or rule.ever or rule.failed)


def _telling(rule: Rule) -> frozenset[str]:
    return _telling_of(choices(rule), _is_dated(rule))


@cache
def _telling_of(treatments: tuple[str, ...], dated: bool) -> frozenset[str]:
    return frozenset().union(*(telling_use(one) | telling_none(one, dated) for one in treatments))


def _ticked(question: Question) -> frozenset[str]:
    """The treatments that an answer can say were taken."""
    steroids = {STEROIDS} if STEROID_DOSE in told_by(question.slug) else set()
    fields = (field for field in question.fields if field.kind is Kind.TREATMENTS)
    return frozenset(steroids.union(choice.slug for field in fields for choice in field.choices))


@cache
def _of_treatments(slug: str) -> frozenset[str]:
    """All treatments that an answer to the question can say anything of."""
    question = question_of(slug)
    return _ticked(question).union(question.covers if _kind(question) is Kind.TREATMENTS else ())
