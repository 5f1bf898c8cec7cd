"""Whether each alert is told exactly once, over a mail server that refuses, breaks off and goes away.

    python3 manage.py bench alerts 10000

The server is a process of its own with a journal on its disk, in which a mail stands as soon as it is taken. It refuses
one mailbox in ten, breaks off one text in twenty, and is down for a minute. The worker is killed (-9) five times and
started again. What is counted in the end is the journal; our tables are held against it. A second round, a week later,
tells those again of whom nobody knows whether they were told, and no others. Waits before another try are cut short
when nothing else is left to do.
"""

import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path

from cryptography.fernet import Fernet
from django.conf import settings
from django.db import connection
from django.utils import timezone

from finder.alerts.digest import queue_digests
from finder.launch.steps import ROOT
from tests.studies import store, study
from trials.ingest.alerts import Wish, load_alerts
from trials.ingest.mails import due_mails
from trials.models import Mail, RecordVersion

SEARCHES = ("condition=sle", "condition=sle&country=DE", "q=NCT90000001", "")
STUDIES = 8
KILLS = (0.1, 0.25, 0.4, 0.6, 0.8)  # of the mails, when a worker is killed
DOWN_AT, DOWN_SECONDS = 0.5, 60.0
HOST = "bench-host.org"


def environment(port: int, key: str, url: str) -> dict[str, str]:
    mail = {"HOST": "127.0.0.1", "PORT": str(port), "TLS": "off", "FROM": f"finder@{HOST}", "KEYS": key}
    return os.environ | {"DATABASE_URL": url} | {f"FINDER_MAIL_{name}": value for name, value in mail.items()}


class Server:
    """The mail server; `taken` reads its journal."""

    def __init__(self, port: int, journal: Path) -> None:
        self.port, self.journal = port, journal
        self.journal.touch()
        self.start()

    def start(self) -> None:
        command = [sys.executable, "-m", "bench.rows.mail_journal", str(self.port), str(self.journal)]
        self.process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE)
        assert self.process.stdout is not None
        self.process.stdout.readline()

    def stop(self) -> None:
        self.process.kill()
        self.process.wait()

    def taken(self) -> list[tuple[str, str]]:
        """Message-ID and recipient of each mail that it has answered with 250."""
        lines = self.journal.read_text().splitlines()
        return [(line.split(" ")[0], line.split(" ")[1]) for line in lines]


def prepared(count: int) -> None:
    before = timezone.now() - timedelta(days=2)
    wishes = ((Wish(f"reader{n}@homes.org", SEARCHES[n % len(SEARCHES)]), "daily", "en") for n in range(count))
    load_alerts(wishes, before)
    for n in range(STUDIES):
        store(study(f"NCT9000000{n}"))
    RecordVersion.objects.update(source="https://registry")
    store_older(before - timedelta(days=1))


def store_older(stored_at: datetime) -> None:
    """The first study has an older record, so that who follows it alone is told of a change."""
    old = set(RecordVersion.objects.values_list("pk", flat=True))
    dated = {"overallStatus": "NOT_YET_RECRUITING", "lastUpdatePostDateStruct": {"date": "2020-01-01"}}
    store(study("NCT90000001", statusModule=dated))
    RecordVersion.objects.exclude(pk__in=old).update(stored_at=stored_at, source="https://registry")


