"""Numbers, dates, ages and places in the language of the page (CLDR, through Babel)."""

import re
from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton
from babel.lists import format_list
from babel.numbers import format_decimal
from django.utils.functional import Promise
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from trials import vocab as v

Text = str | Promise

_AGE = re.compile(r"\s*(\d+)\s*(year|month|week|day|hour|minute)s?\s*$", re.IGNORECASE)


def locale() -> Locale:
    """CLDR locale of the page. Plain "en" writes dates day first, as most of the world's English readers do."""
    return _locale(get_language() or "en")


@lru_cache(maxsize=64)
def _locale(language: str) -> Locale:
    try:
        return Locale.parse("en_GB" if language == "en" else language, sep="-" if "-" in language else "_")
    except (UnknownLocaleError, ValueError):
        return Locale("en", "GB")


def number(value: float) -> str:
    return str(format_decimal(value, locale=locale()))


def listing(parts: Iterable[Text]) -> str:
    """ "A, B and C"."""
    return str(format_list([str(part) for part in parts], locale=locale()))


def long_date(day: date) -> str:
    return str(format_date(day, "long", locale=locale()))


def precise_date(day: date, precision: str) -> str:
    """The date, no more exact than the registry tells it."""
    if precision == v.DatePrecision.MONTH:
        return str(format_skeleton("yMMMM", day, locale=locale()))
    if precision == v.DatePrecision.YEAR:
        return str(day.year)
    return long_date(day)


def country_name(code: str) -> str:
    """The country's name in the page's language; a code that CLDR does not know is shown as it is."""
    return str(locale().territories.get(code, code))


def is_country(code: str) -> bool:
    """Whether the code names a country: CLDR also has groups ("EU", "UN") and test codes."""
    return len(code) == 2 and code.isalpha() and code in locale().territories and code not in _NO_COUNTRY


_NO_COUNTRY = {"EU", "EZ", "UN", "ZZ", "QO", "XA", "XB"}


def people(count: int, kind: str) -> str:
    """How many people take part: "About 30 people" while planned, "30 people" when counted."""
    values = {"count": number(count)}
    if kind == v.DateType.ACTUAL:
        return ngettext("%(count)s person", "%(count)s people", count) % values
    return ngettext("About %(count)s person", "About %(count)s people", count) % values


def sites(count: int) -> str:
    return ngettext("%(count)s site", "%(count)s sites", count) % {"count": number(count)}


def age_limit(text: str) -> str:
    """ "6 Months" → "6 months", in the page's language; anything else unchanged."""
    match = _AGE.match(text)
    if not match:
        return text.strip()
    count, unit = int(match.group(1)), match.group(2).lower()
    wording = {
        "year": ngettext("%(count)s year", "%(count)s years", count),
        "month": ngettext("%(count)s month", "%(count)s months", count),
        "week": ngettext("%(count)s week", "%(count)s weeks", count),
        "day": ngettext("%(count)s day", "%(count)s days", count),
        "hour": ngettext("%(count)s hour", "%(count)s hours", count),
        "minute": ngettext("%(count)s minute", "%(count)s minutes", count),
    }
    return wording[unit] % {"count": number(count)}


def ages(minimum_text: str, maximum_text: str) -> str:
    """Who may join by age, empty when the registry states no limit: "Ages 18–75", "18 years and older"."""
    low, high = _AGE.match(minimum_text), _AGE.match(maximum_text)
    if low and high and low.group(2).lower() == high.group(2).lower() == "year":
        return _("Ages %(low)s–%(high)s") % {"low": number(int(low.group(1))), "high": number(int(high.group(1)))}
    return age_span(minimum_text, maximum_text)


def age_span(minimum_text: str, maximum_text: str) -> str:
    """The same in full words: "18 years to 75 years". A limit that we cannot read is shown as it is written."""
    values = {"low": age_limit(minimum_text), "high": age_limit(maximum_text)}
    if values["low"] and values["high"]:
        return _("%(low)s to %(high)s") % values
    if values["low"]:
        return _("%(low)s and older") % values
    return _("Up to %(high)s") % values if values["high"] else ""
