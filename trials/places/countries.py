"""Countries as registries write them, to ISO 3166-1 alpha-2; and which countries have a state or province of a name.

Source: pycountry (ISO 3166-1 and 3166-2), and `countries.toml` for the names that ISO does not list.
"""

import tomllib
from functools import cache, lru_cache
from importlib import resources
from typing import Any

import pycountry

from trials.places.names import fold


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(resources.files(__package__).joinpath("countries.toml").read_text("utf-8"))


@cache
def _codes() -> dict[str, str]:
    codes: dict[str, str] = {}
    for country in pycountry.countries:
        for field in ("name", "official_name", "common_name"):
            if name := getattr(country, field, None):
                codes[fold(name)] = country.alpha_2
    codes.update({fold(name): code for name, code in _data()["aliases"].items()})
    return codes


@lru_cache(maxsize=2000)
def country_code(name: str) -> str:
    """Return the ISO 3166-1 alpha-2 code of a country's name, or "" when there is no such country."""
    return _codes().get(fold(name), "")


def _bare(name: str) -> str:
    """The name without the word for its kind: "Zhejiang Sheng" is Zhejiang."""
    words, kinds = fold(name).split(), _data()["subdivision_kinds"]
    while len(words) > 1 and words[-1] in kinds:
        words.pop()
    return " ".join(words)


@cache
def _subdivisions() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for division in pycountry.subdivisions:
        for name in (division.name, _bare(division.name)):
            found.setdefault(fold(name), set()).add(division.country_code)
    return {name: frozenset(codes) for name, codes in found.items()}


@lru_cache(maxsize=20_000)
def countries_with_state(state: str) -> frozenset[str]:
    """Return the codes of the countries that have a state or province of that name; empty when none is known."""
    table = _subdivisions()
    return table.get(fold(state)) or table.get(_bare(state)) or frozenset()
