"""`manage.py bench search [STUDIES…]`: the list of studies with a whole registry loaded; 6,000 and 60,000 by default.

200 mixed searches as pages ask them: conditions, drugs, words of the text, places with and without a radius, filters,
later pages. Printed in milliseconds, p50 and p95: the search (the keys of the page in their order, and all counts of
all filters), the whole page as a browser gets it, and the floor: the bare SQL of the same question for the keys alone.
Making 600000 studies takes about half an hour.
"""

import random
import sys
import time
from collections.abc import Callable
from functools import partial
from statistics import quantiles
from urllib.parse import urlencode

from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.made_up import DRUGS, TODAY, Registry
from finder.forms import read_search
from trials import models as m
from trials.find import Search, country_counts, counts_of, keys_of_page

SIZES = (6_000, 60_000)
QUERIES = 200
SEED = 20_261_122
PAGE = 20
CONDITIONS = ("lupus", "scleroderma", "myositis", "sjogren", "ANCA vasculitis", "lupus nephritis", "SSc-ILD", "MCTD")


def queries(registry: Registry) -> list[str]:
    """The searches, as query strings."""
    rng = random.Random(SEED)
    kinds: list[Callable[[], dict[str, object]]] = [
        lambda: {"q": rng.choice(CONDITIONS)},
        lambda: {"q": rng.choice(CONDITIONS), "status": "RECRUITING"},
        lambda: {"q": rng.choice(CONDITIONS), "status": "RECRUITING", "near": _city(registry, rng), "radius": 100},
        lambda: {"q": rng.choice(CONDITIONS), "status": "RECRUITING", "near": _city(registry, rng)},
        lambda: {"q": rng.choice(CONDITIONS), "country": rng.choice(("US", "GB", "CN")), "age": rng.randrange(5, 80)},
        lambda: {"q": rng.choice(CONDITIONS), "phase": "PHASE3", "sort": "newest"},
        lambda: {"q": rng.choice(DRUGS[:6])},
        lambda: {"q": f"{rng.choice(CONDITIONS)} {rng.choice(DRUGS[:6])}", "sex": "female"},
        lambda: {"q": rng.choice(registry.words[20:2_000])},
        lambda: {"near": _city(registry, rng), "radius": 50, "status": "RECRUITING"},
        lambda: {"status": "RECRUITING", "page": rng.randrange(1, 10)},
        lambda: {},
    ]
    return [urlencode(kinds[n % len(kinds)]()) for n in range(QUERIES)]


def _city(registry: Registry, rng: random.Random) -> str:
    return rng.choices(registry.cities, cum_weights=registry.people)[0][0]


def milliseconds(run: Callable[[], object]) -> float:
    began = time.perf_counter()
    run()
    return (time.perf_counter() - began) * 1_000


def searched(search: Search, page: int) -> None:
    counts = counts_of(search)
    for name in ("status", "phase", "type", "intervention", "placebo", "sponsor", "contact", "children"):
        counts.of(name)
    country_counts(search)
    keys_of_page(search, first=(page - 1) * PAGE, count=PAGE, today=TODAY)


def bare(search: Search, page: int) -> Callable[[], object]:
    """The statements that find the page's keys, run again as plain SQL."""
    with CaptureQueriesContext(connection) as caught:
        keys_of_page(search, first=(page - 1) * PAGE, count=PAGE, today=TODAY)
    statements = [one["sql"] for one in caught]

    def run() -> None:
        with connection.cursor() as cursor:
            for sql in statements:
                cursor.execute(sql)
                cursor.fetchall()

    return run


def percentiles(taken: list[float]) -> str:
    cuts = quantiles(taken, n=20, method="inclusive")
    return f"{cuts[9]:9.1f}{cuts[18]:8.1f}"


def main() -> None:
    registry, client = Registry(SEED), Client()
    asked = queries(registry)
    print(f"{'studies':>9}{'sites':>11}{'search p50':>12}{'p95':>6}{'page p50':>11}{'p95':>6}{'SQL p50':>10}{'p95':>6}"
          f"{'search of SQL':>15}", flush=True)  # fmt: skip
    for size in [int(argument) for argument in sys.argv[1:]] or SIZES:
        registry.grow(size)
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
        client.get("/studies/")  # what is made once for each process
        times: dict[str, list[float]] = {"search": [], "page": [], "sql": []}
        for query in asked:
            read = read_search(QueryDict(query))
            searched(read.search, read.page)  # what Postgres reads for the first time comes from the disk
            times["search"].append(milliseconds(partial(searched, read.search, read.page)))
            times["sql"].append(milliseconds(bare(read.search, read.page)))
            times["page"].append(milliseconds(partial(client.get, f"/studies/?{query}")))
        ratio = quantiles(times["search"], n=2)[0] / quantiles(times["sql"], n=2)[0]
        print(f"{m.Trial.objects.count():9,}{m.Site.objects.count():11,}   {percentiles(times['search'])}"
              f"{percentiles(times['page'])}{percentiles(times['sql'])}{ratio:13.1f}", flush=True)  # fmt: skip


if __name__ == "__main__":
    main()
