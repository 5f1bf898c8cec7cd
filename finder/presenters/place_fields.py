"""The fields of a place and of how far from it, with what the words of a search say of both."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from finder.forms import StudySearch
from finder.presenters import words
from finder.presenters.distance import KM_IN_A_MILE, distance_words, within_words
from finder.presenters.near import namesakes
from finder.presenters.readings import Choice, other_places
from finder.presenters.text_chips import in_miles, radius_typed

RADII_KM = (25.0, 50.0, 100.0, 250.0, 500.0)
RADII_MILES = (15, 30, 60, 150, 300)


@dataclass(frozen=True, slots=True)
class PlaceFields:
    """`near` and `radius` are what the fields hold; what the text says stands beside them, for a field wins over it.

    `place` is where distances are measured from, `in_text` the same where the text names it. `summary` says both in
    one line, for they may be folded away.
    """

    near: str
    in_text: str
    radius: str
    radii: tuple[tuple[str, str], ...]
    place: str
    others: tuple[Choice, ...]
    summary: str
    open: bool


def place_fields(asked: StudySearch, path: str, trigger: str) -> PlaceFields:
    """`trigger` is the id of what asked: who has just used the fields finds them open."""
    given = dict(asked.parameters)
    in_field = bool(asked.near and asked.near.place)
    place = asked.place.label if asked.place else ""
    used = trigger == FORM_ID and ("near" in given or "radius" in given)
    return PlaceFields(
        near=place if in_field else given.get("near", ""),
        in_text=place if not in_field else "",
        radius=given.get("radius", ""),
        radii=_radii(asked, given.get("radius", "")),
        place=place,
        others=other_places(_with_namesakes(asked), path),
        summary=_summary(asked, place),
        open=bool(asked.unknown_place) or used,
    )


FORM_ID = "search-form"


def _summary(asked: StudySearch, place: str) -> str:
    named = words.country_name(asked.near.country_code) if asked.near and asked.near.country_code else place
    if not named:
        return _("Near which place?")
    near, radius = _("Near: %(name)s") % {"name": named}, asked.search.near and asked.search.near.radius_km
    return f"{near} · {within_words(radius, miles=in_miles(asked))}" if radius else near


def _radii(asked: StudySearch, chosen: str) -> tuple[tuple[str, str], ...]:
    """How far one may go, and what was asked for where that is none of these. The values are km."""
    miles = in_miles(asked)
    offered: Iterable[float] = (one * KM_IN_A_MILE for one in RADII_MILES) if miles else RADII_KM
    values = sorted({f"{km:g}" for km in offered} | ({chosen} if chosen else set()), key=float)
    named = ((km, within_words(float(km), miles=miles)) for km in values)
    return (("", _unchosen(asked, miles=miles)), *named)


def _unchosen(asked: StudySearch, *, miles: bool) -> str:
    """What no choice means: the distance that was typed, else any."""
    typed = radius_typed(asked)
    if typed is None:
        return _("Any distance")
    km = float(typed.values[0])
    return _("As in your words: %(distance)s") % {"distance": distance_words(km, miles=miles)}


def _with_namesakes(asked: StudySearch) -> StudySearch:
    """Of the other places only those that are called the same: an old name of one is no reason to offer it."""
    if not asked.place:
        return asked
    near = asked.near and replace(asked.near, others=namesakes(asked.place, asked.near.others))
    named = asked.typed.places_named
    places = {named[0].token: [named[0], *namesakes(named[0], named[1:])]} if named else {}
    return replace(asked, near=near, typed=replace(asked.typed, places=places))
