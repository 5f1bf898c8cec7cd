"""Facts that hold for one disease only: "For SSc patients: mRSS ≥ 10", or a list of exclusions for one cohort."""

import re

from trials.criteria.model import Kind
from trials.criteria.rules.facts import Fact, Scene
from trials.criteria.wording.lexicon import concepts
from trials.criteria.wording.reading import Reading
from trials.criteria.wording.terms import Context, Mention
from trials.criteria.wording.words import words_of

_FOR = re.compile(
    r"\s*(?:for|in|among)\s+(?:the\s+|those\s+)?(?:(?:patients?|subjects?|participants?|"
    r"individuals|people)\s+with\s+)?",
    re.IGNORECASE,
)
_FOR_END = re.compile(
    r"[^,:;.]{0,30}?(?:\b(?:patients?|subjects?|participants?|group|cohort|arm)\b|[,:]|"
    r"\bwith\b)",
    re.IGNORECASE,
)
_FOR_PATIENTS = re.compile(r"\s*(?:for|in)\s+(?:\S+\s+){1,4}?(?:patients?|subjects?|participants?)\b", re.IGNORECASE)
_COHORT = re.compile(r"\b(?:patients?|subjects?|participants?|group|cohort|arm|population)\s*\W*$", re.IGNORECASE)


def scoped(scene: Scene, facts: list[Fact], context: Context) -> list[Fact]:
    slugs, until = _named_first(scene)
    if slugs:
        facts = _without_scope(facts, slugs, until)
    elif scene.people:
        rest = _without_scope(facts, scene.people, scene.people_end)
        slugs, facts = (scene.people, rest) if rest else ((), facts)  # the disease alone is what is asked
    else:
        slugs = _of_group(scene, context)
    for fact in facts:
        fact.applies_to = slugs
    return facts


def _without_scope(facts: list[Fact], slugs: tuple[str, ...], until: int) -> list[Fact]:
    """The diseases of the opening are whom the rest is for, not what is asked."""
    kept = []
    for fact in facts:
        if fact.attribute == "diagnosis" and isinstance(fact.value, tuple) and fact.start < until:
            fact.value = tuple(slug for slug in fact.value if slug not in slugs)
            if not fact.value:
                continue
        kept.append(fact)
    return kept


def _named_first(scene: Scene) -> tuple[tuple[str, ...], int]:
    """The diseases that the criterion opens with as its scope, and where that opening ends."""
    opening = _FOR.match(scene.text)
    if not opening:
        return (), 0
    found = [m for m in scene.reading.of("diagnosis") if opening.end() <= m.start <= opening.end() + 3]
    if not found:
        return (), 0
    listed = chain(scene.reading, found[0])
    stop = _FOR_END.match(scene.text, listed[-1].end)
    if not stop:
        return (), 0
    return tuple(dict.fromkeys(m.term.name for m in listed)), stop.end()


def chain(reading: Reading, first: Mention) -> list[Mention]:
    """The diseases listed from this one on: "SLE, SSc or DM"."""
    listed = [first]
    for mention in reading.of("diagnosis"):
        if mention.start >= listed[-1].end and re.fullmatch(
            r"[\s,/()]*(?:and|or|and/or)?\s*", reading.text[listed[-1].end : mention.start]
        ):
            listed.append(mention)
    return listed


def _of_group(scene: Scene, context: Context) -> tuple[str, ...]:
    """The disease of the people whom a criterion above is for: "For DM patients, …", and a group's list of
    exclusions."""
    for heading in reversed(scene.above):
        cohort = scene.kind is Kind.EXCLUSION and _COHORT.search(heading)
        if cohort or _FOR_PATIENTS.match(heading):
            found = [m for m in concepts().mentions(words_of(heading), heading, context) if m.term.sort == "diagnosis"]
            if found:
                return tuple(dict.fromkeys(m.term.name for m in found))
    return ()
