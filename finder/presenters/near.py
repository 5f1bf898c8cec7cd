"""What a page says about the place from which distances were asked for."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from finder.places_asked import PlaceAsked
from finder.presenters import words
from trials.models import Place
from trials.places.folding import place_key

SHOWN_LETTERS = 40  # of a text that means nothing to us


@dataclass(frozen=True, slots=True)
class PlaceLink:
    token: str  # for `?near=`
    label: str


@dataclass(frozen=True, slots=True)
class NearView:
    """`typed` stands in the field; `token` keeps the place in links, empty without one. `lead` is what `links` are."""

    typed: str = ""
    token: str = ""
    sentence: str = ""
    lead: str = ""
    links: tuple[PlaceLink, ...] = ()


def near_view(asked: PlaceAsked, *, located: bool) -> NearView:
    """Empty when nothing was asked. `located`: there is a site whose distance we can tell."""
    if asked.place:
        label = asked.place.label
        measured = _("Distances are from %(place)s. They are rough: in a straight line, from town to town.")
        return NearView(
            typed=label,
            token=asked.place.token,
            sentence=measured % {"place": label} if located else _("We cannot tell how far any site is."),
            lead=_("Did you mean another place of this name?"),
            links=_links(namesakes(asked.place, asked.others)),
        )
    if asked.country_code:
        country = words.country_name(asked.country_code)
        return NearView(
            typed=asked.text,
            token=asked.text,
            sentence=_("Sites in %(country)s come first. For distances, type a town.") % {"country": country},
        )
    if not asked.text:
        return NearView()
    shown = asked.text if len(asked.text) <= SHOWN_LETTERS else f"{asked.text[:SHOWN_LETTERS]}…"
    sentence = _("We do not know the place “%(place)s”, so we show no distances.") % {"place": shown}
    return NearView(asked.text, "", sentence, _("Did you mean:"), _links(asked.guesses))


def namesakes(place: Place, others: Iterable[Place]) -> tuple[Place, ...]:
    """Those whose own name is that of the place; another name by which they go would be news to whoever typed it."""
    key = place_key(place.name)
    return tuple(other for other in others if place_key(other.name) == key)


def _links(places: tuple[Place, ...]) -> tuple[PlaceLink, ...]:
    return tuple(PlaceLink(place.token, place.label) for place in places)
