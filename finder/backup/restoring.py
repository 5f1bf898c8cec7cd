"""Restore a backup: all of it or nothing, in one transaction."""

import shutil
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import IO

from django.db import connection
from django.db.migrations.loader import MigrationLoader

from finder.backup.programs import BackupError, Programs, environment, failed, programs

Migration = tuple[str, str]  # app and name
_TABLES = """
    SELECT count(*) FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
    WHERE relkind IN ('r', 'p', 'v', 'm') AND nspname NOT IN ('pg_catalog', 'information_schema')
        AND nspname NOT LIKE 'pg\\_%%'
"""
_BEGIN = "BEGIN;\nSET LOCAL lock_timeout = '60s';\n"
_EMPTY = """
    DROP SCHEMA public CASCADE;
    CREATE SCHEMA public AUTHORIZATION pg_database_owner;
    GRANT USAGE ON SCHEMA public TO PUBLIC;
    COMMENT ON SCHEMA public IS 'standard public schema';
"""


def restore(source: Path, *, replace: bool) -> list[Migration]:
    """Bring the database to what the backup holds; returns the migrations of the code that it does not know yet.

    Without `replace` only an empty database is filled. Raises BackupError, and has then changed nothing.
    """
    if not source.is_file():
        raise BackupError(f"There is no file {source}.")
    known = programs()
    known.run("pg_restore", "--list", str(source))
    theirs, ours = _migrations_in(known, source), set(MigrationLoader(None).disk_migrations)
    if unknown := sorted(theirs - ours):
        names = ", ".join(f"{app} {name}" for app, name in unknown[:3])
        raise BackupError(f"The backup is of a newer release, with the migrations {names}. Bring the code up first.")
    if not replace and _tables():
        raise BackupError("The database is not empty. Say --replace to put the backup in the place of all it has.")
    _pour(known, source, _BEGIN + (_EMPTY if replace else ""))
    _doubt_mails()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # so that the first searches are planned well
    return sorted(ours - theirs)


def _doubt_mails() -> None:
    """Nobody knows which of the mails that waited were sent since: a worker sends none of them, and tells who waits for
    their fate.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('trials_mail')")
        if cursor.fetchone()[0]:
            cursor.execute("UPDATE trials_mail SET state = 'handing_over' WHERE settled_at IS NULL")


def _tables() -> int:
    with connection.cursor() as cursor:
        cursor.execute(_TABLES)
        return int(cursor.fetchone()[0])


def _migrations_in(known: Programs, source: Path) -> set[Migration]:
    """The migrations that the backup's database had, read from its rows."""
    script = known.run("pg_restore", "--data-only", "--table=django_migrations", "--file=-", str(source))
    rows = script.partition("COPY public.django_migrations ")[2].partition("\n\\.")[0].splitlines()[1:]
    found = {(fields[1], fields[2]) for row in rows if len(fields := row.split("\t")) > 2}
    if not found:
        raise BackupError(f"{source} is no backup of this site: it has no list of migrations.")
    return found


def _pour(known: Programs, source: Path, first: str) -> None:
    """Send the backup through psql, and COMMIT only when pg_restore has come to a good end.

    Whichever of the three processes dies, the transaction is rolled back.
    """
    arguments = ("--no-psqlrc", "--quiet", "--output=/dev/null", "--set=ON_ERROR_STOP=1", f"--dbname={known.address}")
    with tempfile.TemporaryFile("w+") as errors:
        writing = subprocess.Popen(
            known.command("psql", *arguments), stdin=subprocess.PIPE, stderr=errors, env=environment()
        )
        try:
            with suppress(BrokenPipeError):  # psql ended; it has said why
                _send(known, source, writing, first)
            code = writing.wait()
        finally:
            writing.kill()
            writing.wait()
        if code:
            raise failed("psql", _said(errors))


def _send(known: Programs, source: Path, writing: "subprocess.Popen[bytes]", first: str) -> None:
    assert writing.stdin  # noqa: S101  it is a pipe
    with tempfile.TemporaryFile("w+") as errors, writing.stdin as target:
        target.write(first.encode())
        command = known.command("pg_restore", "--no-owner", "--no-privileges", "--file=-", str(source))
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors) as reading:
            assert reading.stdout  # noqa: S101
            try:
                shutil.copyfileobj(reading.stdout, target)
            except BaseException:
                reading.kill()
                raise
        if reading.returncode:
            writing.kill()
            raise failed("pg_restore", _said(errors))
        target.write(b"\nCOMMIT;\n")


def _said(errors: IO[str]) -> str:
    errors.seek(0)
    return errors.read()
