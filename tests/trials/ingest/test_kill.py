"""`kill -9` in the middle of an import, and what is left of it."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection

from tests.studies import site, study
from tests.trials.ingest.conftest import ROOT, address
from tests.trials.ingest.snapshot import snapshot, unequal
from trials import models as m

KILLS = 10


def write_studies(path: Path) -> None:
    """1,500 records: studies of many sites, some in two versions, a few that fail."""
    with path.open("w") as file:
        for n in range(1500):
            locations = [site(f"Hospital {i}", f"City {i}", contacts=[{"name": "Desk"}]) for i in range(n % 25)]
            record = study(f"NCT9{n % 1200:07}", contactsLocationsModule={"locations": locations})
            record["protocolSection"]["identificationModule"]["briefTitle"] += f" {n}"
            file.write("broken\n" if n % 500 == 499 else json.dumps(record) + "\n")


def empty() -> None:
    tables = ", ".join(f'"{model._meta.db_table}"' for model in (m.Trial, m.ImportRun, m.ConditionTerm, m.Condition))
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {tables} CASCADE")


@pytest.mark.django_db(transaction=True)
def test_an_import_killed_ten_times_and_run_again_equals_an_undisturbed_one(tmp_path):
    path = tmp_path / "studies_2026-11-01.jsonl"
    write_studies(path)
    call_command("import_trials", str(path))
    undisturbed = snapshot()
    empty()
    for moment in sorted(random.Random(20261121).sample(range(0, 1000), KILLS)):
        assert import_killed_when_stored(path, moment) == -signal.SIGKILL
    assert 0 < m.Trial.objects.count() < 1200
    call_command("import_trials", str(path))
    assert unequal(snapshot(), undisturbed) == []


def import_killed_when_stored(path: Path, versions: int) -> int:
    """Import in a process of its own, which is killed a moment after so many versions are stored; its exit code."""
    command = [sys.executable, str(ROOT / "manage.py"), "import_trials", str(path)]
    environment = os.environ | {"DATABASE_URL": address()}
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL)
    give_up_at = time.monotonic() + 60
    while m.RecordVersion.objects.count() < versions and process.poll() is None and time.monotonic() < give_up_at:
        time.sleep(0.002)
    time.sleep(random.Random(versions).uniform(0, 0.1))
    process.kill()
    return process.wait(30)
