"""The data files: complete, without clashes, and in words that people can read."""

import re
import tomllib
from pathlib import Path

import pytest

from trials import drugs as package
from trials.drugs import ROUTES, Kind, by_name, drugs, find, kind_of, kinds, messages
from trials.drugs.folding import key
from trials.plain_language.readability import grade, measure

FOLDER = Path(package.__file__).parent
FILES = {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.toml"))}
ROWS = [row for name in ("drugs", "cells", "general") for row in FILES[name]["drug"]]
DOES = sorted({drug.does for drug in drugs() if drug.does})

# The choices of the attribute `treatment` in the criteria contract, without "other".
CONTRACT = {
    "dmard", "prostanoid", "pde5-inhibitor", "glucocorticoids", "hydroxychloroquine", "methotrexate", "azathioprine",
    "mycophenolate", "cyclophosphamide", "leflunomide", "tacrolimus", "cyclosporine", "voclosporin", "sulfasalazine",
    "rituximab", "obinutuzumab", "b-cell-depletion", "belimumab", "telitacicept", "anifrolumab", "abatacept",
    "tocilizumab", "tnf-inhibitor", "jak-inhibitor", "ivig", "nintedanib", "pirfenidone", "biologic",
    "immunosuppressant", "antimalarial", "iloprost", "endothelin-antagonist", "plasma-exchange", "stem-cell-therapy",
}  # fmt: skip

# What is tested is never said to help: that is what the study is to find out.
PROMISES = re.compile(
    r"\b(safe|safely|safety|effective|better|best|cures?|heals?|helps?|helpful|improves?|protects?|relieves?|promising"
    r"|breakthrough|new treatment|new drug|new medicine|powerful|you should|ask your doctor)\b",
    re.IGNORECASE,
)


def test_the_list_is_long_enough_and_names_are_unique() -> None:
    assert len(FILES["drugs"]["drug"]) >= 350
    names = [drug.name for drug in drugs()]
    assert len(names) == len(set(names))
    assert len({kind.slug for kind in kinds()}) == len(kinds())


def test_no_spelling_belongs_to_two_entries_or_stands_twice() -> None:
    owner: dict[str, str] = {}
    for row in ROWS:
        terms = {key(term) for term in (row["name"], *row.get("spellings", ()), *row.get("cased", ()))}
        for term in terms:
            assert owner.setdefault(term, row["name"]) == row["name"], term
        spellings = [key(term) for term in (row["name"], *row.get("spellings", ()))]
        assert len(spellings) == len(set(spellings)), row["name"]


def test_every_kind_and_route_and_contract_slug_is_known_and_every_kind_is_used() -> None:
    known = {kind.slug for kind in kinds()}
    assert {drug.kind for drug in drugs()} == known
    assert {stem["kind"] for stem in FILES["words"]["stems"]} <= known
    assert {route for drug in drugs() for route in drug.routes} | set(FILES["words"]["routes"].values()) == set(ROUTES)
    assert {drug.contract for drug in drugs() if drug.contract} <= CONTRACT


def test_an_unknown_name_or_slug_is_an_error() -> None:
    with pytest.raises(KeyError):
        kind_of("potion")
    with pytest.raises(KeyError):
        by_name("snake oil")


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.slug)
def test_a_kind_is_named_and_explained_in_plain_words(kind: Kind) -> None:
    assert measure([kind.name]).words <= 14
    assert grade(f"It is {kind.name}.") <= 8
    explained = measure([kind.definition])
    assert explained.sentences <= 3
    assert explained.longest <= 20
    assert explained.grade <= 8
    assert kind.definition.endswith(".") and kind.definition[0].isupper()


@pytest.mark.parametrize("does", DOES)
def test_what_a_drug_does_completes_a_short_sentence(does: str) -> None:
    assert measure([does]).words <= 12
    assert grade(f"It {does}.") <= 8
    assert does[0].islower() and not does.endswith(".")


def test_the_texts_together_are_easier_than_the_limit() -> None:
    texts = [*(f"It {does}." for does in DOES), *(kind.definition for kind in kinds())]
    assert grade(*texts) <= 6


def test_no_text_promises_or_advises() -> None:
    assert [text for text in messages() if PROMISES.search(text)] == []
    assert [text for text in messages() if text != " ".join(text.split())] == []


def test_every_entry_is_found_by_its_own_name() -> None:
    assert [drug.name for drug in drugs() if find(drug.name) != drug] == []


def test_every_spelling_leads_to_its_entry() -> None:
    missed = [
        (term, row["name"])
        for row in ROWS
        for term in (*row.get("spellings", ()), *row.get("cased", ()))
        if by_name(row["name"]) not in package.find_all(term)
    ]
    assert missed == []


def test_abbreviations_that_mean_other_things_count_only_as_written() -> None:
    for row in ROWS:
        for short in row.get("cased", ()):
            if short != short.lower():
                assert by_name(row["name"]) not in package.find_all(short.lower()), short


def test_each_message_stands_once_and_on_one_line() -> None:
    assert len(messages()) == len(set(messages()))
    assert set(DOES) <= set(messages())
    assert {kind.name for kind in kinds()} <= set(messages())
    assert not any("\n" in text for text in messages())
