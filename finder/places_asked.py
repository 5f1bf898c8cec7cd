"""A place that a visitor typed or chose by a link: what it may mean. It is kept nowhere but in the address."""

import re
from dataclasses import dataclass
from functools import cache

import pycountry
from babel import Locale
from babel.languages import get_official_languages

from trials.gazetteer import did_you_mean, find_place, place_by_token
from trials.models import Place
from trials.places.areas import area_names
from trials.places.countries import country_code as country_as_registries_write
from trials.places.folding import place_key

LONGEST_PLACE = 100  # characters
MOST_OTHERS = 5  # of the same name, and of those spelled much like it
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f]")
_TOKEN = re.compile(r"g\d{1,12}")
# Of the countries with most studies. The names of all countries are known in the languages of the site; in others only
# what a country calls itself counts: in Portuguese a country is called Salvador, and in Swedish one is called Norfolk.
_OWN_LANGUAGES = (
    "ar", "bg", "cs", "da", "de", "el", "et", "fi", "fr", "he", "hr", "hu", "it", "ja", "ko", "lt", "lv", "nb", "nl",
    "pl", "pt", "ro", "ru", "sk", "sl", "sr", "sv", "th", "tr", "uk", "vi",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PlaceAsked:
    """`text` is what was asked, empty when nothing was; a text that means nothing to us has nothing beside it.

    `country_code` is set when the text names a country and no place in it. `others` have the name of `place`;
    `guesses` are places that may be meant when there is none: those spelled much like it.
    """

    text: str = ""
    place: Place | None = None
    others: tuple[Place, ...] = ()
    guesses: tuple[Place, ...] = ()
    country_code: str = ""

    @property
    def home_code(self) -> str:
        """The country that the visitor is in; empty when we do not know."""
        return self.place.country_code if self.place else self.country_code


def asked_place(text: str) -> PlaceAsked:
    """Read a name, a ZIP code, a token ("g2644688") or a country; the name of a country wins over a town's.

    At most three queries; four for a ZIP code with a misspelled town.
    """
    text = " ".join(_UNPRINTABLE.sub(" ", text).split())[:LONGEST_PLACE]
    if not text:
        return PlaceAsked()
    if _TOKEN.fullmatch(text):
        return PlaceAsked(text, place_by_token(text))
    if named := _country(text):
        return PlaceAsked(text, country_code=named)
    found = find_place(text)
    if found:
        return PlaceAsked(text, found[0], others=tuple(found[1 : 1 + MOST_OTHERS]))
    return PlaceAsked(text, guesses=tuple(did_you_mean(text, MOST_OTHERS)))


def _country(text: str) -> str:
    """The code of the country that the text names. Two letters that are a US state mean the state: "CA", "DE"."""
    key = place_key(text)
    areas = area_names().get(key, frozenset())
    if len(key) == 2 and any(area.region for area in areas):
        return ""
    countries = {area.country_code for area in areas if not area.region}
    return countries.pop() if len(countries) == 1 else _own_names().get(key) or country_as_registries_write(text)


@cache
def _own_names() -> dict[str, str]:
    """Key → code: "Deutschland", "日本"."""
    languages = {language: Locale.parse(language).territories for language in _OWN_LANGUAGES}
    codes = [country.alpha_2 for country in pycountry.countries]
    spoken = ((code, language) for code in codes for language in get_official_languages(code, de_facto=True))
    return {place_key(languages[language][code]): code for code, language in spoken if language in languages}
