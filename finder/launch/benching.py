"""`manage.py bench NAME …`: run `bench/NAME.py` against a database of its own, as durable as a real one."""

import runpy
import sys

from finder.launch.steps import ROOT, LaunchError
from finder.launch.testing import testing_settings, throw_away_database, throw_away_folder

BENCH = ROOT / "bench"


def run_bench(arguments: list[str]) -> int:
    """Run a script of `bench/` with the rest of the arguments; returns the exit code."""
    names = sorted(path.stem for path in BENCH.glob("*.py") if path.stem != "made_up")
    if not arguments or arguments[0] not in names:
        raise LaunchError(f"Name a measurement: {', '.join(names)}.")
    with throw_away_folder() as folder, throw_away_database(folder, settings={}) as url:
        testing_settings(url)
        from finder.launch.commands import setup_django
        from finder.launch.rows import migrate

        setup_django()
        migrate()
        script = str(BENCH / f"{arguments[0]}.py")
        sys.argv = [script, *arguments[1:]]
        runpy.run_path(script, run_name="__main__")
    return 0
