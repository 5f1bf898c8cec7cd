"""`manage.py bench serve [SECONDS [ROUNDS]]`: how many requests a second the site answers, page by page.

The bundled studies in a Postgres of its own; granian as in production, two workers with a thread each; 16 connections
from `wrk` or, without it, from a client of our own, all on this machine. Beside it, in the same rounds, the floor: a
Django project with one empty view and no middleware. Printed is the median of the rounds, and each rate's ratio to
the floor's.
"""

import re
import sys
from dataclasses import dataclass, field
from statistics import median

from bench.serving.load import Load, client, measured
from bench.serving.site import answer, serving, site

WARMING = 60  # requests: each worker has made the page then
BETWEEN = 12  # requests to either worker, which wait for what a former load has left behind
GZIP = {"Accept-Encoding": "gzip"}


@dataclass(frozen=True, slots=True)
class Target:
    name: str
    port: int
    path: str
    headers: dict[str, str] = field(default_factory=lambda: GZIP)
    status: int = 200


def targets(floor: int, ours: int) -> list[Target]:
    home = answer(ours, "/", {})[2].decode()
    listed = answer(ours, "/studies/?q=lupus", {})[2].decode()
    [static] = re.findall(r'href="(/static/finder\.[^"]+\.css)"', home)
    first = re.findall(r'data-nct-id="([^"]+)"', listed)[0]
    study = f"/studies/{first}/"
    tag = answer(ours, study, {})[1]["ETag"]
    return [
        Target("an empty Django view", floor, "/"),
        Target("a static file", ours, static),
        Target("home", ours, "/"),
        Target("conditions", ours, "/conditions/"),
        Target("a study", ours, study),
        Target("a study, 304", ours, study, {**GZIP, "If-None-Match": tag}, 304),
        Target("a study, made anew", ours, f"{study}?made=anew"),  # with a query string nothing is kept
        Target("results", ours, "/studies/?q=lupus"),
    ]


def main() -> None:
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 3.0
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    with site() as ours, serving("bench.serving.bare:application", {}) as floor:
        wanted = targets(floor, ours)
        taken: dict[str, list[Load]] = {target.name: [] for target in wanted}
        for target in wanted:
            for _ in range(WARMING):
                status = answer(target.port, target.path, target.headers)[0]
                if status != target.status:
                    raise RuntimeError(f"{target.path}: {status}")
        for _ in range(rounds):
            for one in wanted:
                taken[one.name].append(measured(one.port, one.path, one.headers, one.status, seconds))
                for _ in range(BETWEEN):
                    answer(one.port, "/", {})
    told(taken, f"load by {client()}, {rounds} rounds of {seconds:g} s for each")


def told(taken: dict[str, list[Load]], how: str) -> None:
    """The first is the floor."""
    least = median(load.rate for load in next(iter(taken.values())))
    print(how)
    print(f"{'':<24}{'requests/s':>12}{'p50, ms':>10}{'p99, ms':>10}{'of the floor':>14}")
    for name, loads in taken.items():
        rate, p50, p99 = (median(getattr(load, part) for load in loads) for part in ("rate", "p50", "p99"))
        print(f"{name:<24}{rate:12,.0f}{p50:10.2f}{p99:10.2f}{rate / least:14.2f}")


if __name__ == "__main__":
    main()
