"""Distances as people say them where they live."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from finder.presenters.words import number

KM_IN_A_MILE = 1.609344
_MILES = frozenset({"GB", "LR", "MM", "US"})  # countries that measure the way in miles


def distance_words(km: float, country_code: str) -> str:
    """ "19 km", "less than 1 km"; for somebody in a country of miles "12 miles (19 km)", "less than 1 mile"."""
    if country_code not in _MILES:
        return _in_km(km)
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
