"""`manage.py bench check PATH…`: one step of the questionnaire, from the form that comes in to the page that goes out.

PATH are files or folders of study records, as import_trials takes them. They are imported as open studies of our
conditions, again and again under new numbers until there are enough; from the second time on each number in their
eligibility text is changed a little, so that no two ask alike. Made-up people then answer or skip what they are asked,
over all studies at once. Printed: the time of a step and of a page of results, and how long it takes to make the
studies ready; beside the floor, a page of the site that asks the database nothing.
"""

import json
import random
import re
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import quantiles
from typing import Any

from django.db import connection
from django.test import Client

from tests.studies import store
from trials import open_studies
from trials.ingest.files import Files
from trials.models import Trial

SIZES = (200, 2_000, 20_000)
PEOPLE = 12
STEPS = 14  # of each
BATCH = 200
SEED = 20_261_122
_HIDDEN = re.compile(r'name="(state|at)" value="([^"]*)"')
_NUMBER = re.compile(r"(?<![\w.])\d{1,3}(?![\w.])")


def records(paths: list[Path], rng: random.Random) -> Iterator[dict[str, Any]]:
    """Endless."""
    own = [json.loads(one.text) for one in Files(paths).records()]
    own = [one for one in own if one["protocolSection"].get("eligibilityModule", {}).get("eligibilityCriteria")]
    number = 0
    while True:
        for one in own:
            number += 1
            record = json.loads(json.dumps(one))
            record["protocolSection"]["identificationModule"]["nctId"] = f"NCT{90_000_000 + number}"
            if number > len(own):
                eligibility = record["protocolSection"]["eligibilityModule"]
                text = eligibility["eligibilityCriteria"]
                eligibility["eligibilityCriteria"] = _NUMBER.sub(lambda n: str(int(n[0]) + rng.randrange(4)), text)
            yield record


def grow(to: int, source: Iterator[dict[str, Any]]) -> None:
    while (held := Trial.objects.count()) < to:
        store(*(next(source) for _ in range(min(BATCH, to - held))))
    Trial.objects.update(overall_status="RECRUITING", recruiting=True, in_scope=True, study_type="INTERVENTIONAL")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def timed(client: Client, path: str, form: dict[str, Any] | None = None) -> tuple[float, str]:
    began = time.perf_counter()
    response = client.get(path) if form is None else client.post(path, form, headers={"HX-Request": "true"})
    taken = time.perf_counter() - began
    if response.status_code != 200:
        raise RuntimeError(f"{path}: {response.status_code}")
    return taken * 1_000, response.content.decode()


def inputs(page: str, rng: random.Random) -> dict[str, Any]:
    """Something for each input of a screen."""
    given: dict[str, Any] = {}
    for name, value in re.findall(r'type="radio" name="([\w.]+)" value="(\w+)"', page):
        if rng.random() < 0.5:
            given[name] = value
    for name in re.findall(r'type="text" inputmode="decimal"[^>]*|id="([\w]+)" name="\w+" type="text"', page):
        if name:
            given[name] = str(rng.randrange(20, 90))
    for name, unit in re.findall(r'<select name="([\w.]+)".*?<option value="(\w[\w-]*)"', page, re.DOTALL):
        given[name] = unit
    ticks = re.findall(r'type="checkbox" name="(diagnosis|treatment)" value="([\w-]+)"', page)
    for name in {name for name, _value in ticks}:
        given[name] = [value for ticked, value in ticks if ticked == name and rng.random() < 0.2]
    return given


def walked(client: Client, rng: random.Random) -> tuple[list[float], list[float]]:
    """The times of the steps of one person, and of their results."""
    steps = []
    page = timed(client, "/check/")[1]
    for _ in range(STEPS):
        held = dict(_HIDDEN.findall(page))
        if not held.get("at"):
            break
        given = {} if held["at"] == "condition" else inputs(page, rng)
        taken, page = timed(client, "/check/", {**held, "do": "next" if given else "skip", **given})
        if "problem" in page:
            taken, page = timed(client, "/check/", {**held, "do": "skip"})
        steps.append(taken)
    state = {"state": dict(_HIDDEN.findall(page))["state"]}
    shown = [timed(client, "/check/", {**state, "do": f"show:{one}"})[0] for one in ("unknown", "does_not_fit")]
    return steps, shown


def percentiles(taken: list[float]) -> tuple[float, float]:
    cuts = quantiles(taken, n=20, method="inclusive")
    return cuts[9], cuts[18]


def main() -> None:
    paths = [Path(argument) for argument in sys.argv[1:]]
    if not paths:
        sys.exit(__doc__)
    rng = random.Random(SEED)
    source, client = records(paths, rng), Client()
    print(f"{'studies':>8}{'ready, s':>10}{'step p50':>10}{'p95, ms':>9}{'results p50':>13}{'p95, ms':>9}{'floor':>8}"
          f"{'step of floor':>15}")  # fmt: skip
    for size in SIZES:
        grow(size, source)
        began = time.perf_counter()
        held = open_studies.open_studies()
        ready = time.perf_counter() - began
        timed(client, "/check/")  # what is made once for each process
        walks = [walked(client, rng) for _ in range(PEOPLE)]
        steps = percentiles([one for walk in walks for one in walk[0]])
        shown = percentiles([one for walk in walks for one in walk[1]])
        floor = percentiles([timed(client, "/learn/")[0] for _ in range(50)])[0]
        print(f"{len(held.nct_ids):8,}{ready:10.2f}{steps[0]:10.1f}{steps[1]:9.1f}{shown[0]:13.1f}{shown[1]:9.1f}"
              f"{floor:8.1f}{steps[0] / floor:15.1f}", flush=True)  # fmt: skip


if __name__ == "__main__":
    main()
