"""`manage.py bench changes PATH…`: the page of what changed, the newest change, and what is new since a day.

PATH are files or folders of study records in several versions, as import_trials takes them. To these come made-up ones:
a study of 100 versions with 250 sites, of which each opens some and words a rule anew, and lists of 20 studies with two
such versions. Printed: the time of the pages of what changed, of those of the made-up study, and of what a list of 20
cards needs, all for the first time and once more; beside the floor, a page of the site that asks the database nothing.
"""

import random
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from statistics import quantiles
from typing import Any

from django.db import connection
from django.db.models import Count
from django.test import Client

from finder.presenters.changes import VERSIONS_PER_PAGE, since_views
from tests.studies import site, store, updated
from trials.history import compared, since
from trials.ingest.files import Files
from trials.models import Trial

VERSIONS, SITES, CARDS, LISTS = 100, 250, 20, 3
BATCH = 100
SEED = 20_261_122
FIRST_DAY = date(2024, 1, 1)
COUNTRIES = ("Germany", "France", "Italy", "Spain", "Japan", "Chile", "Canada")


def made_up(number: int, version: int, rng: random.Random) -> dict[str, Any]:
    """One version of a large study: its sites open one after the other, each has a contact, the rules are long."""
    open_sites = SITES * (version + 1) // VERSIONS
    places = [
        site(
            f"Clinic {n}",
            f"Town {n}",
            COUNTRIES[n % len(COUNTRIES)],
            status="RECRUITING" if n < open_sites else "NOT_YET_RECRUITING",
            contacts=[{"name": f"Desk {n}.{version // 10}", "role": "CONTACT", "phone": f"+1 {n}"}],
        )
        for n in range(SITES)
    ]
    rules = "\n".join(f"* Rule {n} with a limit of {rng.randrange(9) if n % 20 == 0 else n} units" for n in range(120))
    record = updated(
        (FIRST_DAY + timedelta(days=version)).isoformat(),
        contactsLocationsModule={"locations": places},
        eligibilityModule={"eligibilityCriteria": f"Inclusion Criteria:\n\n{rules}"},
    )
    record["protocolSection"]["identificationModule"]["nctId"] = f"NCT{99_000_000 + number}"
    return record


def fill(paths: list[Path]) -> None:
    raw = list(Files(paths).records())
    for start in range(0, len(raw), BATCH):
        store(*(one.text for one in raw[start : start + BATCH]))
    rng = random.Random(SEED)
    for start in range(0, VERSIONS, 10):
        store(*(made_up(0, version, rng) for version in range(start, start + 10)))
    for number in range(1, CARDS * LISTS + 1):
        store(*(made_up(number, version, rng) for version in (10, 90)))
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def timed(what: Callable[[], object]) -> float:
    """Milliseconds."""
    began = time.perf_counter()
    what()
    return (time.perf_counter() - began) * 1_000


def page(client: Client, path: str) -> Callable[[], None]:
    def get() -> None:
        response = client.get(path)
        if response.status_code != 200:
            raise RuntimeError(f"{path}: {response.status_code}")

    return get


def in_lists(keys: list[int]) -> list[list[int]]:
    return [keys[start : start + CARDS] for start in range(0, len(keys), CARDS)]


def cards(keys: list[int], day: date) -> Callable[[], object]:
    return lambda: since_views(since(keys, day))


def main() -> None:
    paths = [Path(argument) for argument in sys.argv[1:]]
    if not paths:
        sys.exit(__doc__)
    fill(paths)
    client = Client()
    held = Trial.objects.annotate(count=Count("versions")).filter(count__gt=1, nct_id__lt="NCT99000000").order_by("pk")
    ids, keys = list(held.values_list("nct_id", flat=True)), list(held.values_list("pk", flat=True))
    large = list(Trial.objects.filter(nct_id__gt="NCT99000000").order_by("pk").values_list("pk", flat=True))
    newest = FIRST_DAY + timedelta(days=50)
    measured: dict[str, list[Callable[[], object]]] = {
        f"pages of {len(ids)} studies": [page(client, f"/studies/{one}/changes/") for one in ids],
        f"{VERSIONS} versions, {SITES} sites": [
            page(client, f"/studies/NCT99000000/changes/?page={n}") for n in range(1, VERSIONS // VERSIONS_PER_PAGE + 1)
        ],
        f"since a day, {CARDS} cards": [cards(one, date.min) for one in in_lists(keys)],
        f"{CARDS} cards of {SITES} sites": [cards(one, newest) for one in in_lists(large)],
    }
    page(client, "/learn/")()
    floor = quantiles([timed(page(client, "/learn/")) for _ in range(50)], n=20)[9]
    print(f"{'':28}{'p50, ms':>9}{'p95, ms':>9}{'worst':>9}{'again p50':>11}{'floor':>8}{'p50 of floor':>14}")
    for name, what in measured.items():
        compared.cache_clear()
        taken = [(timed(one), timed(one)) for one in what]
        first, again = (quantiles(one, n=20, method="inclusive") for one in zip(*taken, strict=True))
        worst = max(one for one, _again in taken)
        figures = f"{first[9]:9.1f}{first[18]:9.1f}{worst:9.1f}{again[9]:11.1f}{floor:8.1f}{first[9] / floor:14.1f}"
        print(f"{name:28}{figures}", flush=True)


if __name__ == "__main__":
    main()
