"""How the index names what a study can be found by."""

from trials.conditions import fold
from trials.facets import term
from trials.places.cells import Cell


def condition_term(slug: str) -> str:
    return term("condition", slug)


def drug_term(name: str) -> str:
    """`name` as in `trials.drugs`."""
    return term("drug", name)


def kind_term(slug: str) -> str:
    """A kind of treatment, as in `trials.drugs`: "antibody"."""
    return term("kind", slug)


def sponsor_term(name: str) -> str:
    """A sponsor or partner; two writings of one name that differ in case or accents only are one."""
    return term("sponsor", fold(name)[:200])


def country_term(code: str) -> str:
    """An ISO code of a country in which it has a site."""
    return term("country", code)


def open_country_term(code: str) -> str:
    """An ISO code of a country in which it has a site that is open to join."""
    return term("open", code)


def wide_term(slug: str) -> str:
    """A condition under which it is found only because it names so wide a group of diseases: those come last."""
    return term("wide", slug)


def cell_term(cell: Cell) -> str:
    """A cell of the earth in which it has a site that counts for it: an open study's open ones, all of another."""
    return term("cell", "{}:{}".format(*cell))
