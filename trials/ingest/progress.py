"""One line that says how far an import is, how fast it goes and when it will end."""

import time
from datetime import timedelta
from typing import TextIO

from trials.models import ImportRun

_SECONDS_BETWEEN_LINES = 1.0


class Progress:
    """Prints at most one line a second; over itself on a terminal, below each other in a log.

    `already` is what the run had read before it was stopped and gone on with.
    """

    def __init__(self, total: int | None, stream: TextIO, already: int = 0) -> None:
        self.total, self.stream, self.already = total, stream, already
        self.began = time.monotonic()
        self.last = 0.0

    def show(self, run: ImportRun, share: float | None = None) -> None:
        """`share` of the work done (0 to 1) stands in for a total that is not known."""
        now = time.monotonic()
        if now - self.last < _SECONDS_BETWEEN_LINES:
            return
        self.last = now
        end = "\r" if self.stream.isatty() else "\n"
        print(self.line(run, share, now - self.began), end=end, file=self.stream, flush=True)

    def line(self, run: ImportRun, share: float | None, seconds: float) -> str:
        rate = (run.read - self.already) / seconds if seconds else 0.0
        share = run.read / self.total if self.total else share
        text = f"{run.read:,} studies read, {rate:,.0f} a second"
        if share and rate:
            left = timedelta(seconds=round((run.read / share - run.read) / rate))
            text = f"{share:4.0%}  {text}, {left} left"
        return text


def summary(run: ImportRun) -> str:
    """The counts of a run in one sentence."""
    gone = f", {run.gone} missing from the registry" if run.gone else ""
    return (
        f"{run.read} records read: {run.created} created, {run.updated} updated, {run.unchanged} unchanged, "
        f"{run.failed} failed{gone}."
    )
