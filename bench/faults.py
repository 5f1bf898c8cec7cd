"""`manage.py bench faults [REQUESTS [PATH…]]`: what visitors get while Postgres is killed, and what is lost.

20,000 mixed requests over 32 connections to granian as in production, first undisturbed, then while Postgres is killed
(`kill -9`) after a third of them and shut down after two thirds, and started again some seconds later. Meanwhile an
editor saves rows, and a sync reads studies from a registry on this machine, begun again whenever it fails.
The bundled studies, or those of PATH, in clusters of their own.
"""

import asyncio
import os
import signal
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

from bench.serving.editor import PASSWORD, Editor
from bench.serving.site import answer, prepared, serving
from bench.serving.syncing import SYNCED, Syncing, registry
from bench.serving.visitors import Visits, paths, visit
from finder.launch import server
from finder.launch.postgres import Cluster
from finder.launch.rows import SAMPLE
from finder.launch.testing import throw_away_folder

AWAY_SECONDS = 3
WORKERS = 2
SYNC_PAGE_SECONDS = 1 / 1_500  # for each request, so that a sync lasts from before the first fault to after the second
WARMING = 500  # requests before memory is measured


@dataclass(slots=True)
class Outage:
    """By the monotonic clock: gone, and taking connections again."""

    how: str
    gone_at: float
    back_at: float = 0.0


@dataclass(slots=True)
class Run:
    visits: Visits = field(default_factory=Visits)
    outages: list[Outage] = field(default_factory=list)
    memory_mb: list[list[int]] = field(default_factory=list)


def kill(cluster: Cluster) -> None:
    pid = server.server_pid(cluster.place)
    assert pid
    os.kill(pid, signal.SIGKILL)


def shut_down(cluster: Cluster) -> None:
    server.stop(cluster.place)


def disturb(cluster: Cluster, run: Run, requests: int) -> None:
    """Take Postgres away after a third and after two thirds of the requests."""
    for share, way in ((1 / 3, kill), (2 / 3, shut_down)):
        while len(run.visits.answers) < share * requests:
            time.sleep(0.02)
        outage = Outage(way.__name__, time.monotonic())
        way(cluster)
        time.sleep(AWAY_SECONDS)
        cluster.ensure_running()
        outage.back_at = time.monotonic()
        run.outages.append(outage)


def workers_mb(port: int) -> list[int]:
    """Resident memory of each worker of the granian that serves at `port`, by /proc."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            command = (entry / "cmdline").read_bytes().split(b"\0")
            if b"granian" not in command or str(port).encode() not in command:
                continue
            for child in (entry / "task" / entry.name / "children").read_text().split():
                pages = int(Path(f"/proc/{child}/statm").read_text().split()[1])
                found.append(round(pages * os.sysconf("SC_PAGE_SIZE") / 1e6))
        except OSError:
            continue
    return sorted(found)[-WORKERS:]


def measure(run: Run, port: int, requests: int, done: threading.Event) -> None:
    """Memory after warming up, in the middle and at the end."""
    for count in (min(WARMING, requests // 10), requests // 2):
        while len(run.visits.answers) < count and not done.is_set():
            time.sleep(0.05)
        run.memory_mb.append(workers_mb(port))


def observed(port: int, requests: int, cluster: Cluster | None) -> Run:
    run, done = Run(), threading.Event()
    listed = answer(port, "/studies/", {})[2].decode()
    studies = list(dict.fromkeys(part.split('"')[0] for part in listed.split('data-nct-id="')[1:]))
    static = "/static/" + answer(port, "/", {})[2].decode().split("/static/finder.")[1].split('"')[0].join(
        ("finder.", "")
    )
    helpers = [threading.Thread(target=measure, args=(run, port, requests, done))]
    if cluster:
        helpers.append(threading.Thread(target=disturb, args=(cluster, run, requests)))
    for helper in helpers:
        helper.start()
    asyncio.run(visit(port, paths(studies, static), requests, run.visits))
    done.set()
    for helper in helpers:
        helper.join()
    run.memory_mb.append(workers_mb(port))
    return run


def told(name: str, run: Run) -> None:
    answers = run.visits.answers
    statuses = Counter(one.status for one in answers)
    times = sorted(one.seconds for one in answers)
    told_statuses = ", ".join(f"{count:,} × {status or 'no answer'}" for status, count in sorted(statuses.items()))
    print(f"\n{name}: {len(times):,} requests; {told_statuses}")
    faults = Counter((one.path.partition("?")[0], one.status) for one in answers if not 0 < one.status < 500)
    others = {fault: count for fault, count in faults.items() if fault[1] != 503}
    print(f"  5xx other than 503, or no answer: {sum(others.values())} {others or ''}; 429: {statuses[429]}")
    half, most = times[len(times) // 2], times[len(times) * 99 // 100]
    slowest = max(answers, key=lambda one: one.seconds)
    print(f"  seconds for an answer: half {half:.3f}, 99 of 100 {most:.3f}, longest {times[-1]:.2f} ({slowest.path})")
    print(f"  memory of the workers, MB: {' → '.join(map(str, run.memory_mb))}")
    for outage in run.outages:
        after = [one for one in answers if outage.back_at < one.at < outage.back_at + 30]
        good = [one.at - outage.back_at for one in after if one.status == 200 and one.asks_data]
        away = [one.at - outage.back_at for one in after if one.status == 503]
        print(f"  {outage.how}: away {outage.back_at - outage.gone_at:.1f} s; once it was back, the first page came"
              f" after {min(good, default=0):.2f} s, the last 503 after {max(away, default=0):.2f} s")  # fmt: skip
    resent = Counter(run.visits.resent)
    if run.outages:
        print(f"  forms kept on a page of 503 and sent again: {sum(resent.values())}, taken: {resent[200]}")


@contextmanager
def disturbed_site(files: list[str]) -> Iterator[tuple[Cluster, str, int]]:
    """Cluster, its address, and the port of the site on it."""
    with throw_away_folder() as folder:
        cluster = Cluster(folder, {})
        with cluster.in_use() as url, prepared(url, files, PASSWORD) as variables, serving(SITE, variables) as port:
            yield cluster, url, port


SITE = "finder.wsgi:application"


def main() -> None:
    requests = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    files = sys.argv[2:] or [str(SAMPLE)]
    with registry() as source, disturbed_site(files) as (cluster, url, port):
        told("undisturbed", observed(port, requests, None))
        editor, syncing = Editor(port), Syncing(url, source, requests * SYNC_PAGE_SECONDS)
        editor.start()
        syncing.start()
        told("Postgres killed and shut down", observed(port, requests, cluster))
        editor.done.set()
        editor.join()
        syncing.join()
        undisturbed = os.environ["DATABASE_URL"]
        Syncing(undisturbed, source).run()
        synced, alone = _rows(url, SYNCED), _rows(undisturbed, SYNCED)
        print(f"  sync: begun {syncing.begun} times, {len(synced):,} studies; as an undisturbed one: {synced == alone}")
        held = {row[0] for row in _rows(url, "SELECT name FROM auth_group")}
        print(f"  rows that the editor was told are saved: {len(editor.saved)}, lost: {len(set(editor.saved) - held)}"
              f"; refused: {editor.refused}")  # fmt: skip


def _rows(url: str, query: str) -> list[tuple[object, ...]]:
    with psycopg.connect(url) as connection:
        return connection.execute(query.encode()).fetchall()


if __name__ == "__main__":
    main()
