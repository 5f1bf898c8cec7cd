"""The glossary: what the hard words of a study mean, and where they stand in a text.

The words are `data/glossary.toml` and the files in `data/glossary/`, one for each kind. Pure Python: no Django, no
database, no network. Texts are English; `term`, `brief` and `definition` are messages of the catalogues.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

_DATA = Path(__file__).with_name("data")
_HEAD: dict[str, Any] = tomllib.loads((_DATA / "glossary.toml").read_text(encoding="utf-8"))
VERSION: str = _HEAD["version"]
KINDS: dict[str, str] = _HEAD["kinds"]  # each kind and what belongs to it

_APOSTROPHE = "['’‘ʼ`´′]"
_RUN = r"[^\W_]+(?:[\u0300-\u036f]+[^\W_]*)*"  # letters and digits; an accent may stand as a sign of its own
_WORD = re.compile(rf"[/&%]|{_RUN}(?:{_APOSTROPHE}{_RUN})*")
_POSSESSIVE = re.compile(f"{_APOSTROPHE}[sS]$")
# What may stand between two words of a term: a space, a hyphen, the end of a line that is no end of a paragraph.
_JOINT = re.compile(r"\+?[ \t\xa0]*[-‐‑‒–]?[ \t\xa0]*(?:\r?\n[ \t\xa0]*)?")
_LONGEST_JOINT = 60  # signs; lines are indented by less
_LONGEST_WORD = 60  # signs; no word of a term comes near it
_LEAF = ""
_NO_WORD = " "  # too long for a word of ours

_Words = tuple[list[str], list[tuple[int, int]]]  # each word as it is compared, and its place


@dataclass(frozen=True, slots=True)
class Term:
    """One hard word or test or score, in plain words.

    `term` is how a page writes it. `spellings` are the other ways in which registries write the same; `covers` are
    narrower words, for which `brief` is true as well but which `term` cannot replace ("atrial fibrillation" under
    "arrhythmia"). `cased` are those of both, or the term itself, that count only in exactly this writing. `brief`
    stands in brackets after the word; `definition` stands alone. `see` are the slugs of related terms.
    """

    slug: str
    term: str
    spellings: tuple[str, ...]
    covers: tuple[str, ...]
    cased: tuple[str, ...]
    kind: str
    brief: str
    definition: str
    see: tuple[str, ...]

    @property
    def forms(self) -> tuple[str, ...]:
        """Every way in which the term or a part of it is written."""
        return tuple(dict.fromkeys((self.term, *self.spellings, *self.covers)))


class Mention(NamedTuple):
    """A term in a text: `text[start:end]` is one of its forms."""

    start: int
    end: int
    slug: str


def _term(row: dict[str, Any], kind: str) -> Term:
    return Term(
        slug=row["slug"],
        term=row["term"],
        spellings=tuple(row.get("spellings", ())),
        covers=tuple(row.get("covers", ())),
        cased=tuple(row.get("cased", ())),
        kind=kind,
        brief=row["brief"],
        definition=row["definition"],
        see=tuple(row.get("see", ())),
    )


@cache
def terms() -> tuple[Term, ...]:
    """All terms in the order of the alphabet, without regard to case and accents."""
    rows: list[Term] = []
    for kind in KINDS:
        data = tomllib.loads((_DATA / "glossary" / f"{kind}.toml").read_text(encoding="utf-8"))
        rows.extend(_term(row, kind) for row in data["term"])
    return tuple(sorted(rows, key=lambda term: (" ".join(key(term.term)), term.slug)))


@cache
def _index() -> dict[str, Term]:
    return {term.slug: term for term in terms()}


def by_slug(slug: str) -> Term:
    """The term of this slug. Raises KeyError when we have none."""
    return _index()[slug]


def known(slug: str) -> Term | None:
    """The term of a slug that came from outside, or None."""
    return _index().get(slug)


@lru_cache(maxsize=1 << 14)
def _fold(word: str) -> str:
    """The form under which one word is compared: "Sjögren's" → "sjogren", "biopsies" → "biopsy", "DLTs" → "dlt"."""
    word = _POSSESSIVE.sub("", word).casefold()
    if not word.isalnum() or not word.isascii():
        plain = "".join(sign for sign in unicodedata.normalize("NFKD", word).casefold() if sign.isalnum())
        word = plain or word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith("s") and len(word) > 2 and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def key(form: str) -> tuple[str, ...]:
    """The words of a form as they are compared: without case, accents, hyphens and plural "s"."""
    return tuple(_fold(match.group()) for match in _WORD.finditer(form))


class _Leaf(NamedTuple):
    """The end of a term. An empty `slug` swallows the words. `writings` are the only ones that count, if given."""

    slug: str
    writings: frozenset[tuple[str, ...]] | None


def _writings(forms: list[str]) -> frozenset[tuple[str, ...]]:
    """The words of the forms exactly as written, each also with the "s" of the plural."""
    exact = [tuple(_WORD.findall(form)) for form in forms]
    return frozenset(exact) | {(*words[:-1], words[-1] + "s") for words in exact}


def _leaves() -> Iterator[tuple[tuple[str, ...], _Leaf]]:
    for mask in _HEAD["masks"]:
        yield key(mask), _Leaf("", None)
    for term in terms():
        groups: dict[tuple[str, ...], list[str]] = {}
        for form in term.forms:
            groups.setdefault(key(form), []).append(form)
        for words, forms in groups.items():
            exact = all(form in term.cased for form in forms)
            yield words, _Leaf(term.slug, _writings(forms) if exact else None)


@cache
def _tree() -> dict[str, Any]:
    """All forms as one tree of words, built once (about 0.2 s); a leaf hangs under the empty word."""
    root: dict[str, Any] = {}
    for words, leaf in _leaves():
        node = root
        for word in words:
            node = node.setdefault(word, {})
        node[_LEAF] = leaf
    return root


def _joined(text: str, start: int, end: int) -> bool:
    """Whether two words with this between them can belong to one term."""
    if end - start == 1 and text[start] in " -":  # nearly always
        return True
    return end - start <= _LONGEST_JOINT and _JOINT.fullmatch(text, start, end) is not None


def _longest(text: str, words: _Words, first: int) -> tuple[_Leaf | None, int]:
    """The longest term that begins with this word, and the number of the word after it."""
    keys, places = words
    node: dict[str, Any] | None = _tree().get(keys[first])
    best: _Leaf | None = None
    after = number = first
    while node is not None:
        number += 1
        leaf: _Leaf | None = node.get(_LEAF)
        if leaf and (leaf.writings is None or tuple(text[s:e] for s, e in places[first:number]) in leaf.writings):
            best, after = leaf, number
        if number == len(keys) or not _joined(text, places[number - 1][1], places[number][0]):
            break
        node = node.get(keys[number])
    return best, after


def mentions(text: str) -> list[Mention]:
    """Every term in the text, in order, the longest first and none inside another. Takes time in proportion to it."""
    places = [match.span() for match in _WORD.finditer(text)]
    keys = [_fold(text[start:end]) if end - start <= _LONGEST_WORD else _NO_WORD for start, end in places]
    tree = _tree()
    found: list[Mention] = []
    number = 0
    denied = -1  # the number of the word that a "non-" before it turns into its opposite
    while number < len(keys):
        leaf, after = _longest(text, (keys, places), number) if keys[number] in tree else (None, number)
        if leaf is None:
            after = number + 1
            denied = after if keys[number] == "non" else denied
        elif leaf.slug and number != denied:
            found.append(Mention(places[number][0], places[after - 1][1], leaf.slug))
        number = after
    return found
