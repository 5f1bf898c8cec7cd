"""Official criteria → the sentences of the lists "You may be able to join if" and "You may not be able to join if"."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from trials.criteria.model import Criterion, Kind
from trials.plain_language.eligibility.forms import APPLIES, OF_TODAY
from trials.plain_language.eligibility.guard import denies, is_broken, is_plain, is_safe, lets_in
from trials.plain_language.eligibility.nouns import is_statement
from trials.plain_language.eligibility.sentences import sentence_of
from trials.plain_language.eligibility.shortening import shortened
from trials.plain_language.eligibility.spelling import clauses, regular, without_glosses
from trials.plain_language.eligibility.things import thing
from trials.plain_language.english import noun_phrase, tidy
from trials.plain_language.expressions import English, Expression, Said, said, sayable
from trials.plain_language.model import Origin, Section, Sentence
from trials.plain_language.tongue import Tongue, tongue
from trials.plain_language.tongue import mark as _

_LINK = re.compile(r"^(?:AND|OR|and|or)[\s,:]+(?=\S)")
_AND = re.compile(r"and\b", re.IGNORECASE)
_LONGEST_READ = 1_500  # characters: what is longer has no plain sentence of ours
# What stands beneath such words lets in, or is exempt: told as a statement it would turn away who may join, or demand.
_EXEMPTS = re.compile(
    r"^(?!no\b).*\b(?:apart from|except(?:ions?|ing)?(?! as\b)|excluding|other than|unless|exempt(?:ed|ions?)?|"
    r"(?<!not )(?<!un)(?:allowed|permitted))\b[^.;]{0,60}$",
    re.IGNORECASE | re.DOTALL,
)
_GONE_BY = re.compile(r"\b(?:history|previous(?:ly)?|prior|past|within|last|ever|recent(?:ly)?|had)\b", re.IGNORECASE)
# The heading of a part of the study names a group of people, and demands nothing.
_NAMES_A_GROUP = re.compile(
    r"^(?!.*\b(?:following|at least|defined|meet|must|should|have|by|any|these|of \d|unable)\b).*"
    r"\b(?:patients?|participants?|subjects?|volunteers?|controls?|populations?|cohorts?|groups?|"
    r"criteri(?:a|on)|periods?|visits?|general)\b(?:\s+(?-i:[A-Z]|\d{1,2})|\s*\([^()]*\))?$|"
    r"^(?:part|cohort|group|arm)\s+(?-i:[A-Z]|\d{1,2})\s*$",
    re.IGNORECASE,
)
_KEPT = 4_000  # clauses: one study is read more than once, and studies repeat each other
_SECTIONS = {Kind.INCLUSION: Section.MAY_JOIN, Kind.EXCLUSION: Section.MAY_NOT_JOIN}


@dataclass(frozen=True, slots=True)
class _Place:
    """`leads`: others stand beneath it; `beneath`: it stands beneath another; `exempt`: one that lets in; `past`: one
    that speaks of a time gone by."""

    kind: Kind
    leads: bool
    beneath: bool
    exempt: bool
    past: bool


def reworded(criteria: Sequence[Criterion], language: Tongue, doubted: Collection[str] = frozenset()) -> list[Sentence]:
    """Every criterion as sentences, in reading order; each is the source of at least one.

    Those of `doubted` ids keep the official words.
    """
    places = _places(criteria)
    return [
        sentence
        for criterion in criteria
        for sentence in (
            [_official(criterion)]
            if criterion.id in doubted
            else _of_criterion(criterion, language, places[criterion.id])
        )
    ]


def _places(criteria: Sequence[Criterion]) -> dict[str, _Place]:
    """Where each criterion stands, by its id; whoever stands beneath others comes after them."""
    leading = {criterion.parent for criterion in criteria}
    places: dict[str, _Place] = {}
    exempting: set[str] = set()
    of_the_past: set[str] = set()
    for criterion in criteria:
        exempt, past = criterion.parent in exempting, criterion.parent in of_the_past
        beneath = criterion.parent is not None
        places[criterion.id] = _Place(criterion.kind, criterion.id in leading, beneath, exempt, past)
        if past or _GONE_BY.search(criterion.text):
            of_the_past.add(criterion.id)
        if exempt or _EXEMPTS.search(criterion.text.rstrip(" :.")):
            exempting.add(criterion.id)
    return places


def _of_criterion(criterion: Criterion, language: Tongue, place: _Place) -> list[Sentence]:
    section, source = _SECTIONS[criterion.kind], (criterion.id,)
    texts = _plain(criterion, language, place)
    if texts is None:
        return [_official(criterion)]
    return [Sentence(section, text, source, origin) for text, origin in texts]


def _official(criterion: Criterion) -> Sentence:
    return Sentence(_SECTIONS[criterion.kind], criterion.text, (criterion.id,), Origin.OFFICIAL)


def _plain(criterion: Criterion, language: Tongue, place: _Place) -> list[tuple[str, Origin]] | None:
    if len(criterion.text) > _LONGEST_READ:
        return None
    found = clauses(without_glosses(regular(criterion.text)))
    parts = [_LINK.sub("", one.text) for one in found]
    # One of what an exclusion lists is enough to keep out; what is joined by "and" is one thing.
    either = [place.kind is Kind.EXCLUSION and one.listed and not _AND.match(one.text) for one in found]
    made = [
        _made(part, place if part is parts[-1] else replace(place, leads=False), either=one)
        for part, one in zip(parts, either, strict=True)
    ]
    if not made or made[0] is None:
        return None
    if not language.is_english:
        whole = [one for one in made if one is not None and sayable(one[0], language)]
        return [(said(one[0], language), Origin.WRITTEN) for one in whole] if len(whole) == len(made) else None
    texts: list[tuple[str, Origin]] = []
    for part, one in zip(parts, made, strict=True):
        texts += [(text, Origin.WRITTEN) for text in one[1]] if one else [(f"{part}.", Origin.OFFICIAL)]
    return texts


@lru_cache(maxsize=_KEPT)
def _made(part: str, place: _Place, *, either: bool) -> tuple[Expression, list[str]] | None:
    """A clause's sentence, and its English words; None where there is none that is safe and plain."""
    excluding = place.kind is Kind.EXCLUSION
    if (place.leads and _NAMES_A_GROUP.search(part.rstrip(" :."))) or (place.exempt and is_statement(part)):
        return None
    expression = sentence_of(part, excluding)
    bare = isinstance(expression, Said) and expression.message == APPLIES.now
    today = place.past and isinstance(expression, Said) and expression.message in OF_TODAY
    fragment = place.exempt or today or (bare and place.leads) or (place.beneath and (bare or expression is None))
    if fragment:
        expression = _fragment(part)
    if expression is None:
        return None
    if either:
        expression = Said(_("Or: %(sentence)s"), {"sentence": expression})
    english = tidy(said(expression, tongue("en")))
    if place.leads:
        english = f"{english.rstrip('.:')}:"
    english = english[0].upper() + english[1:]
    texts = shortened(english, either=excluding)
    if excluding and (denies(part) or lets_in(part) or lets_in(english)):
        return None
    if any(map(is_broken, texts)) or not is_safe(part, " ".join(texts)) or not is_plain(texts, names_only=fragment):
        return None
    return expression, texts


def _fragment(part: str) -> Expression:
    """Of a list, each entry may be the name of a thing alone: the sentence above it says the rest."""
    found = thing(part)
    return English(f"{noun_phrase(found.text)}.") if isinstance(found, English) else found
