"""Where the world's cities are, for the dots of our maps."""

from django.apps import apps

City = tuple[float, float]  # latitude and longitude, degrees
_held: dict[str, tuple[City, ...]] = {}


def cities() -> tuple[City, ...]:
    """All cities that are loaded, from south to north; the same tuple while the process lives, once there are any.

    Cities that are loaded later show after the next start. Without a table of places, or an empty one, there are none.
    """
    if "cities" in _held:
        return _held["cities"]
    try:
        place = apps.get_model("trials", "Place")
    except LookupError:
        return ()
    found = tuple(
        place.objects.filter(kind="CITY").order_by("latitude", "longitude").values_list("latitude", "longitude")
    )
    if found:
        _held["cities"] = found
    return found


def forget() -> None:
    """Read the cities again when they are next asked for."""
    _held.clear()
