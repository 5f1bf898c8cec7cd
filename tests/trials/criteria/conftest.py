"""The terms of the vocabulary files, folded as the engine compares them."""

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import trials.criteria
from trials.criteria import attributes

FOLDER = Path(trials.criteria.__file__).parent / "data"
FINDINGS: dict[str, Any] = tomllib.loads((FOLDER / "findings.toml").read_text(encoding="utf-8"))
DIAGNOSES: dict[str, Any] = tomllib.loads((FOLDER / "diagnoses.toml").read_text(encoding="utf-8"))
MEASURES: dict[str, Any] = tomllib.loads((FOLDER / "measures.toml").read_text(encoding="utf-8"))
SLUGS = sorted(attributes.DIAGNOSES)
ROLES = ("whole", "both", "tests", "partial_tests", "wide", "false", "not_these")
Term = tuple[str, ...]


def singular(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("sses", "xes", "ches", "shes", "uses")):
        return word[:-2]
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


def folded(term: str) -> Term:
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", term).casefold() if not unicodedata.combining(sign))
    return tuple(singular(word) for word in re.findall(r"[^\W\d_]+|\d+", plain))


def terms_of(attribute: str) -> Iterator[tuple[Term, str]]:
    """Every term of a yes/no attribute with its role."""
    table = FINDINGS[attribute]
    for role in ROLES:
        if (attribute, role) != ("contraception", "false"):
            yield from ((folded(term), role) for term in table.get(role, ()))
    for part, terms in table.get("parts", {}).items():
        yield from ((folded(term), f"parts.{part}") for term in terms)


def diagnosis_terms() -> Iterator[tuple[Term, str]]:
    yield from ((folded(term), "not_these") for term in DIAGNOSES["not_these"])
    for slug in set(SLUGS) - {"other"}:
        yield from ((folded(term), slug) for term in DIAGNOSES[slug]["words"])
    for disease, terms in DIAGNOSES["other"].items():
        yield from ((folded(term), f"other.{disease}") for term in terms)
