"""How fast studies are imported, beside the floor: read, `json.loads`, and COPY of the raw records alone.

    python3 manage.py bench import PATH…      # any files or folders that import_trials takes

Both run in turn, in one process, in a database made for it and dropped after; the ratio counts, not the seconds.
"""

import json
import sys
import time
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from statistics import median

from django.core.management import call_command
from django.db import connection

from trials.ingest.files import Files
from trials.models import ImportRun

ROUNDS = 3


def floor(paths: list[Path]) -> int:
    """Read the files, parse each record, and COPY it as it is into one table."""
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS bench_raw; CREATE TABLE bench_raw (id bigint PRIMARY KEY, payload text)")
        number = 0
        with cursor.copy("COPY bench_raw FROM STDIN") as copy:
            for record in Files(paths).records():
                json.loads(record.text)
                number += 1
                copy.write_row((number, record.text))
    return number


def ours(paths: list[Path]) -> int:
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE trials_trial, trials_importrun, trials_conditionterm, trials_condition CASCADE")
    call_command("import_trials", *map(str, paths), stdout=StringIO())
    return ImportRun.objects.get().read


def again(paths: list[Path]) -> int:
    """The second import, which finds every record unchanged."""
    call_command("import_trials", *map(str, paths), stdout=StringIO())
    return ImportRun.objects.latest("id").read


def main() -> None:
    paths = [Path(argument) for argument in sys.argv[1:]]
    if not paths:
        sys.exit(__doc__)
    measure(paths)


def measure(paths: list[Path]) -> None:
    kinds: dict[str, Callable[[list[Path]], int]] = {"floor": floor, "import": ours, "import again": again}
    seconds: dict[str, list[float]] = {name: [] for name in kinds}
    for _ in range(ROUNDS):
        for name, run in kinds.items():
            began = time.perf_counter()
            number = run(paths)
            seconds[name].append(time.perf_counter() - began)
    base = median(seconds["floor"])
    print(f"{number:,} records, median of {ROUNDS} rounds\n\n{'':14}{'seconds':>9}{'studies/s':>11}{'of floor':>10}")
    for name, taken in seconds.items():
        middle = median(taken)
        print(f"{name:14}{middle:9.2f}{number / middle:11,.0f}{base / middle:10.2f}")


if __name__ == "__main__":
    main()
