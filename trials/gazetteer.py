"""Typed places → stored places: whole names, names that begin so, and names that are written much like it."""

import re
from collections.abc import Iterable
from functools import reduce
from operator import or_

from django.contrib.postgres.search import TrigramSimilarity
from django.db import connection, transaction
from django.db.models import F, Max, Q

from trials.models import Place, PlaceKind, PlaceName
from trials.models.place import IN_LATIN
from trials.places.areas import Area, TypedPlace, areas_beginning, comma_parts, state_called, typed_places
from trials.places.folding import place_key
from trials.places.geonames import FIRST_ZIP_ID
from trials.places.spelling import edits

_TOKEN = re.compile(r"g(\d{1,12})|(\d{5})")
_ZIP = re.compile(r"(?<!\d)(\d{5})(?:-\d{4})?(?!\d)")
_ZIP_BEGINNING = re.compile(r"\d{3,5}")
_SHORTEST_BEGINNING = 2  # Latin letters; a Chinese name may begin with any one character
_MOST = 50  # places of one name
_MOST_LARGEST = 5  # towns of a state
BIG_TOWN = 100_000  # people, from which a name alone, without "near" or "in", is taken for the town
_MOST_ALIKE = 100  # names whose letters are compared
_LEAST_ALIKE = "0.25"  # of groups of three letters that both have, among all that either has


def place_by_token(token: str) -> Place | None:
    """The place of "g2644688" or of a ZIP code; None when there is none, or none any more."""
    found = _TOKEN.fullmatch(token)
    if not found:
        return None
    key = int(found[1]) if found[1] else FIRST_ZIP_ID + int(found[2])
    return Place.objects.filter(pk=key).first()


def find_place(text: str) -> list[Place]:
    """All places that the text may name, best first: the longest name that there is, and of one name the best known.

    A country or US state behind the name narrows. The name of a state alone means its largest towns, unless a large
    town is called so. Empty: nothing is called so.
    """
    words = _ZIP.sub(" ", text)
    found = _called(typed_places(words))
    state = state_called(text)
    if state and not any(place.population >= BIG_TOWN for place in found[:1]):
        found = [*_largest_of(state), *found]
    code = _ZIP.search(text)
    place = place_by_token(code[1]) if code else None
    if place and _may_be(place, words):
        found = [place, *(other for other in found if other != place)]
    return found


def _called(typed: Iterable[TypedPlace]) -> list[Place]:
    places = Place.objects.filter(names__folded__in={one.name for one in typed})
    known = places.annotate(called=F("names__folded")).order_by("-names__weight", "pk")
    for one in typed:
        if found := [place for place in known if place.called == one.name and _fits(one, place)]:
            return [*found[:_MOST]]
    return []


def _largest_of(state: str) -> list[Place]:
    towns = Place.objects.filter(country_code="US", region=state, kind=PlaceKind.CITY)
    return list(towns.order_by("-population", "pk")[:_MOST_LARGEST])


def _fits(typed: TypedPlace, place: Place) -> bool:
    return typed.holds(place.country_code, place.region)


def _may_be(place: Place, words: str) -> bool:
    """Whether the words beside a ZIP code are its town's or its state's; other countries have such codes, too."""
    key = place_key(place.name)
    named = (one for one in typed_places(words) if one.name == key)
    around = (one for one in typed_places(f"{place.name}, {words}") if one.within or not place_key(words))
    return any(_fits(one, place) for one in (*named, *around))


def complete(prefix: str, limit: int = 8) -> list[Place]:
    """Places with a name that begins as typed, the best known first; what follows a comma begins a country or state."""
    if _ZIP_BEGINNING.fullmatch(prefix.strip()):
        return list(Place.objects.filter(pk__range=_zip_range(prefix.strip())).order_by("pk")[:limit])
    first, *rest = comma_parts(prefix)
    keys = {place_key(first, whole_words=False), place_key(first)} - {""}
    if not any(len(key) >= _SHORTEST_BEGINNING or not key.isascii() for key in keys):
        return []
    names = PlaceName.objects.filter(reduce(or_, (Q(folded__startswith=key) for key in keys)))
    for part in rest:
        names = names.filter(_within(areas_beginning(part)))
    best = names.values("place").annotate(best=Max("weight")).order_by("-best", "place")[:limit]
    keys_found = [row["place"] for row in best]
    places = Place.objects.in_bulk(keys_found)
    return [places[key] for key in keys_found] or find_place(prefix)[:limit]


def _zip_range(digits: str) -> tuple[int, int]:
    missing = 10 ** (5 - len(digits))
    first = FIRST_ZIP_ID + int(digits) * missing
    return first, first + missing - 1


def _within(areas: Iterable[Area]) -> Q:
    """The places of any of the areas."""
    countries = Q(place__country_code__in={area.country_code for area in areas if not area.region})
    return countries | Q(place__country_code="US", place__region__in={area.region for area in areas if area.region})


def did_you_mean(text: str, limit: int = 5) -> list[Place]:
    """Places with a name in Latin letters much like what was typed, best first; empty when none is near enough."""
    typed = [one for one in typed_places(_ZIP.sub(" ", text)) if one.name.isascii()]
    if not typed:
        return []
    one = typed[-1] if typed[-1].within else typed[0]
    best: dict[Place, tuple[int, bool, int]] = {}
    for name in _alike(one.name):
        far = edits(name.folded, one.name)
        if far <= _most_edits(one.name) and _fits(one, name.place):
            # What a place is called elsewhere, such as an airport's three letters, is seldom meant.
            order = (far, name.folded != place_key(name.place.name), -name.weight)
            best[name.place] = min(best.get(name.place, order), order)
    return sorted(best, key=lambda place: best[place])[:limit]


@transaction.atomic
def _alike(key: str) -> list[PlaceName]:
    """Names that share enough groups of three letters with the key."""
    with connection.cursor() as cursor:
        # Two letters swapped in the middle of a short name ("lodnon") leave hardly more in common.
        cursor.execute("SELECT set_config('pg_trgm.similarity_threshold', %s, true)", [_LEAST_ALIKE])
    alike = PlaceName.objects.filter(IN_LATIN, folded__trigram_similar=key).select_related("place")
    return list(alike.order_by(TrigramSimilarity("folded", key).desc(), "-weight")[:_MOST_ALIKE])


def _most_edits(key: str) -> int:
    """In a name of three letters one, of six two."""
    return max(1, len(key) // 3)
