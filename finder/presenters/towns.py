"""Towns of the registry in the language of the page, where the gazetteer holds their names in it."""

from collections import defaultdict
from collections.abc import Iterable

from trials.language import locale
from trials.models import PlaceName
from trials.places.folding import place_key

Town = tuple[str, str]  # its name in the registry and the ISO code of its country


def towns_in_own_words(towns: Iterable[Town]) -> dict[Town, str]:
    """Only Chinese names are held as people write them; the others are keys to search by. One query, else none.

    A name that several towns of the country have is left as it is, unless all of them have one Chinese name.
    """
    if locale().language != "zh":
        return {}
    keys = {town: place_key(town[0]) for town in towns}
    if not keys:
        return {}
    called: dict[Town, set[str]] = defaultdict(set)
    named = PlaceName.objects.filter(folded__in=set(keys.values()), place__country_code__in={code for _, code in keys})
    for name in named.select_related("place"):
        if place_key(name.place.name) == name.folded:
            called[name.folded, name.place.country_code].add(name.place.name_zh)
    own = {town: called[key, town[1]] for town, key in keys.items()}
    return {town: min(names) for town, names in own.items() if len(names) == 1 and "" not in names}
