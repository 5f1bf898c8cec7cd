"""Kinds of treatment that people look for, and the drugs of our list that belong to them."""

from functools import cache

from trials import drugs
from trials.drugs.data import ROWS
from trials.search.data import WORDS

CLASSES: dict[str, list[str]] = WORDS["classes"]
_UNREAD_KINDS = frozenset(WORDS["unread"]["kinds"])
_UNREAD = frozenset(WORDS["unread"]["drugs"])


def is_read(drug: drugs.Drug) -> bool:
    """Whether somebody may look for the drug; nobody looks for a placebo or a blood sample."""
    return drug.kind not in _UNREAD_KINDS and drug.name not in _UNREAD


def values_of(drug: drugs.Drug) -> tuple[str, ...]:
    """The values of a part that names the drug: its name, or the kinds that its class stands for."""
    return tuple(CLASSES.get(drug.name, (drug.name,))) if drug.generic else (drug.name,)


@cache
def members(value: str) -> frozenset[str]:
    """The names of our drugs that a value of DRUG_KIND stands for, the class itself among them.

    "jak-blocker" are all of that kind; "TNF blocker" all that the criteria count as such; "CD19 CAR-T cells" all that
    have that mark. Empty for a value that is no kind and no name.
    """
    of_kind = frozenset(drug.name for drug in drugs.drugs() if drug.kind == value)
    if of_kind:
        return of_kind
    own = next((drug for drug in drugs.drugs() if drug.name == value), None)
    if own is None:
        return frozenset()
    like = {drug.name for drug in drugs.drugs() if own.contract and own.generic and drug.contract == own.contract}
    return frozenset({value}) | like | _marked(value)


def _marked(name: str) -> frozenset[str]:
    """The CAR products of the same cell that look for the same marks, and maybe for more."""
    car = next((row["car"] for row in ROWS if row["name"] == name and "car" in row), None)
    if car is None:
        return frozenset()
    return frozenset(
        row["name"]
        for row in ROWS
        if "car" in row
        and row["car"]["cell"] == car["cell"]
        and set(car["marks"]) <= set(row["car"]["marks"])
        and car["source"] in ("", row["car"]["source"])
    )
