"""The vocabularies as trees of terms: treatments, diagnoses, findings, measures, and the cues that say how they are
meant."""

import tomllib
from collections.abc import Iterator
from functools import cache
from itertools import chain, product
from pathlib import Path
from typing import Any

from trials.criteria.attributes import YES_NO
from trials.criteria.wording.terms import Term, TermTree
from trials.criteria.wording.words import key

DATA = Path(__file__).parent.parent / "data"
_NO_CUES = ("version", "date", "sources", "ambiguous")
Terms = Iterator[tuple[str, Term]]


@cache
def data(name: str) -> dict[str, Any]:
    """One vocabulary file, e.g. `data("findings")`."""
    return tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def concepts() -> TermTree:
    """Everything a rule can be about, in one tree, so that the longest term wins over all vocabularies."""
    tree = TermTree()
    for terms in (_treatments(), _diagnoses(), _findings(), _measures()):
        for words, term in terms:
            tree.add(words, term)
    return tree


@cache
def cues() -> TermTree:
    tree = TermTree()
    for sort, terms in data("cues").items():
        if sort not in _NO_CUES:
            tree.add_all(terms, Term(sort, ""))
    return tree


def _spelt(entry: dict[str, Any], field: str, term: Term) -> Terms:
    """The terms of one list; those that count only as written carry their spelling."""
    exact = frozenset(entry.get("case_sensitive", ()))
    for word in chain.from_iterable(map(expanded, entry.get(field, ()))):
        yield word, term._replace(spellings=_plural(word)) if word in exact else term


def _short(entry: dict[str, Any], term: Term) -> Terms:
    """Its abbreviations with many meanings: as written, and only where the study binds one to a full name,
    "mycophenolic acid (MPA)"."""
    full = [key(word) for word in entry.get("words", ()) if "{" not in word]
    for word in entry.get("needs_name", ()):
        short = key(word)
        bound = frozenset(pair for name in full for pair in ((*name, *short), (*short, *name)))
        for written in (word, f"{word}s"):  # words this short keep their plural "s"
            yield written, term._replace(spellings=_plural(word), anchors=bound)


def _plural(word: str) -> frozenset[str]:
    return frozenset({word, f"{word}s", f"{word}'s"})


def expanded(word: str) -> list[str]:
    """ "{tnf} {blocker}" → every pair of the two lists under [parts] of the treatments."""
    if "{" not in word:
        return [word]
    parts: dict[str, list[str]] = data("treatments")["parts"]
    choices = [parts[one[1:-1]] if one.startswith("{") else [one] for one in word.split()]
    return [" ".join(chosen) for chosen in product(*choices)]


def _treatments() -> Terms:
    found = data("treatments")
    for drug in found["drug"]:
        slug = drug.get("slug") or drug.get("class", "")
        part = "local" if drug.get("local") else "own" if drug.get("slug") else "member"
        term = Term("treatment", slug, part) if slug else Term("drug", drug["name"])
        for field in ("words", "misspellings"):
            yield from _spelt(drug, field, term)
        yield from _short(drug, term)
        yield from _spelt(drug, "narrower", term._replace(part="narrower") if slug else term)
    for group in found["class"]:
        yield from _short(group, Term("treatment", group["slug"], "class"))
        for field, part in (("words", "class"), ("misspellings", "class"), ("narrower", "narrower")):
            yield from _spelt(group, field, Term("treatment", group["slug"], part))
    for group in found["other_class"]:
        yield from _short(group, Term("drug", group["name"]))
        for field in ("words", "misspellings", "drugs"):
            yield from _spelt(group, field, Term("drug", group["name"]))
    for words in found["not_treatments"]:
        yield words, Term("none", "treatment")


def _diagnoses() -> Terms:
    found = data("diagnoses")
    for slug, entry in found.items():
        if isinstance(entry, dict) and slug != "other":
            kinds = frozenset(entry.get("kinds", ()))
            for word in (*entry.get("words", ()), *entry.get("misspellings", ())):
                yield word, Term("diagnosis", slug, "kind" if word in kinds else "")
            for word in entry.get("abbreviations", ()):
                yield word, Term("diagnosis", slug, spellings=_plural(word))
            for word in entry.get("not_these", ()):
                yield word, Term("none", slug)
    for joint in found["joint"]:
        for word in joint["words"]:
            for slug in joint["slugs"]:
                yield word, Term("diagnosis", slug)
    for name, words in found["other"].items():
        for word in words:
            yield word, Term("diagnosis", "other", name)
    for short in found["ambiguous"]:
        anchors = None if short["alone"] else frozenset(key(word) for word in short["anchors"])
        blockers = frozenset(key(word) for word in short["blockers"])
        yield short["word"], Term("diagnosis", short["slug"], "", _plural(short["word"]), anchors, blockers)
    for word in found["not_these"]:
        yield word, Term("none", "diagnosis")


_WHAT = {"whole": "whole", "tests": "test", "partial_tests": "partial_test", "wide": "wide", "false": "false"}


def _findings() -> Terms:
    for attribute, entry in data("findings").items():
        if attribute not in YES_NO:
            continue
        for name, part in _WHAT.items():
            yield from _spelt(entry, name, Term("finding", attribute, part))
        for word in entry.get("both", ()):
            yield word, Term("finding", "hepatitis_b", "whole")
            yield word, Term("finding", "hepatitis_c", "whole")
        for part, words in entry.get("parts", {}).items():
            for word in words:
                yield word, Term("finding", attribute, part)
        for word in entry.get("not_these", ()):
            yield word, Term("none", attribute)


def _measures() -> Terms:
    found = data("measures")
    for joint in found["joint"]:
        for word in joint["words"]:
            yield word, Term("measure", "+".join(joint["attributes"]))
    for words in found["unnamed"].values():
        for word in words:
            yield word, Term("none", "measure")
    for attribute, entry in found.items():
        if isinstance(entry, dict) and "words" in entry:
            yield from _spelt(entry, "words", Term("measure", attribute))
            for word in entry.get("not_these", ()):
                yield word, Term("none", attribute)
