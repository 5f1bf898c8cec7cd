"""Which of our conditions a study concerns, and which words of its record say so."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from trials.conditions.data import DATA
from trials.conditions.folding import fold
from trials.conditions.lexicon import word_list
from trials.conditions.resolving import (
    COMBINATIONS,
    Context,
    Reading,
    context_of,
    lung_disease_of,
    settle,
    whole_term,
)
from trials.conditions.scanning import Scan, scan
from trials.conditions.vocabulary import ancestors, by_slug, conditions

ORIGINS = ("condition", "title", "keyword", "mesh")  # best first
_FILLERS = word_list("fillers")
_UMBRELLAS = frozenset(DATA["umbrellas"])
_TREE_TERMS = frozenset(fold(term) for term in DATA["tree_terms"])
_FEW = 6  # conditions listed by a study that is about them all at once

Link = tuple[str, str]  # slug, words of the record


@dataclass(frozen=True, slots=True)
class ConditionLink:
    """A study concerns a condition: `origin` is the kind of field that says so, `matched` its words."""

    slug: str
    origin: str
    matched: str


@dataclass(frozen=True, slots=True)
class ConditionMap:
    """`links`: one per condition. `unmapped`: the listed terms that are none of ours, as written, each once."""

    links: tuple[ConditionLink, ...]
    unmapped: tuple[str, ...]


@cache
def _mesh() -> dict[str, str]:
    terms = {fold(term): condition.slug for condition in conditions() for _, term in condition.mesh}
    left_out = {fold(term) for term in DATA["mesh_ignored"]}
    return {term: slug for term, slug in terms.items() if term not in left_out and slug not in _UMBRELLAS}


class _Study:
    """Reads the texts of one study with the company that they keep together."""

    def __init__(self, texts: Iterable[str], editor_synonyms: Mapping[str, tuple[str, ...]] | None) -> None:
        self.editor = editor_synonyms or {}
        self.scans: dict[str, Scan] = {text: scan(text) for text in texts}
        self.context: Context = context_of(self.scans.values())

    def folded(self, term: str) -> str:
        """`fold` of a term, from the words that have been read already."""
        joined = " ".join(self.scans[term].words.keys)
        return joined if joined.isascii() and joined else fold(term)

    def edited(self, term: str) -> tuple[str, ...] | None:
        return self.editor.get(self.folded(term)) if self.editor else None

    def readings(self, text: str) -> list[Reading]:
        return settle(text, self.scans[text], self.context)

    def links(self, text: str) -> Iterator[Link]:
        for reading in self.readings(text):
            for slug in reading.slugs:
                yield slug, text[reading.start : reading.end]

    def term(self, term: str) -> list[Link]:
        """A listed condition: an editor's word first, else all conditions named in it."""
        edited = self.edited(term)
        return [(slug, term) for slug in edited] if edited is not None else list(self.links(term))

    def keyword(self, term: str) -> list[Link]:
        """Keywords are noisy: one counts only if it is the name of a condition and no more."""
        edited = self.edited(term)
        if edited is not None:
            return [(slug, term) for slug in edited]
        readings = self.readings(term)
        if not readings or not whole_term(self.scans[term], readings, _FILLERS):
            return []
        return [(slug, term) for reading in readings for slug in reading.slugs if slug not in _UMBRELLAS]

    def mesh(self, term: str) -> list[Link]:
        edited = self.edited(term)
        if edited is not None:
            return [(slug, term) for slug in edited]
        slug = _mesh().get(self.folded(term))
        return [(slug, term)] if slug else []


def _lung_links(links: dict[str, ConditionLink], listed: int) -> Iterator[ConditionLink]:
    """A study that lists "Systemic Sclerosis" and "Interstitial Lung Disease" side by side is about both together."""
    lung = links.get("ild")
    if lung is None or lung.origin != "condition" or listed > _FEW:
        return
    for slug, link in list(links.items()):
        gives = lung_disease_of(slug)
        if gives and gives not in links and slug not in COMBINATIONS.values() and link.origin in ("condition", "title"):
            yield ConditionLink(gives, "condition", f"{link.matched} + {lung.matched}")


def _collected(origin: str, found: Iterable[Link], links: dict[str, ConditionLink]) -> None:
    for slug, matched in found:
        links.setdefault(slug, ConditionLink(slug, origin, matched))


def _worth_keeping(link: ConditionLink, links: dict[str, ConditionLink], *, copied_tree: bool) -> bool:
    """Drops what MeSH adds to a family that the record names itself, and umbrellas copied from the MeSH tree."""
    others = [other for other in links.values() if other.slug != link.slug and other.origin != "mesh"]
    wider = any(link.slug in ancestors(other.slug) for other in others)
    if link.origin == "mesh":
        return not wider and not any(other.slug in ancestors(link.slug) for other in others)
    if copied_tree and link.origin == "condition" and link.slug in _UMBRELLAS:
        return not any(other.slug not in _UMBRELLAS for other in others)
    return True


def conditions_of(
    *,
    titles: Iterable[str],
    conditions: Iterable[str],
    keywords: Iterable[str],
    mesh_terms: Iterable[str],
    editor_synonyms: Mapping[str, tuple[str, ...]] | None = None,
) -> ConditionMap:
    """Link a study to our conditions from its titles, listed conditions, keywords and MeSH terms.

    `mesh_terms` are the terms of `conditionBrowseModule.meshes`, never its ancestors. `editor_synonyms` maps a folded
    term (`fold`) to slugs and wins over the data file; an empty tuple says "none of ours, and looked at".
    Raises KeyError when an editor's slug is unknown.
    """
    titles, listed = tuple(titles), tuple(conditions)
    keywords, mesh_terms = tuple(keywords), tuple(mesh_terms)
    study = _Study((*titles, *listed, *keywords, *mesh_terms), editor_synonyms)
    links: dict[str, ConditionLink] = {}
    unmapped: dict[str, str] = {}
    for term in listed:
        found = study.term(term)
        _collected("condition", found, links)
        if not found and study.edited(term) is None and term.strip():
            unmapped.setdefault(study.folded(term), term)
    for title in titles:
        _collected("title", study.links(title), links)
    for keyword in keywords:
        _collected("keyword", study.keyword(keyword), links)
    for term in mesh_terms:
        _collected("mesh", study.mesh(term), links)
    for link in _lung_links(links, len(listed)):
        links.setdefault(link.slug, link)
    for slug in links:
        by_slug(slug)
    copied = len(_TREE_TERMS & {study.folded(term) for term in listed}) >= 2
    kept = tuple(link for link in links.values() if _worth_keeping(link, links, copied_tree=copied))
    return ConditionMap(kept, tuple(unmapped.values()))
