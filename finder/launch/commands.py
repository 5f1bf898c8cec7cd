"""Runs a Django command, with the embedded database brought up for its length when DATABASE_URL names no other."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from finder.launch.help import overview
from finder.launch.place import project_folder
from finder.launch.postgres import Cluster
from finder.launch.steps import DATA, LaunchError, data_folder

WITHOUT_DATABASE = {
    "help", "--help", "-h", "version", "--version", "makemessages", "compilemessages", "catalogues",
    "collectstatic",
}  # fmt: skip
LOCAL_HOSTS = "localhost,127.0.0.1,[::1]"
SECRET_FILE = DATA / "secret_key"


def django_command(argv: list[str]) -> int:
    """Run `manage.py <command>`; returns its exit code."""
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    if "DATABASE_URL" not in os.environ or SECRET_FILE.exists():
        development_settings()
    try:
        if len(argv) < 2 or argv[1] in WITHOUT_DATABASE:
            os.environ.setdefault("DATABASE_URL", "postgresql:///unused")
            if argv[1:] in ([], ["help"], ["--help"], ["-h"]):
                print(overview(), flush=True)
            execute_from_command_line(argv)
        else:
            with database() as cluster:
                if cluster:
                    cluster.prepared_stamp.unlink(missing_ok=True)  # the command may change anything
                execute_from_command_line(argv)
    except ImproperlyConfigured as error:
        raise LaunchError(str(error)) from error
    except Exception as error:
        raise _told(error) from error
    return 0


def _told(error: Exception) -> Exception:
    """The error as it is, or a sentence where the database refused, or a disk is full."""
    from trials.trouble import Trouble, reason_of, trouble_of

    return error if trouble_of(error) in (None, Trouble.UNUSABLE) else LaunchError(reason_of(error))


@contextmanager
def database() -> Iterator[Cluster | None]:
    """Have a database in DATABASE_URL for the length of the block: the one named there, else the embedded one."""
    if os.environ.get("DATABASE_URL"):
        yield None
        return
    cluster = Cluster(project_folder())
    with cluster.in_use() as url:
        os.environ["DATABASE_URL"] = url
        try:
            yield cluster
        finally:
            del os.environ["DATABASE_URL"]


def development_settings() -> None:
    """Fill in what only a real server must be given: this machine's own names, plain HTTP, a secret made here once."""
    os.environ.setdefault("FINDER_ALLOWED_HOSTS", LOCAL_HOSTS)
    os.environ.setdefault("FINDER_HTTPS", "false")
    if not os.environ.get("FINDER_SECRET_KEY"):
        os.environ["FINDER_SECRET_KEY"] = _secret(data_folder() / SECRET_FILE.name)


def _secret(path: Path) -> str:
    """The development secret; made on first use, readable by its owner only. Two starters at once agree on one."""
    if not path.exists():
        unfinished = path.with_name(f"{path.name}.{os.getpid()}")
        with open(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(50))
        try:
            os.link(unfinished, path)
        except FileExistsError:
            pass
        finally:
            unfinished.unlink()
    return path.read_text()


def setup_django() -> None:
    """Load settings and apps; what is wrong with a setting is said in a sentence."""
    import django
    from django.core.exceptions import ImproperlyConfigured

    try:
        django.setup()
    except ImproperlyConfigured as error:
        raise LaunchError(str(error)) from error
