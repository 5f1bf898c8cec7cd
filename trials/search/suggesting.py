"""What a search box offers while somebody types: conditions, drugs and kinds of treatment."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from trials import conditions, drugs
from trials.conditions.vocabulary import Condition
from trials.drugs.data import ROWS
from trials.plain_language.tongue import LANGUAGES, tongue
from trials.search.kinds import is_read
from trials.search.model import Kind
from trials.search.slips import is_misspelled
from trials.search.tokens import keys_of

_LAST = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """`value` is a slug or the name of a drug or class; `name` its plain English name, a message id for pages.

    `matched` is the term that begins as typed, where that is another one than the name; else it is empty.
    """

    kind: Kind
    value: str
    name: str
    matched: str = ""


@dataclass(frozen=True, slots=True, order=True)
class _Entry:
    """`rank`: the lower, the sooner shown. `number` tells to which suggestion the entry leads.

    `place` is that of the term among the terms of its condition or drug, the usual ones first.
    """

    folded: str
    rank: tuple[int, ...]
    place: int
    number: int
    term: str


def _condition_rank(condition: Condition) -> int:
    return 0 if condition.home else 1 if condition.core else 3


def _conditions() -> Iterator[tuple[Kind, str, str, int, tuple[str, ...]]]:
    # A term that is typed for two conditions at once is the name of neither.
    listed = Counter(term for condition in conditions.conditions() for term in condition.typed)
    for condition in conditions.conditions():
        terms = (condition.name, condition.clinical_name, *condition.abbreviations, *condition.lay)
        terms += condition.synonyms + condition.spanish + condition.chinese
        terms += tuple(term for term in condition.typed if listed[term] == 1)
        yield Kind.CONDITION, condition.slug, condition.name, _condition_rank(condition), terms


def _drugs() -> Iterator[tuple[Kind, str, str, int, tuple[str, ...]]]:
    for row, drug in zip(ROWS, drugs.drugs(), strict=True):
        if is_read(drug):
            said = tuple(tongue(lang).say(drug.name) for lang in LANGUAGES)
            spelled = tuple(term for term in row.get("spellings", ()) if not is_misspelled(term, drug.name))
            kind = Kind.DRUG_KIND if drug.generic else Kind.DRUG
            rank = 2 if drug.generic or drug.contract else 4
            yield kind, drug.name, drug.name, rank, (drug.name, *said, *spelled, *row.get("cased", ()))


@cache
def _index() -> tuple[tuple[Suggestion, ...], tuple[_Entry, ...]]:
    """All suggestions, and their terms from each of their words on, sorted (built once, about 0.2 s)."""
    offered: list[Suggestion] = []
    entries: set[_Entry] = set()
    for kind, value, name, rank, terms in (*_conditions(), *_drugs()):
        number = len(offered)
        offered.append(Suggestion(kind, value, name))
        for place, term in enumerate(dict.fromkeys(terms)):
            keys = keys_of(term)
            for at in range(len(keys)):
                key = _joined(keys[at:])
                entries.add(_Entry(key, (min(at, 1), rank, min(place, 2), len(keys), len(term)), place, number, term))
    return tuple(offered), tuple(sorted(entries))


@cache
def _keys() -> tuple[str, ...]:
    return tuple(entry.folded for entry in _index()[1])


def _joined(keys: tuple[str, ...]) -> str:
    return " ".join(keys)


def suggestions(prefix: str, limit: int = 8) -> tuple[Suggestion, ...]:
    """The conditions, drugs and kinds of treatment of which a word begins as typed, the best first, each once."""
    folded = _joined(keys_of(prefix))
    if not folded or limit < 1:
        return ()
    found = _ranked_short(folded) if folded in _short() else _ranked(folded)
    offered = _index()[0]
    return tuple(_shown(offered[entry.number], entry.term) for entry in found[:limit])


def _ranked(folded: str) -> list[_Entry]:
    """Of each suggestion that a text may begin the best term, the best suggestion first: those called just so lead."""
    first, end = bisect_left(_keys(), folded), bisect_left(_keys(), folded + _LAST)
    best: dict[int, _Entry] = {}
    for entry in _index()[1][first:end]:
        known = best.get(entry.number)
        if known is None or (entry.rank[0], entry.place) < (known.rank[0], known.place):
            best[entry.number] = entry
    called = {entry.number for entry in _index()[1][first:end] if entry.folded == folded and not entry.rank[0]}
    return sorted(best.values(), key=lambda entry: (entry.number not in called, entry.rank, entry.folded))


@cache
def _short() -> frozenset[str]:
    """The beginnings of one or two letters, which are those of many terms."""
    return frozenset(key[:length] for key in _keys() for length in (1, 2))


_ranked_short = cache(_ranked)


def _shown(offer: Suggestion, term: str) -> Suggestion:
    return offer if keys_of(term) == keys_of(offer.name) else Suggestion(offer.kind, offer.value, offer.name, term)
