"""`manage.py bench serve [SECONDS [ROUNDS]]`: how many requests a second the site answers, page by page.

The bundled studies in a Postgres of its own; granian as in production, two workers with a thread each; 16 connections
from `wrk` or, without it, from a client of our own, all on this machine. Beside it, in the same rounds, the floor: a
Django project with one empty view and no middleware. Printed is the median of the rounds, and each rate's ratio to
the floor's.
"""

import http.client
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from django.core.management import call_command

from bench.serving.load import Load, client, measured
from finder.launch.processes import end_group
from finder.launch.rows import SAMPLE

ROOT = Path(__file__).resolve().parent.parent
START_SECONDS = 60
STOP_SECONDS = 8
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


def answer(port: int, path: str, headers: dict[str, str]) -> tuple[int, http.client.HTTPMessage, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=START_SECONDS)
    try:
        connection.request("GET", path, headers=headers)
        response = connection.getresponse()
        return response.status, response.headers, response.read()
    finally:
        connection.close()


@contextmanager
def serving(application: str, variables: dict[str, str]) -> Iterator[int]:
    """granian with this application, as the Dockerfile starts it; yields the port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    options = ["--interface", "wsgi", "--workers", "2", "--blocking-threads", "1", "--no-ws", "--log-level", "warning"]
    command = [sys.executable, "-m", "granian", *options, "--host", "127.0.0.1", "--port", str(port), application]
    server = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **variables}, start_new_session=True)
    try:
        deadline = time.monotonic() + START_SECONDS
        while True:
            try:
                answer(port, "/", {})
                break
            except OSError:
                if server.poll() is not None or time.monotonic() > deadline:
                    raise
                time.sleep(0.1)
        yield port
    finally:
        end_group(server, STOP_SECONDS)


def targets(floor: int, site: int) -> list[Target]:
    home = answer(site, "/", {})[2].decode()
    listed = answer(site, "/studies/?q=lupus", {})[2].decode()
    [static] = re.findall(r'href="(/static/finder\.[^"]+\.css)"', home)
    first = re.findall(r'data-nct-id="([^"]+)"', listed)[0]
    study = f"/studies/{first}/"
    tag = answer(site, study, {})[1]["ETag"]
    return [
        Target("an empty Django view", floor, "/"),
        Target("a static file", site, static),
        Target("home", site, "/"),
        Target("conditions", site, "/conditions/"),
        Target("a study", site, study),
        Target("a study, 304", site, study, {**GZIP, "If-None-Match": tag}, 304),
        Target("a study, made anew", site, f"{study}?made=anew"),  # with a query string nothing is kept
        Target("results", site, "/studies/?q=lupus"),
    ]


def main() -> None:
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 3.0
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    call_command("import_trials", str(SAMPLE), verbosity=0)
    with ExitStack() as running:
        folder = running.enter_context(tempfile.TemporaryDirectory())
        variables = {"FINDER_STATIC_ROOT": folder, "FINDER_KEPT_PAGES_MB": "64"}
        collect = [sys.executable, "manage.py", "collectstatic", "--no-input", "--verbosity=0"]
        subprocess.run(collect, cwd=ROOT, env={**os.environ, **variables}, check=True)
        floor = running.enter_context(serving("bench.serving.bare:application", {}))
        site = running.enter_context(serving("finder.wsgi:application", variables))
        wanted = targets(floor, site)
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
