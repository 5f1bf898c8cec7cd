"""A backup comes back in an empty cluster as it was; what is damaged, foreign or stopped changes nothing."""

import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.utils import timezone

from bench.rows.prints import prints
from finder.backup import dump as dumping
from finder.backup import programs as own_programs
from finder.backup.dump import back_up
from finder.backup.programs import BackupError
from finder.launch.postgres import THROW_AWAY, Cluster
from finder.launch.steps import ROOT
from tests.launch.conftest import Starter
from tests.studies import store, study
from tests.trials.ingest.conftest import address
from trials.models import Mail, Trial, TrialEditorial

pytestmark = pytest.mark.django_db(transaction=True)
Restore = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def filled() -> str:
    """A database with studies, accounts, editors' words and a session; gives its address."""
    store(study(), study("NCT90000002"))
    editor = get_user_model().objects.create_superuser("editor", password="only for this test")
    TrialEditorial.objects.create(trial=Trial.objects.first(), plain_title="Ein “Wort” – 狼\t\\N")
    Client().force_login(editor)
    return address()


def test_no_mail_that_waited_is_sent_after_a_backup_came_back(filled, dump, restore, empty):
    now = timezone.now()
    Mail.objects.create(purpose="alert", sealed=b"x", queued_at=now, retry_at=now)
    back_up(dump)
    assert "is restored" in said(restore(dump))
    with psycopg.connect(empty) as other:
        assert other.execute("SELECT state FROM trials_mail").fetchall() == [("handing_over",)]


@pytest.fixture
def dump(filled: str, tmp_path: Path) -> Path:
    back_up(tmp_path / "finder.dump")
    return tmp_path / "finder.dump"


@pytest.fixture
def empty(folder: Path) -> Iterator[str]:
    """The address of a new cluster."""
    with Cluster(folder, THROW_AWAY).in_use() as url:
        yield url


@pytest.fixture
def restore(start: Starter, empty: str) -> Restore:
    """`manage.py restore` into the new cluster, as a process of its own."""

    def run(file: Path, *options: str) -> "subprocess.Popen[str]":
        command = (sys.executable, "manage.py", "restore", str(file), *options)
        return start(*command, cwd=ROOT, env=os.environ | {"DATABASE_URL": empty})

    return run


def said(process: "subprocess.Popen[str]") -> str:
    words, _ = process.communicate(timeout=60)
    return words


def test_a_backup_comes_back_as_it_was(filled: str, dump: Path, empty: str, restore: Restore) -> None:
    assert stat.S_IMODE(dump.stat().st_mode) == 0o600
    assert [path.name for path in dump.parent.iterdir()] == [dump.name]
    assert "Restart the site" in said(restore(dump))
    before, after = prints(filled), prints(empty)
    assert after == before
    assert before["trials_trial"][0] == 2 and before["auth_user"][0] == before["trials_trialeditorial"][0] == 1
    with psycopg.connect(empty) as other:
        assert other.execute("SELECT count(*) FROM django_session").fetchone() == (0,)

    assert "Say --replace" in said(restore(dump))
    with psycopg.connect(empty) as other:
        other.execute("CREATE TABLE left_over AS SELECT 1")
        other.execute("UPDATE trials_trial SET brief_title = 'Another'")
    assert "is restored" in said(restore(dump, "--replace"))
    assert prints(empty) == before


def flipped(dump: Path, whole: bytes) -> None:
    middle = len(whole) * 2 // 3
    dump.write_bytes(
        whole[:middle] + bytes(byte ^ 255 for byte in whole[middle : middle + 200]) + whole[middle + 200 :]
    )


