"""The criteria engine knows treatments too: where both lists name a substance, they call it by the same slug."""

import tomllib
from pathlib import Path

import trials.criteria
from trials.drugs import Drug, drugs, find

DATA = tomllib.loads((Path(trials.criteria.__file__).parent / "data" / "treatments.toml").read_text(encoding="utf-8"))
# What a cream or a drop of the substance is called here has no slug: the criteria mean it in the whole body.
LOCAL = {"local-steroid"}
LISTED = set(drugs())


def own_slug(row: dict[str, str]) -> str | None:
    return row.get("slug") or row.get("class")


def terms(row: dict[str, list[str]]) -> list[str]:
    return [term for name in ("words", "misspellings") for term in row.get(name, ()) if "{" not in term]


def is_comparable(drug: Drug) -> bool:
    """One listed substance: no class, nothing known by its ending alone, and not two substances in one product."""
    return drug in LISTED and not (drug.generic or drug.kind in LOCAL or " and " in drug.name)


def test_a_substance_has_the_same_slug_in_both_lists() -> None:
    rows = [row for row in DATA["drug"] if own_slug(row)]
    pairs = [(term, find(term), own_slug(row)) for row in rows for term in terms(row)]
    compared = [(term, drug.contract, slug) for term, drug, slug in pairs if drug and is_comparable(drug)]
    assert len(compared) > 900
    assert [one for one in compared if one[1] != one[2]] == []


def test_a_substance_without_a_slug_there_has_none_here() -> None:
    outside = {term.casefold() for row in DATA["drug"] if not own_slug(row) for term in terms(row)}
    assert [drug.name for drug in drugs() if drug.contract and drug.name.casefold() in outside] == []


def test_most_substances_of_the_criteria_are_in_the_list() -> None:
    names = [row["name"] for row in DATA["drug"] if not row["name"].startswith(("other ", "inhaled, nasal"))]
    unknown = [name for name in names if find(name) is None]
    assert unknown == []
