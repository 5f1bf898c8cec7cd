"""What the search box and the field of a place offer while somebody types."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from finder.presenters.condition_list import name_of
from trials.gazetteer import complete
from trials.search import Kind, Suggestion, suggestions

MOST = 8
_LONGEST = 100  # characters that are looked at
_MOST_TAIL = 3  # words at the end of a longer text that may begin a name
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f]")
# What stands before the name of a place, in the languages of the site.
_NEAR = re.compile(r"^(.*?\b(?:near|close to|around|cerca de)\s+)(\S.*)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Offer:
    """`value` is the whole text that the field has once the offer is taken; `note` says what it is."""

    label: str
    value: str
    note: str = ""


def word_offers(typed: str) -> list[Offer]:
    """Conditions and treatments for the words at the end of the text, or places after "near"."""
    text = _tidy(typed)
    if after := _NEAR.match(text):
        return [Offer(place.label, after[1] + place.label, _("Place")) for place in complete(after[2], MOST)]
    words = text.split(" ")
    for count in (len(words), *range(min(_MOST_TAIL, len(words) - 1), 0, -1)):
        head, tail = " ".join(words[:-count]), " ".join(words[-count:])
        if found := suggestions(tail, MOST):
            return [_offer(one, head) for one in found]
    return []


def place_offers(typed: str) -> list[Offer]:
    text = _tidy(typed)
    return [Offer(place.label, place.label) for place in complete(text, MOST)] if text else []


def _offer(found: Suggestion, head: str) -> Offer:
    condition = found.kind is Kind.CONDITION
    name = name_of(found.value) if condition else _(found.name)
    note = found.matched or (_("Condition") if condition else _("Treatment"))
    return Offer(name, f"{head} {name}".strip(), note)


def _tidy(typed: str) -> str:
    return " ".join(_UNPRINTABLE.sub(" ", typed).split())[:_LONGEST]
