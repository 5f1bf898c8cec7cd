"""The substances and products of the list, and the kinds to which they belong."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from trials.drugs.data import DATA, ROWS

VERSION: str = DATA["version"]
# The closed list of ways in which something is given, and the words for each.
ROUTES: dict[str, str] = DATA["routes"]


@dataclass(frozen=True, slots=True)
class Kind:
    """A type of product. `name` completes "It is …" ("an antibody made in a lab"); `definition` explains it."""

    slug: str
    name: str
    definition: str


@dataclass(frozen=True, slots=True)
class Drug:
    """One substance, product or class of products. All its texts are English message ids.

    `does` completes "It …" and says what it does in the body, never that it helps; None where that is not well known.
    `routes` are the usual ways of giving it, empty where they are not certain; the study may use another one.
    `contract` is the slug among the criteria contract's treatments, None where it has none.
    `generic` tells a class ("a steroid", "CD19 CAR-T cells") from a substance or a product of its own.
    """

    name: str
    kind: str
    does: str | None = None
    routes: tuple[str, ...] = ()
    contract: str | None = None
    generic: bool = False


def _drug(row: dict[str, Any]) -> Drug:
    return Drug(
        name=row["name"],
        kind=row["kind"],
        does=row.get("does"),
        routes=tuple(row.get("routes", ())),
        contract=row.get("contract"),
        generic=row.get("generic", False),
    )


@cache
def drugs() -> tuple[Drug, ...]:
    """The whole list, in the order of the data files."""
    return tuple(_drug(row) for row in ROWS)


@cache
def _by_name() -> dict[str, Drug]:
    return {drug.name: drug for drug in drugs()}


def by_name(name: str) -> Drug:
    """The drug of exactly this name. Raises KeyError when the list has none."""
    return _by_name()[name]


@cache
def kinds() -> tuple[Kind, ...]:
    return tuple(Kind(row["slug"], row["name"], row["definition"]) for row in DATA["kind"])


@cache
def _kinds() -> dict[str, Kind]:
    return {kind.slug: kind for kind in kinds()}


def kind_of(slug: str) -> Kind:
    """The kind of this slug. Raises KeyError when there is none."""
    return _kinds()[slug]


def _texts() -> Iterator[str]:
    for kind in kinds():
        yield from (kind.name, kind.definition)
    yield from ROUTES.values()
    yield from (drug.does for drug in drugs() if drug.does)
    yield from (drug.name for drug in drugs())


@cache
def messages() -> tuple[str, ...]:
    """Every text of the list that a page may show, each once, for the catalogues. Names of substances come last."""
    return tuple(dict.fromkeys(_texts()))
