"""`manage.py test`: pytest against a cluster of its own, which is thrown away at the end."""

import contextlib
import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from finder.launch.commands import LOCAL_HOSTS
from finder.launch.postgres import THROW_AWAY, Cluster
from finder.launch.steps import ROOT, LaunchError, remove_tree, step

PREFIX = "ctd-finder-test-"


def run_tests(arguments: list[str]) -> int:
    """Run pytest with `arguments` (all of `tests/` without any); returns its exit code."""
    import pytest

    os.chdir(ROOT)
    sweep()
    with contextlib.ExitStack() as stack:
        with step("Starting a throw-away Postgres"):
            folder = stack.enter_context(throw_away_folder())
            url = stack.enter_context(throw_away_database(folder))
        testing_settings(url)
        for name in ("XDG_CACHE_HOME", "XDG_CONFIG_HOME"):  # Chromium writes there, whatever profile it is given
            os.environ[name] = str(folder / "home")
        return int(pytest.main([f"--basetemp={folder / 'tmp'}", *_shared_out(arguments), *arguments]))


def _shared_out(arguments: list[str]) -> list[str]:
    """All tests go to all cores, a file at a time; what is picked out by name is sooner done by one process.

    One process more than there are cores: those that drive a browser or a server wait half of their time.
    """
    picked = any(not argument.startswith("-") for argument in arguments)
    processes = (os.cpu_count() or 1) + 1
    return [] if picked else [f"--numprocesses={processes}", "--dist=loadfile", "--no-loadscope-reorder"]


@contextmanager
def throw_away_folder() -> Iterator[Path]:
    """A new folder under the temporary one, gone at the end. Its name is short: sockets lie in it."""
    folder = Path(tempfile.mkdtemp(prefix=PREFIX))
    folder.chmod(0o711)  # the system user who runs Postgres passes through
    try:
        yield folder
    finally:
        remove_tree(folder)


@contextmanager
def throw_away_database(folder: Path, settings: Mapping[str, str] = THROW_AWAY) -> Iterator[str]:
    """A new cluster in `folder`, tuned to forget unless told otherwise; yields its address."""
    cluster = Cluster(folder, settings)
    try:
        with cluster.in_use() as url:
            yield url
    finally:
        cluster.remove()


def testing_settings(url: str) -> None:
    """The same settings on every machine: nothing of the developer's own environment reaches the tests."""
    for name in [name for name in os.environ if name.startswith("FINDER_")]:
        del os.environ[name]
    os.environ |= {
        "DATABASE_URL": url,
        "FINDER_SECRET_KEY": "for tests only, never for a server, 0123456789",
        "FINDER_ALLOWED_HOSTS": f"{LOCAL_HOSTS},testserver",
        "FINDER_HTTPS": "false",
        "FINDER_KEPT_PAGES_MB": "0",  # each page of a test is made for it; tests/finder/caching switch it on
        "FINDER_STUDIES_MADE_ASIDE": "false",
    }


def sweep() -> None:
    """Remove the clusters of test runs that were killed: nobody holds their lock any more."""
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        with contextlib.suppress(OSError, LaunchError):  # a run that is starting or ending sees to its own
            if folder.stat().st_uid == os.geteuid() and (folder / "use.lock").exists():
                Cluster(folder).remove_if_unused()
