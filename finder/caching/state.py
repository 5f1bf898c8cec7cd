"""What pages would show now, in one short name and one date."""

import hashlib
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db import Error
from django.utils import timezone
from django.utils.http import http_date

from finder.caching.code import code_version
from trials.models import DataChange

ASK_SECONDS = 1.0
# A date has whole seconds: while another change could still bear the same one, none is told.
_SETTLED = timedelta(seconds=2)
_STEP_SECONDS = 10  # workers that start together say the same


@dataclass(frozen=True, slots=True)
class State:
    """`version` is another one as soon as any page could be another; `modified` is an HTTP date, empty if not known."""

    version: bytes
    modified: str


class Watch:
    """Looks at the data, asking at most once a second; each process has its own."""

    def __init__(self) -> None:
        self._code = code_version()
        self._started = _next_step(time.time())
        self._state: State | None = None
        self._asked_at = -ASK_SECONDS

    def state(self) -> State | None:
        """None while the database does not answer: nobody then knows what has been taken off the pages."""
        now = time.monotonic()
        if now - self._asked_at >= ASK_SECONDS:
            # The day before the data, and both before any page is made: it is never older than its name.
            today = timezone.localdate()
            try:
                shown = DataChange.shown()
            except Error:
                self._state = None
            else:
                name = repr((shown.version, shown.changed_at, today)).encode()
                version = hashlib.blake2b(name, key=self._code, digest_size=16).digest()
                midnight = datetime.combine(today, datetime.min.time(), timezone.get_default_timezone())
                modified = max(midnight, self._started, shown.changed_at or midnight)
                self._state = State(version, _told(modified, shown.asked_at))
            self._asked_at = now
        return self._state


def _told(modified: datetime, asked_at: datetime | None) -> str:
    """Empty for what lies in the future by either clock, or too near to be told from the next change."""
    now = datetime.now(UTC)
    return http_date(modified.timestamp()) if modified + _SETTLED <= min(now, asked_at or now) else ""


def _next_step(seconds: float) -> datetime:
    return datetime.fromtimestamp(-(-seconds // _STEP_SECONDS) * _STEP_SECONDS, UTC)