def sent(server: Server, environ: dict[str, str], count: int) -> tuple[float, int, int]:
    """Seconds, workers killed, and the most memory of a worker in bytes."""
    began, kills, down_at, most = time.monotonic(), 0, 0.0, 0
    command = [sys.executable, "manage.py", "send_mails"]
    worker = subprocess.Popen(command, cwd=ROOT, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while Mail.objects.filter(settled_at=None).exists():
        time.sleep(0.2)
        if server.process.poll() is None and not due_mails(timezone.now()):
            hurry()
        most = max(most, memory_of(worker.pid))
        share = len(server.taken()) / count
        if not down_at and share >= DOWN_AT:
            server.stop()
            down_at = time.monotonic()
        if down_at and server.process.poll() is not None and time.monotonic() - down_at > DOWN_SECONDS:
            server.start()
        if kills < len(KILLS) and share >= KILLS[kills]:
            worker.send_signal(signal.SIGKILL)
            worker.wait()
            kills += 1
            worker = subprocess.Popen(command, cwd=ROOT, env=environ, stdout=subprocess.DEVNULL)
    worker.terminate()
    worker.wait()
    return time.monotonic() - began, kills, most


def memory_of(pid: int) -> int:
    """Bytes in memory; 0 where the system does not tell."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    except (OSError, IndexError):
        return 0
    return pages * resource.getpagesize()


def told(server: Server, count: int) -> bool:
    """Hold the journal against our tables, and print both."""
    journal = Counter(message_id for message_id, _ in server.taken())
    states = {f"<{pk}@{HOST}>": state for pk, state in Mail.objects.values_list("pk", "state")}
    by_state = Counter(states.values())
    twice = sum(1 for times in journal.values() if times > 1)
    lost = [one for one, state in states.items() if state == "accepted" and one not in journal]
    unsaid = [one for one in journal if states.get(one) not in ("accepted", "in_doubt")]
    doubt = [one for one, state in states.items() if state == "in_doubt"]
    print(f"{count:,} alerts, {len(states):,} mails: {dict(by_state)}")
    print(f"journal of the server: {len(journal):,} mails taken; twice: {twice}")
    print(f"accepted by our table, not in the journal (lost): {len(lost)}; the other way: {len(unsaid)}")
    print(f"in doubt: {len(doubt)}, of these taken by the server: {sum(1 for one in doubt if one in journal)}")
    whole = len(states) == count and sum(by_state[one] for one in ("accepted", "refused", "in_doubt")) == count
    return whole and not (twice or lost or unsaid)


def told_later(server: Server, environ: dict[str, str], count: int) -> bool:
    """A week later nothing new has come in: only who has not certainly been told is written to."""
    unsure = Mail.objects.filter(state__in=("refused", "in_doubt")).count()
    queued = queue_digests(timezone.now() + timedelta(days=8))
    worker = subprocess.Popen(
        [sys.executable, "manage.py", "send_mails"], cwd=ROOT, env=environ, stdout=subprocess.DEVNULL
    )
    while Mail.objects.filter(settled_at=None).exists():
        time.sleep(1)
        hurry()
    worker.terminate()
    worker.wait()
    by_mailbox = Counter(recipient for _, recipient in server.taken())
    refused = Mail.objects.filter(state="refused").values("about").distinct().count()
    again = sum(1 for times in by_mailbox.values() if times > 1)
    print(f"a week later: {queued} mails, for the {unsure} that were refused or in doubt; {len(by_mailbox):,} mailboxes"
          f" were told, {again} of them again after a doubt; {refused:,} refuse")  # fmt: skip
    return queued == unsure and len(by_mailbox) + refused == count


def hurry() -> None:
    """Cut short the waits before another try."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE trials_mail SET retry_at = now() WHERE settled_at IS NULL AND retry_at > now()")
        cursor.execute("UPDATE procrastinate_jobs SET scheduled_at = now() WHERE scheduled_at > now()")


def main() -> int:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    key, port = Fernet.generate_key().decode(), 20_000 + os.getpid() % 20_000
    settings.MAIL_HOST, settings.MAIL_PORT, settings.MAIL_TLS = "127.0.0.1", port, "off"
    settings.MAIL_FROM, settings.MAIL_KEYS = f"finder@{HOST}", [key]
    settings.SITE_URL = "https://trials.bench-host.org"
    prepared(count)
    began = time.monotonic()
    queued = queue_digests(timezone.now())
    again = queue_digests(timezone.now())
    print(f"{queued:,} mails queued in {time.monotonic() - began:.1f} s; by a second round: {again}")
    with tempfile.TemporaryDirectory() as folder:
        server = Server(port, Path(folder) / "journal")
        environ = environment(port, key, os.environ["DATABASE_URL"])
        try:
            seconds, kills, most = sent(server, environ, count)
            print(f"{seconds:.0f} s, with a minute of silence: {count / seconds:.0f} mails/s; {kills} workers killed;"
                  f" the largest had {most / 1e6:.0f} MB, this process {_own() / 1e6:.0f} MB")  # fmt: skip
            good = told(server, count)
            good = told_later(server, environ, count) and good
        finally:
            server.stop()
    connection.close()
    print("None lost, none twice, all counted." if good else "THIS DOES NOT ADD UP.")
    return 0 if good else 1


def _own() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


if __name__ == "__main__":
    sys.exit(main())
