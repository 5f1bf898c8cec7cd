"""Numbers, dates, lists and countries in the language of the page (CLDR, through Babel)."""

import unicodedata
from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton
from babel.lists import format_list
from babel.numbers import format_decimal
from django.utils.functional import Promise
from django.utils.translation import get_language, ngettext

from trials import vocab as v
from trials.plain_language.tongue import LANGUAGES

Text = str | Promise


def locale() -> Locale:
    """CLDR locale of the page."""
    return _locale(get_language() or "en")


@lru_cache(maxsize=64)
def _locale(language: str) -> Locale:
    try:
        return Locale.parse(LANGUAGES.get(language) or language.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return Locale.parse(LANGUAGES["en"])


def number(value: float) -> str:
    return str(format_decimal(value, locale=locale()))


def listing(parts: Iterable[Text]) -> str:
    """ "A, B and C"."""
    return str(format_list([str(part) for part in parts], locale=locale()))


def alternatives(parts: Iterable[Text]) -> str:
    """ "A, B or C"."""
    return str(format_list([str(part) for part in parts], style="or", locale=locale()))


def time_span(amount: float, unit: str) -> str:
    """ "6 weeks"; `unit` is one of the criteria contract."""
    whole = amount == round(amount)
    count = round(amount) if whole else 2  # "1.5 weeks"
    said = {
        "days": ngettext("%(count)s day", "%(count)s days", count),
        "weeks": ngettext("%(count)s week", "%(count)s weeks", count),
        "months": ngettext("%(count)s month", "%(count)s months", count),
        "years": ngettext("%(count)s year", "%(count)s years", count),
        "half_lives": ngettext("%(count)s half-life of the drug", "%(count)s half-lives of the drug", count),
    }
    return said[unit] % {"count": number(amount)}


def name_key(name: str) -> str:
    """Where a name stands among others in a list: by its letters, accents and case aside; in Chinese by its sound.

    GB 18030 has the common characters in the order of their sound (pinyin), so its bytes will do for that.
    """
    if locale().language == "zh":
        return name.encode("gb18030").decode("latin-1")
    letters = unicodedata.normalize("NFKD", name)
    return "".join(letter for letter in letters if not unicodedata.combining(letter)).casefold()


def long_date(day: date) -> str:
    return str(format_date(day, "long", locale=locale()))


def precise_date(day: date, precision: str) -> str:
    """The date, no more exact than the registry tells it."""
    if precision == v.DatePrecision.MONTH:
        return str(format_skeleton("yMMMM", day, locale=locale()))
    if precision == v.DatePrecision.YEAR:
        return str(format_skeleton("y", day, locale=locale()))
    return long_date(day)


def country_name(code: str, unknown: str = "") -> str:
    """The country's name in the page's language; a code that CLDR does not know gives `unknown`, or itself."""
    return str(locale().territories.get(code, unknown or code))


def is_country(code: str) -> bool:
    """Whether the code names a country: CLDR also has groups ("EU", "UN") and test codes."""
    return len(code) == 2 and code.isalpha() and code in locale().territories and code not in _NO_COUNTRY


_NO_COUNTRY = {"EU", "EZ", "UN", "ZZ", "QO", "XA", "XB"}
