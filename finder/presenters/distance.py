"""Distances as people say them where they live."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from finder.presenters.words import number

KM_IN_A_MILE = 1.609344
_MILES = frozenset({"GB", "LR", "MM", "US"})  # countries that measure the way in miles


def measures_in_miles(country_code: str) -> bool:
    return country_code in _MILES


def distance_words(km: float, *, miles: bool) -> str:
    """ "19 km", "less than 1 km"; with `miles` "12 miles (19 km)", "less than 1 mile"."""
    return _in_miles_and_km(km) if miles else _in_km(km)


def within_words(km: float, *, miles: bool) -> str:
    """A radius: "Within 50 km"; "Within 50 miles (80 km)"."""
    return _("Within %(distance)s") % {"distance": distance_words(km, miles=miles)}


def _in_miles_and_km(km: float) -> str:
    miles = _in_miles(km / KM_IN_A_MILE)
    # Translators: a distance, first in miles and then in km, as in "12 miles (19 km)"
    return _("%(miles)s (%(km)s)") % {"miles": miles, "km": _in_km(km)} if km >= 1 else miles


def _in_km(km: float) -> str:
    if km < 1:
        return _("less than 1 km")
    return ngettext("%(count)s km", "%(count)s km", round(km)) % {"count": number(round(km))}


def _in_miles(miles: float) -> str:
    if miles < 1:
        return _("less than 1 mile")
    return ngettext("%(count)s mile", "%(count)s miles", round(miles)) % {"count": number(round(miles))}
