"""Runs one command again and again, at an interval: the worker of docker-compose.yml, which fetches from the registry.

    python -m finder.launch.schedule python manage.py sync_trials --then python manage.py queue_alerts

What stands behind `--then` is run after each good run; should it fail, that is said, and the next run goes on as usual.

FINDER_SYNC_HOURS says how long after a good run the next one starts; after a bad one it tries again within an hour.
`python -m finder.launch.health sync` tells whether the loop is alive and its last run was good.
"""

import os
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from types import FrameType

STATE = Path(tempfile.gettempdir()) / "finder-schedule"
THEN = "--then"
TICK_SECONDS = 5.0
RETRY_SECONDS = 3600.0
STOP_SECONDS = 30


def interval_seconds() -> float:
    """The wait after a good run, from FINDER_SYNC_HOURS."""
    text = os.environ.get("FINDER_SYNC_HOURS", "").strip() or "24"
    try:
        hours = float(text)
    except ValueError:
        hours = 0
    if not 0 < hours <= 24 * 31:
        sys.exit(f"FINDER_SYNC_HOURS is “{text}”: set it to a number of hours above 0; see docs/deployment.md.")
    return hours * 3600


def run_for_ever(command: list[str], interval: float, then: list[str] | None = None) -> None:
    """Run `command`, and after a good run `then`; wait, run it again; ends with the process."""
    state = "ok"
    while True:
        code = _run(command, state)
        state = "failed" if code else "ok"
        if then and not code and (after := _run(then, state)):
            print(f"What follows ended with exit code {after}.", flush=True)
        wait = min(interval, RETRY_SECONDS) if code else interval
        print(f"Ended with exit code {code}. Next run in {wait / 3600:.1f} hours.", flush=True)
        due = time.monotonic() + wait
        while (left := due - time.monotonic()) > 0:
            _say(state)
            time.sleep(min(TICK_SECONDS, left))


def _run(command: list[str], state: str) -> int:
    """Run `command` to its end; meanwhile keep saying that we are alive, and how the run before ended."""
    process = subprocess.Popen(command)
    try:
        while True:
            _say(state)
            with suppress(subprocess.TimeoutExpired):
                return process.wait(TICK_SECONDS)
    finally:
        process.terminate()
        process.wait(STOP_SECONDS)


def _say(state: str) -> None:
    """Replaces the file as a whole: a health check that reads it meanwhile must not find it empty.

    Where there is no room for it, the check finds the old one, and says after a while that there was no sign.
    """
    written = STATE.with_suffix(".new")
    with suppress(OSError):
        written.write_text(state)
        written.replace(STATE)


def _leave(signum: int, frame: FrameType | None) -> None:
    sys.exit(0)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, _leave)
    given = sys.argv[1:]
    place = given.index(THEN) if THEN in given else len(given)
    run_for_ever(given[:place], interval_seconds(), given[place + 1 :])