DAMAGES = {
    "broken off": (lambda dump, whole: dump.write_bytes(whole[: len(whole) // 2]), "pg_restore failed"),
    "flipped in the middle": (flipped, "failed"),
    "of a later format": (lambda dump, whole: dump.write_bytes(whole[:6] + b"\x63" + whole[7:]), "unsupported version"),
    "no backup at all": (lambda dump, whole: dump.write_text("SELECT 1"), "pg_restore failed"),
}


def test_a_damaged_file_changes_nothing(dump: Path, empty: str, restore: Restore) -> None:
    whole = dump.read_bytes()
    with psycopg.connect(empty) as other:
        other.execute("CREATE TABLE kept AS SELECT 1")
    before = prints(empty)
    for name, (damage, words) in DAMAGES.items():
        damage(dump, whole)
        process = restore(dump, "--replace")
        answer = said(process)
        assert process.returncode == 1 and words in answer and "Traceback" not in answer, (name, answer)
        assert prints(empty) == before, name


def test_a_restore_killed_in_the_middle_changes_nothing(dump: Path, empty: str, restore: Restore) -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO trials_datachange (shown_only) SELECT true FROM generate_series(1, 300000)")
    back_up(dump)
    with psycopg.connect(empty, autocommit=True) as other:
        other.execute("CREATE TABLE kept AS SELECT 1")
        process = restore(dump, "--replace")
        deadline = time.monotonic() + 60
        while not other.execute("SELECT 1 FROM pg_stat_progress_copy WHERE tuples_processed > 1000").fetchone():
            assert process.poll() is None and time.monotonic() < deadline, said(process)
        process.send_signal(signal.SIGKILL)
        process.wait(10)
        while other.execute("SELECT 1 FROM pg_stat_activity WHERE application_name = 'psql'").fetchone():
            assert time.monotonic() < deadline
            time.sleep(0.05)
        assert list(prints(empty)) == ["kept", "(sequences)", "(shape)"]


def test_releases_are_told_apart(filled: str, tmp_path: Path, empty: str, restore: Restore) -> None:
    newer, older = tmp_path / "newer", tmp_path / "older"
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO django_migrations (app, name, applied) VALUES ('trials', '9999_later', now())")
        back_up(newer)
        cursor.execute("DELETE FROM django_migrations WHERE name = '9999_later'")
        newest = "SELECT max(name) FROM django_migrations WHERE app = 'trials'"
        cursor.execute(f"DELETE FROM django_migrations WHERE name = ({newest}) RETURNING *")
        [kept] = cursor.fetchall()
        back_up(older)
        cursor.execute("INSERT INTO django_migrations VALUES (%s, %s, %s, %s)", kept)
    assert "of a newer release, with the migrations trials 9999_later" in said(restore(newer))
    assert list(prints(empty)) == ["(sequences)", "(shape)"]
    assert "now run manage.py migrate" in said(restore(older))


def test_a_failed_backup_leaves_the_former_one(dump: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dumping, "_LOCK_WAIT", "100ms")
    former = dump.read_bytes()
    (dump.parent / f".{dump.name}.999999999.unfinished").touch()  # of one that was killed
    with psycopg.connect(address()) as other:
        other.execute("SET lock_timeout = 0; ALTER TABLE trials_trial ALTER COLUMN brief_title TYPE int USING 1")
        with pytest.raises(BackupError, match="pg_dump failed"):
            back_up(dump)
        other.rollback()
    assert dump.read_bytes() == former and [path.name for path in dump.parent.iterdir()] == [dump.name]
    with pytest.raises(BackupError, match="There is no folder"):
        back_up(dump.parent / "nowhere" / "finder.dump")


def test_programs_older_than_the_server_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = tmp_path / "pg_dump"
    script.write_text("#!/bin/sh\necho 'pg_dump (PostgreSQL) 15.4 (Debian 15.4-1)'\n")
    script.chmod(0o755)
    monkeypatch.setattr(own_programs.importlib.util, "find_spec", lambda name: None)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(BackupError, match="The server is Postgres 18, and the newest pg_dump here is of version 15"):
        own_programs.programs()
    monkeypatch.setenv("PATH", "/nonexistent")
    with pytest.raises(BackupError, match="there is no pg_dump here"):
        own_programs.programs()


def test_the_password_stands_in_no_command_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(connection.settings_dict, "PASSWORD", "never in a list of processes")
    assert "never" not in own_programs.programs().address
    assert own_programs.environment()["PGPASSWORD"] == "never in a list of processes"
