"""How many people, sites and years, in the language of the page; with `trials.language`'s numbers, dates and places."""

import re

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, npgettext

from trials import vocab as v
from trials.language import Text, country_name, is_country, listing, long_date, number, precise_date

__all__ = [
    "Text", "age_limit", "age_span", "ages", "country_name", "is_country", "listing", "long_date", "number", "people",
    "precise_date", "sites",
]  # fmt: skip

_AGE = re.compile(r"\s*(\d+)\s*(year|month|week|day|hour|minute)s?\s*$", re.IGNORECASE)


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
        "year": npgettext("age", "%(count)s year", "%(count)s years", count),
        "month": npgettext("age", "%(count)s month", "%(count)s months", count),
        "week": npgettext("age", "%(count)s week", "%(count)s weeks", count),
        "day": npgettext("age", "%(count)s day", "%(count)s days", count),
        "hour": npgettext("age", "%(count)s hour", "%(count)s hours", count),
        "minute": npgettext("age", "%(count)s minute", "%(count)s minutes", count),
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
