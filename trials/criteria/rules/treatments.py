"""Medicines: which, when, how long ago, at a stable dose, after failure."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from trials.criteria.model import Kind
from trials.criteria.rules import usage
from trials.criteria.rules.background import (
    allows,
    is_allowed,
    is_conditional,
    is_excepted,
    is_inline,
)
from trials.criteria.rules.clauses import NOW, Clauses, clauses_of
from trials.criteria.rules.facts import Fact, Scene
from trials.criteria.rules.looking_back import shortest
from trials.criteria.rules.meaning import Use, has_failed, own_use
from trials.criteria.rules.members import chosen
from trials.criteria.rules.narrowing import by_dose, is_begun
from trials.criteria.rules.required import REQUIRED_UNLESS, is_required
from trials.criteria.rules.steroids import without_dosed
from trials.criteria.wording.terms import Mention
from trials.criteria.wording.zones import Sort

MOST_NAMED = 45  # medicines in one criterion; a text with more is no list that anybody wrote to be read
MOST_READ = 40_000  # medicines times characters: what is read again for each of them
_BEGINS = re.compile(r"\b(?:starting|to start|to be started|initiating|switching to|about to)\b[^.;]*$", re.IGNORECASE)
_IF_NOT = re.compile(r"\s*if\b[^.,]{0,40}\bnot\b", re.IGNORECASE)


def treatment_facts(scene: Scene) -> Iterator[Fact]:
    count = sum(1 for _ in scene.reading.of("treatment", "drug"))
    if not count or count > MOST_NAMED or count * len(scene.text) > MOST_READ:
        return
    clauses = clauses_of(scene)
    over = clauses_of(scene.lead) if scene.lead else None
    if over and _is_regulated(over):
        return
    named = [m for m in scene.reading.of("treatment") if usage.counts(scene, clauses, m)]
    if scene.kind is Kind.INCLUSION:
        named = _required(scene, clauses, named)
    named, dosed = without_dosed(scene, clauses, named)
    narrowed = {m.term.name for m in named if m not in dosed and by_dose(scene, m)}
    excused = scene.kind is Kind.INCLUSION and REQUIRED_UNLESS.search(scene.text) is not None
    groups: dict[Use, list[Mention]] = {}
    for mention in chosen(scene, named):
        use = _use(scene, clauses, over, mention)
        if use is not None:
            limited = excused or (scene.kind is Kind.INCLUSION and not use.negated and mention.term.name in narrowed)
            use = replace(use, partial=mention not in dosed and (use.partial or limited))
            groups.setdefault(use, []).append(mention)
            if use.stable and not use.failed and has_failed(scene, mention):
                groups.setdefault(Use(failed=True), []).append(mention)
    for use, mentions in _in_parts(scene, _without_repeats(scene, groups)):
        slugs = tuple(dict.fromkeys(m.term.name for m in mentions))
        yield Fact(
            "treatment", "not in" if use.negated else "in", slugs, mentions[0].start, mentions[-1].end,
            within=use.within, partial=use.partial, ever=use.ever, stable=use.stable, failed=use.failed,
        )  # fmt: skip


_TOGETHER = re.compile(
    r"\b(?:plus|in combination with|combined with|together with|along with|in addition to)\b", re.IGNORECASE
)


def _in_parts(scene: Scene, groups: dict[Use, list[Mention]]) -> Iterator[tuple[Use, list[Mention]]]:
    """ "Failed A plus one of B, C, D" asks for two things; in a list "A, B or A plus B" nobody can tell."""
    for use, mentions in groups.items():
        joins = [
            number
            for number, (one, other) in enumerate(pairwise(mentions), 1)
            if _TOGETHER.search(scene.text, one.end, other.start)
        ]
        before = scene.text[mentions[0].start : mentions[joins[0]].start] if joins else ""
        if scene.kind is Kind.INCLUSION and len(joins) == 1 and not re.search(r"\bor\b", before) and not use.negated:
            yield use, mentions[: joins[0]]
            yield use, mentions[joins[0] :]
        else:
            yield use, mentions


def _is_regulated(over: Clauses) -> bool:
    """The criterion above only regulates, allows or fears what stands under it."""
    lead = over.scene
    return (
        allows(lead)
        or bool(_BEGINS.search(lead.text))
        or (lead.kind is Kind.INCLUSION and is_conditional(lead, len(lead.text)))
    )


def _required(scene: Scene, clauses: Clauses, named: list[Mention]) -> list[Mention]:
    """What an inclusion asks for; a medicine that one sentence only regulates is not asked for in another."""
    regulated = [
        m for m in scene.reading.of("treatment") if not is_excepted(scene, m.start) and _is_background(scene, m)
    ]
    asked = [m for m in named if not any(_regulates(scene, r, m) for r in regulated)]
    required = [m for m in asked if is_required(scene, clauses, m)]
    open_lists = {clauses.number(m.start) for m in asked if m not in required}
    return [m for m in required if clauses.number(m.start) not in open_lists]


def _regulates(scene: Scene, regulated: Mention, mention: Mention) -> bool:
    """A rule for those on it comes before what is asked of them, or says what holds for those not on it."""
    if regulated.term.name != mention.term.name:
        return False
    start, _ = scene.reading.segment(regulated.start)
    return (
        regulated.start <= mention.start
        or _IF_NOT.match(scene.text, start) is not None
        or is_inline(scene, regulated.start)
    )


def _is_background(scene: Scene, mention: Mention) -> bool:
    if is_conditional(scene, mention.start) or is_allowed(scene, mention.start, mention.end):
        return True
    zone = scene.zones.at(mention.start, Sort.CONDITION)
    return zone is not None and zone.start == scene.reading.segment(mention.start)[0]


def _without_repeats(scene: Scene, groups: dict[Use, list[Mention]]) -> dict[Use, list[Mention]]:
    """One medicine required twice ("on it for 3 months, at a stable dose for 4 weeks") is one rule: the fuller."""
    kept: dict[Use, list[Mention]] = {}
    for use, mentions in groups.items():
        rest = [
            m for m in mentions if not any(_covers(scene, other, use, m, others) for other, others in groups.items())
        ]
        if rest:
            kept[use] = rest
    return kept


def _covers(scene: Scene, other: Use, use: Use, mention: Mention, others: list[Mention]) -> bool:
    same = [m for m in others if m.term.name == mention.term.name]
    if other == use or not same:
        return False
    if other.negated != use.negated:
        return (other.failed and use.negated) or (other.negated and other.ever and not use.stable and not use.failed)
    if scene.kind is Kind.EXCLUSION:
        if use.partial and other == replace(use, partial=False):
            return True
        return (
            not use.is_stated
            and other.is_stated
            and (not other.partial or scene.reading.segment(same[0].start) == scene.reading.segment(mention.start))
        )
    if use == Use(failed=True) and other.stable:
        return False  # it failed, and it is taken at a stable dose
    if other.within and use.within and _weight(other) == _weight(use):
        return shortest([other.within, use.within]) == other.within
    return _weight(other) > _weight(use)


def _weight(use: Use) -> tuple[bool, bool, bool, bool, bool]:
    return use.stable, use.failed, use.within is not None, use.ever, not use.partial


def _use(scene: Scene, clauses: Clauses, over: Clauses | None, mention: Mention) -> Use | None:
    """What the text says of this medicine; where it says nothing itself, what it says of the list that it stands in,
    then what the criterion above says. None where it is no fact at all."""
    use = own_use(scene, clauses, mention, mention.start)
    if use is None or use.is_stated:
        return use
    head = usage.head_of_list(scene, mention)
    if head is not None:
        listed = own_use(scene, clauses, mention, head)
        if listed is not None and listed.is_stated:
            return replace(
                listed, partial=use.partial or is_begun(scene, clauses, head), negated=use.negated or listed.negated
            )
    if over is None or not over.scene.text or NOW.search(scene.text):
        return use
    lead = over.scene
    above = own_use(lead, over, mention._replace(start=len(lead.text), end=len(lead.text)), len(lead.text))
    return None if above is None else replace(above, partial=use.partial, negated=use.negated or above.negated)
