"""The same search with less asked: parameters go, and with them the words of the text that say the same."""

from collections.abc import Collection

from finder.forms import StudySearch
from finder.presenters.chips import Parameters
from finder.typed import Typed, read_typed
from trials.search import Kind

_MOST = 12  # parts that are taken out of one text


def asks(asked: StudySearch, names: Collection[str], kinds: Collection[Kind]) -> bool:
    """Whether a parameter of these names, or a part of the text of these kinds, is there to be taken away."""
    return any(name in names for name, _value in asked.parameters) or any(
        part.kind in kinds for part in asked.typed.certain
    )


def with_less(asked: StudySearch, names: Collection[str], kinds: Collection[Kind]) -> Parameters:
    """The parameters but those of these names; the text keeps all that is not of these kinds."""
    text = _without(asked.typed, kinds)
    kept = ((name, text if name == "q" else value) for name, value in asked.parameters if name not in names)
    return tuple((name, value) for name, value in kept if value)


def at_any_distance(asked: StudySearch) -> Parameters:
    """The place stays. One that the text names moves into the field: its words may hang on those of the distance."""
    in_text = bool(asked.place) and not (asked.near and asked.near.place)
    if not asked.place or not in_text:
        return with_less(asked, {"radius"}, {Kind.RADIUS})
    kept = with_less(asked, {"radius", "near"}, {Kind.RADIUS, Kind.PLACE})
    country = asked.near.country_code if asked.near else ""  # typed into the field of the place
    kept = (*kept, ("country", country)) if country and "country" not in dict(kept) else kept
    return (*kept, ("near", asked.place.token))


def for_condition(asked: StudySearch, slug: str) -> Parameters:
    """The same search for another condition, in place of those that are named."""
    return (*with_less(asked, {"condition"}, {Kind.CONDITION}), ("condition", slug))


def _without(typed: Typed, kinds: Collection[Kind]) -> str:
    """Part by part: each text that is left is read anew, for the places of its parts are others."""
    for _turn in range(_MOST):
        part = next((part for part in typed.certain if part.kind in kinds), None)
        if part is None:
            break
        typed = read_typed(typed.without(part))
    return typed.text
