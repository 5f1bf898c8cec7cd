"""Official criteria → the sentences of the lists "You may be able to join if" and "You may not be able to join if"."""

import re
from collections.abc import Collection, Sequence
from functools import lru_cache

from trials.criteria.model import Criterion, Kind
from trials.plain_language.eligibility.forms import APPLIES
from trials.plain_language.eligibility.guard import denies, is_plain, is_safe, lets_in
from trials.plain_language.eligibility.sentences import sentence_of
from trials.plain_language.eligibility.shortening import shortened
from trials.plain_language.eligibility.spelling import clauses, regular, without_glosses
from trials.plain_language.eligibility.things import thing
from trials.plain_language.english import noun_phrase, tidy
from trials.plain_language.expressions import English, Expression, Said, said, sayable
from trials.plain_language.model import Origin, Section, Sentence
from trials.plain_language.tongue import Tongue, tongue

_LINK = re.compile(r"^(?:AND|OR|and|or)[\s,:]+(?=\S)")
_LONGEST_READ = 1_500  # characters: what is longer has no plain sentence of ours
_KEPT = 4_000  # clauses: one study is read more than once, and studies repeat each other
_SECTIONS = {Kind.INCLUSION: Section.MAY_JOIN, Kind.EXCLUSION: Section.MAY_NOT_JOIN}


def reworded(criteria: Sequence[Criterion], language: Tongue, doubted: Collection[str] = frozenset()) -> list[Sentence]:
    """Every criterion as sentences, in reading order; each is the source of at least one.

    Those of `doubted` ids keep the official words.
    """
    parents = {criterion.parent for criterion in criteria}
    return [
        sentence
        for criterion in criteria
        for sentence in (
            [_official(criterion)]
            if criterion.id in doubted
            else _of_criterion(criterion, language, leads=criterion.id in parents)
        )
    ]


def _of_criterion(criterion: Criterion, language: Tongue, *, leads: bool) -> list[Sentence]:
    section, source = _SECTIONS[criterion.kind], (criterion.id,)
    texts = _plain(criterion, language, leads=leads)
    if texts is None:
        return [_official(criterion)]
    return [Sentence(section, text, source, origin) for text, origin in texts]


def _official(criterion: Criterion) -> Sentence:
    return Sentence(_SECTIONS[criterion.kind], criterion.text, (criterion.id,), Origin.OFFICIAL)


def _plain(criterion: Criterion, language: Tongue, *, leads: bool) -> list[tuple[str, Origin]] | None:
    if len(criterion.text) > _LONGEST_READ:
        return None
    parts = [_LINK.sub("", part) for part in clauses(without_glosses(regular(criterion.text)))]
    made = [
        _made(part, criterion.kind, beneath=criterion.parent is not None, leads=leads and part is parts[-1])
        for part in parts
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
def _made(part: str, kind: Kind, *, beneath: bool, leads: bool) -> tuple[Expression, list[str]] | None:
    """A clause's sentence, and its English words; None where there is none that is safe and plain."""
    expression = sentence_of(part, excluding=kind is Kind.EXCLUSION)
    fragment = beneath and (expression is None or _is_bare(expression))
    if fragment:
        expression = _fragment(part)
    if expression is None:
        return None
    english = tidy(said(expression, tongue("en")))
    if leads:
        english = f"{english.rstrip('.:')}:"
    english = english[0].upper() + english[1:]
    texts = shortened(english)
    if kind is Kind.EXCLUSION and (denies(part) or lets_in(part) or lets_in(english)):
        return None
    if not is_safe(part, " ".join(texts)) or not is_plain(texts, names_only=fragment):
        return None
    return expression, texts


def _is_bare(expression: Expression) -> bool:
    return isinstance(expression, Said) and expression.message == APPLIES.now


def _fragment(part: str) -> Expression:
    """Of a list, each entry may be the name of a thing alone: the sentence above it says the rest."""
    found = thing(part)
    return English(f"{noun_phrase(found.text)}.") if isinstance(found, English) else found
