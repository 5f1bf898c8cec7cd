"""How long a backup takes, how long it takes to come back, and whether it comes back whole.

    python3 manage.py bench backup PATH…      # any files or folders that import_trials takes

The studies and the towns of the world in a cluster of its own; an account, a study's editorial row and partners' views
beside them. The backup is restored into a second, empty cluster, and both are held against each other: the number of
rows and a hash over all of each table, the sequences, and what is defined.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from bench.rows.prints import Print, prints
from finder.backup.dump import back_up
from finder.launch.steps import ROOT
from finder.launch.testing import throw_away_database, throw_away_folder
from trials.ingest.partner_views import count_view
from trials.models import Partner, Trial, TrialEditorial


def fill(paths: list[str]) -> None:
    call_command("import_trials", *paths, verbosity=0)
    call_command("load_places", verbosity=0)
    get_user_model().objects.create_superuser("editor", password="for a measurement only")  # noqa: S106
    partner = Partner.objects.create(name="Example Clinic", allowed_origins="https://clinic.example.org")
    for trial in Trial.objects.all()[:500]:
        TrialEditorial.objects.update_or_create(trial=trial, defaults={"plain_title": f"Title of {trial.pk}"})
        count_view(partner.pk, timezone.localdate(), trial.nct_id or "")


def seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def restored(dump: Path, url: str) -> None:
    """As an operator does it."""
    command = [sys.executable, "manage.py", "restore", str(dump)]
    subprocess.run(command, cwd=ROOT, env=os.environ | {"DATABASE_URL": url}, check=True, stdout=subprocess.DEVNULL)


def compared(before: dict[str, Print], after: dict[str, Print]) -> None:
    """One line for each of the largest tables, and what they add up to."""
    for name in sorted(before, key=lambda one: -before[one][0])[:12]:
        same = "equal" if before[name] == after.get(name) else "DIFFERENT"
        print(f"{name:32}{before[name][0]:>12,}  {before[name][1][:12]:14}{same}")
    different = sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))
    rows = sum(count for count, _ in before.values())
    print(f"{len(before)} tables and lists, {rows:,} rows; different: {', '.join(different) or 'none'}")
    if different:
        sys.exit(1)


def main() -> None:
    fill(sys.argv[1:])
    ours = os.environ["DATABASE_URL"]
    with throw_away_folder() as folder, throw_away_database(folder) as other, tempfile.TemporaryDirectory() as files:
        dump = Path(files) / "finder.dump"
        print(f"backup, checked:   {seconds(lambda: back_up(dump)):6.1f} s, {dump.stat().st_size / 1e6:,.1f} MB")
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_database_size(current_database())")
            print(f"the database:               {cursor.fetchone()[0] / 1e6:,.1f} MB")
        print(f"restore, analysed: {seconds(lambda: restored(dump, other)):6.1f} s")
        compared(prints(ours), prints(other))


if __name__ == "__main__":
    main()
