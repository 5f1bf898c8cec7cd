"""A sync from a slow registry on this machine, begun again whenever it fails, as the worker of a real server does."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from finder.launch.steps import ROOT
from tests.fake_registry import FakeRegistry, stall, study

STUDIES = 3_000
RETRY_SECONDS = 2
# What the registry's studies have become. The bundled ones have other ids.
SYNCED = """
    SELECT t.nct_id, t.brief_title, t.gone_since IS NULL, v.content_hash, v.is_basis,
        (SELECT string_agg(s.facility, '|' ORDER BY s.position) FROM trials_site s WHERE s.trial_id = t.id),
        (SELECT count(*) FROM trials_criterion c WHERE c.trial_id = t.id)
    FROM trials_trial t JOIN trials_recordversion v ON v.trial_id = t.id
    WHERE t.nct_id LIKE 'NCT9%' AND NOT t.is_sample ORDER BY t.nct_id, v.content_hash
"""


@contextmanager
def registry() -> Iterator[FakeRegistry]:
    os.environ["NO_PROXY"] = "*"
    with FakeRegistry(study(number) for number in range(1, STUDIES + 1)) as serving:
        yield serving


class Syncing(threading.Thread):
    """`page_seconds`: how long the registry takes for each hundred studies."""

    def __init__(self, url: str, source: FakeRegistry, page_seconds: float = 0) -> None:
        super().__init__(daemon=True)
        self.url, self.source, self.page_seconds = url, source, page_seconds
        self.begun = 0

    def run(self) -> None:
        self.source.faults.clear()
        if self.page_seconds:
            self.source.faults += [stall(self.page_seconds)] * (STUDIES // 100 + 10)
        environment = os.environ | {
            "DATABASE_URL": self.url,
            "FINDER_CTGOV_API_URL": self.source.url,
            "FINDER_CTGOV_REQUESTS_PER_MINUTE": "60000",
        }
        command = [sys.executable, "manage.py", "sync_trials", "--full"]
        while True:
            self.begun += 1
            done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
            if not done.returncode:
                return
            print(f"  sync ended with {done.returncode}: {done.stderr.strip().splitlines()[-1][:150]}", flush=True)
            time.sleep(RETRY_SECONDS)
