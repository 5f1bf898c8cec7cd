"""A few places for tests, as the packages have them, with names picked by hand: loading all takes seconds."""

from trials.ingest.places import replace_places
from trials.models import Place
from trials.places.folding import place_key
from trials.places.geonames import FIRST_ZIP_ID, Town


def town(
    key: int, name: str, country_code: str, latitude: float, longitude: float, population: int = 0, *also: str,
    region: str = "", postal_code: str = "", chinese: str = "",
) -> Town:  # fmt: skip
    keys = tuple(dict.fromkeys(map(place_key, (name, *also))))
    return Town(key, name, chinese, region, country_code, latitude, longitude, population, postal_code, keys)


def zip_code(code: str, name: str, region: str, latitude: float, longitude: float, *, named: bool = False) -> Town:
    """With `named` the town is found by its name, too: no other place has it."""
    found = town(FIRST_ZIP_ID + int(code), name, "US", latitude, longitude, region=region, postal_code=code)
    return found if named else found._replace(keys=())


PLACES = (
    town(2644688, "Leeds", "GB", 53.79648, -1.54785, 536_280, "Лидс", "利兹"),
    town(2643743, "London", "GB", 51.50853, -0.12574, 8_961_989, "Londres", "伦敦"),
    town(6058560, "London", "CA", 42.98339, -81.23304, 422_324),
    town(2988507, "Paris", "FR", 48.85341, 2.3488, 2_138_551, "París", "巴黎"),
    town(4717560, "Paris", "US", 33.66094, -95.55551, 24_699, region="Texas"),
    town(5746545, "Portland", "US", 45.52345, -122.67621, 652_503, region="Oregon"),
    town(4975802, "Portland", "US", 43.65737, -70.2589, 66_881, region="Maine"),
    town(4250542, "Springfield", "US", 39.80172, -89.64371, 114_394, region="Illinois"),
    town(4409896, "Springfield", "US", 37.21533, -93.29824, 169_176, region="Missouri"),
    town(3173435, "Milan", "IT", 45.46427, 9.18951, 1_371_498, "Milano", "Milán"),
    town(2867714, "Munich", "DE", 48.13743, 11.57549, 1_505_005, "München", "Muenchen", "Múnich"),
    town(1816670, "Beijing", "CN", 39.9075, 116.39723, 18_960_744, "Peking", "北京", "北京市", chinese="北京"),
    town(498817, "Saint Petersburg", "RU", 59.93863, 30.31413, 5_351_935, "Санкт-Петербург", "Sankt-Peterburg"),
    town(4171563, "St. Petersburg", "US", 27.77086, -82.67927, 257_083, region="Florida"),
    town(2147714, "Sydney", "AU", -33.86785, 151.20732, 5_231_147),
    town(5128581, "New York City", "US", 40.71427, -74.00597, 8_804_190, "New York", "NYC", "纽约",
         region="New York", chinese="纽约"),
    town(3531673, "Cancún", "MX", 21.17429, -86.84656, 888_797),
    town(2038180, "Changchun", "CN", 43.88, 125.32278, 4_714_996, "Cancun"),
    town(2198148, "Suva", "FJ", -18.14161, 178.44149, 77_366),
    zip_code("10001", "New York", "New York", 40.7506, -73.9971),
    zip_code("10002", "New York", "New York", 40.7157, -73.9863),
    zip_code("75001", "Addison", "Texas", 32.96, -96.8385, named=True),
    zip_code("97201", "Portland", "Oregon", 45.5079, -122.69),
)  # fmt: skip


def store_places() -> dict[str, Place]:
    """Store them in the place of any others; returns them by token."""
    replace_places(PLACES)
    return {place.token: place for place in Place.objects.all()}
