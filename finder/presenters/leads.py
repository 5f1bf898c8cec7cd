"""What stands above the children of a criterion: how they combine, where its own words do not say so."""

import re

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from finder.presenters.words import number

# The words with which a criterion itself says how what stands under it combines; asked of its last sentence only.
_LAST_SENTENCE = re.compile(r"(?:^|[.;)]\s)((?:(?![.;)]\s).)*+)$", re.DOTALL)
_POINTS_ON = r"\b[^.]*(?:\b(?:following|these|below)\b|\bof\W*$)"
_SAYS_ALL = re.compile(rf"\b(?:all|both|each){_POINTS_ON}", re.IGNORECASE)
_SAYS_ANY = re.compile(rf"\b(?:any|one|1|either){_POINTS_ON}|\beither\W*$", re.IGNORECASE)
_LONGEST_LEAD = 200  # characters
_NUMBERS = ("", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def lead_of(join: str, text: str, count: int) -> str:
    """Empty where the words themselves say it, and for a number that can only be a misreading: 5 of two."""
    if not join or _says(text, join):
        return ""
    if join == "all":
        return _("All of these:")
    if join == "any":
        return _("Any one of these:")
    least = int(join)
    if least > count:
        return ""
    return ngettext("At least %(count)s of these:", "At least %(count)s of these:", least) % {"count": number(least)}


def _says(text: str, join: str) -> bool:
    last = _LAST_SENTENCE.search(text.rstrip()[-_LONGEST_LEAD:])
    if last is None:
        return False
    if not join.isdecimal():
        return bool((_SAYS_ALL if join == "all" else _SAYS_ANY).search(last[1]))
    word = _NUMBERS[int(join)] if int(join) < len(_NUMBERS) else ""
    named = rf"(?:(?<![\d.]){join}{'|' + word if word else ''})"
    return bool(re.search(rf"\b{named}{_POINTS_ON}", last[1], re.IGNORECASE))
