"""All written forms of the conditions, in one sorted table."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import Any

from trials.conditions.data import DATA
from trials.conditions.folding import fold_word, words_of
from trials.conditions.vocabulary import Condition, ancestors, conditions


class Kind(Enum):
    """How far a written form can be trusted."""

    NAME = "a name: counts wherever it stands"
    SAFE = "an abbreviation that means nothing else: counts in any case"
    CASED = "an abbreviation that counts only as written"
    AMBIGUOUS = "an abbreviation that means other things too: counts as written and in company"
    WHOLE = "counts only when it is the whole term"
    TYPED = "words of patients: they count only in a search box"
    MASK = "contains a name and means something else"


@dataclass(frozen=True, slots=True)
class Rule:
    """The company that an ambiguous abbreviation needs; see the data file."""

    company: frozenset[str]
    near: tuple[str, ...]
    never_near: tuple[str, ...]
    whole: bool
    any_case: bool
    word: bool


@dataclass(frozen=True, slots=True)
class Entry:
    kind: Kind
    slugs: tuple[str, ...]
    forms: frozenset[str] = frozenset()  # the exact writings of an abbreviation
    rule: Rule | None = None


@dataclass(frozen=True, slots=True)
class Lexicon:
    """`entries` by key, the most trusted first; `beginnings` of all keys tell when no more words can make one."""

    entries: dict[str, tuple[Entry, ...]]
    beginnings: frozenset[str]


def key(term: str) -> str:
    """The words of a term joined: "Scleroderma, Diffuse" → "scleroderma,diffuse"."""
    words = words_of(term)
    gaps = ["", *words.gaps[1:]]
    return "".join(gap + word for gap, word in zip(gaps, words.keys, strict=True)) if words.keys else ""


def word_list(name: str) -> frozenset[str]:
    """A word list of the data file, folded."""
    return frozenset(fold_word(word) for word in DATA[name])


# The conditions whose mention makes an abbreviation of rheumatology likely.
RHEUMATIC = frozenset(
    condition.slug
    for condition in conditions()
    if {"rheumatic-disease", "autoimmune-disease"} & (ancestors(condition.slug) | {condition.slug})
)


def _rule(row: dict[str, Any]) -> Rule:
    return Rule(
        company=frozenset(row.get("company", RHEUMATIC)),
        near=tuple(row.get("with", ())),
        never_near=tuple(row.get("without", ())),
        whole=row.get("whole", False),
        any_case=row.get("any_case", False),
        word=row.get("word", False),
    )


def names(condition: Condition) -> Iterator[str]:
    """The written-out forms of a condition, in every language that we know them in."""
    yield from (condition.name, condition.clinical_name)
    yield from condition.lay + condition.synonyms + condition.misspellings + condition.mistranslations
    yield from condition.spanish + condition.chinese
    yield from (term for _, term in condition.mesh)


def _abbreviations(ambiguous: dict[str, dict[str, Any]], cased: set[str]) -> Iterator[tuple[str, Entry]]:
    for condition in conditions():
        for short in condition.abbreviations:
            folded = key(short)
            if folded in ambiguous and short == ambiguous[folded]["short"]:
                continue
            kind = Kind.CASED if short in cased else Kind.SAFE
            yield folded, Entry(kind, (condition.slug,), frozenset({short, short + "s"}))
    for folded, row in ambiguous.items():
        yield folded, Entry(Kind.AMBIGUOUS, (row["slug"],), frozenset({row["short"], row["short"] + "s"}), _rule(row))


def _all_entries() -> Iterator[tuple[str, Entry]]:
    rows = {key(row["short"]): row for row in DATA["ambiguous"]}
    for term in DATA["masks"]:
        yield key(term), Entry(Kind.MASK, ())
    for condition in conditions():
        for term in condition.whole:
            yield key(term), Entry(Kind.WHOLE, (condition.slug,))
        for term in condition.typed:
            yield key(term), Entry(Kind.TYPED, (condition.slug,))
        for term in names(condition):
            folded = key(term)
            if folded not in rows and not set("()|") & set(folded):
                yield folded, Entry(Kind.NAME, (condition.slug,))
    yield from _abbreviations(rows, set(DATA["cased"]))


_TRUST = list(Kind)


def _grouped(found: dict[Kind, Entry]) -> tuple[Entry, ...]:
    if Kind.MASK in found:
        return (found[Kind.MASK],)
    return tuple(sorted(found.values(), key=lambda entry: _TRUST.index(entry.kind)))


@cache
def lexicon() -> Lexicon:
    """The table, built once (about 30 ms). One written form under two conditions means both."""
    groups: dict[str, dict[Kind, Entry]] = {}
    for folded, entry in _all_entries():
        group = groups.setdefault(folded, {})
        if entry.kind in group:
            one = group[entry.kind]
            slugs = tuple(dict.fromkeys(one.slugs + entry.slugs))
            entry = Entry(entry.kind, slugs, one.forms | entry.forms, entry.rule)
        group[entry.kind] = entry
    beginnings = frozenset(folded[:length] for folded in groups for length in range(1, len(folded) + 1))
    return Lexicon({folded: _grouped(group) for folded, group in groups.items()}, beginnings)
