"""The places that people search from, out of the bundled packages and into the database, all at once."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from trials.ingest.bulk import copy_rows
from trials.models import Place, PlaceKind, PlaceName
from trials.places.geonames import Town, towns, zip_codes

PLACE_COLUMNS = (
    *("id", "kind", "name", "name_zh", "region", "country_code"),
    *("latitude", "longitude", "population", "postal_code"),
)
NAME_COLUMNS = ("place_id", "folded", "weight")
# A town's own name counts as if eight times as many lived there: Cancún is not Changchun, which some call so, too; yet
# Roma is Rome in Italy, though a town in Texas writes itself so.
OWN_NAME = 8


@dataclass(frozen=True, slots=True)
class Loaded:
    towns: int
    zip_codes: int
    names: int

    def __str__(self) -> str:
        return f"{self.towns:,} towns and {self.zip_codes:,} US ZIP codes, with {self.names:,} names."


def load_places(size: int, *, with_zip_codes: bool = True) -> Loaded:
    """Put the places of GeoNames with at least `size` inhabitants in the place of all that are stored.

    Whoever reads meanwhile finds the former set; stopped at any moment, that one stays.
    """
    found = towns(size)
    zips: list[Town] = []
    if with_zip_codes:
        named = {(key, town.region) for town in found if town.region for key in town.keys}
        named |= {(key, town.country_code) for town in found for key in town.keys}
        zips = list(zip_codes(named))
    replace_places([*found, *zips])
    return Loaded(len(found), len(zips), sum(len(town.keys) for town in (*found, *zips)))


@transaction.atomic
def replace_places(places: Iterable[Town]) -> None:
    """Store exactly these."""
    places = list(places)
    with connection.cursor() as cursor, connection.schema_editor() as editor:
        # Two loaders take turns; readers go on.
        cursor.execute(f'LOCK TABLE "{Place._meta.db_table}" IN SHARE ROW EXCLUSIVE MODE')
        is_first = not Place.objects.exists()
        if is_first:  # nobody reads yet, and an index is made whole in half the time that rows take one by one
            for index in PlaceName._meta.indexes:
                editor.remove_index(PlaceName, index)
        PlaceName.objects.all()._raw_delete("default")
        Place.objects.all()._raw_delete("default")
        copy_rows(Place, PLACE_COLUMNS, map(_place, places))
        copy_rows(PlaceName, NAME_COLUMNS, (row for town in places for row in _names(town)))
        if is_first:
            for index in PlaceName._meta.indexes:
                editor.add_index(PlaceName, index)
        cursor.execute(f'ANALYZE "{Place._meta.db_table}", "{PlaceName._meta.db_table}"')


def _place(town: Town) -> tuple[Any, ...]:
    kind = PlaceKind.ZIP if town.postal_code else PlaceKind.CITY
    return town.id, kind.value, *town[1:-1]


def _names(town: Town) -> Iterator[tuple[int, str, int]]:
    for number, key in enumerate(town.keys):
        yield town.id, key, town.population * (1 if number else OWN_NAME)
